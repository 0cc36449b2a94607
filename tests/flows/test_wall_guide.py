"""The wall says whose turn it is, found out from the chats alone; no product is there."""

from collections.abc import Iterator

import pytest

from sandbox.wall import Board, Cue, Guide
from tests.support.chromium import Chromium
from tests.support.page_checks import BINARY, needs_chromium
from tests.support.played_wecom import CUSTOMER
from tests.support.wall_page import Page
from tests.support.walled import LI, ZHANG, Walled, act

pytestmark = needs_chromium
CUES = (Cue("确认报修", "看看对不对", ends="已收到您的报修"), Cue("接单", "派到一张工单"), Cue("催一下"))
GUIDE = Guide(ZHANG, "说说哪里坏了", "冰箱不制冷了", CUES)
LINE = "(document.getElementById('guide')?.innerText ?? '')"
TURN = "document.querySelector('.phone.turn')?.dataset.phone ?? ''"


@pytest.fixture
def walled() -> Iterator[Walled]:
    walled = Walled()
    before = walled.board
    walled.wall.show(
        Board(
            walled.world.clock,
            walled.journal,
            walled.world.faults,
            walled.wecom,
            walled.dingtalk,
            phones=before.phones,
            playbill=walled.playbill,
            reset=walled.was_reset.set,
            guide=GUIDE,
        )
    )
    yield walled
    walled.stop()


@pytest.fixture
def page(walled: Walled) -> Iterator[Page]:
    assert BINARY is not None
    with Chromium(BINARY) as browser:
        browser.size(1440, 900)
        browser.goto(walled.wall.url)
        browser.wait(f"{LINE}.includes('轮到')")
        yield Page(browser)
        assert not browser.complaints


def turn(page: Page, phone: str, words: str) -> None:
    page.browser.wait(f"({TURN}) === {phone!r} && {LINE}.includes({words!r})")


def test_whoever_begins_is_told_what_to_say_and_gets_it_written(walled: Walled, page: Page):
    turn(page, ZHANG, "说说哪里坏了")

    page.browser.click("document.querySelector('.guide .go')")

    said = f"document.querySelector('[data-phone=\"{ZHANG}\"] .say').value"
    assert page.browser.run(said) == "冰箱不制冷了"


def test_the_turn_goes_to_whoever_has_the_newest_button_and_marks_it(walled: Walled, page: Page):
    walled.send_menu()
    turn(page, ZHANG, "看看对不对")
    assert page.browser.run("[...document.querySelectorAll('.cue')].map((one) => one.textContent)") == [
        "确认报修"
    ]

    walled.send_card("own-1")

    turn(page, LI, "派到一张工单")


def test_what_was_answered_or_done_elsewhere_waits_no_more(walled: Walled, page: Page):
    walled.send_menu()
    turn(page, ZHANG, "看看对不对")

    kf = {"touser": CUSTOMER, "open_kfid": walled.wecom.kf_open_kfid, "msgtype": "text"}
    walled.world.call("kf/send_msg", **kf, text={"content": "已收到您的报修"})

    page.browser.wait(f"!{LINE}.includes('轮到')")


def test_a_button_that_nobody_has_to_press_is_nobodys_turn(walled: Walled, page: Page):
    walled.send_card("own-1", btn1_text="催一下")

    page.browser.wait(f"document.querySelector('[data-phone=\"{LI}\"] .key')")
    turn(page, ZHANG, "说说哪里坏了")


def test_at_a_phones_width_one_tap_leads_to_whose_turn_it_is(walled: Walled, page: Page):
    page.browser.size(390, 844)
    page.browser.wait("document.querySelectorAll('.phone').length === 1")
    walled.send_card("own-1")
    page.browser.wait(f"document.querySelector('[data-person=\"{LI}\"]').matches('.turn.unread')")

    page.browser.click("document.querySelector('.guide .go')")

    turn(page, LI, "派到一张工单")
    assert page.browser.run(f"document.querySelector('[data-person=\"{LI}\"]').matches('.unread')") is False


def test_after_a_story_was_played_the_wall_invites_to_begin_anew(walled: Walled, page: Page):
    walled.playbill.offer([act("one", lambda: None)])
    walled.playbill.start("one")
    page.browser.wait(f"{LINE}.includes('演完了')")
    assert page.browser.run(TURN) == ""

    page.browser.click("[...document.querySelectorAll('.guide .go')].at(-1)")

    assert walled.was_reset.wait(5)
