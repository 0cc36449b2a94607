"""The last four digits stand for a work order where the speaker can mean only one."""

import re

from bot.errors import SeveralFit
from bot.intents import Wish, Words
from bot.ports import BotUnitOfWork
from bot.replies import Said
from domain.kernel.localtime import local_day
from domain.people.model import STAFF_ROLES, Person
from domain.workorder.errors import WorkOrderNotFound
from domain.workorder.model import WorkOrder
from domain.workorder.status import DONE, OPEN

TAKE_A_NUMBER = frozenset(
    {
        Wish.ACCEPT,
        Wish.DECLINE,
        Wish.DEPART,
        Wish.ARRIVE,
        Wish.START,
        Wish.COMPLETE,
        Wish.HOLD,
        Wish.RESUME,
        Wish.REASSIGN,
        Wish.AMEND,
        Wish.NOTE,
        Wish.TELL_CUSTOMER,
        Wish.TELL_TECHNICIAN,
        Wish.OFFER,
        Wish.PRIORITY,
        Wish.TYPE,
        Wish.ESTIMATE,
        Wish.TIMELINE,
        Wish.PAPERS,
        Wish.SIGN_OFF,
        Wish.REJECT,
        Wish.RATE,
        Wish.SETTLE,
        Wish.FOLLOW_UP,
        Wish.CLOSE,
        Wish.REOPEN,
        Wish.CANCEL,
        Wish.PROGRESS,
    }
)
_WITH_WORDS = frozenset(
    {
        Wish.DEPART,
        Wish.ARRIVE,
        Wish.START,
        Wish.COMPLETE,
        Wish.AMEND,
        Wish.HOLD,
        Wish.NOTE,
        Wish.REJECT,
        Wish.TELL_CUSTOMER,
        Wish.TELL_TECHNICIAN,
    }
)
"""Four digits may be a time of day or a part of the words here."""
_SHORT = re.compile(r"(?:WO-?|#|…)?(\d{4})(?=$|[\s,，.。:：;；])[\s,，.。:：;；]*", re.IGNORECASE)
LOOKED_AT = 20
UNFINISHED = 500
LISTED = 5


def with_short_number(said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Words:
    """Return the words with the whole number for its last four digits, among what the speaker may see.

    Raises:
        SeveralFit: several end with them.
        WorkOrderNotFound: none does, and the digits can be nothing else.
    """
    if words.number or not words.word or words.wish not in TAKE_A_NUMBER:
        return words
    found = _SHORT.match(words.rest)
    if found is None:
        return words
    tail, rest = found[1], words.rest[found.end() :]
    numbers = _ending(said, tail, person, uow)
    if len(numbers) > 1:
        lines = "\n".join(f"{words.word} {one} {rest}".rstrip() for one in numbers[:LISTED])
        raise SeveralFit(count=len(numbers), word=words.word, lines=lines)
    if numbers:
        return Words(words.wish, numbers[0], rest, words.word)
    if tail.startswith("0") and words.wish not in _WITH_WORDS:
        raise WorkOrderNotFound(number=tail)
    return words


def _ending(said: Said, tail: str, person: Person, uow: BotUnitOfWork) -> list[str]:
    """Return the numbers that are meant: one's own before all others, today's and open ones before older."""
    own: list[WorkOrder] = [
        *uow.work_orders.of_assignee(person.id, OPEN | DONE, LOOKED_AT),
        *uow.work_orders.concerning(person.id, LOOKED_AT),
    ]
    numbers = [one.number for one in own]
    if not any(one.endswith(f"-{tail}") for one in numbers) and person.roles & STAFF_ROLES:
        numbers += [one.number for one in uow.work_orders.in_statuses(OPEN | DONE, UNFINISHED)]
        today = uow.work_orders.by_number(f"WO-{local_day(said.at):%Y%m%d}-{tail}")
        numbers += [today.number] if today is not None else []
    return list(dict.fromkeys(one for one in numbers if one.endswith(f"-{tail}")))
