"""Offers that run out, dispatchers who decide, and cancellations."""

import pytest

from tests.support.desk import add_rule, teach

TEN_MINUTES = 601


def _nobody_takes_it(loop):
    number = loop.chen.reports()
    for technician in (loop.li, loop.wang, loop.sun):
        technician.card("接单", number)
        loop.settle()
        loop.advance(TEN_MINUTES)
    loop.zhao.hears("没有技师接单", number)
    loop.settle()
    return number


def test_an_offer_nobody_answers_goes_to_the_next_technician(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.settle()

    loop.advance(TEN_MINUTES)

    assert loop.wang.card("接单", number)
    loop.settle()
    assert not loop.li.has_button("接单")
    assert loop.li.told(number, "您不用再处理")
    assert loop.desk.told(number, "王芳")


def test_a_technician_who_was_too_late_learns_who_is_asked_now(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.settle()
    loop.advance(TEN_MINUTES)
    loop.wang.card("接单")

    loop.li.says(f"接单 {number}")

    assert loop.li.hears("现在派给了王芳")
    assert not loop.events("WorkOrderAccepted")


def test_when_nobody_is_left_the_dispatcher_is_told_in_person_and_names_somebody(loop):
    number = _nobody_takes_it(loop)

    loop.zhao.says(f"派单 {number} 王芳")
    loop.zhao.hears("已把工单", "王芳")
    loop.wang.card("接单", number)
    loop.wang.presses("接单")

    assert loop.chen.hears(number, "王芳 技师")
    assert [event["asked"] for event in loop.events("WorkOrderLeftUnassigned")] == [3]


def test_an_unassigned_order_is_not_offered_again_by_itself(loop):
    _nobody_takes_it(loop)

    loop.advance(TEN_MINUTES)
    loop.settle()

    assert len(loop.events("WorkOrderOffered")) == 3
    assert len(loop.zhao.told("没有技师接单")) == 1


@pytest.mark.parametrize("who", ["qian", "li", "sun"])
def test_only_the_desk_may_dispatch(loop, who):
    number = loop.chen.reports()
    loop.li.card("接单")

    getattr(loop, who).says(f"派单 {number} 王芳")

    assert getattr(loop, who).hears("没有权限", "派单")
    assert len(loop.events("WorkOrderOffered")) == 1


@pytest.mark.parametrize(("name", "answer"), [("路人甲", "没有找到"), ("赵敏", "没有找到"), ("", "派单 WO-")])
def test_a_dispatcher_is_told_what_is_wrong_with_the_name(loop, name, answer):
    number = loop.chen.reports()
    loop.li.card("接单")

    loop.zhao.says(f"派单 {number} {name}")

    assert loop.zhao.hears(answer)
    assert len(loop.events("WorkOrderOffered")) == 1


def test_a_dispatcher_may_give_an_open_offer_to_somebody_else(loop):
    number = loop.chen.reports()
    loop.li.card("接单")

    loop.zhao.says(f"派单 {number} 孙浩")

    assert loop.sun.card("接单", number)
    loop.settle()
    assert not loop.li.has_button("接单")


def test_an_accepted_order_cannot_be_dispatched_behind_its_technicians_back(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.li.presses("接单")
    loop.order_becomes("accepted")

    loop.zhao.says(f"派单 {number} 王芳")

    assert loop.zhao.hears("现在是“已接单”")
    assert not loop.wang.has_button("接单")


def test_a_customer_cancels_and_everybody_learns_it(loop):
    number = loop.chen.reports()
    loop.li.card("接单")

    loop.chen.says("取消 又好了")

    assert loop.chen.hears(number, "已取消", "又好了")
    assert loop.li.hears(number, "工单已取消")
    loop.settle()
    assert not loop.li.has_button("接单")
    assert len(loop.chen.told("已取消")) == 1
    assert loop.desk.told(number, "已取消")


def test_a_dispatcher_cancels_and_the_customer_learns_it(loop):
    number = loop.lin.reports()
    loop.sun.card("接单")

    loop.zhao.says(f"取消 {number} 重复报修")

    assert loop.zhao.hears(number, "已取消")
    assert loop.lin.hears(number, "已取消", "重复报修")
    loop.settle()
    assert not loop.sun.has_button("接单")


def test_a_cancelled_order_cannot_be_accepted(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.chen.says(f"取消 {number}")
    loop.order_becomes("cancelled")

    loop.li.says(f"接单 {number}")

    assert loop.li.hears("现在是“已取消”")
    assert not loop.events("WorkOrderAccepted")


@pytest.mark.parametrize(
    ("who", "words"), [("qian", "没有权限"), ("li", "没有权限"), ("lin", "没有找到工单")]
)
def test_somebody_elses_order_cannot_be_cancelled(loop, who, words):
    number = loop.chen.reports()
    loop.li.card("接单")

    getattr(loop, who).says(f"取消 {number}")

    assert getattr(loop, who).hears(words)
    assert not loop.events("WorkOrderCancelled")


def test_a_customer_learns_nothing_of_somebody_elses_order(loop):
    number = loop.chen.reports()

    loop.lin.says(f"进度 {number}")

    assert loop.lin.hears(f"没有找到工单 {number}")
    assert not loop.lin.told("冷库")


def _urgent_east_needs_a_senior(loop):
    add_rule(loop, 1, "华东紧急", "auto", skill="高级", when='紧急 且 区域 属于 ["华东", "华南"]')


def test_an_urgent_order_of_a_region_goes_to_a_senior_alone(loop):
    _urgent_east_needs_a_senior(loop)
    teach(loop, "孙浩", "专家")
    teach(loop, "李强", "中级")

    number = loop.chen.reports("冷库漏电冒火花了")

    assert loop.sun.card("接单", number)
    assert loop.events("WorkOrderOffered")[0]["reason"].startswith("规则“华东紧急”：跨区域，高级及以上")
    loop.settle()
    assert not loop.li.has_button("接单")


def test_where_no_senior_is_desk_and_manager_are_told_why(loop):
    _urgent_east_needs_a_senior(loop)

    number = loop.chen.reports("冷库漏电冒火花了")

    for boss in (loop.zhao, loop.zheng):
        assert boss.hears(number, "规则“华东紧急”：没有“高级”及以上的技师可派", "请指定技师")
    loop.settle()
    assert not loop.events("WorkOrderOffered")


def test_when_every_senior_was_asked_desk_and_manager_are_told_why(loop):
    _urgent_east_needs_a_senior(loop)
    teach(loop, "孙浩", "高级")
    number = loop.chen.reports("冷库漏电冒火花了")
    loop.sun.card("接单", number)
    loop.settle()

    loop.advance(TEN_MINUTES)

    for boss in (loop.zhao, loop.zheng):
        assert boss.hears(number, "规则“华东紧急”：“高级”及以上的技师都已问过（1 位）")
    loop.settle()
    assert len(loop.events("WorkOrderOffered")) == 1


def test_what_is_not_urgent_is_asked_as_ever(loop):
    _urgent_east_needs_a_senior(loop)

    number = loop.chen.reports()

    assert loop.li.card("接单", number)
