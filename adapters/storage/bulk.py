"""Many rows with few statements: looked up by key in chunks, written in batches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from domain.kernel.model import Base

CHUNK = 1000
"""Keys of one lookup; well below what either database takes as parameters."""

T = TypeVar("T")


@dataclass(frozen=True)
class Counts:
    """What became of the records of one kind."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class Wanted:
    """A record as it should be: `given` is set always, `born` only when the record is new."""

    given: Mapping[str, Any]
    born: Mapping[str, Any]


def chunks(keys: Iterable[T]) -> Iterator[Sequence[T]]:
    """Cut keys into pieces that one statement takes."""
    rest = iter(keys)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def rows_by_key(
    session: Session, model: type[Base], key: str, values: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Return the columns of every record that has one of these keys."""
    columns = model.__table__.columns
    return {
        row[key]: dict(row)
        for chunk in chunks(values)
        for row in session.execute(select(*columns).where(columns[key].in_(chunk))).mappings()
    }


def merge(
    session: Session, model: type[Base], key: str, wanted: Mapping[str, Wanted]
) -> tuple[Counts, dict[str, UUID]]:
    """Make the wanted records true, and return what changed and the id of each key."""
    existing = rows_by_key(session, model, key, wanted)
    new = [{**one.born, **one.given, "id": uuid4()} for name, one in wanted.items() if name not in existing]
    changed = [
        {**row, **wanted[name].given}
        for name, row in existing.items()
        if any(row[column] != value for column, value in wanted[name].given.items())
    ]
    insert_all(session, model, new)
    if changed:
        session.execute(update(model), changed)
    ids = {row[key]: row["id"] for row in (*existing.values(), *new)}
    return Counts(len(new), len(changed), len(existing) - len(changed)), ids


def insert_all(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, if there are any."""
    if rows:
        session.execute(insert(model), rows)
