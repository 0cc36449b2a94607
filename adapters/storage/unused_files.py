"""Uploaded files that nothing used in time, found by an index and taken away one by one."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from adapters.storage.engine import Database
from domain.files.model import File


class SqlUnusedFiles:
    """What was uploaded for nothing.

    Args:
        forget: takes the bytes of a file away; where they are gone already it does nothing.
    """

    def __init__(self, database: Database, forget: Callable[[str], None]) -> None:
        self._database = database
        self._forget = forget

    def expired_files(self, now: datetime, limit: int) -> Sequence[str]:
        """Return the sha256 names of files whose time is over, the longest over first."""
        with self._database.read() as session:
            query = select(File.sha256).where(File.expires_at <= now)
            return session.execute(query.order_by(File.expires_at).limit(limit)).scalars().all()

    def take_away(self, sha256: str, now: datetime) -> None:
        """Take away a file, unless something uses it by now.

        The bytes go while the row is locked: whoever uploads the same at this moment waits, and then sees
        that they are gone. After a crash between the two the row is found again.
        """
        with self._database.write() as session, session.begin():
            query = delete(File).where(File.sha256 == sha256, File.expires_at <= now).returning(File.sha256)
            if session.execute(query).one_or_none() is not None:
                self._forget(sha256)
