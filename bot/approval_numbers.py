"""What goes by a number, or by its last four digits, whether it still runs or is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.approval_words import ApprovalWords
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, show
from domain.approval.model import ProcessInstance
from domain.kernel.localtime import local_day
from domain.people.model import Person
from domain.policies.approval_standing import request_view
from domain.policies.approval_views import approval_view, asker_of

DAYS_LOOKED_AT = 31
"""Four digits name something of these days, today included."""


def called(words: ApprovalWords, at: datetime, uow: BotUnitOfWork) -> Sequence[ProcessInstance]:
    """Return what goes by the number, or whose number ends with the digits, newest first."""
    if words.number:
        return uow.processes.by_number(words.number)
    if not words.tail:
        return []
    days = [local_day(at) - timedelta(days=back) for back in range(DAYS_LOOKED_AT)]
    return uow.processes.by_number(
        *(f"{series}-{day:%Y%m%d}-{words.tail}" for day in days for series in ("SP", "WO"))
    )


def takes_part(instance: ProcessInstance, person: Person, uow: BotUnitOfWork) -> bool:
    """Return whether somebody asked for it, or is or was asked about it."""
    if asked_by(instance, person):
        return True
    return any(one.assignee_id == person.id for one in uow.processes.tasks(instance.id))


def asked_by(instance: ProcessInstance, person: Person) -> bool:
    """Return whether somebody asked for it."""
    return str(person.id) in (str(instance.initiator_id), asker_of(instance))


def show_named(
    said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork, *, lead: str = ""
) -> Outcome | None:
    """Show how what is named stands, or ended; None where this person takes no part in it.

    Args:
        lead: what is said before it to whoever asked for it.
    """
    for instance in called(words, said.at, uow):
        if asked_by(instance, person):
            view = request_view(instance, uow, lead=lead).model_dump(mode="json")
            return show(uow, said, "approval_request", view, privately=True)
        mine = [one for one in uow.processes.tasks(instance.id) if one.assignee_id == person.id]
        if mine:
            newest = max(mine, key=lambda task: (task.closed_at is None, task.opened_at))
            view = approval_view(newest, uow).model_dump(mode="json")
            return show(uow, said, "approval", view, privately=True)
    return None
