"""Several people do the same thing in the same moment, with real threads on both databases."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.cast import identity
from tests.support.field import under_way
from tests.support.loop import Loop

TOO_LATE = "不能再做这一步"
REPORT = "原因：电容击穿 处理：更换电容 工时：1"


@pytest.fixture(autouse=True)
def eager_customers(stage: Loop) -> None:
    """Let customers confirm every summary at once."""
    stage.let_customers_confirm()


def together(*deeds: Callable[[], object]) -> None:
    """Do everything at once."""
    begin = threading.Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        begin.wait(timeout=5)
        return deed()

    with ThreadPoolExecutor(len(deeds)) as threads:
        list(threads.map(do, deeds))


def pressing(loop: Loop) -> Callable[[], object]:
    """Let Li press 接单 on the card as it is now, also when it has changed by then."""
    card = loop.li.card("接单")
    token = card.card["btn1_action"]
    return lambda: loop.li.forges(token, card.out_track_id)


def _one_owner(loop) -> str:
    """Insist that exactly one technician accepted, and return whose job it is."""
    loop.settle()
    (accepted,) = loop.events("WorkOrderAccepted")
    order = loop.only_order()
    assert order.status == "accepted"
    assert str(order.assignee_id) == accepted["assignee_id"]
    assert len(loop.chen.told("技师为您上门")) == 1
    return str(order.assignee_id)


def test_two_technicians_press_at_once_and_only_the_one_who_was_asked_gets_it(loop):
    number = loop.chen.reports()
    card = loop.li.card("接单")
    token = card.card["btn1_action"]

    together(
        lambda: loop.li.presses("接单"),
        lambda: loop.wang.forges(token, card.out_track_id),
        lambda: loop.li.says(f"接单 {number}"),
        lambda: loop.wang.says(f"接单 {number}"),
    )

    _one_owner(loop)
    assert loop.chen.told("李强 技师")
    assert loop.wang.hears("李强", number, times=2)


def test_two_who_were_both_asked_press_at_once_and_the_one_asked_last_gets_it(loop):
    number = loop.chen.reports()
    press = pressing(loop)
    loop.zhao.says(f"派单 {number} 王芳")
    loop.wang.card("接单", number)
    loop.settle()

    together(press, lambda: loop.wang.presses("接单"))

    assert _one_owner(loop) == str(loop.person("王芳").id)
    assert loop.li.told(number, "派给了王芳") or loop.li.told(number, "已被 王芳 接单")


def test_an_acceptance_and_a_new_assignment_at_once_leave_one_owner_and_tell_the_other(loop):
    number = loop.chen.reports()
    press = pressing(loop)
    loop.settle()

    together(press, lambda: loop.zhao.says(f"派单 {number} 王芳"))
    loop.settle()

    if loop.wang.has_button("接单"):
        assert loop.li.told(number, "派给了王芳")
        loop.wang.presses("接单")
    else:
        assert loop.zhao.told(number, "“已接单”", TOO_LATE)
    _one_owner(loop)


def test_an_acceptance_and_a_reassignment_at_once_leave_one_owner_and_tell_the_other(loop):
    number = loop.chen.reports()
    press = pressing(loop)
    loop.settle()

    together(press, lambda: loop.zhao.says(f"转单 {number} 王芳 李强在外地"))
    loop.settle()

    assert len(loop.events("WorkOrderAccepted")) == 1
    if loop.wang.has_button("接单"):
        assert loop.li.told(number, "已转给", "王芳", "李强在外地")
        assert loop.only_order().status == "offered"
    else:
        assert loop.zhao.told(number, "“待接单”", TOO_LATE)
        assert loop.only_order().status == "accepted"


def test_a_late_acceptance_and_the_end_of_the_offer_at_once_leave_one_owner(loop):
    number = loop.chen.reports()
    loop.li.card("接单")
    loop.settle()

    together(lambda: loop.advance(601), lambda: loop.li.says(f"接单 {number}"))
    loop.settle()
    if loop.wang.has_button("接单"):
        loop.wang.presses("接单")

    _one_owner(loop)


def test_accepting_and_cancelling_at_once_never_does_both_halves(loop):
    number = loop.chen.reports()
    press = pressing(loop)
    loop.settle()

    together(press, lambda: loop.chen.says("取消"))
    loop.settle()

    assert loop.only_order().status == "cancelled"
    assert len(loop.events("WorkOrderCancelled")) == 1
    assert not loop.li.has_button("接单")
    assert loop.chen.told(number, "已取消")
    if loop.events("WorkOrderAccepted"):
        assert loop.li.told(number, "已取消", "您不用再去")
    else:
        assert loop.li.told(number, "现在是“已取消”", "这张卡片是旧的")


def test_completing_and_cancelling_at_once_does_one_of_both_and_tells_the_other(loop):
    number = under_way(loop)
    loop.chen.says(f"取消 {number}")
    loop.chen.hears("确认取消")
    loop.settle()

    together(lambda: loop.li.says(f"完工 {number} {REPORT}"), lambda: loop.chen.taps("确认取消"))
    loop.settle()

    done, dropped = loop.events("WorkCompleted"), loop.events("WorkOrderCancelled")
    assert len(done) + len(dropped) == 1
    if done:
        assert loop.only_order().status == "completed"
        assert loop.chen.told(number, "“待验收”", TOO_LATE)
    else:
        assert loop.only_order().status == "cancelled"
        assert loop.li.told(number, "“已取消”", TOO_LATE)


def test_a_person_on_two_platforms_presses_on_both_at_once_and_accepts_once(loop):
    with loop.database.write() as session, session.begin():
        one = identity("wecom", "stranger", loop.clock.now())
        one.person_id = loop.person("李强").id
        session.add(one)
    number = loop.chen.reports()
    loop.li.card("接单")

    together(lambda: loop.li.presses("接单"), lambda: loop.wecom.member_says("stranger", f"接单 {number}"))

    _one_owner(loop)
    assert not loop.refusals()


@pytest.mark.parametrize("reports", [8])
def test_many_faults_at_once_get_numbers_of_their_own(loop, reports):
    def report(number: int) -> Callable[[], object]:
        return lambda: (loop.lin if number % 2 else loop.chen).says(f"{number} 号机器坏了")

    together(*(report(number) for number in range(reports)))
    loop.settle()

    numbers = {order.number for order in loop.orders()}
    receipts = loop.lin.told("已收到您的报修") + loop.chen.told("已收到您的报修")
    assert len(numbers) == len(loop.orders()) == len(receipts) >= 2
    kept = "\n".join(order.description for order in loop.orders())
    assert [number for number in range(reports) if f"{number} 号机器坏了" not in kept] == []
