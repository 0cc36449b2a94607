"""Whatever people send gets one clear answer, and only a fault becomes a work order."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.loop import Loop


@pytest.fixture(autouse=True)
def eager_customers(stage: Loop) -> None:
    """Let customers confirm every summary at once."""
    stage.let_customers_confirm()


RECEIPT = "已收到您的报修"
ASKS_FOR_WORDS = "请再用一句话说明"
LONG = "冷库报警" * 2500

SENDS: dict[str, Callable[[Any], object]] = {
    "member image": lambda loop: loop.wecom.member_sends("lin", "image"),
    "member voice": lambda loop: loop.wecom.member_sends("lin", "voice"),
    "member video": lambda loop: loop.wecom.member_sends("lin", "video"),
    "member location": lambda loop: loop.wecom.member_sends("lin", "location"),
    "member link": lambda loop: loop.wecom.member_sends("lin", "link"),
    "visitor image": lambda loop: loop.wecom.customer_sends_image("wmChen"),
    "visitor voice": lambda loop: loop.wecom.customer_sends_voice("wmChen"),
    "visitor location": lambda loop: loop.wecom.customer_sends_location("wmChen"),
    "visitor link": lambda loop: loop.wecom.customer_sends(
        "wmChen", "link", title="说明书", url="https://e.cn"
    ),
}
UNSUPPORTED: dict[str, Callable[[Any], object]] = {
    "member hologram": lambda loop: loop.wecom.member_sends("lin", "hologram"),
    "visitor card": lambda loop: loop.wecom.customer_sends("wmChen", "business_card", userid="x"),
    "visitor miniprogram": lambda loop: loop.wecom.customer_sends("wmChen", "miniprogram", title="商城"),
}


def _sender(loop, kind: str):
    return loop.lin if kind.startswith("member") else loop.chen


@pytest.mark.parametrize("text", [" ", "\n\n", "😀👍🏽", "……！！", "\u200b\u200d"])
@pytest.mark.parametrize("who", ["lin", "chen"])
def test_a_message_without_words_is_answered_with_an_example(loop, who, text):
    getattr(loop, who).says(text)

    assert getattr(loop, who).hears("没有看到文字内容", "例如")
    assert not loop.orders()


@pytest.mark.parametrize("text", ["你好", "在吗？", "好的。", "收到", "OK"])
def test_small_talk_is_no_fault(loop, text):
    loop.chen.says(text)

    assert loop.chen.hears("随时为您服务")
    assert not loop.orders()


def test_thanks_are_no_fault(loop):
    loop.chen.says("谢谢🙏")

    assert loop.chen.hears("不客气")
    assert not loop.orders()


@pytest.mark.parametrize("who", ["lin", "chen"])
def test_ten_thousand_characters_are_kept_and_shown_cut(loop, who):
    number = getattr(loop, who).reports(LONG)
    technician = loop.sun if who == "lin" else loop.li

    card = technician.card("接单", number)

    assert loop.only_order().description == LONG
    assert len(card.text) < 1500
    assert "…" in card.text


def test_ten_thousand_characters_from_a_technician_change_nothing(loop):
    loop.li.says(LONG)

    assert loop.li.hears("没有看懂这句话")
    assert not loop.orders()


@pytest.mark.parametrize("text", ["", "😀", "   "])
def test_a_technician_without_words_is_answered(loop, text):
    loop.li.says(text)

    assert loop.li.hears("没有看懂这句话", "帮助")


@pytest.mark.parametrize("kind", SENDS)
def test_what_is_no_text_is_kept_and_asks_for_words_when_nothing_is_open(loop, kind):
    SENDS[kind](loop)

    assert _sender(loop, kind).hears(ASKS_FOR_WORDS)
    assert not loop.orders()
    assert len(loop.inbox()) == 1


@pytest.mark.parametrize("kind", SENDS)
def test_what_is_no_text_is_added_to_the_open_order(loop, kind):
    number = _sender(loop, kind).reports()

    SENDS[kind](loop)

    assert _sender(loop, kind).hears("工单", number)
    loop.settle()
    assert len(loop.events("WorkOrderNoteAdded")) == len(loop.orders()) == 1


def test_a_picture_after_the_order_was_cancelled_is_not_added_to_it(loop):
    loop.chen.reports()
    loop.chen.says("取消")
    loop.chen.hears("已取消")

    loop.wecom.customer_sends_image("wmChen")

    assert loop.chen.hears(ASKS_FOR_WORDS)
    assert not loop.events("WorkOrderNoteAdded")


@pytest.mark.parametrize("with_order", [False, True])
@pytest.mark.parametrize("kind", UNSUPPORTED)
def test_an_unsupported_type_is_kept_and_answered(loop, kind, with_order):
    if with_order:
        _sender(loop, kind).reports()

    UNSUPPORTED[kind](loop)

    assert _sender(loop, kind).hears("暂时无法识别", "已经保存")
    assert len(loop.orders()) == with_order


@pytest.mark.parametrize("msgtype", ["picture", "video", "file", "hologram"])
def test_a_technician_who_sends_something_else_is_answered(loop, msgtype):
    loop.dingtalk.user_sends("li", msgtype, {"fileName": "a.pdf"})

    loop.settle()
    assert len(loop.li.told()) == 1


def test_a_technician_may_speak_a_command(loop):
    number = loop.chen.reports()
    loop.li.card("接单")

    loop.dingtalk.user_sends("li", "audio", {"recognition": "接单。", "duration": 900})

    assert loop.li.hears("您已接单", number)


def test_a_mixed_message_reads_its_words(loop):
    loop.dingtalk.user_sends("li", "richText", {"richText": [{"text": "我的"}, {"text": "工单"}]})

    assert loop.li.hears("现在没有派给您的工单")


def test_words_in_the_group_are_answered_in_the_group(loop):
    number = loop.chen.reports()
    loop.li.card("接单")

    loop.dingtalk.user_says("zhao", f"进度 {number}", group=loop.desk_group)

    assert loop.desk.hears(number, "进展")


@pytest.mark.parametrize("who", ["lin", "chen", "li", "zhao", "sun"])
def test_everybody_gets_help(loop, who):
    getattr(loop, who).says("帮助")

    assert getattr(loop, who).hears("您可以这样说")


@pytest.mark.parametrize(
    "words", ["接单 WO-20000101-9999", "拒单 WO-20000101-9999 忙", "进度 WO-20000101-9999"]
)
def test_a_command_about_an_order_that_never_was_says_so(loop, words):
    loop.li.says(words)

    loop.settle()
    (answer,) = loop.li.told()
    assert "没有找到工单 WO-20000101-9999" in answer
    assert not loop.orders()


@pytest.mark.parametrize("words", ["接单", "拒单 太忙"])
def test_an_answer_to_no_offer_says_that_there_is_none(loop, words):
    loop.li.says(words)

    assert loop.li.hears("没有等您答复的工单")


@pytest.mark.parametrize("who", ["li", "qian", "zhao"])
def test_staff_who_describe_something_make_no_order_by_accident(loop, who):
    getattr(loop, who).says("3号冷库机组不制冷了")

    assert getattr(loop, who).hears("没有看懂这句话")
    assert not loop.orders()


def test_several_machines_in_a_row_become_orders_in_their_order(loop):
    for machine in "一二三":
        loop.chen.says(f"{machine}号机不转了")

    loop.chen.hears(RECEIPT)
    loop.settle()
    kept = "\n".join(order.description for order in loop.orders())
    places = [kept.find(f"{machine}号机不转了") for machine in "一二三"]
    assert -1 not in places
    assert places == sorted(places)


def test_hostile_words_reach_the_card_as_plain_words(loop):
    loop.chen.reports("<a href='https://e.cn'>点我</a> **粗** [链](https://e.cn) '; DROP TABLE event;--")

    card = loop.li.card("接单")

    assert "<a href" not in card.text
    assert "](https://e.cn)" not in card.text
    assert loop.events("WorkOrderRegistered")
