"""Every row of the transition table, every pair it refuses, and who may take which step."""

from typing import Any
from uuid import UUID

import pytest

from domain.workorder import lifecycle
from domain.workorder.errors import NotTheAssignee, OutdatedPress, ReasonMissing, TakenByAnother
from domain.workorder.events import WorkOrderEvent
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN, TRANSITIONS, Action, Status, TransitionNotAllowed, next_status
from tests.support.builders import AT, LATER, LI, NUMBER, QIAN, WANG, ZHAO, work_order

REFUSED = [(status, action) for status in Status for action in Action if (status, action) not in TRANSITIONS]
ROWS = [(status, action, to) for (status, action), to in TRANSITIONS.items()]


def decide(action: Action, order: WorkOrder) -> WorkOrderEvent | None:
    """Take one step as the person who may take it."""
    by_li: dict[str, Any] = {"actor_id": LI, "at": AT, "seen_version": None, "holder": "李强"}
    match action:
        case Action.OFFER:
            return lifecycle.offer(
                order, technician_id=LI, actor_id=str(ZHAO), at=AT, expires_at=LATER, reason="指定"
            )
        case Action.LEAVE_UNASSIGNED:
            return lifecycle.leave_unassigned(order, at=AT, asked=2)
        case Action.ACCEPT:
            return lifecycle.accept(order, **by_li)
        case Action.DECLINE:
            return lifecycle.decline(order, reason="在外地", **by_li)
        case Action.EXPIRE:
            return lifecycle.expire(order, at=LATER, due_at=LATER)
        case Action.EXTEND:
            return lifecycle.extend(order, at=AT, expires_at=LATER)
        case Action.CANCEL:
            return lifecycle.cancel(order, actor_id=str(ZHAO), at=AT, reason="不用修了")


@pytest.mark.parametrize(("status", "action", "to"), ROWS)
def test_each_row_of_the_table_leads_where_it_says(status: Status, action: Action, to: Status):
    order = work_order(status)

    event = decide(action, order)
    assert event is not None
    order.apply(event)

    assert order.state is to is next_status(NUMBER, status, action)


@pytest.mark.parametrize(("status", "action"), REFUSED)
def test_each_pair_without_a_row_is_refused_by_the_table(status: Status, action: Action):
    with pytest.raises(TransitionNotAllowed) as refusal:
        next_status(NUMBER, status, action)

    assert NUMBER in refusal.value.message


@pytest.mark.parametrize(
    ("status", "action"),
    # The clock finds nothing to expire, and accepting twice is accepting once: both change nothing.
    [pair for pair in REFUSED if pair[1] is not Action.EXPIRE and pair != (Status.ACCEPTED, Action.ACCEPT)],
)
def test_each_decision_asks_the_table(status: Status, action: Action):
    order = work_order(status)

    with pytest.raises(TransitionNotAllowed):
        decide(action, order)

    assert order.state is status


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OFFERED])
def test_nothing_but_an_offer_expires(status: Status):
    assert lifecycle.expire(work_order(status), at=LATER, due_at=AT) is None


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
    event = lifecycle.offer(
        order, technician_id=LI, actor_id=str(ZHAO), at=LATER, expires_at=LATER, reason="指定"
    )

    order.apply(event)

    assert (order.assignee_id, order.status_since) == (LI, AT)


@pytest.mark.parametrize("actor", [WANG, ZHAO, QIAN])
def test_nobody_accepts_for_the_technician_who_was_asked(actor: UUID):
    with pytest.raises(NotTheAssignee) as refusal:
        lifecycle.accept(work_order(), actor_id=actor, at=AT, seen_version=3, holder="李强")

    assert "李强" in refusal.value.message


@pytest.mark.parametrize("actor", [WANG, ZHAO, QIAN])
def test_nobody_declines_for_the_technician_who_was_asked(actor: UUID):
    with pytest.raises(NotTheAssignee):
        lifecycle.decline(work_order(), actor_id=actor, at=AT, reason="忙", seen_version=None, holder="李强")


@pytest.mark.parametrize("actor", [WANG, QIAN])
def test_who_comes_too_late_learns_who_was_first(actor: UUID):
    order = work_order(Status.ACCEPTED)

    with pytest.raises(TakenByAnother, match="taken") as refusal:
        lifecycle.accept(order, actor_id=actor, at=AT, seen_version=2, holder="李强")

    assert refusal.value.message.startswith(f"工单 {NUMBER} 已被 李强 接单")


def test_a_press_on_an_outdated_card_is_refused():
    with pytest.raises(OutdatedPress) as refusal:
        lifecycle.accept(work_order(), actor_id=LI, at=AT, seen_version=2, holder="李强")

    assert "待接单" in refusal.value.message


def test_words_carry_no_version_and_are_never_outdated():
    event = lifecycle.accept(work_order(version=9), actor_id=LI, at=AT, seen_version=None, holder="李强")

    assert event is not None
    assert event.assignee_id == LI


def test_a_stranger_s_outdated_press_says_who_holds_it():
    with pytest.raises(NotTheAssignee):
        lifecycle.may_decline(work_order(), actor_id=QIAN, seen_version=1, holder="李强")


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_a_decline_needs_a_reason(reason: str):
    with pytest.raises(ReasonMissing):
        lifecycle.decline(work_order(), actor_id=LI, at=AT, reason=reason, seen_version=None, holder="李强")


def test_a_reason_is_trimmed_and_cut():
    event = lifecycle.decline(
        work_order(), actor_id=LI, at=AT, reason="  " + "远" * 600, seen_version=3, holder="李强"
    )

    assert event.reason == "远" * lifecycle.REASON_LIMIT


@pytest.mark.parametrize(("due_at", "expires"), [(None, False), (LATER, False), (AT, True)])
def test_an_offer_expires_at_its_moment_and_not_before(due_at, expires: bool):
    event = lifecycle.expire(work_order(), at=AT, due_at=due_at)

    assert (event is not None) is expires
