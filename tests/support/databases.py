"""Fresh databases, copied from one that was migrated once: a migration for every test would cost seconds."""

import importlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy.engine import make_url

from tests.support import postgres


def migrated_sqlite(run_directory: Path, at: Path) -> str:
    """Put a migrated SQLite database at a path and give its URL."""
    template = run_directory / "template.db"
    with postgres.only_one_process(run_directory / "sqlite.lock"):
        if not template.exists():
            unfinished = run_directory / "unfinished.db"
            unfinished.unlink(missing_ok=True)
            migrate(f"sqlite:///{unfinished}")
            with closing(sqlite3.connect(unfinished)) as connection:
                # Only the main file is copied, so nothing may wait in the write-ahead log.
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            unfinished.rename(template)
    shutil.copyfile(template, at)
    return f"sqlite:///{at}"


@contextmanager
def migrated_postgres(run_directory: Path, server_url: str) -> Iterator[str]:
    """Give the URL of a migrated PostgreSQL database that is dropped afterwards."""
    with empty_postgres(server_url, template=_postgres_template(run_directory, server_url)) as url:
        yield url


@contextmanager
def empty_postgres(server_url: str, *, template: str = "template1") -> Iterator[str]:
    """Give the URL of a PostgreSQL database without our tables that is dropped afterwards."""
    name = f"fixloop_{uuid4().hex}"
    postgres.execute(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    try:
        yield _in_database(server_url, name)
    finally:
        # A test that kills processes leaves connections behind.
        postgres.execute(server_url, f'DROP DATABASE "{name}" WITH (FORCE)')


def drop_postgres_template(run_directory: Path, server_url: str) -> None:
    """Leave nothing behind on a server that is not ours."""
    postgres.execute(server_url, f'DROP DATABASE IF EXISTS "{_template_name(run_directory)}"')


def _postgres_template(run_directory: Path, server_url: str) -> str:
    name = _template_name(run_directory)
    ready = run_directory / "postgres-template-ready"
    with postgres.only_one_process(run_directory / "postgres-template.lock"):
        if not ready.exists():
            postgres.execute(
                server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"'
            )
            migrate(_in_database(server_url, name))
            ready.touch()
    return name


def _template_name(run_directory: Path) -> str:
    # Several runs may share a named server, so each has a template of its own.
    return f"fixloop_template_{run_directory.name}"


def _in_database(server_url: str, name: str) -> str:
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def migrate(url: str) -> None:
    """Create our tables in a database that has none."""
    # Imported here so that unit tests start without loading storage.
    importlib.import_module("adapters.storage.migrate").upgrade(url)
