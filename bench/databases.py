"""Fresh databases with the product's schema, durable as in production."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from adapters.storage.engine import Database
from adapters.storage.migrate import upgrade
from adapters.storage.tables import InboxRow
from bench import corp
from domain.workorder.model import WorkOrder
from tests.support.postgres import execute, start_server, stop_server

NewDatabase = Callable[[str], str]
"""Makes an empty database of a name and returns its URL."""


@contextmanager
def sqlite(folder: Path) -> Iterator[tuple[str, NewDatabase]]:
    """Give a description and what makes databases as files in a folder."""
    yield f"SQLite {sqlite3.sqlite_version}", lambda name: f"sqlite:///{folder / name}.db"


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[str, NewDatabase]]:
    """Give a description and what makes databases on a server of our own that keeps its promises."""
    data = folder / "pgdata"
    server = start_server(data, durable=True)

    def new(name: str) -> str:
        execute(server, f'CREATE DATABASE "{name}"')
        return make_url(server).set(database=name).render_as_string(hide_password=False)

    try:
        yield f"PostgreSQL {_described(server)}", new
    finally:
        stop_server(data)


def prepared(url: str) -> str:
    """Migrate a database, populate it, and return its URL."""
    upgrade(url)
    corp.populate(url)
    return url


def count(url: str) -> tuple[int, int]:
    """Return how many work orders and how many deliveries a database holds."""
    database = Database(url)
    with database.read() as session:
        orders = session.execute(select(func.count()).select_from(WorkOrder)).scalar_one()
        deliveries = session.execute(select(func.count()).select_from(InboxRow)).scalar_one()
    database.close()
    return orders, deliveries


def settle(url: str) -> None:
    """Let a database do now what it would do by itself after a large import."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(make_url(url).database or "")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return
    execute(url, "VACUUM ANALYZE", "CHECKPOINT")


def _described(url: str) -> str:
    names = ("server_version", "fsync", "synchronous_commit", "full_page_writes")
    libpq = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(libpq) as connection:
        found = [connection.execute(f"SHOW {name}".encode()).fetchone() for name in names]
    version, *rest = [str(row[0]) if row else "?" for row in found]
    shown = ", ".join(f"{name} {value}" for name, value in zip(names[1:], rest, strict=True))
    return f"{version} ({shown})"
