"""Which work order somebody means."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import NotUnderstood, SeveralFit
from bot.intents import Words
from bot.ports import BotUnitOfWork
from cards.text import STATUS_LABEL
from cards.text_spoken import WHICH
from domain.people.model import STAFF_ROLES, Person
from domain.policies.views import fault_shown
from domain.workorder.errors import WorkOrderNotFound
from domain.workorder.handlers.closing import is_reporter
from domain.workorder.lifecycle.closing import REOPENED_WITHIN
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status

LOOKED_AT = 20
"""How many of somebody's newest work orders are looked at."""
LISTED = 5
FAULT_CHARS = 20
ACCEPTED = frozenset({Status.SIGNED_OFF, Status.SETTLED, Status.CLOSED})
"""The customer has nothing to do any more but to say how it went."""
_MAY_BE_MEANT = ACCEPTED | {Status.COMPLETED, Status.CANCELLED}


def numbered(words: Words, example: str, person: Person, uow: BotUnitOfWork) -> WorkOrder:
    """Return the work order of the number that was said; a customer learns nothing of anybody else's.

    Raises:
        NotUnderstood: no number was said.
        WorkOrderNotFound: there is none, or it is not theirs.
    """
    if not words.number:
        raise NotUnderstood(words=words.word, example=example)
    order = uow.work_orders.by_number(words.number)
    if order is None or not (person.roles & STAFF_ROLES or is_reporter(str(person.id), order, uow)):
        raise WorkOrderNotFound(number=words.number)
    return order


def waiting_for(person: Person, uow: BotUnitOfWork) -> Sequence[WorkOrder]:
    """Return what waits for this person's acceptance, newest first."""
    return [one for one in uow.work_orders.concerning(person.id, LOOKED_AT) if one.state is Status.COMPLETED]


def accepted_of(person: Person, uow: BotUnitOfWork) -> Sequence[WorkOrder]:
    """Return what this person reported and what was accepted, newest first."""
    return [one for one in uow.work_orders.concerning(person.id, LOOKED_AT) if one.state in ACCEPTED]


def finished_of(person: Person, at: datetime, uow: BotUnitOfWork) -> Sequence[WorkOrder]:
    """Return what may still be reopened by this person, what was finished last first."""
    lately = [one for one in accepted_of(person, uow) if at - one.status_since <= REOPENED_WITHIN]
    return sorted(lately, key=lambda one: one.status_since, reverse=True)


def reopenable_of(person: Person, at: datetime, uow: BotUnitOfWork) -> Sequence[WorkOrder]:
    """Return what somebody may mean who wants one reopened, newest first, also what was cancelled."""
    lately = [
        one
        for one in uow.work_orders.concerning(person.id, LOOKED_AT)
        if one.state in _MAY_BE_MEANT and at - one.status_since <= REOPENED_WITHIN
    ]
    return sorted(lately, key=lambda one: one.status_since, reverse=True)


def only_one(words: Words, fits: Sequence[WorkOrder]) -> WorkOrder:
    """Return the only one that fits.

    Raises:
        SeveralFit: there are more; each is named with where it stands.
    """
    if len(fits) > 1:
        lines = "\n".join(
            f"{words.word} {one.number} {words.rest}".rstrip()
            + WHICH.format(state=STATUS_LABEL[one.state], fault=fault_shown(one.description)[:FAULT_CHARS])
            for one in fits[:LISTED]
        )
        raise SeveralFit(count=len(fits), word=words.word, lines=lines)
    return fits[0]
