"""What runs: every open work order page by page, and whether one clock still does."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select

from adapters.storage.engine import Database
from domain.sla.model import SlaClock
from domain.workorder.model import UNFINISHED, WorkOrder

PAGE = 500


def open_work_orders(database: Database) -> Iterator[UUID]:
    """Go through the unfinished work orders; each page is read anew, so nothing is locked meanwhile."""
    last: UUID | None = None
    while True:
        query = select(WorkOrder.id).where(UNFINISHED).order_by(WorkOrder.id).limit(PAGE)
        if last is not None:
            query = query.where(WorkOrder.id > last)
        with database.read() as session:
            page = session.execute(query).scalars().all()
        if not page:
            return
        yield from page
        last = page[-1]


class SqlRunningClocks:
    """Answers, at the moment a reminder is sent, whether its clock still waits for what it reminds of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_running(self, rest: str) -> bool:
        """Return whether a clock runs in the same episode.

        Args:
            rest: `<clock id>:<episode>`.
        """
        clock_id, _, episode = rest.partition(":")
        query = select(SlaClock.id).where(
            SlaClock.id == UUID(clock_id), SlaClock.episode == int(episode), SlaClock.state == "running"
        )
        with self._database.read() as session:
            return session.execute(query).first() is not None
