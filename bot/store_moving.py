"""Stock that goes elsewhere: to another store or van, to scrap, or out of the books."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.approval_words import trimmed
from bot.colleagues import colleague_named
from bot.errors import WordsMissing
from bot.part_finding import find_part, lot_meant
from bot.part_words import SaidPart, read_parts
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from bot.store_buying import ask_place
from bot.store_reading import (
    Meant,
    SeveralParts,
    own_store,
    parts_meant,
    place_called,
    take_from_to,
    take_place,
    take_reason,
)
from bot.store_task import made_by
from bot.store_words import StoreWords
from cards.text_store import (
    ADJUSTED,
    SCRAPPED,
    TRANSFERRED,
)
from domain.kernel.bus import Bus
from domain.parts.commands import LARGEST, REASON_LIMIT, OfferParts, PartLine
from domain.parts.errors import QuantityWrong
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part, Place
from domain.parts.moving import check_quantity
from domain.parts.places import PlaceKind, Tracking
from domain.parts.supply_commands import AdjustStock, ScrapParts
from domain.parts.wording import line_words, part_name
from domain.people.model import STAFF_ROLES, Person
from domain.policies.parts_places import van_for

TRANSFER_EXAMPLE = "调拨 6204 ×5 从 中心仓 到 上海分仓"
SCRAP_EXAMPLE = "报废 6204 ×2 摔坏"
ADJUST_EXAMPLE = "调整 6204 +2 中心仓 盘盈漏记"
_SIGNED = re.compile(r"(?:^|\s)([-+−－])\s*(\d+(?:\.\d+)?)[^\s\d,，;；+−-]{0,2}(?=$|\s)")


class Moving:
    """`调拨`, `报废`, `调整`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def transfer(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Offer pieces of one store to another, or to a technician's van.

        Raises:
            WordsMissing: it is not said where to.
        """
        reason, text = take_reason(words.rest)
        source, target, text = take_from_to(text)
        if not target or not text:
            raise WordsMissing(words=words.word, example=TRANSFER_EXAMPLE)
        from_place = place_called(source, uow) if source else own_store(person, uow)
        if from_place is None:
            return ask_place(said, f"{words.word} {text} 到 {target} 从", uow)
        to_place, receiver = _target(target, uow)
        lines = [line for one in read_parts(text) for line in _lines(one, uow)]
        if not lines:
            raise WordsMissing(words=words.word, example=TRANSFER_EXAMPLE)
        command = OfferParts(
            transfer_id=made_by(said, "transfer"),
            kind="transfer",
            from_id=from_place.id,
            to_id=to_place.id,
            receiver_id=receiver.id if receiver is not None else None,
            lines=tuple(lines),
            reason=reason[:REASON_LIMIT],
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        transfer = uow.hand_overs.find_transfer(command.transfer_id)
        assert transfer is not None, "the command made it"
        text = TRANSFERRED.format(
            number=transfer.number,
            lines=_said_lines(lines, uow),
            source=from_place.name,
            target=to_place.name,
            receiver=receiver.name if receiver is not None else "对方仓管员",
        )
        return say(uow, said, text, privately=True)

    def scrap(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Throw pieces away.

        Raises:
            WordsMissing: the part or the reason is missing.
        """
        reason, text = take_reason(words.rest)
        if not text:
            raise WordsMissing(words=words.word, example=SCRAP_EXAMPLE)
        found, rest = parts_meant(text, uow)
        place, rest = take_place(rest, uow)
        place, reason = place or own_store(person, uow), reason or trimmed(rest)
        lines = [line for one in found for line in _pieces(one, uow)]
        if not reason:
            raise WordsMissing(words=words.word, example=SCRAP_EXAMPLE)
        if place is None:
            return ask_place(said, f"{words.word} {words.rest}", uow)
        for line in lines:
            command = ScrapParts(
                part_id=line.part_id,
                place_id=place.id,
                quantity=line.quantity,
                lot=line.lot,
                reason=reason[:REASON_LIMIT],
                **said.cause(person.id),
            )
            self._bus.handle(command, uow)
        text = SCRAPPED.format(line=_said_lines(lines, uow), place=place.name, reason=reason)
        return say(uow, said, text, privately=True)

    def adjust(self, said: Said, words: StoreWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Correct the books: so many more, or fewer.

        Raises:
            WordsMissing: there is no signed number, no part, or no reason.
            QuantityWrong: half a piece, or nothing.
        """
        reason, text = take_reason(words.rest)
        found = _SIGNED.search(text)
        if found is None:
            raise WordsMissing(words=words.word, example=ADJUST_EXAMPLE)
        named = (read_parts(text[: found.start()]) or (SaidPart(""),))[0]
        if not (named.text or named.lots):
            raise WordsMissing(words=words.word, example=ADJUST_EXAMPLE)
        part = _only(named, uow)
        amount = _change(found, part)
        tail = read_parts(text[found.end() :])
        lots = named.lots or (tail[0].lots if tail else ())
        rest = _without_lots(text[found.end() :], lots)
        place, rest = take_place(rest, uow)
        place, reason = place or own_store(person, uow), reason or trimmed(rest)
        if not reason:
            raise WordsMissing(words=words.word, example=ADJUST_EXAMPLE)
        if place is None:
            return ask_place(said, f"{words.word} {words.rest}", uow)
        lot = lot_meant(part, lots[0], uow) if lots else ""
        command = AdjustStock(
            part_id=part.id,
            place_id=place.id,
            quantity=amount,
            lot=lot,
            reason=reason[:REASON_LIMIT],
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        return say(uow, said, _adjusted(part, place, amount, uow), privately=True)


def _adjusted(part: Part, place: Place, amount: Decimal, uow: BotUnitOfWork) -> str:
    return ADJUSTED.format(
        name=part_name(part),
        place=place.name,
        change=f"{'+' if amount > 0 else '-'}{quantity_words(abs(amount))}",
        stands=quantity_words(uow.stock.balance(part.id, place.id).quantity),
        unit=part.unit,
    )


def _change(found: re.Match[str], part: Part) -> Decimal:
    """Return a signed number as a change of the books.

    Raises:
        QuantityWrong: half a piece, nothing, or more than anybody means.
    """
    amount = Decimal(found[2]) * (-1 if found[1] in "-−－" else 1)
    if not amount or abs(amount) > LARGEST:
        why = "要写增减的数量，例如 +2 或 -1"
        raise QuantityWrong(name=part_name(part), quantity=found[0].strip(), why=why)
    check_quantity(part, abs(amount))
    return amount


def _target(text: str, uow: BotUnitOfWork) -> tuple[Place, Person | None]:
    """Return the store or the van that is named, also by the technician's name.

    Raises:
        PlaceUnknown: it is neither.
    """
    if (place := uow.parts.place_named(text)) is not None:
        is_van = place.kind == PlaceKind.VAN.value and place.keeper_id is not None
        return place, uow.people.get(place.keeper_id) if is_van and place.keeper_id else None
    name = text.removesuffix("的车")
    if name.isdigit() or not any(one.name == name for one in uow.people.with_roles(STAFF_ROLES)):
        return place_called(text, uow), None
    person = colleague_named(name, uow)
    return van_for(person, uow), person


def _only(said: SaidPart, uow: BotUnitOfWork) -> Part:
    found = find_part(said, uow)
    if found.only is None:
        raise SeveralParts(said.text, found.parts)
    return found.only


def _lines(said: SaidPart, uow: BotUnitOfWork) -> list[PartLine]:
    """Return what is handed over: each serial by itself."""
    return _pieces(Meant(_only(said, uow), said, ""), uow)


def _pieces(meant: Meant, uow: BotUnitOfWork) -> list[PartLine]:
    return _each(meant.part, meant.amount(), meant.lots(uow))


def _each(part: Part, quantity: Decimal, lots: Sequence[str]) -> list[PartLine]:
    if part.tracking == Tracking.SERIAL.value and lots:
        if len(lots) != quantity:
            why = f"写了 {len(lots)} 个序列号"
            raise QuantityWrong(name=part_name(part), quantity=quantity_words(quantity), why=why)
        return [PartLine(part_id=part.id, quantity=Decimal(1), lot=lot) for lot in lots]
    return [PartLine(part_id=part.id, quantity=quantity, lot=lots[0] if lots else "")]


def _said_lines(lines: Sequence[PartLine], uow: BotUnitOfWork) -> str:
    return "，".join(line_words(uow.parts.get(one.part_id), one.quantity, (one.lot,)) for one in lines)


def _without_lots(text: str, lots: Sequence[str]) -> str:
    for lot in lots:
        text = re.sub(
            rf"(?:序列号|序号|批次号?|批号|s/?n)?\s*[:：#=-]?\s*{re.escape(lot)}",
            " ",
            text,
            flags=re.IGNORECASE,
        )
    return trimmed(text)
