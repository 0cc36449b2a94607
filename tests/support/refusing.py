"""A database that refuses to write, as a full disk does."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from adapters.storage.engine import Database

_BREAK = {
    "sqlite": (
        "CREATE TRIGGER full_disk BEFORE INSERT ON {table} "
        "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION full_disk()",
    ),
}
_MEND = {
    "sqlite": ("DROP TRIGGER full_disk",),
    "postgresql": ("DROP FUNCTION full_disk CASCADE",),
}


@contextmanager
def refusing_writes(database: Database, table: str) -> Iterator[None]:
    """Let every new row of a table be refused for a while."""
    kind = database.engine.dialect.name
    _run(database, [statement.format(table=table) for statement in _BREAK[kind]])
    try:
        yield
    finally:
        _run(database, _MEND[kind])


def _run(database: Database, statements: "list[str] | tuple[str, ...]") -> None:
    with database.write() as session, session.begin():
        for statement in statements:
            session.execute(text(statement))
