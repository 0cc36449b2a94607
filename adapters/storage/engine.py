"""Opening a database the way the product needs it, SQLite or PostgreSQL alike."""

import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session

from adapters.storage.turns import WriterTurns
from domain.approval.ports import PublishedProcess
from domain.sla.ports import Published

SQLITE_BUSY_MS = 15_000
POSTGRES_POOL = 20
COUNTING_POOL = 4
IDLE_S = 2.0
"""A connection that answered so recently is not asked whether it still does."""


class Database:
    """One database; sessions for writing lock at once, sessions for reading never do.

    `sla_versions` are the published SLA documents that were made ready to count, `process_versions` the
    process definitions that were read.
    `counting` is what numbers are taken on outside of the caller's transaction, None where there is one
    writer anyway. See docs/adr/0017-work-order-numbers-outside-the-transaction.md.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.sla_versions: dict[int, Published] = {}
        self.process_versions: dict[tuple[str, int], PublishedProcess] = {}
        self.counting: Engine | None = None
        if parsed.get_backend_name() == "sqlite":
            self.engine = _open_sqlite(parsed, _turns(parsed))
        else:
            self.engine = _open_postgres(parsed, POSTGRES_POOL, "READ COMMITTED")
            self.counting = _open_postgres(_unhurried(parsed), COUNTING_POOL, "AUTOCOMMIT")
        self._reading = self.engine.execution_options(reading=True)

    def write(self) -> Session:
        """Return a session whose transaction may write."""
        return Session(self.engine, expire_on_commit=False)

    def read(self) -> Session:
        """Return a session that only reads."""
        return Session(self._reading, expire_on_commit=False)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()
        if self.counting is not None:
            self.counting.dispose()


def _unhurried(url: URL) -> URL:
    """Return the same database, whose commits do not wait for the disk; other options of the URL stay."""
    given = url.normalized_query.get("options", ())
    return url.update_query_dict({"options": " ".join([*given, "-c synchronous_commit=off"])})


def _open_postgres(url: URL, pool_size: int, isolation_level: str) -> Engine:
    engine = create_engine(url, pool_size=pool_size, isolation_level=isolation_level)

    def check(connection: Any, record: Any, _fairy: object) -> None:
        """Ask whether an idle connection still answers, as `pool_pre_ping` would ask every time."""
        if time.monotonic() - record.info.get("used_at", time.monotonic()) < IDLE_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    def note(_connection: object, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    event.listen(engine, "checkout", check)
    event.listen(engine, "checkin", note)
    return engine


def _open_sqlite(url: URL, turns: WriterTurns | None) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False}, pool_size=POSTGRES_POOL)

    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        if turns is not None and not reading:
            turns.take(connection)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", begin)
    if turns is not None:
        turns.guard(engine)
    return engine


def _turns(url: URL) -> WriterTurns | None:
    """Return the queue of a database file's writers; a database in memory has neither file nor queue."""
    if not url.database or url.database == ":memory:":
        return None
    return WriterTurns(Path(f"{url.database}.lock"), SQLITE_BUSY_MS / 1000)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's begin decides, not the driver.
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
