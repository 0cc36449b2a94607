"""What is due, read by index and without a lock."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from adapters.storage.engine import Database
from adapters.storage.inbox import Inbox
from domain.workorder.model import WorkOrder


class SqlDue:
    """Finds due work orders and pending deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due_work_orders(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return work orders with `next_due_at` in the past, the longest due first."""
        with self._database.read() as session:
            query = select(WorkOrder.id).where(WorkOrder.next_due_at <= now)
            return session.execute(query.order_by(WorkOrder.next_due_at).limit(limit)).scalars().all()

    def next_pending(self, now: datetime) -> int | None:
        """Return the oldest delivery to work off, or None."""
        with self._database.read() as session:
            return Inbox(session).next_pending(now)
