"""Words that mean something about a work order and about an approval: which of both, the situation tells."""

from dataclasses import replace
from enum import Enum

from bot.approval_finding import Matter, fitting
from bot.approval_words import ApprovalWords, Deed
from bot.errors import ApprovalNotNamed
from bot.finding import waiting_for
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from cards.text_approval import (
    MEANS_ACCEPTANCE,
    MEANS_AGREE,
    MEANS_OFFER,
    MEANS_REFUSE,
    MEANS_REJECTION,
    WHICH_MEANING,
)
from domain.access.rights import Verb, may
from domain.people.model import Person, Role
from domain.workorder.handlers.closing import is_reporter
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status

_DECLINE = "拒绝"
"""The word by which a technician declines an offer; the other shared words are about acceptance."""
LISTED = 5


class Meaning(Enum):
    """What a decision in words is about."""

    OURS = "an approval"
    OTHER = "something else, as before there were approvals"
    EITHER = "one of both"


def meaning(words: ApprovalWords, waits: bool, shown: bool, person: Person, uow: BotUnitOfWork) -> Meaning:
    """Return what a decision is about; an older meaning keeps working wherever it makes sense.

    Args:
        waits: an approval that fits the words waits for them.
        shown: they name a line of a list that was shown.
    """
    plainly = words.number.startswith("SP") or shown
    if (words.shared or Role.CUSTOMER in person.roles) and not plainly:
        if not waits:
            return Meaning.OTHER
        return Meaning.EITHER if other_meanings(words, person, uow) else Meaning.OURS
    speaks_freely = Role.TECHNICIAN in person.roles and not words.named
    return Meaning.OTHER if speaks_freely and not waits else Meaning.OURS


def number_needed(said: Said, words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> None:
    """Refuse a decision in a group that names no approval, where nothing else can be meant.

    Raises:
        ApprovalNotNamed: an approval waits for them; which one, a group shall read.
    """
    waits = fitting(said, replace(words, indexes=(), tail=""), person, uow)
    if words.deed is Deed.COMMENT or not waits:
        return
    if meaning(words, True, False, person, uow) is Meaning.OURS:
        fits = [one for one in waits if words.tail and one.number.endswith(words.tail)] or waits
        example = f"{words.word} {fits[0].number} {words.rest}".rstrip()
        raise ApprovalNotNamed(words=words.word, example=example)


def other_meanings(words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> list[str]:
    """Return what the words may mean about work orders, as lines that say it without a doubt."""
    if words.indexes or words.number.startswith("SP"):
        return []
    if words.word == _DECLINE:
        return [MEANS_OFFER.format(number=one.number) for one in _offers(words, person, uow)]
    text = MEANS_ACCEPTANCE if words.deed is Deed.AGREE else MEANS_REJECTION
    return [text.format(number=one.number) for one in _to_accept(words, person, uow)]


def ask_meaning(
    said: Said, words: ApprovalWords, others: list[str], mine: list[Matter], uow: BotUnitOfWork
) -> Outcome:
    """Ask which of both is meant, each with words that can be sent as they are."""
    text = MEANS_AGREE if words.deed is Deed.AGREE else MEANS_REFUSE
    lines = [text.format(number=one.number, title=one.title) for one in mine]
    both = "\n".join([*others[:LISTED], *lines[:LISTED]])
    return say(uow, said, WHICH_MEANING.format(word=words.word, lines=both), privately=True)


def _offers(words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> list[WorkOrder]:
    if Role.TECHNICIAN not in person.roles:
        return []
    offered = uow.work_orders.of_assignee(person.id, frozenset({Status.OFFERED}), LISTED)
    return [one for one in offered if _named(one, words)]


def _to_accept(words: ApprovalWords, person: Person, uow: BotUnitOfWork) -> list[WorkOrder]:
    """Return what this person may accept or reject: their own reports, with a number also others'."""
    if words.number:
        order = uow.work_orders.by_number(words.number)
        if order is None or order.state is not Status.COMPLETED:
            return []
        own = is_reporter(str(person.id), order, uow)
        return [order] if own or may(person.roles, Verb.SKIP_ACCEPTANCE) else []
    return [one for one in waiting_for(person, uow) if _named(one, words)]


def _named(order: WorkOrder, words: ApprovalWords) -> bool:
    if words.number:
        return order.number == words.number
    return order.number.endswith(f"-{words.tail}") if words.tail else True
