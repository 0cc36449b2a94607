"""The checks of pages find what they look for; a check that finds nothing anywhere would prove nothing."""

from collections.abc import Iterator

import pytest

from tests.support.fronted import Fronted
from tests.support.page_checks import Browser, insist_clean, needs_chromium, open_browser, open_page, problems

pytestmark = needs_chromium
DATA = {"title": "报修", "heading": "报修", "rows": [], "config": {}}
READY = "document.querySelector('#sample .van-cell')"
GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
BAD = {
    "no label": "<input>",
    "no name": "<button style='width:50px;height:50px'></button>",
    "no alternative": f"<img src='{GIF}' width=50>",
    "main headings": "<h1>又一个</h1>",
    "follows one of level": "<h4>太深</h4>",
    "px large": "<button>小</button>",
    "contrast of": "<p id=faint>看不清</p>",
    "wider than": "<div id=wide>宽</div>",
    "without a border": "<input id=bare aria-label=名字>",
}


@pytest.fixture(scope="module")
def sample() -> Iterator[tuple[Browser, Fronted]]:
    with Fronted() as server, open_browser() as browser:
        server.answers["/data"] = lambda call: (200, {"data": DATA})
        open_page(browser, f"{server.url}/page/sample", READY)
        yield browser, server


def test_the_sample_page_is_clean(sample: tuple[Browser, Fronted]) -> None:
    browser, server = sample

    insist_clean(browser, server.url)


@pytest.mark.parametrize("what", BAD)
def test_every_kind_of_problem_is_found(sample: tuple[Browser, Fronted], what: str) -> None:
    browser, _ = sample
    browser.run(
        "(() => { const bad = document.createElement('div'); bad.id = 'bad';"
        f"bad.innerHTML = `{BAD[what]}`;"
        "document.querySelector('.page').append(bad);"
        "document.getElementById('faint')?.style.setProperty('color', '#bbb');"
        "document.getElementById('bare')?.style.setProperty('border', '0');"
        "document.getElementById('wide')?.style.setProperty('width', '900px'); })()"
    )

    found = problems(browser)
    browser.run("document.getElementById('bad').remove()")

    assert any(what in one for one in found)
