"""Customers who want a person, or are angry: the desk can call back, and is told once."""

from tests.support.actors import Visitor
from tests.support.cast import MOBILE
from tests.support.intake import drafts
from tests.support.loop import Loop

ANGRY = "你们这破空调又坏了！！！三天两头坏，再不来人我就投诉到12315"


def calls(loop: Loop) -> list[str]:
    return loop.desk.told("要找人工")


def test_the_desk_can_call_back_who_wants_a_person(loop: Loop):
    number = loop.chen.reports()

    loop.chen.says("转人工")

    assert loop.desk.hears("要找人工", "陈静", "沪冷物流", MOBILE["陈静"], number, "不制冷")


def test_three_cries_for_a_person_are_one_alert(loop: Loop):
    loop.chen.reports()

    for words in ("转人工", "人工", "转人工服务"):
        loop.chen.says(words)
        loop.settle()

    assert len(calls(loop)) == 1


def test_words_that_say_more_are_passed_on_all_the_same(loop: Loop):
    loop.chen.reports()
    loop.chen.says("转人工")
    loop.desk.hears("要找人工")

    loop.chen.says("帮我转人工客服，我要问上次那张发票为什么开错了抬头")
    loop.settle()

    assert len(calls(loop)) <= 2


def test_after_some_minutes_the_desk_is_told_again(loop: Loop):
    loop.chen.reports()
    loop.chen.says("转人工")
    loop.desk.hears("要找人工")
    loop.advance(301)

    loop.chen.says("转人工")
    loop.settle()

    assert len(calls(loop)) == 2


def test_an_angry_report_without_a_work_order_becomes_a_request(loop: Loop):
    loop.chen.says(ANGRY)

    loop.settle()
    assert "破空调" in drafts(loop)[0].known.report_words
    assert loop.desk.hears("语气不满", "陈静", "沪冷物流", MOBILE["陈静"], "破空调")
    assert not loop.events("EscalationConfirmed")


def test_an_angry_report_is_kept_until_the_binding(loop: Loop):
    visitor: Visitor = loop.visitor
    visitor.says(ANGRY)
    visitor.hears("手机号")

    visitor.says(MOBILE["何洁"])
    loop.settle()

    assert not visitor.told("没有未完成的工单")
    assert "破空调" in drafts(loop)[0].known.report_words


def test_who_is_angry_and_then_wants_a_person_is_told_of_twice(loop: Loop):
    loop.chen.says(ANGRY)
    loop.desk.hears("语气不满")

    loop.chen.says("转人工")

    assert loop.desk.hears("要找人工", "陈静", "破空调")
