"""Clocks follow the loop; ladders fire once, in order, and never after the answer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.sla.model import SlaClock, SlaFiring
from domain.sla.steps import Do
from tests.support.sla import publish_in, wait_for_morning

MINUTE = 60
URGENT = {
    "name": "危急",
    "priorities": ["P1"],
    "calendar": "全天候",
    "targets": {"resolution": {"within": "40分钟", "ladder": "处理"}},
}


@pytest.fixture
def loop(loop):
    wait_for_morning(loop)
    publish_in(loop.database_url)
    return loop


def rows(loop, table, *order):
    with loop.database.read() as session:
        return session.scalars(select(table).order_by(*order)).all()


def clock(loop, kind, episode=1):
    found = [one for one in rows(loop, SlaClock, SlaClock.started_at) if one.kind == kind]
    return next(one for one in found if one.episode == episode)


def fired(loop):
    return [(one.step, one.outcome) for one in rows(loop, SlaFiring, SlaFiring.seq)]


def accepted(loop):
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.li.presses("接单")
    loop.chen.hears(number, "李强")
    loop.settle()
    return number


def later(loop, minutes):
    loop.advance(minutes * MINUTE)
    loop.settle()


def test_the_ladder_reminds_then_posts_then_escalates_each_once(loop):
    number = accepted(loop)

    later(loop, 80)
    assert loop.li.told(number, "处理时限提醒", "还剩 20分")
    later(loop, 20)
    assert loop.desk.told(number, "处理", "时限已到")
    later(loop, 50)

    assert loop.zheng.told(number, "升级通知（2级）", "已超时 50分")
    later(loop, 300)
    assert fired(loop) == [("80%", "told"), ("100%", "told"), ("150%", "told")]


def test_the_card_shows_the_limit_and_the_pause(loop):
    number = accepted(loop)
    due_at = clock(loop, "resolution").due_at + timedelta(hours=8)

    assert loop.li.told(number, f"{due_at:%H:%M} 前")
    loop.li.says(f"挂起 {number} 等配件 接触器")
    loop.chen.hears(number, "等配件")
    loop.settle()

    assert loop.li.told(number, "处理 暂停计时")


def test_nothing_is_said_while_a_work_order_waits_for_a_part(loop):
    number = accepted(loop)
    loop.li.says(f"挂起 {number} 等配件 接触器")
    loop.chen.hears(number, "等配件")

    later(loop, 300)

    assert not fired(loop)
    states = {one.kind: one.state for one in rows(loop, SlaClock, SlaClock.kind)}
    assert states == {"resolution": "paused", "response": "met", "total": "paused"}
    loop.li.says(f"恢复 {number}")
    loop.li.hears(number, "已恢复")
    later(loop, 81)
    assert fired(loop) == [("80%", "told")]


def test_a_hold_for_a_reason_that_the_policy_does_not_know_stops_nothing(loop):
    number = accepted(loop)
    loop.li.says(f"挂起 {number} 等审批 报价")
    loop.chen.hears(number)

    later(loop, 81)

    assert clock(loop, "resolution").state == "running" and fired(loop) == [("80%", "told")]


def test_a_more_urgent_priority_keeps_what_was_used_and_tells_past_steps_as_one(loop):
    publish_in(loop.database_url, before=[URGENT])
    number = accepted(loop)
    later(loop, 50)

    loop.zhao.says(f"优先级 {number} P1 停产")
    loop.zhao.hears(number, "P1")
    loop.settle()

    assert fired(loop) == [("80%", "merged"), ("100%", "told")]
    assert len(loop.li.told(number, "处理")) == len(loop.li.told(number))
    assert clock(loop, "resolution").policy == "危急"


def test_only_a_person_s_answer_stops_the_response_clock(loop):
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.settle()
    assert clock(loop, "response").state == "running"

    loop.zhao.says(f"告诉客户 {number} 师傅十分钟后联系您")
    loop.chen.hears("师傅十分钟后联系您")
    loop.settle()

    assert clock(loop, "response").state == "met"


def test_a_cancelled_work_order_has_no_clocks_left_and_nobody_is_reminded(loop):
    number = accepted(loop)
    loop.zhao.says(f"取消 {number} 客户自己修好了")
    loop.chen.hears(number, "已取消")

    later(loop, 300)

    assert not fired(loop)
    assert {one.state for one in rows(loop, SlaClock, SlaClock.kind)} == {"met", "cancelled"}


def test_a_scheduler_that_was_down_fires_what_it_missed_once_in_order(loop):
    accepted(loop)
    loop.stop_product()
    loop.advance(110 * MINUTE)

    loop.start_product()
    loop.settle()

    steps = rows(loop, SlaFiring, SlaFiring.seq)
    assert [(one.step, one.late_reason) for one in steps] == [("80%", "downtime"), ("100%", "downtime")]
    assert [one.late_s // MINUTE for one in steps] == [30, 10]
    assert loop.li.told("本该在", "现在补发")


def test_no_reminder_for_what_was_answered_while_the_scheduler_was_down(loop):
    number = accepted(loop)
    loop.advance(79 * MINUTE)
    loop.li.says(f"挂起 {number} 等配件 接触器")
    loop.chen.hears(number, "等配件")
    loop.stop_product()
    loop.advance(300 * MINUTE)

    loop.start_product()
    loop.settle()

    assert not fired(loop)


def test_whoever_is_late_to_accept_loses_the_work_order(loop):
    ladder = [{"at": "100%", "do": [Do.REASSIGN.value]}]
    targets = {"response": {"within": "5分钟", "ladder": "响应"}}
    publish_in(loop.database_url, ladders={"响应": ladder}, policy={"targets": targets})
    number = loop.chen.reports()
    loop.li.card("接单", number)
    loop.settle()

    loop.advance(5 * MINUTE + 1)

    assert loop.wang.card("接单", number)
    assert loop.li.hears(number, "已收回", "超过时限")


def test_overdue_work_is_one_to_do_until_it_is_done(loop):
    ladder = [{"at": "100%", "do": [Do.TODO.value]}]
    publish_in(loop.database_url, ladders={"处理": ladder})
    number = accepted(loop)
    later(loop, 101)
    assert [one.subject for one in loop.dingtalk.todos("li") if not one.done] == [
        f"工单 {number} 处理已到时限：3号冷库机组不制冷了"
    ]

    loop.zhao.says(f"取消 {number} 客户自己修好了")
    loop.chen.hears(number, "已取消")
    loop.settle()

    assert [one.done for one in loop.dingtalk.todos("li")] == [True]
