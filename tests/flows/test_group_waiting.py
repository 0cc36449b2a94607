"""A message in a group that nobody decides on is reminded of, then put before the desk (rule RQ-19)."""

from datetime import timedelta

from adapters.storage.reconciling import reconcile
from tests.support.desk import group_requests
from tests.support.loop import Loop

REMINDER = "这条消息还没有处理"
AT_DESK = "已请服务台决定"


def told(loop: Loop, fault: str = "LK-9001 机组漏水") -> None:
    loop.desk.says("wang", fault)
    loop.desk.card("建工单", "漏水")
    loop.settle()


def test_the_group_is_reminded_once_and_then_the_desk_is_asked_once(loop: Loop):
    loop.aibot_group.says("sun", "LK-9001 机组漏水")
    loop.aibot_group.card("建工单", "漏水")
    loop.settle()

    loop.advance(31 * 60)
    loop.sun.hears(REMINDER)
    assert not loop.desk.told(AT_DESK)

    loop.advance(2 * 3600 + 60)
    loop.desk.card("建工单", AT_DESK)
    loop.advance(26 * 3600)

    loop.settle()
    assert [event["to_desk"] for event in loop.events("GroupMessageOverdue")] == [False, True]
    assert len(loop.desk.told(AT_DESK)) == 1


def test_the_desk_decides_with_one_tap_and_its_card_says_so(loop: Loop):
    loop.aibot_group.says("sun", "LK-9001 机组漏水")
    loop.aibot_group.card("建工单", "漏水")
    loop.settle()
    loop.advance(31 * 60)
    loop.sun.hears(REMINDER)
    loop.advance(2 * 3600 + 60)
    loop.desk.card("建工单", AT_DESK)

    loop.dingtalk.user_presses("zhao", "建工单")

    number = loop.order_becomes("offered").number
    loop.settle()
    loop.desk.hears("已建工单", number)
    assert not loop.desk.has_button("建工单")


def test_a_message_that_is_decided_in_time_is_not_reminded_of(loop: Loop):
    told(loop)
    loop.dingtalk.user_presses("wang", "不是报修")
    loop.settle()

    loop.advance(26 * 3600)

    loop.settle()
    assert not loop.events("GroupMessageOverdue")
    assert group_requests(loop)[0].due_at is None


def test_the_reminder_can_be_pressed(loop: Loop):
    told(loop)
    loop.advance(31 * 60)
    loop.desk.card("建工单", REMINDER)

    loop.dingtalk.user_presses("wang", "建工单", contains=REMINDER)

    loop.desk.hears("已建工单", "WO-")
    assert loop.only_order().asset_id is not None


def test_the_doctor_counts_what_is_undecided_and_what_the_clock_forgot(loop: Loop):
    told(loop)
    now, day = loop.clock.now(), timedelta(days=1)

    assert (
        reconcile(loop.database, now - day, now).undecided,
        reconcile(loop.database, now - day, now).fits,
    ) == (1, True)
    assert reconcile(loop.database, now - day, now + day).overdue == 1
