"""Which work order a technician means: the numbered one, else the only one of theirs that fits."""

from collections.abc import Collection

from bot.errors import NoneFits, OffersWait, SeveralFit
from bot.intents import Words
from bot.ports import BotUnitOfWork
from domain.people.model import STAFF_ROLES, Person
from domain.workorder.errors import WorkOrderNotFound
from domain.workorder.model import WorkOrder
from domain.workorder.status import UNDER_WAY, Status

AT_WORK = UNDER_WAY | {Status.ON_HOLD}
"""A technician has it and is not done."""
LISTED = 5
LOOKED_AT = 20


def order_meant(
    words: Words, fits: Collection[Status], person: Person, uow: BotUnitOfWork, tail: str = ""
) -> WorkOrder:
    """Return the work order that words are about.

    Where none fits and one is under way, that one is meant: the decision then says which step is missing.

    Args:
        fits: the statuses in which the wish makes sense.
        tail: what follows the number in the lines to choose from.

    Raises:
        WorkOrderNotFound: nobody's number, or a customer asks.
        NoneFits: this technician has none for it.
        OffersWait: the same, but offers wait for their answer.
        SeveralFit: more than one fits; the refusal lists lines that are ready to be sent.
    """
    if words.number:
        return order_numbered(words.number, person, uow)
    mine = uow.work_orders.of_assignee(person.id, fits, LISTED + 1)
    if not mine:
        mine = uow.work_orders.of_assignee(person.id, AT_WORK, 2)
        if len(mine) != 1:
            offers = uow.work_orders.of_assignee(person.id, {Status.OFFERED}, LOOKED_AT)
            if offers:
                raise OffersWait(word=words.word, count=len(offers), number=offers[0].number)
            raise NoneFits(word=words.word)
    if len(mine) > 1:
        lines = "\n".join(f"{words.word} {one.number} {tail}".rstrip() for one in mine[:LISTED])
        raise SeveralFit(count=len(mine), word=words.word, lines=lines)
    return uow.work_orders.get(mine[0].id)


def order_numbered(number: str, person: Person, uow: BotUnitOfWork) -> WorkOrder:
    """Return the work order of a number, for staff.

    Raises:
        WorkOrderNotFound: nobody's number, or a customer asks.
    """
    order = uow.work_orders.by_number(number)
    if order is None or not person.roles & STAFF_ROLES:
        raise WorkOrderNotFound(number=number)
    return uow.work_orders.get(order.id)
