"""What every page keeps in a real browser: the strict policy, no defect, no stranger, usable by all.

    with open_browser() as browser:
        open_page(browser, url, "document.querySelector('h1')")
        insist_clean(browser, loop.web_url)

Pictures are saved into the folder that FIXLOOP_SHOTS names, to be looked at.
"""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from tests.support import chromium
from tests.support.chromium import Chromium, Tab

BINARY: Final = chromium.find()
PHONE: Final = (390, 844)
DESK: Final = (1280, 800)
OURS: Final = ("about:", "blob:", "data:")
SHOTS: Final = os.environ.get("FIXLOOP_SHOTS", "")
_CHECKS: Final = (Path(__file__).parent / "page_checks.js").read_text("utf-8")

needs_chromium = [
    pytest.mark.processes,
    pytest.mark.skipif(BINARY is None, reason="no Chromium here (apt-get install chromium)"),
]
"""The marks of a test module whose tests open pages."""


class Browser(Chromium):
    """A browser that also keeps what a page writes to its console as a warning."""

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "Runtime.consoleAPICalled" and params["type"] == "warning":
            self.complaints.append(str(params["args"]))
        super()._note(method, params)


@contextmanager
def open_browser(size: tuple[int, int] = PHONE) -> Iterator[Browser]:
    """Start a browser with one tab, as large as a telephone."""
    assert BINARY is not None
    with Browser(BINARY) as browser:
        browser.size(*size)
        yield browser


def open_page(browser: Tab, url: str, ready: str) -> None:
    """Open a page and wait for an expression to be true in it."""
    browser.goto(url)
    browser.wait(ready)


def problems(browser: Tab) -> list[str]:
    """Return what stands in somebody's way on the page in view: labels, names, headings, contrast, sizes."""
    found: list[str] = browser.run(_CHECKS)
    return found


def insist_clean(browser: Tab, origin: str) -> None:
    """Insist that the page in view is whole and usable, and asked for nothing from elsewhere.

    Args:
        origin: where the page came from, e.g. `http://127.0.0.1:8080`.
    """
    browser.run("true")  # Reads what the browser said meanwhile.
    strangers = [url for url in browser.requested if not url.startswith((origin, *OURS))]
    assert not (wrong := [*browser.complaints, *strangers, *problems(browser)]), wrong


def shoot(browser: Tab, name: str) -> None:
    """Save the whole page as a picture where somebody wants to look at it."""
    if not SHOTS:
        return
    wide, high = browser.run("[window.innerWidth, document.documentElement.scrollHeight]")
    shot = browser.call(
        "Page.captureScreenshot",
        format="png",
        captureBeyondViewport=True,
        clip={"x": 0, "y": 0, "width": wide, "height": high, "scale": 1},
    )
    Path(SHOTS, f"{name}.png").write_bytes(base64.b64decode(shot["data"]))
