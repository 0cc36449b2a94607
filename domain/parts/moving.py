"""The one way a piece moves: out of a balance, into another, with an entry of the ledger, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.parts.commands import PartLine
from domain.parts.errors import LotNeeded, LotNotHere, LotsWrong, NotEnough, PieceExists, QuantityWrong
from domain.parts.events import StockMoved
from domain.parts.ledger import quantity_words, share_of_value
from domain.parts.model.catalogue import Part, Place
from domain.parts.model.stock import StockBalance, StockEntry
from domain.parts.places import OUTSIDE, PlaceKind, Reason, Tracking
from domain.parts.ports import PartsUnitOfWork
from domain.parts.wording import part_name

KIND_WORDS = {Tracking.SERIAL.value: "序列", Tracking.BATCH.value: "批次"}


@dataclass(frozen=True)
class Why:
    """Why pieces move, and who says so; the same for every line of one document."""

    reason: Reason
    actor_id: str
    at: datetime
    work_order_id: UUID | None = None
    document_id: UUID | None = None
    note: str = ""


def move(
    line: PartLine,
    from_id: UUID,
    to_id: UUID,
    why: Why,
    uow: PartsUnitOfWork,
    *,
    value_fen: int | None = None,
) -> int:
    """Move pieces, and return what they cost in fen.

    What is reserved stays: whoever moves pieces that were kept for them frees the reservation before.

    Args:
        value_fen: what they cost, where it is not the moving average of where they come from: a purchase, or
            what travels with a hand-over.

    Raises:
        QuantityWrong: not a whole number of what is counted in whole units.
        NotEnough: not so many are free there.
        LotNeeded, LotNotHere, PieceExists: the serial or batch is missing, not there, or somewhere already.
    """
    part = uow.parts.get(line.part_id)
    source, target = uow.parts.place(from_id), uow.parts.place(to_id)
    check_quantity(part, line.quantity)
    inner = [one.id for one in (source, target) if one.kind not in OUTSIDE]
    uow.stock.lock([(part.id, place_id) for place_id in inner])
    left = stands = None
    cost = value_fen or 0
    if source.kind not in OUTSIDE:
        balance = uow.stock.balance(part.id, source.id)
        cost = _take_out(part, source, balance, line.quantity, value_fen)
        left = balance.quantity
    if target.kind not in OUTSIDE:
        balance = uow.stock.balance(part.id, target.id)
        balance.quantity += line.quantity
        balance.value_fen += cost
        stands = balance.quantity
    _move_lot(part, source, target, line, uow)
    _write(line, source, target, cost, why, uow)
    uow.record(
        StockMoved(
            occurred_at=why.at,
            actor_id=why.actor_id,
            part_id=part.id,
            from_id=source.id,
            to_id=target.id,
            quantity=line.quantity,
            lot=line.lot,
            value_fen=cost,
            reason=why.reason.value,
            work_order_id=why.work_order_id,
            document_id=why.document_id,
            left=left,
            stands=stands,
        )
    )
    return cost


def check_quantity(part: Part, quantity: Decimal) -> None:
    """Refuse half a piece of what is counted in whole units, and half a thousandth of anything.

    Raises:
        QuantityWrong: as said.
    """
    if part.whole and quantity != quantity.to_integral_value():
        why = f"按整{part.unit}计数"
        raise QuantityWrong(name=part_name(part), quantity=quantity_words(quantity), why=why)
    if part.tracking == Tracking.SERIAL.value and quantity != quantity.to_integral_value():
        raise QuantityWrong(name=part_name(part), quantity=quantity_words(quantity), why="按序列号逐件管理")


def locked_pairs(lines: Sequence[PartLine], places: Sequence[UUID], uow: PartsUnitOfWork) -> None:
    """Lock everything that several lines between places need, in one order."""
    inner = [one for one in places if uow.parts.place(one).kind not in OUTSIDE]
    uow.stock.lock([(line.part_id, place_id) for line in lines for place_id in inner])


def _take_out(
    part: Part, source: Place, balance: StockBalance, quantity: Decimal, value_fen: int | None
) -> int:
    free = balance.quantity - balance.reserved
    if quantity > free:
        raise NotEnough(
            place=source.name,
            name=part_name(part),
            wanted=quantity_words(quantity),
            free=quantity_words(free),
            unit=part.unit,
            instead="",
            how=f"可回复“库存 {part.code}”查看各处数量",
        )
    cost = share_of_value(quantity, balance.quantity, balance.value_fen) if value_fen is None else value_fen
    balance.quantity -= quantity
    balance.value_fen -= cost
    return cost


def _move_lot(part: Part, source: Place, target: Place, line: PartLine, uow: PartsUnitOfWork) -> None:
    """Move a serial or a batch along; a part whose pieces are not told apart has none."""
    if part.tracking == Tracking.NONE.value:
        return
    if not line.lot:
        kind = KIND_WORDS[part.tracking]
        raise LotNeeded(name=part_name(part), kind=kind, example=f"{part.code} {kind}号")
    piece = part.tracking == Tracking.SERIAL.value
    if piece and line.quantity != 1:
        raise LotsWrong(
            name=part_name(part), kind="序列", why="一个序列号只有一件", example=f"{part.code} 序列号"
        )
    if source.kind not in OUTSIDE:
        here = uow.stock.lot(part.id, line.lot, source.id)
        if here.quantity < line.quantity:
            raise LotNotHere(name=part_name(part), lot=line.lot, place=source.name, where=_where(line, uow))
        here.quantity -= line.quantity
    elif piece and (held := _held_at(line, uow)):
        raise PieceExists(name=part_name(part), lot=line.lot, place=held.name)
    if target.kind not in OUTSIDE:
        there = uow.stock.lot(part.id, line.lot, target.id)
        there.quantity += line.quantity
        there.piece = piece


def _held_at(line: PartLine, uow: PartsUnitOfWork) -> Place | None:
    """Return the place of ours where a serialised piece is now, or None."""
    found = [one for one in uow.stock.lots_called(line.lot) if one.part_id == line.part_id]
    return uow.parts.place(found[0].place_id) if found else None


def _where(line: PartLine, uow: PartsUnitOfWork) -> str:
    place = _held_at(line, uow)
    if place is None:
        return ""
    on_the_way = place.kind == PlaceKind.TRANSIT.value
    return "它正在交接途中。" if on_the_way else f"它现在在{place.name}。"


def _write(line: PartLine, source: Place, target: Place, cost: int, why: Why, uow: PartsUnitOfWork) -> None:
    uow.stock.add_entry(
        StockEntry(
            part_id=line.part_id,
            from_id=source.id,
            to_id=target.id,
            quantity=line.quantity,
            lot=line.lot,
            value_fen=cost,
            reason=why.reason.value,
            actor_id=why.actor_id,
            work_order_id=why.work_order_id,
            document_id=why.document_id,
            note=why.note,
            occurred_at=why.at,
        )
    )
