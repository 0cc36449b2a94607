"""What is due about parts, read by index and without a lock."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from adapters.storage.engine import Database
from domain.parts.model.documents import OldPart, Transfer
from domain.parts.model.stock import Reservation
from domain.parts.model.supply import Purchase

Due = type[Reservation] | type[Transfer] | type[OldPart] | type[Purchase]


class SqlPartsDue:
    """Finds what the clock has to look at, the longest due first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due_reservations(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return reservations whose time is over."""
        return self._due(Reservation, now, limit)

    def due_transfers(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return hand-overs that go back now, or whose two sides are reminded."""
        return self._due(Transfer, now, limit)

    def due_old_parts(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return old parts that somebody is reminded of."""
        return self._due(OldPart, now, limit)

    def due_purchases(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return purchases that whoever has to go on is reminded of."""
        return self._due(Purchase, now, limit)

    def _due(self, model: Due, now: datetime, limit: int) -> Sequence[UUID]:
        query = select(model.id).where(model.next_due_at <= now)
        with self._database.read() as session:
            return session.execute(query.order_by(model.next_due_at).limit(limit)).scalars().all()
