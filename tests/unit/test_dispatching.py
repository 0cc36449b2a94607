"""The clock asks somebody, lets the desk choose, or leaves it to the desk, as the rule table says."""

from datetime import timedelta
from typing import Any

import pytest

from domain.dispatching.commands import DispatchWorkOrder
from domain.dispatching.model import DispatchRule
from domain.policies.dispatch import best_candidates
from domain.registry import make_bus
from domain.workorder.closing_commands import ReopenWorkOrder
from domain.workorder.commands import (
    AcceptWorkOrder,
    ChangeOrderType,
    DeclineWorkOrder,
    OfferWorkOrder,
)
from domain.workorder.details import OrderType
from domain.workorder.events import TechniciansRecommended, WorkOrderLeftUnassigned, WorkOrderOffered
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status
from tests.fakes.memory import MemoryUnitOfWork
from tests.support.builders import AT, LI, ORDER, WANG, ZHAO, cause, work_order

WINDOW_S = 600
CONDITIONS = ("type", "customer_level", "region", "asset_kind", "priority", "skill")


def rule(mode: str, **values: Any) -> DispatchRule:
    return DispatchRule(position=1, name="重点", mode=mode, **(dict.fromkeys(CONDITIONS, "") | values))


def unassigned(*rules: DispatchRule, **changes: Any) -> MemoryUnitOfWork:
    uow = MemoryUnitOfWork(work_order(Status.DISPATCHING, **changes))
    uow.dispatch_rules.rules = list(rules)
    return uow


def dispatched(uow: MemoryUnitOfWork, after_s: int = 0) -> WorkOrder:
    at = AT + timedelta(seconds=after_s)
    command = DispatchWorkOrder(
        work_order_id=ORDER, offer_timeout_s=600, choice_timeout_s=WINDOW_S, **cause("system", at)
    )
    make_bus().handle(command, uow)
    return uow.work_orders.get(ORDER)


def happened(uow: MemoryUnitOfWork, kind: type[Any]) -> list[Any]:
    return [event for event in uow.happened if isinstance(event, kind)]


def test_an_automatic_rule_offers_at_once_and_is_named():
    uow = unassigned(rule("auto"))

    assert dispatched(uow).state is Status.OFFERED
    assert happened(uow, WorkOrderOffered)[0].reason.startswith("规则“重点”：同区域")


def test_a_rule_that_does_not_fit_leaves_the_default():
    uow = unassigned(rule("manual", region="华南"))

    assert dispatched(uow).state is Status.OFFERED


def test_a_rule_sets_its_own_time_to_answer():
    order = dispatched(unassigned(rule("auto", offer_timeout_s=60)))

    assert order.offer_expires_at == AT + timedelta(seconds=60)


def test_a_recommending_rule_names_the_best_and_waits():
    uow = unassigned(rule("recommend"))

    order = dispatched(uow)

    (event,) = happened(uow, TechniciansRecommended)
    assert (event.candidates, event.rule) == ((LI, WANG), "重点")
    assert (order.state, order.next_due_at) == (Status.DISPATCHING, AT + timedelta(seconds=WINDOW_S))


def test_a_recommendation_nobody_takes_falls_to_the_best_with_a_note():
    uow = unassigned(rule("recommend"))
    dispatched(uow)

    order = dispatched(uow, WINDOW_S)

    assert (order.state, order.assignee_id) == (Status.OFFERED, LI)
    assert "无人选择" in happened(uow, WorkOrderOffered)[0].reason


def test_after_it_fell_to_the_clock_it_stays_with_the_clock():
    uow = unassigned(rule("recommend"))
    dispatched(uow)
    dispatched(uow, WINDOW_S)

    order = dispatched(uow, 2 * WINDOW_S)

    assert order.assignee_id == WANG
    assert len(happened(uow, TechniciansRecommended)) == 1


def test_when_the_chosen_one_declines_the_desk_chooses_again():
    uow, bus = unassigned(rule("recommend")), make_bus()
    dispatched(uow)
    chosen = OfferWorkOrder(
        work_order_id=ORDER,
        technician_id=WANG,
        expires_at=AT + timedelta(hours=1),
        reason="赵敏 指定",
        **cause(ZHAO),
    )
    bus.handle(chosen, uow)
    bus.handle(DeclineWorkOrder(work_order_id=ORDER, reason="在外地", **cause(WANG)), uow)

    dispatched(uow, 1)

    assert [event.candidates for event in happened(uow, TechniciansRecommended)] == [(LI, WANG), (LI,)]


def test_a_manual_rule_leaves_it_to_the_desk_with_the_reason():
    uow = unassigned(rule("manual"))

    order = dispatched(uow)

    assert (order.state, order.next_due_at) == (Status.DISPATCHING, None)
    assert "由调度员派工" in happened(uow, WorkOrderLeftUnassigned)[0].reason
    assert any(notice.card == "nobody_left" for notice in uow.notices)


@pytest.mark.parametrize("mode", ["auto", "recommend"])
def test_without_the_skill_nobody_is_asked_and_the_desk_is_told_why(mode: str):
    uow = unassigned(rule(mode, skill="高压电"))

    dispatched(uow)

    assert not happened(uow, WorkOrderOffered)
    assert happened(uow, WorkOrderLeftUnassigned)[0].reason == "规则“重点”：没有会“高压电”的技师可派"


def test_another_type_is_dispatched_by_another_rule():
    manual = rule("manual", type="complaint")
    automatic = DispatchRule(position=2, name="其他", mode="auto", **dict.fromkeys(CONDITIONS, ""))
    uow = unassigned(manual, automatic, type="complaint")
    dispatched(uow)
    change = ChangeOrderType(work_order_id=ORDER, type=OrderType.REPAIR, reason="只是故障", **cause(ZHAO))
    make_bus().handle(change, uow)

    assert dispatched(uow, 1).state is Status.OFFERED


def test_who_left_is_not_asked():
    uow = unassigned()
    uow.people.get(LI).active = False

    assert dispatched(uow).assignee_id == WANG


def test_a_reopened_order_goes_to_whoever_did_it_before():
    uow, bus = unassigned(), make_bus()
    uow.people.get(LI).region, uow.people.get(WANG).region = "浦西", "浦东"
    bus.handle(
        OfferWorkOrder(
            work_order_id=ORDER,
            technician_id=LI,
            expires_at=AT + timedelta(hours=1),
            reason="赵敏 指定",
            **cause(ZHAO),
        ),
        uow,
    )
    bus.handle(AcceptWorkOrder(work_order_id=ORDER, **cause(LI)), uow)
    order = uow.work_orders.get(ORDER)
    order.status, order.report_version = Status.SIGNED_OFF.value, 0
    later = AT + timedelta(hours=2)
    bus.handle(ReopenWorkOrder(work_order_id=ORDER, reason="又坏了", **cause(ZHAO, later)), uow)

    dispatched(uow, 7201)

    assert order.assignee_id == LI
    assert happened(uow, WorkOrderOffered)[-1].reason.startswith("上次由其处理")


def test_a_picker_offers_also_those_who_were_asked_but_not_the_holder():
    uow: Any = unassigned()
    order = dispatched(uow)

    assert [one.technician_id for one in best_candidates(order, 5, uow)] == [WANG]
