"""A refusal needs a reason: asked for when it is missing, and waited for."""

from datetime import timedelta
from typing import Any

from bot.intents import Wish, Words
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from cards.text import ASK_REASON, REASON_AGAIN, REASON_DROPPED
from cards.text_desk import ASK_CANCEL_REASON
from domain.access.rights import Verb, may
from domain.kernel.errors import NotPermitted
from domain.people.model import Person
from domain.workorder.lifecycle.offering import may_decline
from domain.workorder.model import WorkOrder
from domain.workorder.status import Action, next_status

DECLINE_REASON = "decline_reason"
CANCEL_REASON = "cancel_reason"
REASON_WAIT = timedelta(minutes=30)

STALE = frozenset(
    {"outdated_press", "not_the_assignee", "taken_by_another", "transition_not_allowed", "not_found"}
)
"""Refusals after which a reason is not waited for any longer."""


def ask_reason(
    said: Said, order: WorkOrder, seen_version: int | None, person: Person, uow: BotUnitOfWork
) -> Outcome:
    """Ask why, unless this technician may not decline at all.

    Raises:
        DomainError: as `lifecycle.may_decline`.
    """
    may_decline(order, actor_id=person.id, seen_version=seen_version, holder=uow.name_of(order.assignee_id))
    data = {"work_order_id": str(order.id), "number": order.number, "version": order.version}
    uow.dialogues.begin(said.key, DECLINE_REASON, data, said.at + REASON_WAIT)
    return say(uow, said, ASK_REASON.format(number=order.number))


def ask_why_cancel(said: Said, order: WorkOrder, person: Person, uow: BotUnitOfWork) -> Outcome:
    """Ask a colleague why, unless it cannot be cancelled, or not by them.

    Raises:
        NotPermitted, TransitionNotAllowed: it would be refused in the end.
    """
    if not may(person.roles, Verb.CANCEL):
        raise NotPermitted(action=Verb.CANCEL.value)
    next_status(order.number, order.state, Action.CANCEL)
    data = {"work_order_id": str(order.id), "number": order.number, "version": order.version}
    uow.dialogues.begin(said.key, CANCEL_REASON, data, said.at + REASON_WAIT)
    return say(uow, said, ASK_CANCEL_REASON.format(number=order.number), privately=True)


def reason_of(said: Said, words: Words, data: dict[str, Any], uow: BotUnitOfWork) -> str:
    """Return the reason that was waited for; empty when there is none yet and the sender was told."""
    if words.wish is Wish.NEVER_MIND:
        uow.dialogues.end(said.key)
        say(uow, said, REASON_DROPPED.format(number=data["number"]))
        return ""
    if words.wish in (Wish.EMPTY, Wish.CHIT_CHAT):
        say(uow, said, REASON_AGAIN.format(number=data["number"]))
        return ""
    return words.rest
