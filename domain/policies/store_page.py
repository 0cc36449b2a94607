"""What a storekeeper works on at one place: what is picked, what arrives, and what a scanned code is."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from domain.kernel.links import Page
from domain.parts.model.catalogue import Part, Place
from domain.parts.model.documents import PartsRequest, Transfer
from domain.parts.model.supply import Purchase
from domain.parts.wording import line_words
from domain.people.model import Person
from domain.policies.parts_places import keeps
from domain.policies.ports import EveryUnitOfWork
from domain.policies.supply_views import RECEIVABLE

PICKING = "picking"
LOOKED_AT = 100
NEAR = 6
"""Parts that words may mean."""


class Piece(NamedTuple):
    """What a code is: a part, and its serial or batch where the code is that of a piece."""

    part: Part
    lot: str = ""


def piece_called(code: str, uow: EveryUnitOfWork) -> Piece | None:
    """Return the piece of a serial or batch, or None where it is no one's, or several parts'."""
    found = [one for one in uow.stock.lots_called(code) if one.quantity > 0] or uow.stock.lots_called(code)
    parts = dict.fromkeys(one.part_id for one in found)
    if len(parts) != 1:
        return None
    return Piece(uow.parts.get(found[0].part_id), found[0].lot)


def pieces_called(text: str, uow: EveryUnitOfWork) -> Sequence[Piece]:
    """Return what a scanned or typed code is; where it is none, the parts that the words may mean."""
    piece = piece_called(text, uow)
    if piece is not None:
        return [piece]
    found = uow.parts.by_code(text) or uow.parts.search(text, NEAR)
    return [Piece(part) for part in found[:NEAR]]


def kept_by(person: Person, uow: EveryUnitOfWork) -> Sequence[Place]:
    """Return where somebody picks: what they keep, or everywhere for whoever keeps nothing of their own."""
    return uow.parts.kept_by(person.id) or uow.parts.stores()


def picks_of(person: Person, uow: EveryUnitOfWork) -> Sequence[PartsRequest]:
    """Return the requests that somebody may pick, oldest first."""
    return uow.hand_overs.requests_at({one.id for one in kept_by(person, uow)}, (PICKING,), LOOKED_AT)


def arriving_at(place: Place, uow: EveryUnitOfWork) -> Sequence[Purchase]:
    """Return the purchases that can be received at a place, oldest first."""
    return [one for one in uow.supply.purchases(RECEIVABLE, LOOKED_AT) if one.place_id == place.id]


def offered_at(place: Place, person: Person, uow: EveryUnitOfWork) -> Sequence[Transfer]:
    """Return the hand-overs that somebody has to take at a place: returns, and what other stores send."""
    found = uow.hand_overs.offered_to(person.id, {place.id}, LOOKED_AT)
    return [one for one in found if one.to_id == place.id]


def about(request: PartsRequest, uow: EveryUnitOfWork) -> str:
    """Return who waits for what is left of a request."""
    lines = [
        line_words(uow.parts.get(line.part_id), line.quantity - line.issued)
        for line in uow.hand_overs.request_lines(request.id)
        if line.issued < line.quantity
    ]
    return f"{uow.people.get(request.technician_id).name}：{'，'.join(lines)}"


def store_url(place: Place, reader: Person, at: datetime, uow: EveryUnitOfWork) -> str:
    """Return the page of a place for somebody who keeps it, and nothing for others."""
    return uow.links.to(Page.STORE, reader.id, place.id, at) if keeps(reader, place, uow) else ""


def picking_url(request: PartsRequest, reader: Person, at: datetime, uow: EveryUnitOfWork) -> str:
    """Return the page on which somebody picks a request, and nothing for others or once it is over."""
    if request.state != PICKING or reader.id == request.technician_id:
        return ""
    return store_url(uow.parts.place(request.place_id), reader, at, uow)
