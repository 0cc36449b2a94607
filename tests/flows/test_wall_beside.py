"""Beside the phones, in a real browser: the clock, labels to scan, links, and the delivery ledger."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

import pytest

from bootstrap.demo.ledger import read_ledger
from domain.kernel.localtime import CHINA
from sandbox.wall import Attempt, Board, Chat, Code, Kind, Ledger, Notification, Phone, Standing, Wall
from tests.support.barcodes import as_file, label
from tests.support.cast import CHEN
from tests.support.chromium import Chromium
from tests.support.dingtalk import wait_until
from tests.support.loop import Loop
from tests.support.page_checks import BINARY, needs_chromium
from tests.support.sla import publish_in, wait_for_morning
from tests.support.wall_page import Page, named, within
from tests.support.walled import Walled

pytestmark = needs_chromium
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DIGEST = {"name": "售后日报", "to": "desk", "at": "08:35", "weekdays": [1, 2, 3, 4, 5, 6, 7]}
SERIAL = "LK-240318-03"
FORM = "https://forms.example/r/abc"


def labels(phone: str) -> Sequence[Code]:
    picture = as_file(label(SERIAL))
    return [Code("machine", "3号冷库机组", SERIAL, picture), Code("form", "报修二维码", FORM, picture)]


@pytest.fixture
def loop(stage: Loop, monkeypatch: pytest.MonkeyPatch) -> Loop:
    monkeypatch.setattr("bootstrap.wiring.DIGEST_EVERY_S", 0.2)
    stage.dingtalk.card_window_s = 20.0
    wait_for_morning(stage)
    publish_in(stage.database_url, digests=[DIGEST])
    stage.start_product()
    return stage


@pytest.fixture
def page(loop: Loop) -> Iterator[Page]:
    assert BINARY is not None
    robot = Chat("robot", "售后服务", Kind.ROBOT, "user:li")
    desk = Chat("desk", "售后调度群", Kind.GROUP, f"group:{loop.desk_group}")
    phones = [
        Phone("chen", "wechat", "陈静", "客户", CHEN, (Chat("kf", "安心售后", Kind.KF, f"kf:{CHEN}"),)),
        Phone("li", "dingtalk", "李强", "技师", "li", (robot, desk)),
    ]
    board = Board(
        loop.clock,
        loop.journal,
        loop.faults,
        loop.wecom,
        loop.dingtalk,
        phones=phones,
        followed=True,
        labels=labels,
        ledger=partial(read_ledger, loop.database),
    )
    wall = Wall(board)
    wall.start()
    with Chromium(BINARY) as browser:
        browser.size(1440, 900)
        browser.goto(wall.url)
        browser.wait("document.querySelectorAll('.phone').length === 2")
        yield Page(browser)
        assert not browser.complaints
    wall.stop()


def reported(page: Page) -> str:
    """Report a fault, and return the work order's number."""
    page.says("chen", "3号冷库机组不制冷了")
    page.presses("chen", "确认报修")
    return str(re.findall(r"WO-\d{8}-\d{4}", page.sees("chen", "已收到您的报修"))[0])


def scans(page: Page, phone: str, code: str, label_of_key: str) -> None:
    """Open 扫一扫 on a phone, and choose what to do with one label."""
    page.browser.click(within(phone, ".round[title=更多]"))
    page.browser.click(named(f"[data-phone={phone}] .tile", "扫一扫"))
    at = f"[data-phone={phone}] [data-code={code}]"
    page.browser.wait(f"document.querySelector('{at} img')?.naturalWidth > 0")
    page.browser.click(named(f"{at} .key", label_of_key))


def test_some_clicks_later_the_technician_is_reminded_and_next_morning_the_digest_comes(
    loop: Loop, page: Page
):
    number = reported(page)
    page.presses("li", "接单")
    page.sees("chen", number, "李强 技师")

    page.opens("时钟与故障")
    page.turns("＋1 小时")
    page.turns("＋10 分钟")
    page.turns("＋10 分钟")
    page.sees("li", "处理时限提醒", number)
    page.turns("到早上 8:30")
    page.turns("＋10 分钟")

    page.browser.wait("/^08:4/.test(document.querySelector('.time').textContent)")
    there, group = loop.clock.now().astimezone(CHINA), f"group:{loop.desk_group}"
    today = f"售后日报 · {there.month}月{there.day}日"
    wait_until(lambda: any(today in one.text for one in loop.dingtalk.chat(group)), "the digest", 20)
    loop.settle()


def test_sixty_times_as_fast_is_seen_on_every_phone_and_never_turns_back(loop: Loop, page: Page):
    shown = "document.querySelector('.clock-box .now').textContent"
    page.opens("时钟与故障")
    page.turns("快进 ×60")
    page.browser.wait("document.querySelector('.time').textContent.includes('×60')")
    page.browser.wait("/快了 .*分/.test(document.querySelector('.clock-box small').textContent)")
    page.turns("正常速度")
    page.browser.wait("document.querySelector('.speeds [aria-pressed=true]').textContent === '正常速度'")

    before = page.browser.run(shown)
    page.browser.wait(f"{shown} !== {before!r}")

    assert page.browser.run(shown) > before
    assert loop.clock.ahead_s > 60
    reported(page)
    loop.settle()


def test_a_label_goes_into_the_chat_as_its_photo_or_as_its_words(loop: Loop, page: Page):
    scans(page, "chen", "machine", "拍下发送")
    page.browser.wait(f"{within('chen', '.msg.me .picture')}?.naturalWidth > 0")
    scans(page, "li", "machine", "发出文字")

    page.sees("li", SERIAL)
    assert "图片" in loop.wecom.chat(f"kf:{CHEN}")[0].text
    assert page.browser.run(f"{within('chen', '.sheet')}.hidden")
    loop.settle()


def test_a_scanned_address_opens_a_page_and_nothing_is_said(loop: Loop, page: Page):
    page.browser.run("window.open = (...given) => { window.opened = given; }")

    scans(page, "chen", "form", "打开")

    address, target, features = page.browser.run("window.opened")
    assert (address, target) == (FORM, "_blank")
    assert {"noopener", "noreferrer", "width=390"} <= set(features.split(","))
    assert not loop.wecom.chat(f"kf:{CHEN}")


def test_every_link_on_a_phone_leaves_the_wall_without_a_way_back(loop: Loop, page: Page):
    page.says("chen", f"看看 {FORM} 这里")
    page.browser.wait(f"{within('chen', '.bubble a')}")

    link = page.browser.run(
        f"(() => {{ const one = {within('chen', '.bubble a')}; return [one.href, one.target, one.rel]; }})()"
    )

    assert link == [FORM, "_blank", "noopener noreferrer"]
    loop.settle()


def test_the_ledger_tells_how_far_a_notification_came(loop: Loop, page: Page):
    number = reported(page)
    page.opens("送达")
    page.browser.wait(owed("accepted", "李强", number))
    page.presses("li", "接单")
    page.browser.wait(owed("acted", "李强", number))

    page.browser.click("document.querySelector('.owed.acted summary')")

    steps = "document.querySelector('.owed.acted .tries').innerText"
    page.browser.wait(f"/决定[^]*发出[^]*平台已收[^]*有动作/.test({steps})")
    loop.settle()


def test_what_a_platform_does_not_take_shows_its_next_try_until_it_is_taken(loop: Loop, page: Page):
    page.opens("时钟与故障")
    page.switches("钉钉", "宕机")
    number = reported(page)
    page.opens("送达")
    page.browser.wait(
        f"{owed('retrying', '李强', number)}?.querySelector('.way').textContent.includes('下次')"
    )

    page.opens("时钟与故障")
    page.switches("钉钉", "正常")
    page.turns("＋10 分钟")

    page.opens("送达")
    page.browser.wait(owed("accepted", "李强", number))
    loop.settle()


def test_a_dead_letter_is_marked_and_found_by_its_filter():
    walled = Walled()
    dead, taken = (made(*facts) for facts in (("7", Standing.DEAD), ("8", Standing.ACCEPTED)))
    counts = {Standing.DEAD: 1, Standing.ACCEPTED: 1}
    walled.wall.show(walled.new_board(ledger=lambda: Ledger([taken, dead], counts)))
    assert BINARY is not None

    with Chromium(BINARY) as browser:
        browser.size(390, 844)
        browser.goto(walled.wall.url)
        browser.click("document.querySelector('.behind')")
        Page(browser).opens("送达")
        browser.click("document.querySelector('.ledger-bar .dead')")
        browser.wait("document.querySelectorAll('.owed').length === 1")

        told = browser.run("document.querySelector('.owed').innerText")
        assert browser.run("document.querySelector('.owed').className") == "owed dead"
        assert browser.run("document.documentElement.scrollWidth <= 390")
        assert {"死信", "<b>李工</b>"} <= set(told.splitlines())
        assert not browser.complaints
    walled.stop()


def made(key: str, standing: Standing) -> Notification:
    tried = (Attempt(AT, "钉钉文字", "放弃", "400002"),)
    return Notification(key, "<b>李工</b>", "工单 0007", standing, "钉钉文字", AT, AT, attempts=tried)


def owed(standing: str, to: str, words: str) -> str:
    """Return the expression that finds the newest notification of a standing."""
    fits = f"one.innerText.includes({to!r}) && one.innerText.includes({words!r})"
    return f"[...document.querySelectorAll('.owed.{standing}')].find((one) => {fits})"
