"""Parts on the job page: looked up by words or scan, asked for, taken, used: the same commands as in chat."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from pydantic import Field

from cards.text_job import (
    PARTS_ASKED,
    PARTS_CANCELLED,
    PARTS_FOUND,
    PARTS_NONE,
    PARTS_TAKEN,
    PARTS_UNUSED,
    PARTS_USED,
)
from cards.text_parts import REQUEST_STATE
from console.page import Body, Deed, Done, Visit
from console.pages.job_common import my_job
from console.pages.job_refusals import in_page_words
from domain.kernel.bus import Bus
from domain.parts.commands import (
    REASON_LIMIT,
    Amount,
    CancelPartsRequest,
    Lot,
    PartLine,
    RequestParts,
    RequestReserved,
    TakeBackUsed,
    TakeParts,
    UseParts,
    WantedLine,
)
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part
from domain.parts.places import Tracking
from domain.parts.wording import line_words
from domain.policies.parts_choice import fits, free_at, model_of
from domain.policies.parts_hand import in_hand
from domain.policies.parts_request_end import WAITING, request_words
from domain.policies.parts_tell import words_of
from domain.workorder.model import WorkOrder

FOUND = 8
PLACES_SHOWN = 3
LINES_LIMIT = 10


class Search(Body):
    """What names a part: its code, name, serial, or what a scan read."""

    text: str = Field(min_length=1, max_length=100)


class Wanted(Body):
    """So much of a part."""

    part_id: UUID
    quantity: Amount


class Ask(Body):
    """Parts that the job needs."""

    lines: tuple[Wanted, ...] = Field(min_length=1, max_length=LINES_LIMIT)
    reason: str = Field(default="", max_length=REASON_LIMIT)
    fits_anyway: bool = False


class Nothing(Body):
    """Nothing more is to be said."""


class Request(Body):
    """One request for parts."""

    request_id: UUID


class Transfer(Body):
    """One hand-over, as it was shown."""

    transfer_id: UUID
    rev: int


class Piece(Wanted):
    """Pieces of a van, or of the job.

    Args:
        removed: the serial of the old piece that came out.
    """

    lot: Lot = ""
    removed: Lot = ""


def deeds(bus: Bus) -> dict[str, Deed]:
    """Return what can be done."""
    made = {"find_part": Deed(Search, _find), **_asking(bus), **_having(bus), **_using(bus)}
    return {name: in_page_words(deed) for name, deed in made.items()}


def _asking(bus: Bus) -> dict[str, Deed]:
    def ask(visit: Visit, body: Ask) -> Done:
        order, request_id = my_job(visit), _made_id(visit)
        command = RequestParts(
            request_id=request_id,
            work_order_id=order.id,
            lines=tuple(WantedLine(part_id=one.part_id, quantity=one.quantity) for one in body.lines),
            reason=body.reason,
            fits_anyway=body.fits_anyway,
            **visit.cause(),
        )
        bus.handle(command, visit.uow)
        return _asked(request_id, visit)

    def reserved(visit: Visit, body: Nothing) -> Done:
        order, request_id = my_job(visit), _made_id(visit)
        command = RequestReserved(request_id=request_id, work_order_id=order.id, **visit.cause())
        bus.handle(command, visit.uow)
        return _asked(request_id, visit)

    return {"ask_parts": Deed(Ask, ask), "ask_reserved": Deed(Nothing, reserved)}


def _having(bus: Bus) -> dict[str, Deed]:
    def cancel(visit: Visit, body: Request) -> Done:
        my_job(visit)
        bus.handle(CancelPartsRequest(request_id=body.request_id, **visit.cause()), visit.uow)
        request = visit.uow.hand_overs.request(body.request_id)
        return Done(PARTS_CANCELLED.format(number=request.number))

    def take(visit: Visit, body: Transfer) -> Done:
        my_job(visit)
        command = TakeParts(transfer_id=body.transfer_id, seen_rev=body.rev, **visit.cause())
        bus.handle(command, visit.uow)
        return Done(PARTS_TAKEN)

    return {"cancel_request": Deed(Request, cancel), "take_parts": Deed(Transfer, take)}


def _using(bus: Bus) -> dict[str, Deed]:
    def use(visit: Visit, body: Piece) -> Done:
        order, line = my_job(visit), _line(body)
        removed = (body.removed,) if body.removed else ()
        command = UseParts(work_order_id=order.id, lines=(line,), removed=removed, **visit.cause())
        bus.handle(command, visit.uow)
        return Done(PARTS_USED.format(number=order.number, parts=_words(line, visit)))

    def unuse(visit: Visit, body: Piece) -> Done:
        order, line = my_job(visit), _line(body)
        bus.handle(TakeBackUsed(work_order_id=order.id, lines=(line,), **visit.cause()), visit.uow)
        return Done(PARTS_UNUSED.format(parts=_words(line, visit)))

    return {"use_part": Deed(Piece, use), "unuse_part": Deed(Piece, unuse)}


def shown(order: WorkOrder, lines: Sequence[str], visit: Visit) -> dict[str, Any]:
    """Return what the job has of parts and what can be done with them.

    Args:
        lines: as the card tells them.
    """
    uow = visit.uow
    mine = [one for one in uow.hand_overs.requests_for(order.id) if one.technician_id == visit.actor.id]
    offered = [
        one
        for one in uow.hand_overs.of_order(order.id)
        if one.state == "offered" and one.receiver_id == visit.actor.id
    ]
    return {
        "lines": list(lines),
        "reserved": any(one.request_id is None for one in uow.stock.held_for(order.id)),
        "requests": [
            {
                "id": str(one.id),
                "words": f"{one.number} {'，'.join(request_words(one, uow))}",
                "state": REQUEST_STATE[one.state],
            }
            for one in mine
            if one.state in WAITING
        ],
        "to_take": [
            {
                "id": str(one.id),
                "rev": one.rev,
                "words": "，".join(
                    line_words(uow.parts.get(line.part_id), line.quantity, [line.lot])
                    for line in uow.hand_overs.transfer_lines(one.id)
                ),
            }
            for one in offered
        ],
        "in_hand": [
            _piece(uow.parts.get(part_id), quantity, lot)
            for (part_id, lot), quantity in in_hand(order, visit.actor.id, uow).items()
        ],
        "used": [
            _piece(uow.parts.get(one.part_id), one.quantity, one.lot)
            for one in uow.stock.spent_on(order.id)
            if one.quantity > 0
        ],
    }


def _find(visit: Visit, body: Search) -> Done:
    order = my_job(visit)
    parts = visit.uow.parts.by_code(body.text) or _of_piece(body.text, visit)
    parts = (parts or visit.uow.parts.search(body.text, FOUND))[:FOUND]
    if not parts:
        return Done(PARTS_NONE.format(text=body.text), {"parts": []})
    model, van = model_of(order, visit.uow), visit.uow.parts.van_of(visit.actor.id)
    found = [_found(part, model, van.id if van is not None else None, visit) for part in parts]
    return Done(PARTS_FOUND.format(count=len(found)), {"parts": found})


def _of_piece(text: str, visit: Visit) -> Sequence[Part]:
    """Return the parts that have a piece with this serial or batch."""
    ids = dict.fromkeys(one.part_id for one in visit.uow.stock.lots_called(text))
    return [visit.uow.parts.get(one) for one in ids]


def _found(part: Part, model: str, van_id: UUID | None, visit: Visit) -> dict[str, Any]:
    free = free_at(part.id, visit.uow)
    stores = [(place, amount) for place, amount in free if place.id != van_id]
    own = [one.quantity for one in visit.uow.stock.balances(part.id) if one.place_id == van_id]
    return {
        "id": str(part.id),
        "code": part.code,
        "name": part.name,
        "spec": part.spec,
        "unit": part.unit,
        "whole": part.whole,
        "fits": fits(part, model),
        "tracked": part.tracking != Tracking.NONE.value,
        "places": [f"{place.name} {quantity_words(amount)}" for place, amount in stores[:PLACES_SHOWN]],
        "own": quantity_words(own[0]) if own and own[0] > 0 else "",
    }


def _piece(part: Part, quantity: Decimal, lot: str) -> dict[str, Any]:
    return {
        "part_id": str(part.id),
        "lot": lot,
        "quantity": quantity_words(quantity),
        "words": line_words(part, quantity, [lot]),
        "whole": part.whole,
        "tracked": part.tracking != Tracking.NONE.value,
    }


def _line(body: Piece) -> PartLine:
    return PartLine(part_id=body.part_id, quantity=body.quantity, lot=body.lot)


def _words(line: PartLine, visit: Visit) -> str:
    return "，".join(words_of([(line.part_id, line.quantity, line.lot)], visit.uow))


def _asked(request_id: UUID, visit: Visit) -> Done:
    """Return what was asked for, over all the stores it comes from."""
    made = [one for one in visit.uow.hand_overs.requests_for(visit.subject_id) if one.created_at == visit.at]
    first = visit.uow.hand_overs.find_request(request_id)
    assert first is not None, "a request that was not refused is kept"
    words = [word for one in made or [first] for word in request_words(one, visit.uow)]
    return Done(PARTS_ASKED.format(parts="，".join(words), state=REQUEST_STATE[first.state]))


def _made_id(visit: Visit) -> UUID:
    """Return the id of the request that this submission makes; a repeat makes the same."""
    return uuid5(visit.subject_id, f"{visit.key}:request")
