"""A follow-up has a time limit: who has it is reminded at its end, later manager and desk; each once."""

from domain.survey.model import FollowUp
from tests.flows.test_closing import accepted
from tests.support.closing import begin
from tests.support.loop import Loop

DAY_S, HOUR_S = 86_400, 3_600


def test_who_has_a_call_is_reminded_once_at_its_limit(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    loop.advance(DAY_S - 60)
    loop.settle()
    assert not loop.events("FollowUpReminded")

    loop.advance(120)
    loop.settle()

    ending.agent.card("已回访·满意", "已超时", "请马上联系客户")
    loop.advance(HOUR_S)
    loop.settle()
    assert [one["times"] for one in loop.events("FollowUpReminded")] == [1]
    ending.agent.presses("已回访·满意")
    loop.settle()
    assert [one["result"] for one in loop.events("FollowUpFinished")] == ["solved"]


def test_hours_later_the_manager_and_the_desk_hear_of_it_once(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    loop.advance(DAY_S + 5 * HOUR_S)
    loop.settle()

    assert [one["times"] for one in loop.events("FollowUpReminded")] == [1, 2]
    assert loop.zheng.hears(ending.number, "例行回访已超时", "吴兰")
    assert loop.desk.hears(ending.number, "例行回访已超时", f"回访 {ending.number} 转给")
    loop.advance(9 * HOUR_S)
    loop.settle()
    assert len(loop.events("FollowUpReminded")) == 2


def test_after_the_call_nobody_is_reminded(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    ending.agent.presses("已回访·满意")
    loop.settle()

    loop.advance(3 * DAY_S)
    loop.settle()

    assert not loop.events("FollowUpReminded")


def test_a_call_that_was_put_off_has_its_time_again(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    loop.advance(DAY_S + 60)
    loop.settle()
    ending.agent.presses("联系不上")
    loop.settle()

    loop.advance(4 * HOUR_S - 60)
    loop.settle()
    assert len(loop.events("FollowUpReminded")) == 1
    loop.advance(120)
    loop.settle()

    assert [one["times"] for one in loop.events("FollowUpReminded")] == [1, 1]


def test_a_call_that_nobody_has_is_brought_to_the_desk(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    ending.taps("验收通过")
    loop.change(FollowUp, assignee_id=None)

    loop.advance(DAY_S + 60)
    loop.settle()

    assert loop.zhao.hears(ending.number, "例行回访到时限了", f"回访 {ending.number} 转给")
