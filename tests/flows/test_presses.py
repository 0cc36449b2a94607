"""Presses that should not be: by the wrong person, on an outdated card, with a forged token."""

from uuid import UUID

import pytest

NEVER_WAS = UUID(int=7)
FORGED = [
    "1:wo.accept:not-a-uuid:3",
    f"1:wo.accept:{NEVER_WAS}:three",
    f"1:wo.fly:{NEVER_WAS}:1",
    f"1:probe.explode:{NEVER_WAS}:1",
    "1:",
    "1:::",
    "1:" + "x" * 5000,
    "1:wo.accept:'; DROP TABLE work_order; --:1",
]


def _offered_to_li(loop):
    """Return the number, Li's card and the token of its accept button."""
    number = loop.chen.reports()
    card = loop.li.card("接单")
    loop.settle()
    return number, card.out_track_id, card.card["btn1_action"]


def _still_offered_to_li(loop):
    loop.settle()
    return loop.only_order().status == "offered" and loop.li.has_button("接单")


@pytest.mark.parametrize(
    ("who", "words", "refusal"),
    [
        ("wang", "现在派给了李强", "not_the_assignee"),
        ("zhao", "没有权限", "not_permitted"),
        ("qian", "没有权限", "not_permitted"),
    ],
)
def test_somebody_elses_button_is_refused_and_the_card_stays(loop, who, words, refusal):
    _, card, token = _offered_to_li(loop)

    pressed = getattr(loop, who).forges(token, card)

    assert pressed.code == 200
    assert getattr(loop, who).hears(words)
    assert _still_offered_to_li(loop)
    assert loop.refusals() == [refusal]


def test_somebody_elses_press_never_learns_what_the_card_shows(loop):
    _, card, token = _offered_to_li(loop)

    pressed = loop.wang.forges(token, card)
    loop.settle()

    assert not (pressed.response or {}).get("cardData")
    assert not loop.wang.told("陈静")


def test_a_customers_press_on_a_technicians_template_card_is_refused(loop):
    loop.lin.reports()
    card = loop.sun.card("接单")

    loop.wecom.press_raw("lin", card.card["button_list"][0]["key"], card.task_id)

    assert loop.lin.hears("没有权限")
    loop.settle()
    assert loop.sun.has_button("接单")


def test_a_press_by_somebody_unknown_asks_who_they_are(loop):
    _, card, token = _offered_to_li(loop)

    loop.dingtalk.press_raw("stranger", card, [token], {"action": token})

    loop.settle()
    assert "手机号" in loop.dingtalk.chat("user:stranger")[-1].text
    assert _still_offered_to_li(loop)


def test_a_press_on_an_outdated_card_does_nothing_and_brings_the_fresh_one(loop):
    number, card, token = _offered_to_li(loop)
    loop.zhao.says(f"派单 {number} 李强")
    loop.zhao.hears("等待对方接单")
    loop.settle()

    loop.li.forges(token, card)

    assert loop.li.hears("这张卡片是旧的", number)
    assert _still_offered_to_li(loop)
    assert loop.refusals() == ["outdated_press"]
    assert loop.li.presses("接单").code == 200
    assert loop.chen.hears("李强 技师")


def test_a_press_on_an_outdated_template_card_brings_the_fresh_one(loop):
    number = loop.lin.reports()
    old = loop.sun.card("接单")
    loop.settle()
    loop.zhao.says(f"派单 {number} 孙浩")
    loop.zhao.hears("等待对方接单")
    loop.settle()

    loop.wecom.press_raw("sun", old.card["button_list"][0]["key"], old.task_id)

    assert loop.sun.hears("这张卡片是旧的", number)
    loop.settle()
    assert not loop.events("WorkOrderAccepted")
    loop.sun.presses("接单")
    assert loop.lin.hears("孙浩 技师")


def test_a_press_after_somebody_else_accepted_says_who(loop):
    number, card, token = _offered_to_li(loop)
    loop.advance(601)
    loop.wang.card("接单")
    loop.wang.presses("接单")
    loop.order_becomes("accepted")

    loop.li.forges(token, card)

    assert loop.li.hears(f"工单 {number} 已被 王芳 接单")
    assert len(loop.events("WorkOrderAccepted")) == 1


def test_a_press_on_a_cancelled_order_says_so(loop):
    number, card, token = _offered_to_li(loop)
    loop.chen.says("取消")
    loop.order_becomes("cancelled")

    loop.li.forges(token, card)

    assert loop.li.hears(number, "已取消")
    loop.settle()
    assert not loop.li.has_button("接单")


@pytest.mark.parametrize("token", FORGED, ids=range(len(FORGED)))
def test_a_forged_token_is_refused_politely(loop, token):
    _, card, _ = _offered_to_li(loop)

    assert loop.li.forges(token, card).code == 200

    assert loop.li.hears("这个按钮无法识别")
    assert _still_offered_to_li(loop)
    assert not loop.inbox("pending")


def test_a_press_without_our_token_is_kept_and_ignored(loop):
    _, card, _ = _offered_to_li(loop)

    assert loop.li.forges("somebody else's button", card).code == 200

    assert _still_offered_to_li(loop)
    assert not loop.li.told("无法识别")


def test_a_token_for_an_order_that_never_was_is_refused(loop):
    _, card, _ = _offered_to_li(loop)

    loop.li.forges(f"1:wo.accept:{NEVER_WAS}:1", card)

    assert loop.li.hears("没有找到")
    assert loop.refusals() == ["not_found"]
    assert _still_offered_to_li(loop)


def test_a_token_of_another_order_never_shows_that_order(loop):
    _, card, _ = _offered_to_li(loop)
    loop.lin.reports("制冰机一直报警")
    token = loop.sun.card("接单").card["button_list"][0]["key"]

    pressed = loop.li.forges(token, card)

    assert loop.li.hears("现在派给了孙浩")
    loop.settle()
    assert not (pressed.response or {}).get("cardData")
    assert not loop.li.told("制冰机")


@pytest.mark.parametrize("key", ["garbage", "1:wo.accept:not-a-uuid:3", "x" * 1000], ids=range(3))
def test_a_forged_key_of_a_template_card_is_refused_politely(loop, key):
    loop.lin.reports()
    card = loop.sun.card("接单")

    loop.wecom.press_raw("sun", key, card.task_id)

    assert loop.sun.hears("这个按钮无法识别")
    loop.settle()
    assert loop.only_order().status == "offered"


def test_a_press_by_a_wecom_stranger_asks_who_they_are(loop):
    loop.lin.reports()
    card = loop.sun.card("接单")

    loop.wecom.press_raw("stranger", card.card["button_list"][0]["key"], card.task_id)

    loop.settle()
    assert "手机号" in loop.wecom.chat("user:stranger")[-1].text
    assert loop.only_order().status == "offered"


def test_frames_of_unknown_types_do_not_disturb_the_stream(loop):
    headers = {"messageId": "m-1", "topic": "/unknown", "contentType": "application/json"}
    for frame in (
        {"specVersion": "1.0", "type": "MYSTERY", "headers": headers, "data": "{}"},
        {"specVersion": "1.0", "type": "CALLBACK", "headers": headers, "data": "not json"},
        {"specVersion": "1.0", "type": "CALLBACK", "headers": {"messageId": "m-2"}, "data": "{}"},
        {"type": "CALLBACK"},
        {},
    ):
        loop.dingtalk.push_raw(frame)

    loop.li.says("我的工单")

    assert loop.li.hears("现在没有派给您的工单")
    assert loop.dingtalk.connections() == 1
