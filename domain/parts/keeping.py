"""Keeping pieces for somebody: a reservation holds them where they are, for a while."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.parts.errors import NotEnough
from domain.parts.events import PartsReserved, ReservationEnded
from domain.parts.ledger import quantity_words
from domain.parts.model.stock import Reservation, StockBalance
from domain.parts.moving import check_quantity
from domain.parts.ports import PartsUnitOfWork
from domain.parts.wording import part_name

KEPT_FOR = timedelta(hours=72)
"""How long pieces wait for whoever they are kept for."""


def reserve(reservation: Reservation, actor_id: str, at: datetime, uow: PartsUnitOfWork) -> None:
    """Keep pieces for somebody.

    Raises:
        NotEnough: not so many are free there.
        QuantityWrong: not a whole number of what is counted in whole units.
    """
    part = uow.parts.get(reservation.part_id)
    check_quantity(part, reservation.quantity)
    balance = uow.stock.balance(part.id, reservation.place_id)
    free = balance.quantity - balance.reserved
    if reservation.quantity > free:
        raise NotEnough(
            place=uow.parts.place(reservation.place_id).name,
            name=part_name(part),
            wanted=quantity_words(reservation.quantity),
            free=quantity_words(free),
            unit=part.unit,
            instead="",
            how=f"可回复“库存 {part.code}”查看各处数量",
        )
    balance.reserved += reservation.quantity
    uow.stock.add_reservation(reservation)
    uow.record(PartsReserved(**_facts(reservation, actor_id, at)))


def end_reservation(
    reservation_id: UUID, outcome: str, actor_id: str, at: datetime, uow: PartsUnitOfWork
) -> None:
    """Keep pieces no longer: `used`, `released` or `expired`; one that ended already stays as it is."""
    reservation, balance = _locked(reservation_id, uow)
    if reservation.state != "held":
        return
    balance.reserved -= reservation.quantity
    reservation.state, reservation.next_due_at = outcome, None
    uow.record(ReservationEnded(outcome=outcome, **_facts(reservation, actor_id, at)))


def take_from_reservation(
    reservation_id: UUID, quantity: Decimal, actor_id: str, at: datetime, uow: PartsUnitOfWork
) -> None:
    """Free so many of a reservation, because they are issued right now; the rest is kept."""
    reservation, balance = _locked(reservation_id, uow)
    if reservation.state != "held":
        return
    if quantity >= reservation.quantity:
        end_reservation(reservation_id, "used", actor_id, at, uow)
        return
    balance.reserved -= quantity
    reservation.quantity -= quantity


def _locked(reservation_id: UUID, uow: PartsUnitOfWork) -> tuple[Reservation, StockBalance]:
    """Lock the balance before the reservation, as everybody does, so that nobody waits in a circle."""
    found = uow.stock.find_reservation(reservation_id)
    balance = uow.stock.balance(found.part_id, found.place_id)
    return uow.stock.reservation(reservation_id), balance


def _facts(reservation: Reservation, actor_id: str, at: datetime) -> dict[str, Any]:
    return {
        "occurred_at": at,
        "actor_id": actor_id,
        "reservation_id": reservation.id,
        "part_id": reservation.part_id,
        "place_id": reservation.place_id,
        "quantity": reservation.quantity,
        "work_order_id": reservation.work_order_id,
    }
