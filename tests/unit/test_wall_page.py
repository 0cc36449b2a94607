"""The wall's page as it is delivered: small, of its own files only, without markup from data."""

import gzip
import re
from pathlib import Path

import pytest

from bootstrap.demo.cast import COLLEAGUE, read_cast
from bootstrap.demo.phones import SHOWN
from sandbox.core.clock import SandboxClock
from sandbox.core.journal import Journal
from sandbox.wall.board import Tape
from sandbox.wall.samples import SAMPLE_PHOTO
from sandbox.wall.server import STATIC

FILES = sorted(file for file in STATIC.iterdir() if file.suffix in {".html", ".css", ".js", ".svg"})
MOST_GZIPPED = 100 * 1024
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|DOMParser"
)


def test_the_page_is_small():
    assert sum(len(gzip.compress(file.read_bytes())) for file in FILES) < MOST_GZIPPED


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_file_makes_markup_from_text_or_fetches_from_elsewhere(file: Path):
    text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")

    assert not MARKUP.search(text)
    assert not re.search(r"""(src|href|url|import|fetch)\s*[=(:]\s*["']?(https?:)?//""", text)
    assert len(text.splitlines()) <= 300


def test_the_page_has_neither_inline_script_nor_inline_style():
    page = (STATIC / "index.html").read_text("utf-8")

    assert re.findall(r"<script[^>]*>([^<]*)</script>", page) == [""]
    assert "<style" not in page
    assert not re.search(r"\s(style|on\w+)=", page)


def test_every_module_that_is_imported_is_there():
    imported = {name for file in FILES for name in re.findall(r'from "\./([\w.]+)"', file.read_text("utf-8"))}

    assert imported
    assert imported <= {file.name for file in FILES}


def test_the_sample_photo_is_a_small_picture():
    assert SAMPLE_PHOTO.startswith(b"\x89PNG")
    assert len(SAMPLE_PHOTO) < 40_000


def test_the_tape_keeps_the_newest_and_wakes_whoever_waits():
    journal = Journal(SandboxClock())
    tape = Tape(journal)
    journal.add("wecom", "call", text="a")
    journal.add("wecom", "call", text="b")

    assert [entry.text for _, entry in tape.after(1)] == ["b"]
    assert tape.wait(1, 0, 0.0) == 0
    tape.nudge()
    assert tape.wait(2, 0, 0.0) == 1


def test_the_cast_has_somebody_for_every_phone_that_hangs_at_the_beginning():
    cast = read_cast()

    assert all(cast.with_role(role) for role in SHOWN if role != "storekeeper")
    assert COLLEAGUE not in cast.players
