"""Which pieces a technician gets from where, and keeping these for them.

Source: docs/reference/spare-parts.md, rule PA-4
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID, uuid4

from domain.parts.commands import WantedLine
from domain.parts.errors import NotEnough, PartUnknown, PlaceUnknown
from domain.parts.keeping import KEPT_FOR, end_reservation, reserve
from domain.parts.model.catalogue import Part, Place
from domain.parts.model.stock import Reservation
from domain.parts.moving import check_quantity
from domain.parts.places import STORES
from domain.policies.parts_choice import insist_on_fit, not_enough, stores_with
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder


class Wanted(NamedTuple):
    """So much of a part from one store; `said` is the place somebody named, or None."""

    part: Part
    quantity: Decimal
    place: Place
    said: Place | None = None


def chosen(
    lines: Sequence[WantedLine],
    order: WorkOrder | None,
    technician_id: UUID,
    uow: EveryUnitOfWork,
    *,
    fits_anyway: bool,
) -> list[Wanted]:
    """Return the store that each part comes from: the one that was named, else one store for all, else the
    nearest one that has enough.

    Raises:
        PartUnknown, PlaceUnknown: a part or a store is not in use any more.
        QuantityWrong, PartDoesNotFit, NotEnough: as said there.
    """
    wanted = _checked(lines, order, uow, fits_anyway=fits_anyway)
    region = order.region if order is not None else uow.people.get(technician_id).region
    named = {place.id for _, _, place in wanted if place is not None}
    common = _common_store(
        [(part, quantity) for part, quantity, place in wanted if place is None], region, uow
    )
    first = named | ({common} if common is not None else set())
    found: list[Wanted] = []
    for part, quantity, place in wanted:
        if place is not None:
            found.append(Wanted(part, quantity, place, place))
            continue
        stores = stores_with(part, quantity, region, uow, first)
        if not stores:
            raise not_enough(part, quantity, None, order, uow)
        found.append(Wanted(part, quantity, stores[0]))
    return found


def reserved(
    wanted: Sequence[Wanted], order: WorkOrder | None, actor_id: str, at: datetime, uow: EveryUnitOfWork
) -> list[Reservation]:
    """Keep the pieces where they were chosen.

    Raises:
        NotEnough: somebody else was quicker, or a named place has too few; it says what else there is.
    """
    uow.stock.lock([(one.part.id, one.place.id) for one in wanted])
    kept = []
    for one in wanted:
        reservation = new_reservation(one.part.id, one.place.id, one.quantity, order, at)
        try:
            reserve(reservation, actor_id, at, uow)
        except NotEnough as refusal:
            raise not_enough(one.part, one.quantity, one.place, order, uow) from refusal
        kept.append(reservation)
    return kept


def new_reservation(
    part_id: UUID, place_id: UUID, quantity: Decimal, order: WorkOrder | None, at: datetime
) -> Reservation:
    """Return pieces to be kept for a job, or for somebody's own van."""
    return Reservation(
        id=uuid4(),
        part_id=part_id,
        place_id=place_id,
        quantity=quantity,
        work_order_id=order.id if order is not None else None,
        request_id=None,
        state="held",
        next_due_at=at + KEPT_FOR,
        created_at=at,
    )


def free_all(
    reservations: Sequence[Reservation], outcome: str, actor_id: str, at: datetime, uow: EveryUnitOfWork
) -> None:
    """Keep none of them any longer."""
    uow.stock.lock([(one.part_id, one.place_id) for one in reservations])
    for one in reservations:
        end_reservation(one.id, outcome, actor_id, at, uow)


def _checked(
    lines: Sequence[WantedLine], order: WorkOrder | None, uow: EveryUnitOfWork, *, fits_anyway: bool
) -> list[tuple[Part, Decimal, Place | None]]:
    """Return what is wanted, each part of a place once, where all of it can be."""
    total: dict[tuple[UUID, UUID | None], Decimal] = {}
    for line in lines:
        key = (line.part_id, line.place_id)
        total[key] = total.get(key, Decimal(0)) + line.quantity
    uow.parts.read({part_id for part_id, _ in total})
    found = []
    for (part_id, place_id), quantity in total.items():
        part = uow.parts.get(part_id)
        if not part.active:
            raise PartUnknown(text=part.code)
        check_quantity(part, quantity)
        if not fits_anyway:
            insist_on_fit(part, quantity, order, uow)
        found.append((part, quantity, _store(place_id, uow) if place_id is not None else None))
    return found


def _store(place_id: UUID, uow: EveryUnitOfWork) -> Place:
    place = uow.parts.place(place_id)
    if not place.active or place.kind not in STORES:
        raise PlaceUnknown(text=place.name, known="、".join(one.name for one in uow.parts.stores()))
    return place


def _common_store(wanted: Sequence[tuple[Part, Decimal]], region: str, uow: EveryUnitOfWork) -> UUID | None:
    """Return the nearest store that has all of several parts, or None."""
    if len(wanted) < 2:
        return None
    each = [[place.id for place in stores_with(part, quantity, region, uow)] for part, quantity in wanted]
    return next((one for one in each[0] if all(one in others for others in each[1:])), None)
