"""What the pages load is what the lock file, the templates and the licences say, and nothing else."""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.architecture import source

STATIC = source.ROOT / "console" / "static"
VENDOR = STATIC / "vendor"
LOCK: list[dict[str, Any]] = json.loads((STATIC / "vendor.lock.json").read_text("utf-8"))["files"]
TOOLS = source.ROOT / "tools" / "front"
SAMPLE = source.ROOT / "tests" / "support" / "front"
COMPILED = [
    (source.ROOT / "console" / "templates", STATIC / "compiled"),
    (SAMPLE / "templates", SAMPLE / "compiled"),
]
NODE = shutil.which("node")
OURS = [file for folder in ("lib", "pages") for file in sorted((STATIC / folder).glob("*"))]


@pytest.mark.parametrize("row", LOCK, ids=[row["file"] for row in LOCK])
def test_a_vendored_file_is_the_locked_one(row: dict[str, Any]):
    content = (STATIC / row["file"]).read_bytes()

    assert (len(content), hashlib.sha256(content).hexdigest()) == (row["bytes"], row["sha256"])
    assert row["version"] in row["file"] and row["package"] == f"{row['name']}@{row['version']}"


def test_nothing_stands_among_the_vendored_files_that_is_not_locked():
    locked = {Path(row["file"]).name for row in LOCK}
    packed = {f"{name}.gz" for name in locked if not name.endswith(".woff2")}

    assert {file.name for file in VENDOR.iterdir()} == locked | packed | {"LICENSES.md"}


@pytest.mark.parametrize("file", sorted(VENDOR.glob("*.gz")), ids=lambda file: file.name)
def test_a_packed_file_is_its_sibling_and_tells_no_time(file: Path):
    content = file.read_bytes()

    assert gzip.decompress(content) == file.with_suffix("").read_bytes()
    assert content[4:8] == bytes(4)


def test_every_vendored_library_has_a_free_licence_and_its_text():
    texts = (VENDOR / "LICENSES.md").read_text("utf-8")

    assert {row["licence"] for row in LOCK} <= {"MIT", "Apache-2.0"}
    assert all(f"## {row['name']} {row['version']} ({row['licence']})" in texts for row in LOCK)


def test_the_locked_versions_are_those_of_the_tools():
    wanted = json.loads((TOOLS / "package.json").read_text("utf-8"))["devDependencies"]

    assert {row["name"]: row["version"] for row in LOCK}.items() <= wanted.items()
    assert wanted["vue"] == wanted["@vue/compiler-dom"]


def test_no_style_sheet_of_ours_or_vendored_names_another_host():
    sheets = [*VENDOR.glob("*.css"), *(STATIC / "lib").glob("*.css")]

    assert sheets
    assert [
        sheet.name for sheet in sheets if re.search(r"url\([\"']?(https?:)?//|@import", sheet.read_text())
    ] == []


def test_every_template_is_compiled_as_it_is_now():
    stale = [
        source.shown(template)
        for templates, compiled in COMPILED
        for template in sorted(templates.glob("*.html"))
        if _told(compiled / f"{template.stem}.js") != hashlib.sha256(template.read_bytes()).hexdigest()
    ]

    assert not stale, f"run `make front` and commit what it writes: {stale}"


def test_nothing_is_compiled_from_a_template_that_is_gone():
    orphans = [
        source.shown(file)
        for templates, compiled in COMPILED
        for file in compiled.glob("*")
        if not (templates / f"{file.stem}.html").exists()
    ]

    assert orphans == []


@pytest.mark.skipif(
    NODE is None or not (TOOLS / "node_modules").is_dir(),
    reason="no Node here with what `make front` installs",
)
@pytest.mark.parametrize("folders", COMPILED, ids=["console", "sample"])
def test_the_compiler_writes_what_is_committed(folders: tuple[Path, Path]):
    assert NODE is not None
    ran = subprocess.run(
        [NODE, TOOLS / "compile.mjs", *folders, "--check"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_our_modules_are_short_and_need_nothing_a_strict_policy_forbids():
    texts = {file.name: file.read_text("utf-8") for file in OURS}
    forbidden = re.compile(
        r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write|setAttribute\(\"style\""
    )

    assert texts
    assert [name for name, text in texts.items() if len(text.splitlines()) > 300] == []
    assert [name for name, text in texts.items() if forbidden.search(text)] == []
    assert [name for name, text in texts.items() if re.search(r"https?://", text)] == []


def _told(file: Path) -> str:
    """Return the hash that a compiled file says its template had."""
    head = file.read_text("utf-8") if file.exists() else ""
    found = re.search(r"^// sha256 of the template: ([0-9a-f]{64})$", head, re.MULTILINE)
    return found[1] if found else ""
