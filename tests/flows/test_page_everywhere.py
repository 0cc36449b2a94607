"""Every page of the catalogue in a real browser: usable by all, asks no stranger, shows script as text."""

from collections.abc import Iterator

import pytest

from domain.kernel.links import Page
from tests.support.every_page import OPENED
from tests.support.loop import Loop
from tests.support.page_checks import Browser, insist_clean, needs_chromium, open_browser, open_page
from tests.support.pages import PageVisitor

pytestmark = needs_chromium
READY = "document.querySelector('#page[aria-busy=false] main h1')"
HATEFUL = "<img src=x onerror='window.hurt=1'><script>window.hurt=1</script>{{ 7 * 191 }}"
HATE = f"""
const hateful = {HATEFUL!r};
const hate = (value) => {{
  if (typeof value === "string") return /[\\u4e00-\\u9fff]/.test(value) ? value + hateful : value;
  if (Array.isArray(value)) return value.map(hate);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hate(inner)]));
}};
const real = window.fetch;
window.fetch = async (url, ...more) => {{
  const answer = await real(url, ...more);
  if (!String(url).split("?")[0].endsWith("/data")) return answer;
  return new Response(JSON.stringify(hate(await answer.json())), {{ status: answer.status }});
}};
"""
"""Whatever anybody may have written on this page carries script; the page's own words do not come as data."""


@pytest.fixture(params=OPENED, ids=str)
def visitor(request: pytest.FixtureRequest, loop: Loop) -> PageVisitor:
    kind: Page = request.param
    opened = OPENED[kind](loop)
    loop.settle()
    return opened


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    chromium.goto("about:blank")  # What the last page still asks for, its server being gone, is no complaint.
    chromium.complaints.clear()
    chromium.requested.clear()
    return chromium


def parts(browser: Browser) -> Iterator[int]:
    """Turn to each part of the page in view."""
    for number in range(browser.run("document.querySelectorAll('nav button').length")):
        browser.click(f"document.querySelectorAll('nav button')[{number}]")
        yield number
    if not browser.run("document.querySelectorAll('nav button').length"):
        yield 0


def test_every_page_is_usable_by_all_and_asks_nobody_else(
    loop: Loop, visitor: PageVisitor, browser: Browser
) -> None:
    open_page(browser, visitor.url, READY)

    for _ in parts(browser):
        insist_clean(browser, loop.web_url)


def test_script_in_every_text_is_shown_and_never_run(
    loop: Loop, visitor: PageVisitor, browser: Browser
) -> None:
    script = browser.call("Page.addScriptToEvaluateOnNewDocument", source=HATE)["identifier"]
    try:
        open_page(browser, visitor.url, READY)
    finally:
        browser.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script)

    shown = ""
    for _ in parts(browser):
        shown += browser.run("document.body.textContent")
        assert browser.run("document.querySelectorAll('img[src=x], #page script').length") == 0

    assert HATEFUL in shown and "1337" not in shown
    assert browser.run("window.hurt === undefined")
    assert not browser.complaints
