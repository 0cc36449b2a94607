"""Whatever people do and in whatever order, a work order stays on its table and has one holder at most."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import DomainError
from domain.kernel.messages import Command
from domain.registry import make_bus
from domain.workorder.commands import (
    AcceptWorkOrder,
    CancelWorkOrder,
    DeclineWorkOrder,
    ExpireOffer,
    LeaveUnassigned,
    OfferWorkOrder,
)
from domain.workorder.events import WorkOrderAccepted
from domain.workorder.status import OPEN, TRANSITIONS, Status
from tests.fakes.memory import MemoryUnitOfWork
from tests.support.builders import AT, CHEN, LI, ORDER, QIAN, WANG, ZHAO, cause, work_order

PEOPLE = st.sampled_from([LI, WANG, ZHAO, QIAN, CHEN])
SEEN = st.none() | st.integers(0, 12)
REASON = st.sampled_from(["", " ", "在外地"])


@st.composite
def commands(draw: st.DrawFn) -> Command:
    actor, at = draw(PEOPLE), AT + timedelta(minutes=draw(st.integers(0, 60)))
    base: dict[str, Any] = {"work_order_id": ORDER, **cause(actor, at)}
    kind = draw(st.sampled_from(["offer", "leave", "accept", "decline", "expire", "cancel"]))
    made: dict[str, Command] = {
        "offer": OfferWorkOrder(
            technician_id=draw(st.sampled_from([LI, WANG])),
            expires_at=at + timedelta(minutes=10),
            reason="",
            **base,
        ),
        "leave": LeaveUnassigned(**base),
        "accept": AcceptWorkOrder(seen_version=draw(SEEN), **base),
        "decline": DeclineWorkOrder(reason=draw(REASON), seen_version=draw(SEEN), **base),
        "expire": ExpireOffer(**base),
        "cancel": CancelWorkOrder(reason=draw(REASON), by_desk=actor == ZHAO, **base),
    }
    return made[kind]


def tried(uow: MemoryUnitOfWork, command: Command) -> bool:
    """Decide a command; False when it was refused."""
    try:
        make_bus().handle(command, uow)
    except DomainError:
        return False
    return True


def a_fresh_work_order() -> MemoryUnitOfWork:
    return MemoryUnitOfWork(work_order(Status.NEW, version=1))


@given(st.lists(commands(), max_size=25))
def test_no_sequence_of_actions_leaves_the_table(steps: list[Command]):
    uow = a_fresh_work_order()
    order = uow.work_orders.get(ORDER)

    for command in steps:
        before = order.state
        tried(uow, command)
        reachable = {to for (status, _), to in TRANSITIONS.items() if status is before}
        assert order.state in reachable | {before}


@given(st.lists(commands(), max_size=25))
def test_a_work_order_has_one_holder_at_most(steps: list[Command]):
    uow = a_fresh_work_order()
    order = uow.work_orders.get(ORDER)

    for command in steps:
        tried(uow, command)
        open_offers = [offer.technician_id for offer in uow.work_orders.made if offer.outcome == "open"]
        assert open_offers == ([order.assignee_id] if order.state is Status.OFFERED else [])
        assert (order.assignee_id is not None) or order.state is not Status.ACCEPTED


@given(st.lists(commands(), max_size=25))
def test_it_is_accepted_by_the_technician_it_was_offered_to_and_once(steps: list[Command]):
    uow = a_fresh_work_order()
    asked: set[UUID] = set()

    for command in steps:
        if tried(uow, command) and isinstance(command, OfferWorkOrder):
            asked.add(command.technician_id)

    accepted = [event for event in uow.happened if isinstance(event, WorkOrderAccepted)]
    assert len(accepted) <= 1
    assert {event.assignee_id for event in accepted} <= asked


@given(st.lists(commands(), max_size=25))
def test_a_refused_command_changes_nothing(steps: list[Command]):
    uow = a_fresh_work_order()
    order = uow.work_orders.get(ORDER)

    for command in steps:
        before = (order.status, order.assignee_id, order.next_due_at, order.version, len(uow.happened))
        if not tried(uow, command):
            after = (order.status, order.assignee_id, order.next_due_at, order.version, len(uow.happened))
            assert after == before


@given(st.lists(commands(), max_size=25))
def test_the_clock_looks_again_at_every_open_offer_and_at_nothing_finished(steps: list[Command]):
    uow = a_fresh_work_order()
    order = uow.work_orders.get(ORDER)

    for command in steps:
        tried(uow, command)

    assert (order.next_due_at is not None) or order.state is not Status.OFFERED
    assert order.next_due_at is None or order.state in OPEN - {Status.ACCEPTED}
