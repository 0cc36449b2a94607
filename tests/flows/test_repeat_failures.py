"""A repaired fault that is back is linked at every door, shown to staff and counted (rule WO-12)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.workorder.model import WorkOrder
from tests.flows.test_api import SECRET, post
from tests.support import cast
from tests.support.loop import Loop

FAULT = "LK-9001 冷库机组漏水"
AGAIN = "LK-9001 冷库机组又漏水了"


@pytest.fixture
def loop(stage: Loop) -> Loop:
    """Let other systems ask too, and let a repair of 20 days ago be known."""
    stage.start_product(api_keys=f"erp:{SECRET}")
    stage.let_customers_confirm()
    return stage


def registered(loop: Loop, fault: str) -> None:
    loop.wu.says(f"登记 {cast.MOBILE['何洁']} 何洁 {fault}")
    loop.wu.card("确认登记", fault)
    loop.wu.presses("确认登记")
    loop.settle()


def repaired(loop: Loop) -> str:
    """Let the fault have been repaired 20 days ago; return the number."""
    registered(loop, FAULT)
    order = loop.only_order()
    with loop.database.write() as session, session.begin():
        done_at = loop.clock.now() - timedelta(days=20, hours=1)
        done = {"status": "closed", "created_at": done_at, "completed_at": done_at, "report_version": 1}
        session.execute(update(WorkOrder).where(WorkOrder.id == order.id).values(next_due_at=None, **done))
    return order.number


def by_call(loop: Loop) -> None:
    registered(loop, AGAIN)


def by_group(loop: Loop) -> None:
    loop.desk.says("wu", AGAIN)
    loop.desk.card("建工单")
    loop.dingtalk.user_presses("wu", "建工单")


def by_chat(loop: Loop) -> None:
    loop.chen.reports(AGAIN)


def by_system(loop: Loop) -> None:
    body = {"description": AGAIN, "mobile": cast.MOBILE["何洁"], "customer_code": "C001", "serial": "LK-9001"}
    assert post(loop, body).status_code == 201


@pytest.mark.parametrize("reports", [by_chat, by_call, by_group, by_system])
def test_a_repeat_failure_is_linked_and_shown_whatever_door_it_comes_through(
    loop: Loop, reports: Callable[[Loop], None]
):
    number = repaired(loop)

    reports(loop)

    loop.settle()
    newest = loop.orders()[-1]
    assert newest.earlier_id == next(one.id for one in loop.orders() if one.number == number)
    assert "20 天前修过" in loop.li.card("接单", newest.number).text
    assert f"{number}（20 天前修过）" in loop.desk.hears(newest.number, "20 天前修过")


def test_a_repeat_failure_stands_on_the_time_line_and_counts_against_first_time_fix(loop: Loop):
    number = repaired(loop)
    by_call(loop)
    loop.settle()
    newest = loop.orders()[-1].number

    loop.zhao.says(f"时间线 {newest}")
    assert f"重复故障：{number}" in loop.zhao.hears("时间线", newest)
    loop.zhao.says("设备 LK-9001")
    assert "一次修好：1 次维修中 0 次（重复故障 1 次）" in loop.zhao.hears("设备档案")
    loop.zhao.says("客户 C001")
    assert "一次修好：1 次维修中 0 次（重复故障 1 次）" in loop.zhao.hears("客户 · 沪冷物流")


def test_a_machine_without_a_finished_repair_has_no_such_figure(loop: Loop):
    loop.zhao.says("设备 LK-9001")

    assert "一次修好" not in loop.zhao.hears("设备档案")
