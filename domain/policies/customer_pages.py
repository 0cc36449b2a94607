"""What a customer's pages show of a work order, joined from every area.

Source: docs/reference/pages.md
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime

from domain.access.rights import Verb, may
from domain.files.commands import Medium
from domain.kernel.messages import Message
from domain.parts.wording import line_words
from domain.people.model import Person
from domain.policies.ports import EveryUnitOfWork
from domain.policies.relation import relation_to
from domain.workorder.errors import NothingToExpedite, WordsTooLate, WorkOrderNotFound
from domain.workorder.model import WorkOrder
from domain.workorder.status import LABEL, OPEN, UNDER_WAY, Status
from domain.workorder.timeline import Recorded

TALKING = UNDER_WAY | {Status.ON_HOLD, Status.COMPLETED, Status.SIGNED_OFF}
"""While a technician has it, and until nobody has a question any more."""


class Step(StrEnum):
    """One of the stations of a repair, as a customer counts them."""

    REPORTED = "reported"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    STARTED = "started"
    COMPLETED = "completed"
    SIGNED_OFF = "signed_off"


_REACHED = {
    Status.NEW: Step.REPORTED,
    Status.DISPATCHING: Step.REPORTED,
    Status.OFFERED: Step.OFFERED,
    Status.ACCEPTED: Step.ACCEPTED,
    Status.EN_ROUTE: Step.DEPARTED,
    Status.ON_SITE: Step.ARRIVED,
    Status.IN_PROGRESS: Step.STARTED,
    Status.COMPLETED: Step.COMPLETED,
    Status.SIGNED_OFF: Step.SIGNED_OFF,
    Status.SETTLED: Step.SIGNED_OFF,
    Status.CLOSED: Step.SIGNED_OFF,
    Status.CANCELLED: Step.REPORTED,
}
_EVENT_OF = {
    "WorkOrderRegistered": Step.REPORTED,
    "WorkOrderOffered": Step.OFFERED,
    "WorkOrderAccepted": Step.ACCEPTED,
    "TechnicianDeparted": Step.DEPARTED,
    "TechnicianArrived": Step.ARRIVED,
    "WorkStarted": Step.STARTED,
    "WorkCompleted": Step.COMPLETED,
    "WorkSignedOff": Step.SIGNED_OFF,
}


class StepView(Message):
    """One station: `at` is empty for one that is still to come, or was skipped."""

    step: Step
    at: AwareDatetime | None
    reached: bool


def steps(order: WorkOrder, history: Sequence[Recorded]) -> tuple[StepView, ...]:
    """Return every station with when it was reached last; what was undone since is to come again."""
    stood = Status(order.held_from) if order.state is Status.ON_HOLD else order.state
    reached = list(Step).index(_REACHED[stood])
    times: dict[Step, datetime] = {}
    for one in history:
        if (step := _EVENT_OF.get(one.name)) is not None:
            claimed = one.payload.get("claimed_at")
            times[step] = datetime.fromisoformat(claimed) if claimed else one.occurred_at
    return tuple(
        StepView(step=step, at=times.get(step) if at <= reached else None, reached=at <= reached)
        for at, step in enumerate(Step)
    )


def order_for(order_id: UUID, person: Person, verb: Verb, uow: EveryUnitOfWork) -> WorkOrder:
    """Return the work order of a link, as long as its person may still do what the page is for.

    Raises:
        WorkOrderNotFound: it is not theirs, or not any more.
    """
    order = uow.work_orders.find(order_id)
    if order is None or not may(person.roles, verb, relation_to(order, person, uow)):
        raise WorkOrderNotFound(number=order.number if order is not None else "")
    return order


def may_sign(order: WorkOrder, person: Person, uow: EveryUnitOfWork) -> bool:
    """Return whether somebody may accept and rate this work: they reported it."""
    return may(person.roles, Verb.SIGN_OFF, relation_to(order, person, uow))


def reaches_technician(order: WorkOrder) -> bool:
    """Return whether a customer's words go to a technician; without one they stand on the work order.

    Raises:
        WordsTooLate: nobody would read them any more.
    """
    if order.assignee_id is not None and order.state in TALKING:
        return True
    if order.state not in OPEN:
        raise WordsTooLate(number=order.number)
    return False


def may_expedite(order: WorkOrder) -> None:
    """Insist that there is something to hurry.

    Raises:
        NothingToExpedite: it is repaired or over.
    """
    if order.state not in OPEN:
        raise NothingToExpedite(number=order.number, label=LABEL[order.state])


def pictures_of(order: WorkOrder, sender_id: UUID, uow: EveryUnitOfWork) -> tuple[str, ...]:
    """Return the sha256 names of the pictures that one person sent for it, each once, oldest first."""
    found = (
        one.sha256
        for one in uow.files.of_work_order(order.id)
        if one.sender_id == sender_id and one.medium is Medium.IMAGE and one.sha256 is not None
    )
    return tuple(dict.fromkeys(found))


def own_words(order: WorkOrder, person: Person, uow: EveryUnitOfWork) -> str:
    """Return what this person reported: who joined reads their own words, not somebody else's."""
    if order.requester_id == person.id:
        return order.description
    for one in uow.work_orders.reporters(order.id):
        if one.person_id == person.id and one.words:
            return one.words
    return order.description


def used_parts(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[str, ...]:
    """Return the parts that were used, one line each, without what they cost or where they came from."""
    if not order.has_parts:
        return ()
    return tuple(
        line_words(uow.parts.get(one.part_id), one.quantity)
        for one in uow.stock.spent_on(order.id)
        if one.quantity > 0
    )
