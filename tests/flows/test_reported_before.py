"""A fault that was reported before is recognised also in a call and in a group, open or finished."""

import pytest

from tests.support import cast
from tests.support.closing import Ending, begin
from tests.support.intake import colleague
from tests.support.loop import Loop

FAULT = "3号冷库不制冷"
AGAIN = "3号冷库还是不制冷"


@pytest.fixture
def ending(loop: Loop) -> Ending:
    """Give an order that a technician completed a moment ago."""
    order = begin(loop, "app", "dingtalk")
    order.completes()
    return order


def reporters(loop: Loop) -> list[str]:
    return [event["person_id"] for event in loop.events("ReporterJoined")]


def test_a_caller_is_added_to_the_order_of_the_same_fault(loop: Loop):
    number = loop.chen.reports(FAULT)
    loop.wu.says(f"登记 {cast.MOBILE['何洁']} 何洁 {AGAIN}")
    assert number in loop.wu.card(f"并入 {number[-4:]}").text

    loop.wu.presses(f"并入 {number[-4:]}")

    loop.wu.hears("已并入工单", number, "没有新建工单")
    loop.settle()
    assert loop.only_order().number == number
    assert reporters(loop) == [str(loop.person("何洁").id)]


def test_an_agent_joins_or_registers_in_words_too(loop: Loop):
    number = loop.chen.reports(FAULT)
    for times, (words, answer) in enumerate((("仍要新建", "已登记，工单号"), ("并入", "已并入工单")), 1):
        loop.wu.says(f"登记 {cast.MOBILE['何洁']} 何洁 {AGAIN}")
        loop.wu.hears("登记确认", times=times)
        loop.wu.says(words)
        loop.wu.hears(answer)

    loop.settle()
    assert number in {order.number for order in loop.orders()}
    assert len(loop.orders()) == 2


def test_a_caller_of_another_customer_is_not_told_of_the_order(loop: Loop):
    loop.chen.reports(FAULT)

    loop.wu.says(f"登记 {cast.MOBILE['林涛']} 林涛 {AGAIN}")

    assert "仍要新建" not in loop.wu.card("确认登记").buttons


def test_a_call_about_what_was_just_finished_opens_it_again(ending: Ending):
    loop, last = ending.loop, ending.number[-4:]
    fault = loop.only_order().description
    ending.agent.says(f"登记 {cast.MOBILE['林涛']} {fault}，刚修好又坏了")
    ending.agent.card(f"重开 {last}", "修过的故障又出现了")

    ending.agent.presses(f"重开 {last}")

    ending.agent.hears("已重开工单", ending.number)
    loop.settle()
    assert loop.only_order().number == ending.number
    assert "又坏了" in loop.events("WorkOrderReopened")[0]["reason"]


def test_a_fault_said_in_a_group_is_linked_with_one_tap(loop: Loop):
    number = loop.lin.reports("制冰机不出冰")
    loop.aibot_group.says("lin", "制冰机还是不出冰")
    assert number in loop.aibot_group.card("仍要新建", "同一故障").text

    loop.aibot_group.presses("lin", f"关联 {number[-4:]}")

    loop.aibot_group.hears("已关联", number)
    loop.settle()
    assert len(loop.orders()) == 1


def test_a_bound_caller_is_told_and_can_leave_again(loop: Loop):
    number = loop.chen.reports(FAULT)
    he = colleague(loop, "何洁二")
    loop.wu.says(f"登记 13900001234 何洁二 {AGAIN}")
    loop.wu.card(f"并入 {number[-4:]}")
    loop.wu.presses(f"并入 {number[-4:]}")
    loop.wu.hears("已并入工单", "客户会在自己的聊天里收到")
    loop.settle()

    he.says(f"撤销关联 {number}")

    he.hears("已收到您的报修")
    loop.settle()
    first, second = loop.orders()
    assert (first.reporter_count, second.description) == (1, AGAIN)


def test_in_a_group_it_can_be_registered_all_the_same(loop: Loop):
    loop.lin.reports("制冰机不出冰")
    loop.aibot_group.says("lin", "制冰机还是不出冰")
    loop.aibot_group.card("仍要新建")

    loop.aibot_group.presses("lin", "仍要新建")

    loop.aibot_group.hears("已建工单")
    loop.settle()
    assert len(loop.orders()) == 2


def test_in_a_group_what_was_just_finished_is_opened_again(ending: Ending):
    loop, last = ending.loop, ending.number[-4:]
    loop.aibot_group.says("lin", f"{loop.only_order().description}，刚修好又坏了")
    loop.aibot_group.card(f"重开 {last}")

    loop.aibot_group.presses("lin", f"重开 {last}")

    loop.aibot_group.hears("已关联", ending.number)
    loop.settle()
    assert [event["work_order_id"] for event in loop.events("WorkOrderReopened")] == [str(ending.order_id)]
