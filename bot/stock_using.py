"""Pieces are used on a job, or were not used after all; old ones are brought back."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from bot.field_orders import AT_WORK, order_numbered
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from bot.stock_giving import Giving, in_van, nearest_store, to_place
from bot.stock_meaning import Meant, chosen, job_used_on, lines_of, parts_meant
from bot.stock_words import StockWords, trimmed
from cards.text_parts import (
    NO_OLD_PARTS,
    NO_STORE,
    NOT_NUMBERED,
    OLD_LINE,
    OLD_SENT,
    PLEASE_LINE,
    TAKEN_BACK,
    USE_WHAT,
    USED,
    WHICH_OLD,
)
from domain.kernel.bus import Bus
from domain.kernel.localtime import day_words, local_day
from domain.parts.commands import BringOldPart, PartLine, TakeBackUsed, UseParts
from domain.parts.ledger import quantity_words
from domain.parts.model.documents import OldPart
from domain.parts.wording import line_words
from domain.people.model import Person
from domain.policies.parts_tell import words_of
from domain.policies.parts_use import WHILE
from domain.workorder.model import WorkOrder

LISTED = 8
_REMOVED = re.compile(r"[\s,，;；。]*(?:换下|拆下)(?:来的|的)?[:：]?\s*(?P<lots>.+)$", re.DOTALL)
_LOTS = re.compile(r"[^\s,，、;；]+")
_LOT_WORD = re.compile(r"^(?:SN|S/N|序列号|旧件)[:：#]?$", re.IGNORECASE)


class Using:
    """`用料`, `退料` and `还旧件`."""

    def __init__(self, bus: Bus, giving: Giving) -> None:
        self._bus, self._giving = bus, giving

    def use(self, said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Write pieces of one's van off on a job; the news about it says how to take them back."""
        rest, removed = _without_removed(words.rest)
        if not rest:
            return say(uow, said, USE_WHAT.format(word=words.word), privately=True)
        named = replace(words, rest=rest)
        kept = f"换下 {'、'.join(removed)}" if removed else ""
        meant = parts_meant(said, named, uow, near=in_van(person, uow), after=kept)
        if isinstance(meant, Outcome):
            return meant
        order = job_used_on(words, person, uow)
        van = uow.parts.van_of(person.id)
        command = UseParts(
            work_order_id=order.id,
            lines=lines_of(meant, van.id, uow) if van is not None else _plain_lines(meant),
            removed=removed,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        chosen(said, uow)
        lines = [(line.part_id, line.quantity, line.lot) for line in command.lines]
        how = f"退料 {order.number} {meant[0].part.code} ×{quantity_words(meant[0].quantity)}"
        text = USED.format(parts="，".join(words_of(lines, uow)), number=order.number, how=how)
        return say(uow, said, text, privately=True)

    def give_back(self, said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Give pieces back: off the job they were written off on, or out of the van to a store.

        What was used on a job that is named goes to the van first; without a job, what is in the van goes to
        its store, and only what is not there is taken off the job.
        """
        rest, _ = to_place(words.rest, uow)
        if not rest:
            return say(uow, said, USE_WHAT.format(word=words.word), privately=True)
        place_words = trimmed(words.rest.removeprefix(rest))
        order = order_numbered(words.order, person, uow) if words.order else None
        near = in_van(person, uow) | _used_parts(order, person, uow)
        meant = parts_meant(said, replace(words, rest=rest), uow, near=near, after=place_words)
        if isinstance(meant, Outcome):
            return meant
        used_on = _used_on(order, meant, person, uow)
        if used_on is None:
            return self._giving.give_back(said, words, meant, person, uow)
        command = TakeBackUsed(
            work_order_id=used_on.id, lines=_used_lines(used_on, meant, uow), **said.cause(person.id)
        )
        self._bus.handle(command, uow)
        chosen(said, uow)
        parts = "，".join(words_of([(one.part.id, one.quantity, "") for one in meant], uow))
        again = f"{words.word} {meant[0].part.code} ×{quantity_words(meant[0].quantity)}"
        text = TAKEN_BACK.format(parts=parts, number=used_on.number, again=again)
        return say(uow, said, text, privately=True)

    def bring_old(self, said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Bring an old part back: the numbered one, or the only one that is owed."""
        _, place = to_place(words.rest, uow)
        store = place or nearest_store(person.region, uow)
        if store is None:
            return say(uow, said, NO_STORE, privately=True)
        old = self._old_meant(said, words, person, uow)
        if isinstance(old, Outcome):
            return old
        command = BringOldPart(old_part_id=old.id, place_id=store.id, **said.cause(person.id))
        self._bus.handle(command, uow)
        part = line_words(uow.parts.get(old.part_id), old.quantity, (old.lot,))
        return say(uow, said, OLD_SENT.format(number=old.number, part=part, place=store.name), privately=True)

    def _old_meant(
        self, said: Said, words: StockWords, person: Person, uow: BotUnitOfWork
    ) -> OldPart | Outcome:
        if words.document:
            found = uow.hand_overs.old_part_numbered(words.document)
            text = NOT_NUMBERED.format(number=words.document)
            return found if found is not None else say(uow, said, text, privately=True)
        owed = uow.hand_overs.old_parts(person.id, {"owed"}, LISTED + 1)
        if not owed:
            return say(uow, said, NO_OLD_PARTS, privately=True)
        if len(owed) == 1:
            return owed[0]
        lines = "\n".join(
            PLEASE_LINE.format(
                words=f"{words.word} {one.number} {words.rest}".rstrip(),
                about=OLD_LINE.format(
                    part=line_words(uow.parts.get(one.part_id), one.quantity, (one.lot,)),
                    due=day_words(local_day(one.due_at)),
                ),
            )
            for one in owed[:LISTED]
        )
        return say(uow, said, WHICH_OLD.format(count=len(owed), lines=lines), privately=True)


def _without_removed(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the parts, and the serials of what came out of the machine."""
    found = _REMOVED.search(text)
    if found is None:
        return text, ()
    tokens = [one.group().strip("。.") for one in _LOTS.finditer(found["lots"])]
    lots = tuple(one for one in tokens if one and not _LOT_WORD.match(one))
    return trimmed(text[: found.start()]), lots


def _plain_lines(meant: Sequence[Meant]) -> tuple[PartLine, ...]:
    return tuple(PartLine(part_id=one.part.id, quantity=one.quantity) for one in meant)


def _used_on(
    order: WorkOrder | None, meant: Sequence[Meant], person: Person, uow: BotUnitOfWork
) -> WorkOrder | None:
    """Return the job whose used pieces are meant, or None where those in the van are."""
    if order is not None:
        return order if order.state in WHILE and all(_spent(order, one, uow) for one in meant) else None
    if all(_in_van(one, person, uow) >= one.quantity for one in meant):
        return None
    jobs = uow.work_orders.of_assignee(person.id, AT_WORK, LISTED)
    used = [one for one in jobs if all(_spent(one, item, uow) >= item.quantity for item in meant)]
    return uow.work_orders.get(used[0].id) if len(used) == 1 else None


def _used_parts(order: WorkOrder | None, person: Person, uow: BotUnitOfWork) -> frozenset[UUID]:
    jobs = [order] if order is not None else uow.work_orders.of_assignee(person.id, AT_WORK, LISTED)
    return frozenset(spent.part_id for job in jobs for spent in uow.stock.spent_on(job.id))


def _spent(order: WorkOrder, meant: Meant, uow: BotUnitOfWork) -> Decimal:
    return sum(
        (one.quantity for one in uow.stock.spent_on(order.id) if one.part_id == meant.part.id), Decimal(0)
    )


def _in_van(meant: Meant, person: Person, uow: BotUnitOfWork) -> Decimal:
    van = uow.parts.van_of(person.id)
    if van is None:
        return Decimal(0)
    here = [one for one in uow.stock.balances(meant.part.id) if one.place_id == van.id]
    return here[0].quantity if here else Decimal(0)


def _used_lines(order: WorkOrder, meant: Sequence[Meant], uow: BotUnitOfWork) -> tuple[PartLine, ...]:
    """Return what is taken back, a line for each serial; all that were used need not be named."""
    lines: list[PartLine] = []
    for one in meant:
        used = [spent for spent in uow.stock.spent_on(order.id) if spent.part_id == one.part.id and spent.lot]
        lots = one.lots or (
            tuple(spent.lot for spent in used)
            if sum((spent.quantity for spent in used), Decimal(0)) == one.quantity
            else ()
        )
        if lots and len(lots) == one.quantity:
            lines += [PartLine(part_id=one.part.id, quantity=Decimal(1), lot=lot) for lot in lots]
        else:
            lot = lots[0] if lots else ""
            lines.append(PartLine(part_id=one.part.id, quantity=one.quantity, lot=lot))
    return tuple(lines)
