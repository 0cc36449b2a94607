"""Processes say that they live, and whoever looks learns since when without a gap."""

from datetime import datetime, timedelta

from adapters.storage.engine import Database
from domain.sla.model import Heartbeat

GAP = timedelta(seconds=60)
"""A longer silence is a gap."""


class SqlHeartbeat:
    """One row for all replicas of a kind of process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def beat(self, name: str, now: datetime) -> None:
        """Note that a kind of process lives."""
        with self._database.write() as session, session.begin():
            row = session.get(Heartbeat, name, with_for_update=True)
            if row is None:
                session.merge(Heartbeat(name=name, up_since=now, beat_at=now))
            elif now > row.beat_at:
                row.up_since = now if now - row.beat_at > GAP else row.up_since
                row.beat_at = now

    def last(self, name: str) -> tuple[datetime, datetime] | None:
        """Return (up since, last beat), or None where it never lived."""
        with self._database.read() as session:
            row = session.get(Heartbeat, name)
        return (row.up_since, row.beat_at) if row is not None else None
