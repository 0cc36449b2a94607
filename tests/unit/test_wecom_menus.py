"""微信客服: buttons as menu entries, and what a tap on one means."""

from dataclasses import replace
from uuid import UUID

import pytest

from adapters.inbound import PressContent, TextContent
from adapters.wecom.kf_messages import to_inbound
from adapters.wecom.menus import ID_BYTES, expand, kf_body, shrink
from bot.replies import Said
from bot.taps import as_pressed
from cards.spec import Button, Card, CardAction, Link, Note
from tests.support.builders import AT, KFID, LI, ORDER, inbound

YES = CardAction("draft.confirm", ORDER, 2)
NO = CardAction("draft.cancel", ORDER, 2)
BUTTONS = (Button("确认报修", YES, "确认"), Button("取消", NO, "算了"))
SUMMARY = Card(
    "请确认报修内容",
    fields=(("设备", "冷库机组"), ("地址", "")),
    body="不制冷",
    hint="有不对的请直接说",
    buttons=BUTTONS,
)


def tapped(content: TextContent) -> object:
    return as_pressed(Said(inbound(content=content), AT)).inbound.content


def test_a_card_with_buttons_becomes_a_menu():
    body = kf_body(SUMMARY)

    assert body["msgmenu"] == {
        "head_content": "【请确认报修内容】\n设备：冷库机组\n不制冷",
        "list": [
            {"type": "click", "click": {"id": YES.pack(), "content": "确认报修"}},
            {"type": "click", "click": {"id": NO.pack(), "content": "取消"}},
        ],
        "tail_content": "有不对的请直接说",
    }


def test_a_link_is_an_entry_too_while_there_is_room():
    page = Link("网页", "看报告，签字验收", "https://x/p/1")
    few = kf_body(replace(SUMMARY, links=(page,)))["msgmenu"]
    many = kf_body(replace(SUMMARY, links=(page,), buttons=BUTTONS * 5))["msgmenu"]

    assert few["list"][2] == {"type": "view", "view": {"url": page.url, "content": page.text}}
    assert page.url not in few["head_content"]
    assert {entry["type"] for entry in many["list"]} == {"click"}
    assert f"看报告，签字验收：\n{page.url}\n" in many["head_content"]


def test_a_card_without_buttons_stays_words():
    assert kf_body(Card("工单", body="好"))["text"]["content"] == "【工单】\n好"


def test_a_card_too_long_for_a_menu_becomes_words_that_still_say_how_to_answer():
    text = kf_body(Card("工单", body="漏" * 3000, buttons=BUTTONS))["text"]["content"]

    assert text.endswith("…\n回复：确认 ｜ 算了")
    assert len(text.encode()) <= 2048


def test_buttons_after_the_tenth_are_told_in_words():
    buttons = tuple(Button(f"{n}号", CardAction("a.b", ORDER, 1, str(n)), f"选{n}") for n in range(12))

    menu = kf_body(Card("选一个", buttons=buttons))["msgmenu"]

    assert (len(menu["list"]), menu["tail_content"]) == (10, "也可回复：选10 ｜ 选11")


@pytest.mark.parametrize("choice", [LI.hex, UUID(int=2**128 - 1).hex, "WO-20261124-0001"])
def test_a_long_token_is_shortened_for_a_menu_and_read_back(choice: str):
    token = CardAction("draft.join", ORDER, 3, choice).pack()

    assert len(token) > ID_BYTES
    assert 0 < len(shrink(token)) <= ID_BYTES
    assert expand(shrink(token)) == token


def test_a_tap_arrives_with_the_whole_token():
    token = CardAction("draft.join", ORDER, 3, LI.hex).pack()
    item = {
        "msgid": "m1",
        "external_userid": "wmChen",
        "send_time": int(AT.timestamp()),
        "origin": 3,
        "msgtype": "text",
        "text": {"content": "是同一件事", "menu_id": shrink(token)},
    }

    assert to_inbound(item, KFID, first_sync=False, now=AT).content == TextContent(
        text="是同一件事", choice=token
    )


def test_a_tapped_entry_with_our_token_is_a_press():
    assert tapped(TextContent(text="确认报修", choice=YES.pack())) == PressContent(token=YES.pack())


@pytest.mark.parametrize("choice", ["", "sev_1", "z:a:b:c", "1:draft.confirm:no-id:2"])
def test_words_that_equal_a_label_and_foreign_entries_stay_words(choice: str):
    said = TextContent(text="确认报修", choice=choice)

    assert tapped(said) is said


def test_a_note_s_menu_keeps_its_ids():
    menu = kf_body(Note("几星？", menu=((YES.pack(), "五星"),)))["msgmenu"]

    assert menu["list"] == [{"type": "click", "click": {"id": YES.pack(), "content": "五星"}}]


def test_a_note_s_link_is_tapped_and_its_address_not_read():
    page = Link("网页", "查看维修进度", "https://x/p/1")

    menu = kf_body(Note("已收到您的报修", links=(page,)))["msgmenu"]

    assert menu["head_content"] == "已收到您的报修"
    assert menu["list"] == [{"type": "view", "view": {"url": page.url, "content": page.text}}]


def test_where_no_menu_fits_the_address_has_a_line_of_its_own():
    text = kf_body(Note("漏" * 3000, links=(Link("网页", "查看维修进度", "https://x/p/1"),)))["text"][
        "content"
    ]

    assert text.endswith("…\n查看维修进度：\nhttps://x/p/1")
    assert len(text.encode()) <= 2048
