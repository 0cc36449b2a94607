"""Which parts, and which job, somebody means who says something about parts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from bot.field_orders import AT_WORK, order_meant, order_numbered
from bot.intents import Wish, Words
from bot.part_finding import find_part, lot_meant
from bot.part_words import SaidPart, amount_of, read_parts
from bot.parts import Pressed
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, show
from bot.stock_words import StockDeed, StockWords
from domain.kernel.errors import NotFound
from domain.parts.commands import PartLine
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part
from domain.parts.places import Tracking
from domain.parts.views import PartChoiceView
from domain.people.model import Person
from domain.policies.parts_choice import fits, free_at, model_of
from domain.policies.parts_views import part_line
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status

CHOICE_LIFE = timedelta(hours=12)
"""How long a card with parts to choose from may be answered."""
NUMBER_LIFE = timedelta(minutes=10)
"""How long a bare number stands for a line of that card."""
JOBS_SEEN = 6
ONE = Decimal(1)
_KEYS = UUID("0b6c6b1a-5f50-4d5c-8f0e-0d6a6f1f2a11")
"""Makes ids of documents from the delivery that asks for them, so that a redelivery asks for the same."""


@dataclass(frozen=True)
class Meant:
    """One part that is meant, how many, and which serials."""

    part: Part
    quantity: Decimal
    lots: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Pieces:
    """The parts as they were said, and what was said beside them."""

    said: Sequence[SaidPart]
    before: str
    after: str


def made_id(said: Said, what: str) -> UUID:
    """Return the id of a document that this delivery makes."""
    return uuid5(_KEYS, f"{said.source_key}:{what}")


def parts_meant(
    said: Said,
    words: StockWords,
    uow: BotUnitOfWork,
    *,
    near: Collection[UUID] = (),
    before: str = "",
    after: str = "",
) -> list[Meant] | Outcome:
    """Return every part that is named, or the answer where somebody has to choose first.

    Args:
        near: parts at hand; of several that are called alike, the one among these is meant.
        before, after: what was said beside the parts, to be said again.

    Raises:
        PartUnknown: nothing is called like this.
        QuantityWrong: it cannot be so many.
    """
    pieces = read_parts(words.rest)
    meant: list[Meant] = []
    parts: tuple[Part, ...]
    for at, piece in enumerate(pieces):
        if at in words.picks:
            found, parts = piece, (uow.parts.get(words.picks[at]),)
        else:
            looked_up = find_part(piece, uow)
            found, parts = looked_up.said, looked_up.parts
        at_hand = tuple(one for one in parts if one.id in near)
        if len(parts) > 1 and len(at_hand) == 1:
            parts = at_hand
        if len(parts) > 1:
            return _ask_part(said, words, _Pieces(pieces, before, after), at, parts, uow)
        lots = tuple(lot_meant(parts[0], lot, uow) for lot in found.lots)
        meant.append(Meant(parts[0], amount_of(found, parts[0], ONE), lots))
    return meant


def lines_of(meant: Sequence[Meant], place_id: UUID, uow: BotUnitOfWork) -> tuple[PartLine, ...]:
    """Return what is taken from a place, a line for each serial; all that are there need not be named."""
    lines: list[PartLine] = []
    for one in meant:
        lots = one.lots
        if not lots and one.part.tracking != Tracking.NONE.value:
            here = uow.stock.lots_at(one.part.id, place_id)
            if sum(lot.quantity for lot in here) == one.quantity or len(here) == 1:
                lots = tuple(lot.lot for lot in here)
        if one.part.tracking == Tracking.SERIAL.value and len(lots) == one.quantity:
            lines += [PartLine(part_id=one.part.id, quantity=ONE, lot=lot) for lot in lots]
        else:
            lot = lots[0] if lots else ""
            lines.append(PartLine(part_id=one.part.id, quantity=one.quantity, lot=lot))
    return tuple(lines)


def job_for(
    words: StockWords, meant: Sequence[Meant], person: Person, uow: BotUnitOfWork
) -> WorkOrder | None:
    """Return the job that parts are for: the numbered one, else the only one in hand that they fit.

    Raises:
        SeveralFit: more than one may be meant; each is named with the words that say it.
    """
    if words.order:
        return order_numbered(words.order, person, uow)
    mine = uow.work_orders.of_assignee(person.id, AT_WORK, JOBS_SEEN)
    if not mine:
        return None
    able = [one for one in mine if all(fits(item.part, model_of(one, uow)) for item in meant)]
    if len(able) == 1:
        return uow.work_orders.get(able[0].id)
    return order_meant(Words(Wish.FREE, "", words.rest, words.word), AT_WORK, person, uow, words.rest)


def job_used_on(words: StockWords, person: Person, uow: BotUnitOfWork) -> WorkOrder:
    """Return the job that parts were used on: the numbered one, else the one that is being worked at."""
    if words.order:
        return order_numbered(words.order, person, uow)
    at_work = {Status.ON_SITE, Status.IN_PROGRESS}
    mine = uow.work_orders.of_assignee(person.id, at_work, 2)
    fitting = at_work if mine else AT_WORK
    return order_meant(Words(Wish.FREE, "", words.rest, words.word), fitting, person, uow, words.rest)


def picked(said: Said, pressed: Pressed, uow: BotUnitOfWork) -> StockWords | None:
    """Return the words of a card with the part that was pressed chosen; None where they are forgotten."""
    data = _remembered(said, pressed.action.subject_id, uow)
    if data is None:
        return None
    try:
        part = uow.parts.get(UUID(pressed.action.choice))
    except (ValueError, NotFound):
        return None
    return _with_pick(data, part.id)


def picked_by_number(said: Said, text: str, uow: BotUnitOfWork) -> StockWords | None:
    """Return the words of the last card with the part of this line of it chosen, or None."""
    found = uow.dialogues.current(_choice_key(said), said.at)
    plain = text.strip(" .。、")
    if found is None or not plain.isdecimal():
        return None
    if said.at - datetime.fromisoformat(found[1]["asked_at"]) > NUMBER_LIFE:
        return None
    parts = found[1]["parts"]
    return _with_pick(found[1], UUID(parts[int(plain) - 1])) if 0 < int(plain) <= len(parts) else None


def chosen(said: Said, uow: BotUnitOfWork) -> None:
    """Forget the card with parts to choose from: what it was about is done."""
    uow.dialogues.end(_choice_key(said))


def _ask_part(
    said: Said,
    words: StockWords,
    pieces: _Pieces,
    at: int,
    parts: Sequence[Part],
    uow: BotUnitOfWork,
) -> Outcome:
    """Show the parts that may be meant; a press, or the words of a line, goes on."""
    ask_id = made_id(said, f"choice:{at}")
    data: dict[str, Any] = {
        "ask_id": str(ask_id),
        "deed": words.deed.value,
        "word": words.word,
        "order": words.order,
        "document": words.document,
        "rest": f"{pieces.before} {words.rest} {pieces.after}".strip(),
        "picks": {str(no): str(part_id) for no, part_id in words.picks.items()},
        "at": at,
        "asked_at": said.at.isoformat(),
        "parts": [str(one.id) for one in parts],
    }
    uow.dialogues.begin(_choice_key(said), "part_choice", data, said.at + CHOICE_LIFE)
    said_with = {no: uow.parts.get(part_id).code for no, part_id in words.picks.items()}
    piece = pieces.said[at]
    view = PartChoiceView(
        ask_id=ask_id,
        text=piece.text,
        parts=tuple(part_line(one, _free(one, uow)) for one in parts),
        words=tuple(_again(words, pieces, said_with | {at: one.code}) for one in parts),
    )
    return show(uow, said, "part_choice", view.model_dump(mode="json"), privately=True)


def _free(part: Part, uow: BotUnitOfWork) -> Decimal:
    return sum((free for _, free in free_at(part.id, uow)), Decimal(0))


def _again(words: StockWords, pieces: _Pieces, codes: Mapping[int, str]) -> str:
    spelled = "，".join(_spelled(piece, codes.get(at, piece.text)) for at, piece in enumerate(pieces.said))
    number = words.order or words.document
    return " ".join(one for one in (words.word, number, pieces.before, spelled, pieces.after) if one)


def _spelled(piece: SaidPart, code: str) -> str:
    count = f"×{quantity_words(piece.quantity)}" if piece.quantity is not None else ""
    lots = " ".join(f"SN {lot}" for lot in piece.lots)
    return " ".join(one for one in (code, count, lots) if one)


def _with_pick(data: Mapping[str, Any], part_id: UUID) -> StockWords:
    words = StockWords(StockDeed(data["deed"]), data["word"], data["order"], data["document"], data["rest"])
    picks = {int(no): UUID(one) for no, one in data["picks"].items()}
    return replace(words, picks=picks | {data["at"]: part_id})


def _remembered(said: Said, ask_id: UUID, uow: BotUnitOfWork) -> dict[str, Any] | None:
    found = uow.dialogues.current(_choice_key(said), said.at)
    return found[1] if found is not None and found[1]["ask_id"] == str(ask_id) else None


def _choice_key(said: Said) -> str:
    return f"parts:{said.key}"
