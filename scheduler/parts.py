"""One function per tick about parts: what was reserved, handed over, owed or bought, and is due."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.kernel.messages import Command
from domain.parts.commands import ReviewOldPart, ReviewReservation, ReviewTransfer
from domain.parts.supply_commands import ReviewPurchase
from scheduler.ticks import LOT, cause, others_go_on


class DueParts(Protocol):
    """Finds what about parts is due, by an index; each returns the longest due first."""

    def due_reservations(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return reservations whose time is over."""

    def due_transfers(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return hand-overs that nobody answered in time."""

    def due_old_parts(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return old parts of which somebody is to be reminded."""

    def due_purchases(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return purchases that somebody has to go on with."""


def review_reservations(due: DueParts, run: Callable[[Command], None], now: Callable[[], datetime]) -> None:
    """Free what nobody fetched in time."""
    at = now()
    for reservation_id in due.due_reservations(at, LOT):
        command = ReviewReservation(reservation_id=reservation_id, **cause("reservation", reservation_id, at))
        with others_go_on("reservation", reservation_id, "reviewed"):
            run(command)


def review_transfers(due: DueParts, run: Callable[[Command], None], now: Callable[[], datetime]) -> None:
    """Send back what nobody took, and remind of what is on its way between stores."""
    at = now()
    for transfer_id in due.due_transfers(at, LOT):
        command = ReviewTransfer(transfer_id=transfer_id, **cause("transfer", transfer_id, at))
        with others_go_on("transfer", transfer_id, "reviewed"):
            run(command)


def review_old_parts(due: DueParts, run: Callable[[Command], None], now: Callable[[], datetime]) -> None:
    """Remind of every old part that did not come back."""
    at = now()
    for old_part_id in due.due_old_parts(at, LOT):
        command = ReviewOldPart(old_part_id=old_part_id, **cause("old-part", old_part_id, at))
        with others_go_on("old part", old_part_id, "reviewed"):
            run(command)


def review_purchases(due: DueParts, run: Callable[[Command], None], now: Callable[[], datetime]) -> None:
    """Remind of every purchase that was not ordered, or did not arrive in time."""
    at = now()
    for purchase_id in due.due_purchases(at, LOT):
        command = ReviewPurchase(purchase_id=purchase_id, **cause("purchase", purchase_id, at))
        with others_go_on("purchase", purchase_id, "reviewed"):
            run(command)
