"""How a database means to find what it is asked for."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from adapters.storage.engine import Database
from tests.support import databases, storage


@contextmanager
def crowded_database(
    request: pytest.FixtureRequest, directory: Path, fill: Callable[[Database], None]
) -> Iterator[Database]:
    """Give one migrated database for all plans of a module, of the kind the fixture's parameter names."""
    run_directory = request.getfixturevalue("run_directory")
    if request.param == "sqlite":
        url = databases.migrated_sqlite(run_directory, directory / "fixloop.db")
        with storage.opened(url) as database:
            fill(database)
            yield database
        return
    server_url = request.getfixturevalue("postgres_url")
    with databases.migrated_postgres(run_directory, server_url) as url, storage.opened(url) as database:
        fill(database)
        yield database


def plans(database: Database, work: Callable[[], object], *, generic: bool = True) -> str:
    """Run the work and return the plan of every statement but INSERT that it made, with its own parameters.

    Args:
        generic: also PostgreSQL's plan for any value, which it takes after some runs unless it is the dearer.
    """
    statements: list[tuple[str, Any]] = []

    def keep(
        _connection: object, _cursor: object, statement: str, parameters: Any, *_context: object
    ) -> None:
        statements.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", keep)
    work()
    event.remove(database.engine, "before_cursor_execute", keep)
    return "\n".join(
        _plan(database, *each, generic)
        for each in statements
        if each[0].startswith(("SELECT", "UPDATE", "DELETE", "WITH"))
    )


def scanned(plan: str, table: str) -> list[str]:
    """Return the lines of a plan that read a whole table."""
    whole = re.compile(rf"\bSeq Scan on {table}\b|\bSCAN {table}(?:_\d+)?(?! USING)\b", re.IGNORECASE)
    return [line for line in plan.splitlines() if whole.search(line)]


def _plan(database: Database, statement: str, parameters: Any, generic: bool) -> str:
    if database.engine.dialect.name == "sqlite":
        with database.engine.connect() as connection:
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return "\n".join(str(row[-1]) for row in found)
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", statement)))
    general = re.sub(r"%\((\w+)\)s", lambda name: f"${names.index(name[1]) + 1}", statement)
    with database.engine.connect() as connection:
        shown = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        with_values = "\n".join(str(row[0]) for row in shown)
        if not generic:
            return with_values
        cursor = connection.connection.cursor()
        cursor.execute(f"EXPLAIN (GENERIC_PLAN) {general}".encode())
        return with_values + "\n" + "\n".join(str(row[0]) for row in cursor.fetchall())
