"""Declining is a conversation: a press asks for the reason, and the reason ends it."""

import pytest


def _asked_for_a_reason(loop):
    number = loop.chen.reports()
    loop.li.card("拒单")
    loop.li.presses("拒单")
    loop.li.hears("直接回复原因")
    return number


def test_a_technician_may_think_better_of_it(loop):
    number = _asked_for_a_reason(loop)

    loop.li.says("算了")
    loop.li.hears("没有拒单", number)
    loop.li.presses("接单")

    assert loop.chen.hears("李强 技师")
    assert not loop.events("WorkOrderDeclined")


@pytest.mark.parametrize("words", ["取消", "取消了"])
def test_a_bare_cancel_means_the_question(loop, words):
    number = _asked_for_a_reason(loop)

    loop.li.says(words)

    loop.li.hears("没有拒单", number)
    assert not loop.events("WorkOrderDeclined")


@pytest.mark.parametrize(
    ("label", "asked", "dropped"),
    [("挂起", "在等什么", "没有挂起"), ("取消", "直接回复原因", "没有取消")],
)
def test_a_bare_cancel_leaves_a_hold_and_a_cancelling_too(loop, label, asked, dropped):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.li.presses("接单")
    loop.settle()
    loop.zhao.says(number)
    loop.zhao.card(label, number)
    loop.zhao.presses(label)
    loop.zhao.hears(asked)

    loop.zhao.says("取消")

    loop.zhao.hears(dropped)
    loop.settle()
    assert loop.only_order().status == "accepted"


def test_cancel_with_a_number_stays_a_command(loop):
    number = _asked_for_a_reason(loop)

    loop.li.says(f"取消 {number}")

    loop.li.hears("没有权限")
    assert not loop.li.told("没有拒单")


def test_emoji_are_no_reason(loop):
    _asked_for_a_reason(loop)

    loop.li.says("😭😭")
    loop.li.hears("没有看到原因")
    loop.li.says("😭 家里有事")

    assert loop.wang.card("接单")
    assert loop.events("WorkOrderDeclined")[0]["reason"] == "😭 家里有事"


def test_a_reason_is_not_waited_for_longer_than_half_an_hour(stage):
    stage.start_product(offer_timeout_s=7200)
    _asked_for_a_reason(stage)
    stage.settle()

    stage.advance(30 * 60 + 1)
    stage.li.says("今天在外地")

    assert stage.li.hears("没有看懂")
    assert not stage.events("WorkOrderDeclined")


def test_a_reason_for_an_offer_that_ran_out_changes_nothing(loop):
    _asked_for_a_reason(loop)
    loop.settle()
    loop.advance(601)
    loop.wang.card("接单")

    loop.li.says("今天在外地")

    assert loop.li.hears("现在派给了王芳")
    loop.settle()
    assert loop.wang.has_button("接单")
    assert not loop.events("WorkOrderDeclined")


def test_a_second_order_is_not_declined_by_the_reason_of_the_first(loop):
    first = _asked_for_a_reason(loop)
    second = loop.chen.reports("5号冷库也坏了")
    loop.li.card("接单", second)

    loop.li.says("今天在外地")

    assert loop.li.hears("您已拒单", first)
    loop.wang.card("接单", first)
    assert loop.li.card("接单", second)


def test_declining_in_words_without_a_reason_asks_for_one(loop):
    number = loop.chen.reports()
    loop.li.card("接单")

    loop.li.says(f"拒单 {number}")
    loop.li.hears("直接回复原因")
    loop.li.says("人手不够")

    assert loop.wang.card("接单", number)


def test_declining_in_words_with_a_reason_is_done_at_once(loop):
    number = loop.chen.reports()
    loop.li.card("接单")

    loop.li.says(f"拒单 {number} 人手不够")

    assert loop.li.hears("您已拒单", number)
    assert loop.wang.card("接单", number)


def test_a_very_long_reason_is_cut(loop):
    _asked_for_a_reason(loop)

    loop.li.says("路" * 3000)

    assert loop.wang.card("接单")
    assert loop.events("WorkOrderDeclined")[0]["reason"] == "路" * 500
