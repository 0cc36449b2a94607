"""What a place lacks for a request: a count found fewer than were kept for it."""

from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from domain.parts.ledger import quantity_words
from domain.parts.model.documents import PartsRequest
from domain.parts.places import Tracking
from domain.parts.wording import line_words
from domain.policies.ports import EveryUnitOfWork


class Lack(NamedTuple):
    """What is missing, in words, and the words of what can be let out meanwhile.

    Args:
        missing: `轴承 6204 ×2`; empty where everything is there.
        some: `6204 ×8`; empty where nothing is there, or only what has serials or batches.
    """

    missing: tuple[str, ...] = ()
    some: tuple[str, ...] = ()


def lack_of(request: PartsRequest, uow: EveryUnitOfWork) -> Lack:
    """Return what of a request cannot be let out now; what is kept for it counts as there."""
    wanted: dict[UUID, Decimal] = {}
    for line in uow.hand_overs.request_lines(request.id):
        if line.issued < line.quantity:
            wanted[line.part_id] = wanted.get(line.part_id, Decimal(0)) + line.quantity - line.issued
    missing, some = [], []
    for part_id, quantity in wanted.items():
        part, there = uow.parts.get(part_id), min(quantity, _there(part_id, request, uow))
        if there < quantity:
            missing.append(line_words(part, quantity - there))
        if there > 0 and part.tracking == Tracking.NONE.value:
            some.append(f"{part.code} ×{quantity_words(there)}")
    return Lack(tuple(missing), tuple(some)) if missing else Lack()


def _there(part_id: UUID, request: PartsRequest, uow: EveryUnitOfWork) -> Decimal:
    kept = sum(
        (
            one.quantity
            for one in uow.stock.held_of(request.id)
            if (one.part_id, one.place_id) == (part_id, request.place_id)
        ),
        Decimal(0),
    )
    free = sum(
        (
            one.quantity - one.reserved
            for one in uow.stock.balances(part_id)
            if one.place_id == request.place_id
        ),
        Decimal(0),
    )
    return free + kept
