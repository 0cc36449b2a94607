"""The customer's pages in a real browser, as a tired person with a phone uses them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.kernel.links import Page
from tests.support.closing import Ending, begin
from tests.support.customer_pages import acceptance, png, scanned, visitor
from tests.support.loop import Loop
from tests.support.page_checks import (
    DESK,
    Browser,
    insist_clean,
    needs_chromium,
    open_browser,
    open_page,
    shoot,
)

pytestmark = needs_chromium
HATEFUL = "<img src=x onerror=alert(1)>{{ 1 + 1 }} 不制冷，报警 E7"
PICTURES = "[...document.images].every((one) => one.complete && one.naturalWidth > 0)"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


def fill(browser: Browser, name: str, words: str) -> None:
    """Type into the field of a name."""
    browser.click(f"document.querySelector('[name={name}]')")
    browser.call("Input.insertText", text=words)


def press(browser: Browser, words: str) -> None:
    """Press the button or the link that says this."""
    browser.click(
        f"[...document.querySelectorAll('button, a')].find((one) => one.textContent.includes('{words}'))"
    )


def quiet(browser: Browser) -> None:
    """Wait until the words that lie over the page for some seconds are gone."""
    browser.wait("![...document.querySelectorAll('.van-toast')].some((one) => one.offsetHeight)")


def draw(browser: Browser) -> None:
    """Sign with the mouse."""
    browser.run("document.querySelector('.sign-field').scrollIntoView({block: 'center'})")
    corner = "document.querySelector('.sign-field').getBoundingClientRect()"
    x, y = browser.run(f"[{corner}.x, {corner}.y]")
    browser.call("Input.dispatchMouseEvent", type="mousePressed", x=x + 40, y=y + 60, button="left")
    for step in range(14):
        right, down = 40 + 16 * step, 60 + 40 * (step % 2)
        browser.call(
            "Input.dispatchMouseEvent", type="mouseMoved", x=x + right, y=y + down, button="left", buttons=1
        )
    browser.call("Input.dispatchMouseEvent", type="mouseReleased", x=x + 260, y=y + 60, button="left")


def choose(browser: Browser, words: str, path: Path) -> None:
    """Choose a photo by the button that says this."""
    # Without a screen nobody could answer the dialogue, and it would be cancelled at once.
    browser.call("Page.setInterceptFileChooserDialog", enabled=True)
    press(browser, words)
    browser.wait("document.querySelector('input.picker')")
    browser.choose_file("input.picker", path)


def test_a_fault_is_reported_with_a_photo_and_followed(loop: Loop, browser: Browser, tmp_path: Path) -> None:
    photo = tmp_path / "机组.png"
    photo.write_bytes(png(640, 480))
    open_page(browser, scanned(loop).url, "document.querySelector('.machine-name')")
    insist_clean(browser, loop.web_url)
    shoot(browser, "report")
    fill(browser, "fault", HATEFUL)
    press(browser, "提交报修")
    browser.wait("document.querySelector('.van-field__error-message')")
    browser.wait("document.body.textContent.includes('11 位手机号')")
    quiet(browser)
    fill(browser, "mobile", "13711112222")
    choose(browser, "添加照片", photo)
    browser.wait("document.querySelector('.photo') && !document.querySelector('.photo-part')")
    press(browser, "明天上午")
    shoot(browser, "report-filled")
    press(browser, "提交报修")
    browser.wait("document.querySelector('.receipt-number')")
    loop.settle()
    order = loop.only_order()
    assert browser.run("document.querySelector('.receipt-number').textContent") == order.number
    browser.complaints = [one for one in browser.complaints if "422" not in one]
    insist_clean(browser, loop.web_url)
    shoot(browser, "receipt")
    press(browser, "查看维修进度")
    browser.wait("document.querySelector('.steps')")
    browser.wait(PICTURES)
    assert HATEFUL in browser.run("document.querySelector('.words').textContent")
    assert browser.run("document.querySelectorAll('.photo img').length") == 1
    insist_clean(browser, loop.web_url)


def test_words_go_to_the_technician_from_the_status_page(loop: Loop, browser: Browser) -> None:
    ending = begin(loop, "kf", "dingtalk")
    page = visitor(loop, Page.STATUS, "陈静", ending.order_id)
    open_page(browser, page.url, "document.querySelector('.steps')")
    insist_clean(browser, loop.web_url)
    shoot(browser, "status")
    fill(browser, "text", "到了请从东门进")
    press(browser, "发送")
    browser.wait("document.body.textContent.includes('已转告技师')")
    ending.technician.hears("到了请从东门进")
    browser.wait("document.querySelector('.lines').textContent.includes('到了请从东门进')")
    quiet(browser)
    browser.size(*DESK)
    shoot(browser, "status-desk")
    insist_clean(browser, loop.web_url)


def signed(browser: Browser, ending: Ending) -> None:
    page = acceptance(ending)
    open_page(browser, page.url, "document.querySelector('.sign-field')")
    insist_clean(browser, ending.loop.web_url)
    shoot(browser, "acceptance")
    press(browser, "验收通过，提交签字")
    browser.wait("document.body.textContent.includes('还没有签名，请先在框里签名。')")
    fill(browser, "signer", "陈静")
    draw(browser)
    press(browser, "验收通过，提交签字")
    browser.wait("document.querySelector('img.signed')?.naturalWidth > 0")


def test_the_work_is_signed_for_and_rated(loop: Loop, browser: Browser) -> None:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    signed(browser, ending)
    ending.becomes("signed_off")
    browser.wait("document.querySelector('.scores')")
    quiet(browser)
    insist_clean(browser, loop.web_url)
    shoot(browser, "rating")
    browser.click("document.querySelectorAll('.score')[0]")
    fill(browser, "comment", "师傅很专业")
    browser.click("document.querySelectorAll('.nps .score')[9]")
    press(browser, "提交评价")
    browser.wait("document.querySelector('#rated-head')?.textContent.includes('5 分')")
    quiet(browser)
    shoot(browser, "rated")
    insist_clean(browser, loop.web_url)
    assert len(loop.events("WorkSignedOff")[0]["signature"]["strokes"][0]) > 5


def test_work_that_is_not_accepted_says_why(loop: Loop, browser: Browser) -> None:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    open_page(browser, acceptance(ending).url, "document.querySelector('.sign-field')")
    press(browser, "还没修好，不通过")
    shoot(browser, "reject")
    fill(browser, "reason", "还是不制冷")
    press(browser, "不通过，请技师继续处理")
    ending.becomes("accepted")
    browser.wait("document.body.textContent.includes('还不用验收')")
    insist_clean(browser, loop.web_url)


def test_a_report_that_changed_meanwhile_is_shown_before_it_is_signed(loop: Loop, browser: Browser) -> None:
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    open_page(browser, acceptance(ending).url, "document.querySelector('.sign-field')")
    fill(browser, "signer", "陈静")
    draw(browser)
    ending.amends("更换压缩机")

    press(browser, "验收通过，提交签字")

    browser.wait("document.querySelector('.facts').textContent.includes('更换压缩机')")
    browser.wait("document.body.textContent.includes('服务报告刚刚改过')")
    assert loop.only_order().status == "completed"
    shoot(browser, "acceptance-corrected")
