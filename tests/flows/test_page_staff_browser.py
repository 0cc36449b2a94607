"""The pages of approver, storekeeper and service desk in a real browser, on a telephone and at a desk."""

import pytest

from domain.workorder.commands import AcceptWorkOrder
from tests.flows.test_page_board import board_of, reported
from tests.flows.test_page_store import bought, page_of
from tests.flows.test_page_task import asked
from tests.support.closing import by, decide
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
from tests.support.stores import KEEPER, shop

pytestmark = needs_chromium
HATEFUL = "<img src=x onerror=alert(1)>{{ 1 + 1 }}"


def pressed(browser: Browser, words: str) -> None:
    """Press the button with these words."""
    found = (
        f"[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === '{words}'"
        " && one.getBoundingClientRect().height > 0)"
    )
    browser.click(found)


def rested(browser: Browser) -> None:
    """Wait until nothing moves."""
    browser.wait("document.getAnimations().every((one) => one.playState !== 'running')")


def test_an_approver_returns_a_task_on_the_phone(loop: Loop):
    wang, zheng = asked(loop)
    wang.do("agree", version=wang.data()["version"], comment=HATEFUL)

    with open_browser() as browser:
        open_page(browser, zheng.url, "document.querySelector('.facts')")
        insist_clean(browser, loop.web_url)
        shoot(browser, "task-phone")
        pressed(browser, "退回")
        browser.wait("document.querySelector('.deciding textarea')")
        rested(browser)
        insist_clean(browser, loop.web_url)
        pressed(browser, "资料不全")
        shoot(browser, "task-phone-return")
        pressed(browser, "确定退回")
        browser.wait("!document.querySelector('.bar') && document.body.innerText.includes('已退回')")
        assert HATEFUL in browser.run("document.body.innerText")
        insist_clean(browser, loop.web_url)
        browser.size(*DESK)
        shoot(browser, "task-desk")

    assert [one["outcome"] for one in loop.events("TaskClosed")][:2] == ["agreed", "returned"]


def test_a_storekeeper_picks_receives_and_counts_on_the_phone(loop: Loop):
    store = shop(loop, "dingtalk")
    store.requested(_6204=2, KB_10=1)
    bought(store, "MF-3", 5)
    page = page_of(loop, KEEPER, store.place)

    with open_browser() as browser:
        open_page(browser, page.url, "document.querySelector('.lines')")
        insist_clean(browser, loop.web_url)
        browser.type("document.querySelector('input[name=code]')", "6901234567892")
        browser.wait("document.querySelector('.much').textContent.startsWith('2/2')")
        pressed(browser, "SN002")
        browser.wait("document.querySelector('.chip.on')")
        shoot(browser, "store-phone-pick")
        insist_clean(browser, loop.web_url)
        pressed(browser, "全部出库")
        browser.wait("document.body.innerText.includes('没有要拣的领料单')")

        pressed(browser, "到货入库1")
        browser.click("document.querySelector('.fold')")
        browser.type("document.querySelector('input[name=batch]')", "B20261130")
        browser.wait("document.body.innerText.includes('没有等着入库的东西')")
        shoot(browser, "store-phone-receive")

        pressed(browser, "盘点")
        pressed(browser, "开始盘点")
        browser.wait("document.querySelector('.buttons')")
        browser.type("document.querySelector('input[name=code]')", "6204")
        browser.type("document.querySelector('input[name=counted]')", "7")
        browser.wait("document.body.innerText.includes('已录')")
        browser.wait("!document.querySelector('input[name=counted]')")
        shoot(browser, "store-phone-count")
        insist_clean(browser, loop.web_url)
        pressed(browser, "盘点完成")
        browser.wait("document.body.innerText.includes('账面 8，实盘 7')")
        insist_clean(browser, loop.web_url)
        browser.size(*DESK)
        shoot(browser, "store-desk-count")

    assert (store.stands("KB-10"), store.stands("MF-3")) == ("1", "15")
    store.books_are_right()


@pytest.mark.parametrize("is_phone", [True, False])
def test_a_dispatcher_takes_an_order_to_somebody_else(loop: Loop, is_phone: bool):
    number = reported(loop, HATEFUL + "冷机漏油")
    decide(loop, AcceptWorkOrder(work_order_id=loop.only_order().id, **by(loop, "李强")))
    page, kind = board_of(loop, "赵敏"), "phone" if is_phone else "desk"

    with open_browser() as browser:
        if not is_phone:
            browser.size(*DESK)
        open_page(browser, page.url, "document.querySelector('.order')")
        assert browser.run(
            "[...document.querySelectorAll('.column')].filter((one) => one.offsetHeight).length"
        ) == (1 if is_phone else 8)
        insist_clean(browser, loop.web_url)
        shoot(browser, f"board-{kind}")
        pressed(browser, "转单")
        browser.wait("document.querySelector('.picking textarea')")
        rested(browser)
        browser.run("document.querySelector('.picking textarea').focus()")
        browser.call("Input.insertText", text="李强车坏在路上")
        insist_clean(browser, loop.web_url)
        shoot(browser, f"board-{kind}-pick")
        pressed(browser, "确定转单")
        browser.wait(
            "document.body.innerText.includes('待接单1')"
            if is_phone
            else "document.querySelector('[aria-label=待接单] .order')"
        )
        browser.wait("!document.querySelector('.van-overlay')?.offsetHeight")
        pressed(browser, "今天的技师")
        browser.wait("document.querySelector('.day')")
        assert HATEFUL in browser.run("document.body.innerText")
        rested(browser)
        insist_clean(browser, loop.web_url)
        shoot(browser, f"board-{kind}-day")

    order = loop.only_order()
    assert (order.number, order.status) == (number, "offered")
    assert order.assignee_id != loop.person("李强").id


def test_a_board_in_view_follows_what_happens(loop: Loop):
    reported(loop)
    page = board_of(loop, "赵敏")

    with open_browser() as browser:
        open_page(browser, page.url, "document.querySelector('.column.here .order')")
        decide(loop, AcceptWorkOrder(work_order_id=loop.only_order().id, **by(loop, "李强")))
        browser.run("document.dispatchEvent(new Event('visibilitychange'))")
        browser.wait("!document.querySelector('.column.here .order')")
        insist_clean(browser, loop.web_url)


def test_a_phone_draws_the_column_that_is_tapped_and_a_desk_all(loop: Loop):
    reported(loop)
    page = board_of(loop, "赵敏")
    tap = "[...document.querySelectorAll('.tab')].find((one) => /^{}/.test(one.innerText)).click()"

    with open_browser() as browser:
        open_page(browser, page.url, "document.querySelector('.column.here[aria-label=待接单] .order')")
        browser.run(tap.format("已接单"))
        browser.wait("!document.querySelector('.order')")
        browser.run(tap.format("待接单"))
        browser.wait("document.querySelector('.column.here[aria-label=待接单] .order')")
        browser.run(tap.format("已接单"))
        browser.size(*DESK)
        browser.wait("document.querySelector('[aria-label=待接单] .order')")
        insist_clean(browser, loop.web_url)
