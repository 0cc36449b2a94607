"""What a storekeeper sees of one place: what to pick, what arrives, and the count that runs."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from cards.text_parts import HAND_OVER_TITLE
from cards.text_staff_pages import STORE_BIN
from cards.text_store import COUNT_HINT, COUNT_STATUS, PURCHASE_LATE, PURCHASE_STATUS
from console.page import Visit
from domain.access.rights import Verb, may
from domain.kernel.errors import NotPermitted
from domain.kernel.links import Page
from domain.kernel.localtime import day_words
from domain.kernel.money import grouped_yuan
from domain.parts.document_views import CountView
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part, Place
from domain.parts.model.documents import PartsRequest, PartsRequestLine, Transfer
from domain.parts.model.supply import CountLine, Purchase, StockCount
from domain.parts.places import Tracking
from domain.policies.parts_places import insist_on_keeper
from domain.policies.store_page import Piece, arriving_at, kept_by, offered_at, pieces_called
from domain.policies.supply_views import count_view, order_number_of, purchase_view

SHOWN: Final = 20
"""Requests, purchases and hand-overs; more come up as these are done."""
LOTS_SHOWN: Final = 20
COUNTED_SHOWN: Final = 100


def place_of(visit: Visit) -> Place:
    """Return the place of the link, for whoever answers for it now.

    Raises:
        NotPermitted: they keep no stock any more.
        NotKeeper: somebody else keeps it.
    """
    if not may(visit.actor.roles, Verb.KEEP_STOCK):
        raise NotPermitted(action=Verb.KEEP_STOCK.value)
    place = visit.uow.parts.place(visit.subject_id)
    insist_on_keeper(str(visit.actor.id), place, visit.uow)
    return place


def data(visit: Visit) -> dict[str, Any]:
    """Return what the page shows, or what a scanned code is."""
    place = place_of(visit)
    if "code" in visit.wanted:
        return {"found": [_piece(one) for one in pieces_called(visit.wanted["code"].strip(), visit.uow)]}
    picks = visit.uow.hand_overs.requests_at({place.id}, ("picking",), SHOWN + 1)
    count = visit.uow.supply.running_count(place.id)
    return {
        "place": place.name,
        "places": _places(place, visit),
        "picks": _picks(picks[:SHOWN], Where(place, visit), visit),
        "more_picks": len(picks) > SHOWN,
        "purchases": [_purchase(one, visit) for one in arriving_at(place, visit.uow)[:SHOWN]],
        "transfers": [_transfer(one, visit) for one in offered_at(place, visit.actor, visit.uow)[:SHOWN]],
        "count": counted(count, visit) if count is not None else None,
    }


def _places(here: Place, visit: Visit) -> list[dict[str, Any]]:
    """Return the other places of theirs, each with its own link."""
    return [
        {"name": one.name, "url": visit.uow.links.to(Page.STORE, visit.actor.id, one.id, visit.at)}
        for one in kept_by(visit.actor, visit.uow)[:SHOWN]
        if one.id != here.id
    ]


def _part(part: Part) -> dict[str, Any]:
    return {
        "part_id": str(part.id),
        "code": part.code,
        "barcode": part.barcode,
        "name": part.name if part.code in part.name else f"{part.name} {part.code}",
        "spec": part.spec,
        "unit": part.unit,
        "whole": part.whole,
        "tracking": part.tracking,
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {**_part(piece.part), "lot": piece.lot}


def _picks(requests: Sequence[PartsRequest], where: "Where", visit: Visit) -> list[dict[str, Any]]:
    """Return the pick tasks; what they need is read for all of them at once."""
    lines = visit.uow.hand_overs.lines_of_requests([one.id for one in requests])
    visit.uow.parts.read({line.part_id for some in lines.values() for line in some})
    visit.uow.people.read({one.technician_id for one in requests})
    return [_pick(one, lines.get(one.id, ()), where, visit) for one in requests]


def _pick(
    request: PartsRequest, lines: Sequence[PartsRequestLine], where: "Where", visit: Visit
) -> dict[str, Any]:
    return {
        "id": str(request.id),
        "number": request.number,
        "order": order_number_of(request.work_order_id, visit.uow),
        "technician": visit.uow.people.get(request.technician_id).name,
        "since": request.created_at.isoformat(),
        "reason": request.reason,
        "lines": [
            {
                **_part(part),
                "wanted": quantity_words(line.quantity),
                "issued": quantity_words(line.issued),
                "left": quantity_words(line.quantity - line.issued),
                "bins": where.bins(part),
                "lots": where.lots(part),
            }
            for line in lines
            for part in (visit.uow.parts.get(line.part_id),)
        ],
    }


class Where:
    """Where the parts of a place are, each looked up once."""

    def __init__(self, place: Place, visit: Visit) -> None:
        self._place, self._uow = place, visit.uow
        self._bins: dict[UUID, list[str]] = {}

    def bins(self, part: Part) -> list[str]:
        """Return the bins of the place that have the part."""
        if part.id not in self._bins:
            self._bins[part.id] = [
                STORE_BIN.format(
                    name=self._uow.parts.place(one.place_id).name, quantity=quantity_words(one.quantity)
                )
                for one in self._uow.stock.balances(part.id)
                if one.quantity > 0 and self._uow.parts.place(one.place_id).parent_id == self._place.id
            ]
        return self._bins[part.id]

    def lots(self, part: Part) -> list[str]:
        """Return the serials or batches that are there."""
        if part.tracking == Tracking.NONE.value:
            return []
        return [one.lot for one in self._uow.stock.lots_at(part.id, self._place.id)[:LOTS_SHOWN]]


def _purchase(purchase: Purchase, visit: Visit) -> dict[str, Any]:
    view = purchase_view(purchase, visit.at, visit.uow)
    return {
        **_part(visit.uow.parts.get(purchase.part_id)),
        "id": str(purchase.id),
        "number": view.number,
        "missing": view.missing,
        "status": PURCHASE_LATE if view.late else PURCHASE_STATUS[view.state],
        "late": view.late,
        "supplier": view.supplier,
        "expected": day_words(view.expected_on),
        "order": view.order_number,
    }


def _transfer(transfer: Transfer, visit: Visit) -> dict[str, Any]:
    lines = visit.uow.hand_overs.transfer_lines(transfer.id)
    return {
        "id": str(transfer.id),
        "version": transfer.rev,
        "number": transfer.number,
        "title": HAND_OVER_TITLE[transfer.kind].format(number=transfer.number),
        "sender": visit.uow.people.get(transfer.sender_id).name,
        "source": visit.uow.parts.place(transfer.from_id).name,
        "reason": transfer.reason,
        "lines": [
            {
                **_part(visit.uow.parts.get(line.part_id)),
                "quantity": quantity_words(line.quantity),
                "lot": line.lot,
            }
            for line in lines
        ],
    }


def counted(count: StockCount, visit: Visit) -> dict[str, Any]:
    """Return a count: blind while it runs, its differences once it is done."""
    view, lines = count_view(count, visit.uow), visit.uow.supply.count_lines(count.id)
    entered = [line for line in lines if line.counted is not None]
    left = [line for line in lines if line.counted is None]
    running = count.state == "counting"
    shown = [*entered[:COUNTED_SHOWN], *left[:COUNTED_SHOWN]] if running else []
    visit.uow.parts.read({line.part_id for line in shown})
    return {
        "id": str(count.id),
        "number": view.number,
        "running": running,
        "status": COUNT_STATUS[view.state],
        "hint": "" if running else COUNT_HINT[view.state],
        "started_by": view.started_by,
        "entered": view.entered,
        "total": view.total,
        "done": [_count_line(line, visit) for line in entered[:COUNTED_SHOWN]] if running else [],
        "left": [_count_line(line, visit) for line in left[:COUNTED_SHOWN]] if running else [],
        "differences": _differences(view),
        "value": grouped_yuan(view.value_fen) if view.value_fen >= 0 else f"-{grouped_yuan(-view.value_fen)}",
    }


def _count_line(line: CountLine, visit: Visit) -> dict[str, Any]:
    found = line.counted
    part = _part(visit.uow.parts.get(line.part_id))
    return {**part, "lot": line.lot, "counted": quantity_words(found) if found is not None else ""}


def _differences(view: CountView) -> Sequence[dict[str, str]]:
    return [
        {
            "name": one.name if one.code in one.name else f"{one.name} {one.code}",
            "lot": one.lot,
            "unit": one.unit,
            "booked": one.booked,
            "counted": one.counted,
            "difference": one.difference,
        }
        for one in view.lines
    ]


def request_here(request_id: UUID, visit: Visit) -> PartsRequest | None:
    """Return a request of this place, or None."""
    found = visit.uow.hand_overs.find_request(request_id)
    return found if found is not None and found.place_id == visit.subject_id else None
