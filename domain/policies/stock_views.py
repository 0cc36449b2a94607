"""Where parts are, for whoever asks: one part everywhere, one holder, one piece.

Source: docs/reference/spare-parts.md, rule PA-8
"""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from domain.access.rights import STRANGER, Field, Verb, may, sees
from domain.dispatching.rules import distance
from domain.kernel.errors import NotFound
from domain.kernel.localtime import day_words, local_day
from domain.parts.keys import code_key
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part, Place
from domain.parts.model.documents import InstalledPart
from domain.parts.model.stock import StockBalance, StockEntry, StockLot
from domain.parts.places import REPAIR_ID, STORES, TRANSIT_ID, PlaceKind, Tracking
from domain.parts.views import HolderView, OnOrderLine, PieceMove, PieceView, PlaceLine, StockView
from domain.parts.wording import line_words, part_name
from domain.people.model import Person
from domain.policies.parts_choice import free_at, substitutes
from domain.policies.parts_places import keeper_of, keeper_words
from domain.policies.parts_tell import words_of
from domain.policies.parts_views import part_line
from domain.policies.ports import EveryUnitOfWork
from domain.policies.views import name_of_actor

BOUGHT = ("approved", "ordered")
IN_VAN = 30
"""Parts of one holder that are listed."""
LISTED = 8
MOVES = 10
INSTALLED_READ = 50
_VAN = PlaceKind.VAN.value


def stock_view(part: Part, reader: Person, uow: EveryUnitOfWork, lead: str = "") -> StockView:
    """Return where a part is, nearest first: the reader's van, colleagues nearby, branches, the centre."""
    balances = [one for one in uow.stock.balances(part.id) if one.quantity > 0]
    here = [(uow.parts.place(one.place_id), one) for one in balances if one.place_id != TRANSIT_ID]
    here.sort(key=lambda one: _nearness(one[0], reader))
    moving = sum((one.quantity for one in balances if one.place_id == TRANSIT_ID), Decimal(0))
    sees_cost = sees(reader.roles, Field.COST, STRANGER)
    return StockView(
        part_id=part.id,
        code=part.code,
        name=part.name,
        spec=part.spec,
        unit=part.unit,
        lead=lead,
        price_fen=part.price_fen if sees_cost else None,
        value_fen=sum(one.value_fen for one in balances) if sees_cost else None,
        models=tuple(part.models),
        total=quantity_words(sum((one.quantity for one in balances), Decimal(0))),
        free=quantity_words(sum((free for _, free in free_at(part.id, uow)), Decimal(0))),
        asks=may(reader.roles, Verb.ASK_PARTS),
        places=tuple(_place_line(place, one, reader, uow) for place, one in here),
        in_transit=quantity_words(moving),
        on_order=_on_order(part, uow),
        substitutes=tuple(_substitute(one, uow) for one in substitutes(part, uow)[:LISTED]),
        low=_is_low(part, balances, uow),
    )


def holder_view(person: Person, uow: EveryUnitOfWork) -> HolderView:
    """Return what somebody answers for: what is in their van, comes, leaves, and is to be brought back."""
    van = uow.parts.van_of(person.id)
    here = uow.stock.at_place(van.id, "", IN_VAN + 1) if van is not None else ()
    held = [one for one in here if one.quantity > 0]
    lines = []
    for one in held[:IN_VAN]:
        part = uow.parts.get(one.part_id)
        tracked = part.tracking != Tracking.NONE.value
        lots = uow.stock.lots_at(part.id, one.place_id) if tracked else ()
        lines.append(part_line(part, one.quantity, lots=(lot.lot for lot in lots)))
    coming = uow.hand_overs.offered_to(person.id, (), LISTED)
    leaving = uow.hand_overs.offered_from([van.id], LISTED) if van is not None else ()
    old = uow.hand_overs.old_parts(person.id, {"owed"}, LISTED)
    return HolderView(
        holder=person.name,
        lines=tuple(lines),
        coming=tuple(
            f"{one.number} {_parts(one.id, uow)}（{uow.people.get(one.sender_id).name}发出）"
            for one in coming
        ),
        leaving=tuple(
            f"{one.number} {_parts(one.id, uow)}（发往{uow.parts.place(one.to_id).name}）" for one in leaving
        ),
        old=tuple(
            f"{one.number} {line_words(uow.parts.get(one.part_id), one.quantity, (one.lot,))}"
            f"（{day_words(local_day(one.due_at))}前）"
            for one in old
        ),
        more=max(0, len(held) - IN_VAN),
    )


def piece_view(lot: str, uow: EveryUnitOfWork) -> PieceView | None:
    """Return where a serial or batch is and how it came there; None where nobody ever had it."""
    here = [one for one in uow.stock.lots_called(lot) if one.quantity > 0]
    entries = uow.stock.entries_of_lot(lot, MOVES)
    if not here and not entries:
        return None
    part_ids = dict.fromkeys([*(one.part_id for one in here), *(one.part_id for one in entries)])
    return PieceView(
        lot=(here[0].lot if here else entries[0].lot),
        part="、".join(part_name(uow.parts.get(part_id)) for part_id in part_ids),
        where=tuple(_where(one, uow) for one in here),
        in_asset=_asset_with(lot, entries, uow),
        moves=tuple(_move(one, uow) for one in entries),
    )


def _nearness(place: Place, reader: Person) -> tuple[int, int, str]:
    if place.kind == _VAN and place.keeper_id == reader.id:
        return (0, 0, place.code)
    far = distance(place.region, reader.region)
    if place.kind == _VAN:
        return (1 if far == 0 else 4, far, place.code)
    if place.kind in STORES:
        return (3 if place.kind == PlaceKind.STORE.value else 2, far, place.code)
    return (5, far, place.code)


def _place_line(place: Place, balance: StockBalance, reader: Person, uow: EveryUnitOfWork) -> PlaceLine:
    van = place.kind == _VAN
    own = van and place.keeper_id == reader.id
    near = bool(reader.region) and distance(place.region, reader.region) == 0
    keeper = keeper_of(place, uow) if van or place.kind in STORES else None
    return PlaceLine(
        name=place.name,
        kind=place.kind,
        keeper=keeper.name if keeper is not None else "",
        quantity=quantity_words(balance.quantity),
        reserved=quantity_words(balance.reserved),
        free=quantity_words(balance.quantity - balance.reserved),
        near=own or near,
        own=own,
    )


def _on_order(part: Part, uow: EveryUnitOfWork) -> tuple[OnOrderLine, ...]:
    return tuple(
        OnOrderLine(
            number=one.number,
            quantity=quantity_words(one.quantity - one.received),
            expected_on=one.expected_on if one.state == "ordered" else None,
        )
        for one in uow.supply.purchases_of(part.id, BOUGHT)
    )


def _substitute(part: Part, uow: EveryUnitOfWork) -> str:
    free = sum((free for place, free in free_at(part.id, uow) if place.kind in STORES), Decimal(0))
    return f"{part_name(part)}（可用 {quantity_words(free)}{part.unit}）"


def _is_low(part: Part, balances: Sequence[StockBalance], uow: EveryUnitOfWork) -> bool:
    at = {one.place_id: one.quantity for one in balances}
    return any(at.get(rule.place_id, Decimal(0)) < rule.below for rule in uow.supply.rules_of(part.id))


def _parts(transfer_id: UUID, uow: EveryUnitOfWork) -> str:
    lines = uow.hand_overs.transfer_lines(transfer_id)
    return "，".join(words_of([(line.part_id, line.quantity, line.lot) for line in lines], uow))


def _where(lot: StockLot, uow: EveryUnitOfWork) -> str:
    place, part = uow.parts.place(lot.place_id), uow.parts.get(lot.part_id)
    if place.id == TRANSIT_ID:
        return _on_the_way(lot, uow) or place.name
    count = "" if lot.piece else f" {quantity_words(lot.quantity)}{part.unit}"
    if place.id == REPAIR_ID:
        return f"{place.name}{count}"
    if place.kind == _VAN:
        return f"{place.name}{count}（{keeper_words(place, uow)}拿着）"
    return f"{place.name}{count}（{keeper_words(place, uow)}保管）"


def _on_the_way(lot: StockLot, uow: EveryUnitOfWork) -> str:
    """Return between whom a piece is on its way, by the hand-over that its last movement belongs to."""
    last = uow.stock.entries_of_lot(lot.lot, 1)
    document_id = last[0].document_id if last else None
    transfer = uow.hand_overs.find_transfer(document_id) if document_id is not None else None
    if transfer is None:
        return ""
    sender, target = uow.people.get(transfer.sender_id).name, uow.parts.place(transfer.to_id).name
    return f"交接途中 {transfer.number}：{sender}发往{target}，等对方收下"


def _asset_with(lot: str, entries: Sequence[StockEntry], uow: EveryUnitOfWork) -> str:
    """Return the machine a piece sits in, by the job it was used on."""
    for entry in entries:
        order = uow.work_orders.find(entry.work_order_id) if entry.work_order_id is not None else None
        if order is None or order.asset_id is None:
            continue
        for one in uow.hand_overs.installed_in(order.asset_id, INSTALLED_READ):
            if _is_in(one, lot, entry.part_id):
                return uow.assets.name_of(order.asset_id)
    return ""


def _is_in(installed: InstalledPart, lot: str, part_id: UUID) -> bool:
    same = installed.part_id == part_id and code_key(installed.lot) == code_key(lot)
    return same and installed.removed_at is None


def _move(entry: StockEntry, uow: EveryUnitOfWork) -> PieceMove:
    order = uow.work_orders.find(entry.work_order_id) if entry.work_order_id is not None else None
    return PieceMove(
        at=entry.occurred_at,
        from_place=_place_name(entry.from_id, uow),
        to_place=_place_name(entry.to_id, uow),
        reason=entry.reason,
        who=name_of_actor(entry.actor_id, uow),
        order_number=order.number if order is not None else "",
    )


def _place_name(place_id: UUID, uow: EveryUnitOfWork) -> str:
    try:
        return uow.parts.place(place_id).name
    except NotFound:
        return ""
