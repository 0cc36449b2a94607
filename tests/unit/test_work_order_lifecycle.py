"""Every row of the transition table, every pair it refuses, and who may take which step."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.workorder.details import HoldReason, Payer
from domain.workorder.errors import (
    AlreadySettled,
    NotTheAssignee,
    OutdatedPress,
    ReasonMissing,
    ReopenCancelled,
    StepTooEarly,
    TakenByAnother,
)
from domain.workorder.events import WorkOrderEvent
from domain.workorder.field_commands import ArriveOnSite, CompleteWork, DepartForSite, StartWork
from domain.workorder.lifecycle import closing, field, offering
from domain.workorder.lifecycle.state import REASON_LIMIT
from domain.workorder.model import WorkOrder
from domain.workorder.report import ServiceReport
from domain.workorder.status import (
    OPEN,
    TRANSITIONS,
    UNDER_WAY,
    Action,
    Status,
    TransitionNotAllowed,
    next_status,
)
from tests.support.builders import (
    AT,
    CHEN,
    LATER,
    LI,
    NUMBER,
    ORDER,
    QIAN,
    WANG,
    ZHAO,
    cause,
    work_order,
)

REFUSED = [(status, action) for status in Status for action in Action if (status, action) not in TRANSITIONS]
ROWS = [(status, action, to) for (status, action), to in TRANSITIONS.items()]


def decide(action: Action, order: WorkOrder) -> WorkOrderEvent | None:
    """Take one step as the person who may take it."""
    decided: dict[Action, Callable[[], WorkOrderEvent | None]] = {
        **_offering(order),
        **_field(order),
        **_closing(order),
    }
    return decided[action]()


def _offering(order: WorkOrder) -> dict[Action, Callable[[], WorkOrderEvent | None]]:
    by_li: dict[str, Any] = {"actor_id": LI, "at": AT, "seen_version": None, "holder": "李强"}
    by_zhao: dict[str, Any] = {"actor_id": str(ZHAO), "at": AT}
    asked: dict[str, Any] = {"technician_id": LI, "expires_at": LATER, "reason": "指定", **by_zhao}
    other = work_order(Status.NEW, id=UUID(int=301))
    return {
        Action.OFFER: lambda: offering.offer(order, **asked),
        Action.REASSIGN: lambda: offering.reassign(order, **asked),
        Action.RECOMMEND: lambda: offering.recommend(
            order, at=AT, candidates=[LI], reasons=["同区域"], rule="", decide_by=None
        ),
        Action.LEAVE_UNASSIGNED: lambda: offering.leave_unassigned(order, at=AT, asked=2, reason=""),
        Action.ACCEPT: lambda: offering.accept(order, **by_li),
        Action.DECLINE: lambda: offering.decline(order, reason="在外地", **by_li),
        Action.EXPIRE: lambda: offering.expire(order, at=LATER, due_at=LATER),
        Action.EXTEND: lambda: offering.extend(order, at=AT, expires_at=LATER),
        Action.RELEASE: lambda: offering.release(order, at=AT),
        Action.CANCEL: lambda: offering.cancel(order, reason="不用修了", **by_zhao),
        Action.MERGE: lambda: offering.merge(order, other, **by_zhao),
    }


def _field(order: WorkOrder) -> dict[Action, Callable[[], WorkOrderEvent | None]]:
    step: dict[str, Any] = {"work_order_id": ORDER, **cause(LI)}
    report = ServiceReport(cause="电容击穿", remedy="更换电容", hours=Decimal("1.5"))
    return {
        Action.DEPART: lambda: field.depart(order, DepartForSite(**step), site=None, holder="李强"),
        Action.ARRIVE: lambda: field.arrive(order, ArriveOnSite(**step), site=None, holder="李强"),
        Action.START: lambda: field.start(order, StartWork(**step), holder="李强"),
        Action.COMPLETE: lambda: field.complete(
            order, CompleteWork(report=report, **step), checklist=(), holder="李强"
        ),
        Action.AMEND: lambda: field.amend(
            order, actor_id=LI, at=AT, report=report, checklist=(), holder="李强"
        ),
        Action.HOLD: lambda: field.hold(
            order, actor_id=str(LI), at=AT, reason=HoldReason.PART, note="", seen_version=None
        ),
        Action.RESUME: lambda: field.resume(order, actor_id=str(LI), at=AT, seen_version=None),
    }


def _closing(order: WorkOrder) -> dict[Action, Callable[[], WorkOrderEvent | None]]:
    by_chen: dict[str, Any] = {"actor_id": str(CHEN), "at": AT}
    return {
        Action.SIGN_OFF: lambda: closing.sign_off(
            order, skip_reason="", by_customer=True, seen_version=None, **by_chen
        ),
        Action.REJECT: lambda: closing.reject(order, reason="还是不制冷", seen_version=None, **by_chen),
        Action.SETTLE: lambda: closing.settle(
            order, actor_id=str(ZHAO), at=AT, amount_fen=38050, payer=Payer.CUSTOMER, note=""
        ),
        Action.CLOSE: lambda: closing.close(order, actor_id=str(ZHAO), at=AT, skip_reason="多次联系不上"),
        Action.REOPEN: lambda: closing.reopen(order, reason="又坏了", **by_chen),
    }


def resumed(order: WorkOrder, action: Action, to: Status) -> Status:
    """Return where the table leads, which for a held work order that goes on is where it was held."""
    return Status(order.held_from) if action is Action.RESUME else to


@pytest.mark.parametrize(("status", "action", "to"), ROWS)
def test_each_row_of_the_table_leads_where_it_says(status: Status, action: Action, to: Status):
    order = work_order(status)
    expected = resumed(order, action, to)

    event = decide(action, order)
    assert event is not None
    order.apply(event)

    assert order.state is expected
    assert next_status(NUMBER, status, action) is to


@pytest.mark.parametrize(("status", "action"), REFUSED)
def test_each_pair_without_a_row_is_refused_by_the_table(status: Status, action: Action):
    with pytest.raises((TransitionNotAllowed, StepTooEarly, ReopenCancelled)) as refusal:
        next_status(NUMBER, status, action)

    assert NUMBER in refusal.value.message


# The clock finds nothing to expire, and a step that was taken already changes nothing.
SILENT = {
    *((status, Action.EXPIRE) for status in Status),
    *((status, Action.ACCEPT) for status in UNDER_WAY),
    (Status.EN_ROUTE, Action.DEPART),
    (Status.ON_SITE, Action.ARRIVE),
    (Status.IN_PROGRESS, Action.START),
    (Status.COMPLETED, Action.COMPLETE),
}


@pytest.mark.parametrize(("status", "action"), [pair for pair in REFUSED if pair not in SILENT])
def test_each_decision_asks_the_table(status: Status, action: Action):
    order = work_order(status)

    with pytest.raises((TransitionNotAllowed, StepTooEarly, AlreadySettled, ReopenCancelled)):
        decide(action, order)

    assert order.state is status


@pytest.mark.parametrize(("status", "action"), sorted(SILENT - {(Status.OFFERED, Action.EXPIRE)}))
def test_a_step_that_was_taken_already_changes_nothing(status: Status, action: Action):
    assert decide(action, work_order(status)) is None


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OFFERED])
def test_nothing_but_an_offer_expires(status: Status):
    assert offering.expire(work_order(status), at=LATER, due_at=AT) is None


def test_an_open_status_is_one_that_can_still_be_cancelled():
    assert frozenset(status for status, action in TRANSITIONS if action is Action.CANCEL) == OPEN


def test_accepting_twice_is_accepting_once():
    order = work_order(Status.ACCEPTED)

    assert decide(Action.ACCEPT, order) is None


def test_who_accepted_holds_the_work_order_and_the_clock_rests():
    order = work_order()

    order.apply(decide(Action.ACCEPT, order) or pytest.fail("nothing was decided"))

    assert (order.assignee_id, order.offer_expires_at, order.next_due_at) == (LI, None, None)


def test_an_offer_is_looked_at_again_when_it_runs_out():
    order = work_order(Status.DISPATCHING)

    order.apply(decide(Action.OFFER, order) or pytest.fail("nothing was decided"))

    assert order.next_due_at == order.offer_expires_at == LATER


@pytest.mark.parametrize("action", [Action.DECLINE, Action.EXPIRE])
def test_a_lost_offer_is_due_at_once_and_nobody_s(action: Action):
    order = work_order()
    event = decide(action, order) or pytest.fail("nothing was decided")

    order.apply(event)

    assert (order.assignee_id, order.next_due_at) == (None, event.occurred_at)


def test_an_unassigned_work_order_waits_for_a_person_not_for_the_clock():
    order = work_order(Status.DISPATCHING)

    order.apply(decide(Action.LEAVE_UNASSIGNED, order) or pytest.fail("nothing was decided"))

    assert order.next_due_at is None


def test_a_step_inside_a_status_keeps_its_beginning():
    order = work_order(Status.OFFERED, WANG, status_since=AT)
    event = offering.offer(
        order, technician_id=LI, actor_id=str(ZHAO), at=LATER, expires_at=LATER, reason="指定"
    )

    order.apply(event)

    assert (order.assignee_id, order.status_since) == (LI, AT)


@pytest.mark.parametrize("actor", [WANG, ZHAO, QIAN])
def test_nobody_accepts_for_the_technician_who_was_asked(actor: UUID):
    with pytest.raises(NotTheAssignee) as refusal:
        offering.accept(work_order(), actor_id=actor, at=AT, seen_version=3, holder="李强")

    assert "李强" in refusal.value.message


@pytest.mark.parametrize("actor", [WANG, ZHAO, QIAN])
def test_nobody_declines_for_the_technician_who_was_asked(actor: UUID):
    with pytest.raises(NotTheAssignee):
        offering.decline(work_order(), actor_id=actor, at=AT, reason="忙", seen_version=None, holder="李强")


@pytest.mark.parametrize("actor", [WANG, QIAN])
def test_who_comes_too_late_learns_who_was_first(actor: UUID):
    order = work_order(Status.ACCEPTED)

    with pytest.raises(TakenByAnother, match="taken") as refusal:
        offering.accept(order, actor_id=actor, at=AT, seen_version=2, holder="李强")

    assert refusal.value.message.startswith(f"工单 {NUMBER} 已被 李强 接单")


def test_a_press_on_an_outdated_card_is_refused():
    with pytest.raises(OutdatedPress) as refusal:
        offering.accept(work_order(), actor_id=LI, at=AT, seen_version=2, holder="李强")

    assert "待接单" in refusal.value.message


def test_words_carry_no_version_and_are_never_outdated():
    event = offering.accept(work_order(version=9), actor_id=LI, at=AT, seen_version=None, holder="李强")

    assert event is not None
    assert event.assignee_id == LI


def test_a_stranger_s_outdated_press_says_who_holds_it():
    with pytest.raises(NotTheAssignee):
        offering.may_decline(work_order(), actor_id=QIAN, seen_version=1, holder="李强")


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_a_decline_needs_a_reason(reason: str):
    with pytest.raises(ReasonMissing):
        offering.decline(work_order(), actor_id=LI, at=AT, reason=reason, seen_version=None, holder="李强")


def test_a_reason_is_trimmed_and_cut():
    event = offering.decline(
        work_order(), actor_id=LI, at=AT, reason="  " + "远" * 600, seen_version=3, holder="李强"
    )

    assert event.reason == "远" * REASON_LIMIT


@pytest.mark.parametrize(("due_at", "expires"), [(None, False), (LATER, False), (AT, True)])
def test_an_offer_expires_at_its_moment_and_not_before(due_at, expires: bool):
    event = offering.expire(work_order(), at=AT, due_at=due_at)

    assert (event is not None) is expires
