"""A page on the front-end ground in a real browser, under the strict policy of the product's pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fronted import Browser, Fronted
from tests.support.page_checks import BINARY, needs_chromium

pytestmark = needs_chromium
HATEFUL = "{{ 1 + 1 }}<img src=x onerror=alert(1)>"
DATA = {
    "title": "报修",
    "heading": HATEFUL,
    "rows": [{"label": "设备", "value": "3号冷库机组"}],
    "config": {},
}


@pytest.fixture
def server() -> Iterator[Fronted]:
    with Fronted() as server:
        server.answers["/data"] = lambda call: (200, {"data": DATA})
        yield server


@pytest.fixture
def browser() -> Iterator[Browser]:
    assert BINARY is not None
    with Browser(BINARY) as browser:
        browser.size(390, 844)
        yield browser


def draw(browser: Browser) -> None:
    """Sign with the mouse."""
    corner = "document.querySelector('.sign-field').getBoundingClientRect()"
    x, y = browser.run(f"[{corner}.x, {corner}.y]")
    points = [(40 + 10 * step, 60 + 30 * (step % 2)) for step in range(12)]
    browser.call("Input.dispatchMouseEvent", type="mousePressed", x=x + 40, y=y + 60, button="left")
    for right, down in points:
        browser.call(
            "Input.dispatchMouseEvent", type="mouseMoved", x=x + right, y=y + down, button="left", buttons=1
        )
    browser.call("Input.dispatchMouseEvent", type="mouseReleased", x=x + 150, y=y + 60, button="left")


def test_a_page_is_filled_in_signed_and_sent_under_the_strict_policy(server: Fronted, browser: Browser):
    server.answers["/report"] = lambda call: (200, {"number": "WO-20260302-0007"})
    browser.goto(f"{server.url}/page/sample")
    browser.wait("document.querySelector('#sample .van-cell')")
    browser.run("document.querySelector('input[name=fault]').focus()")
    browser.call("Input.insertText", text="不制冷")
    draw(browser)
    browser.wait("!document.querySelector('.sign-act').disabled")

    browser.click("document.querySelector('.bar button')")

    browser.wait("document.querySelector('#receipt')?.textContent.includes('WO-20260302-0007')")
    sent = server.paths("/report")[0]
    assert sent.facts["fault"] == "不制冷"
    assert sent.facts["png_bytes"] > 500 and sent.facts["drawn"]["strokes"][0]["points"]
    assert len(sent.headers["idempotency-key"]) == 32
    assert browser.run("document.querySelector('h1').textContent") == HATEFUL
    assert browser.run("document.title") == "报修"
    assert browser.run("document.documentElement.scrollWidth <= 390")
    assert browser.run("document.fonts.check('16px vant-icon')")
    assert not browser.complaints
    assert all(url.startswith((server.url, "about:", "blob:", "data:")) for url in browser.requested)


def test_the_browser_would_tell_of_inline_script(server: Fronted, browser: Browser):
    browser.goto(f"{server.url}/page/")
    browser.wait("document.readyState === 'complete'")

    browser.run("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\" onclick=\"1\">x</p>')")
    browser.wait("true")

    assert "Content Security Policy" in " ".join(browser.complaints)


def test_an_empty_signature_is_refused_in_words(server: Fronted, browser: Browser):
    browser.goto(f"{server.url}/page/sample")
    browser.click("document.querySelector('.bar button')")

    browser.wait("document.querySelector('.van-toast')?.textContent.includes('还没有签名，请先在框里签名。')")
    assert not server.paths("/report")


def test_a_link_that_has_run_out_says_so_and_offers_no_retry(
    server: Fronted, browser: Browser, tmp_path: Path
):
    server.answers["/data"] = lambda call: (
        410,
        {"code": "expired", "message": "这个链接已过期，请回到聊天里重新打开。"},
    )
    browser.goto(f"{server.url}/page/sample")

    told = browser.wait("document.querySelector('[role=alert]')?.textContent")

    assert told == "链接已失效这个链接已过期，请回到聊天里重新打开。"


def test_a_page_without_network_is_opened_by_its_button(server: Fronted, browser: Browser):
    server.answers["/data"] = lambda call: None if len(server.paths("/data")) <= 4 else (200, {"data": DATA})
    browser.goto(f"{server.url}/page/sample")
    browser.wait(
        "document.querySelector('[role=alert]')?.textContent.includes('网络不通，请检查网络后再试。')"
    )

    browser.click("document.querySelector('.state .act')")

    browser.wait("document.querySelector('#sample')")


def test_a_signature_is_kept_when_the_phone_is_turned_and_taken_back_by_stroke(
    server: Fronted, browser: Browser
):
    browser.size(390, 844, scale=3)
    browser.goto(f"{server.url}/page/sample")
    browser.wait("document.querySelector('.sign-field')?.width > 0")
    draw(browser)
    ink = (
        "(() => { const field = document.querySelector('.sign-field'); const dots = field.getContext('2d')"
        ".getImageData(0, 0, field.width, field.height).data; let dark = 0; let right = 0;"
        " for (let at = 0; at < dots.length; at += 4) if (dots[at] < 128) { dark += 1;"
        " right = Math.max(right, (at / 4) % field.width / field.width); }"
        " return [dark, right, field.width / field.offsetWidth]; })()"
    )
    dark, right, ratio = browser.run(ink)
    assert dark > 300 and round(ratio) == 3

    browser.size(844, 390, scale=3)
    browser.wait("document.querySelector('.sign-field').offsetWidth > 500")
    browser.wait("document.querySelector('.sign-field').width > 1500")
    turned_dark, turned_right, _ = browser.run(ink)

    assert turned_dark > 300 and abs(turned_right - right) < 0.05
    browser.click("document.querySelector('.sign-act')")
    browser.wait("document.querySelector('.sign-act').disabled")
    assert browser.run(ink)[0] == 0
