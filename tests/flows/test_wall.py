"""The whole loop by hand on the wall, in a real browser: nobody touches anything but the page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.wall import SAMPLE_PHOTO, Board, Chat, Kind, Phone, Speaker, Wall
from tests.support.cast import CHEN
from tests.support.chromium import Chromium
from tests.support.loop import Loop
from tests.support.page_checks import BINARY, needs_chromium
from tests.support.wall_page import Page, button, within

pytestmark = needs_chromium
HATEFUL = "<img src=x onerror=alert(1)>**3号**冷库机组不制冷了"


@pytest.fixture
def loop(stage: Loop) -> Loop:
    stage.dingtalk.card_window_s = 20.0
    stage.start_product()
    return stage


def board(loop: Loop) -> Board:
    members = (Speaker("zhao", "赵敏"), Speaker("li", "李强"))
    desk = Chat("desk", "售后调度群", Kind.GROUP, f"group:{loop.desk_group}", members)
    robot = Chat("robot", "售后服务", Kind.ROBOT, "user:li")
    phones = [
        Phone("chen", "wechat", "陈静", "客户", CHEN, (Chat("kf", "安心售后", Kind.KF, f"kf:{CHEN}"),)),
        Phone("lin", "wecom", "林涛", "客户", "lin", (Chat("app", "售后服务", Kind.APP, "user:lin"),)),
        Phone("li", "dingtalk", "李强", "技师", "li", (robot, desk)),
        Phone("desk", "dingtalk", "售后调度群", "钉钉群", "", (desk,)),
    ]
    return Board(loop.clock, loop.journal, loop.faults, loop.wecom, loop.dingtalk, phones=phones)


@pytest.fixture
def wall(loop: Loop) -> Iterator[Wall]:
    wall = Wall(board(loop))
    wall.start()
    yield wall
    wall.stop()


@pytest.fixture
def page(wall: Wall) -> Iterator[Page]:
    assert BINARY is not None
    with Chromium(BINARY) as browser:
        browser.size(1440, 900)
        browser.goto(wall.url)
        browser.wait("document.querySelectorAll('.phone').length === 4")
        yield Page(browser)
        assert not browser.complaints
        # The browser draws a part of its own inputs from `data:` addresses.
        assert not [url for url in browser.requested if not url.startswith((wall.url, "about:", "data:"))]


def test_a_fault_is_reported_repaired_accepted_and_rated_by_hand(loop: Loop, page: Page, tmp_path: Path):
    photo = tmp_path / "photo.png"
    photo.write_bytes(SAMPLE_PHOTO)
    page.says("chen", HATEFUL)
    page.sees("chen", "<img src=x onerror=alert(1)>")
    page.browser.choose_file('[data-phone="chen"] input[type=file]', photo)
    page.presses("chen", "确认报修")
    number = re.findall(r"WO-\d{8}-\d{4}", page.sees("chen", "已收到您的报修"))[0]
    page.browser.wait(f"{within('chen', '.picture')}?.naturalWidth > 0")

    page.presses("li", "接单")
    page.sees("chen", number, "李强 技师")
    for label in ("出发", "到达", "开始处理"):
        page.presses("li", label)
    page.browser.wait(f"{button('li', '挂起')} && !{button('li', '开始处理')}")
    page.says("li", f"完工 {number} 原因：接触器烧蚀 处理：更换接触器 工时：1.5")
    page.presses("chen", "验收通过")
    page.presses("chen", "5分 很满意")
    page.presses("chen", "9")
    page.sees("chen", "评价已收到", "推荐度 9 分")

    loop.settle()
    assert (loop.only_order().status, loop.only_order().rating) == ("signed_off", 5)
    assert page.browser.run("document.querySelectorAll('.msg img:not(.picture)').length") == 0
    page.browser.wait("document.querySelectorAll('.row').length > 20")


def test_at_390_px_one_phone_at_a_time_with_unread_counts(loop: Loop, page: Page):
    browser = page.browser
    browser.size(390, 844)
    browser.wait("document.querySelectorAll('.phone').length === 1")
    page.says("chen", "冷库报警")
    page.presses("chen", "确认报修")
    page.sees("chen", "已收到您的报修")

    badge = "document.querySelectorAll('.chip-person')[2].querySelector('.badge')"
    browser.wait(f"Number({badge}.textContent) >= 1")
    browser.click("document.querySelectorAll('.chip-person')[2]")

    page.sees("li", "冷库报警")
    before = browser.run(f"Number({badge}.textContent)")
    browser.click("document.querySelectorAll('[data-phone=li] .tabs button')[1]")
    browser.wait(f"{badge}.hidden")
    assert before > 0, "the group's messages were not seen by looking at the robot's chat"
    assert browser.run("document.documentElement.scrollWidth <= 390")
    browser.click("document.querySelector('.behind')")
    browser.wait("document.querySelector('.side').offsetParent !== null")
    browser.click("[...document.querySelectorAll('.row summary')].at(-1)")
    browser.wait("document.querySelector('.row pre')?.textContent.length > 10")


def test_a_fault_is_switched_on_the_page_and_seen_in_the_traffic(loop: Loop, page: Page):
    browser = page.browser
    page.opens("时钟与故障")
    page.switches("企业微信", "宕机")
    browser.wait("document.querySelector('.box.disturbed')")
    page.says("lin", "制冰机一直报警")
    page.sees("lin", "制冰机一直报警")
    page.opens("线上往来")
    browser.wait("document.querySelector('.row.trouble .code')?.textContent.includes('502')")

    page.opens("时钟与故障")
    page.switches("企业微信", "正常")
    browser.wait("!document.querySelector('.box.disturbed')")
    loop.advance(120)

    page.presses("lin", "确认报修")
    page.sees("lin", "已收到您的报修")
    loop.settle()


def test_the_page_begins_anew_by_itself_when_another_board_is_shown(loop: Loop, wall: Wall, page: Page):
    page.says("chen", "冷库报警")
    page.presses("chen", "确认报修")
    page.sees("chen", "已收到您的报修")
    page.browser.run("document.querySelector('.phone').id = 'old'")

    wall.show(board(loop))

    page.browser.wait("document.querySelectorAll('.phone').length === 4 && !document.getElementById('old')")
    page.sees("chen", "已收到您的报修")
    page.presses("li", "接单")
    page.sees("chen", "李强 技师")
    loop.settle()
