"""Whatever points at one record points at another afterwards: how doubles are merged."""

from uuid import UUID

from sqlalchemy import Column, Table, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from adapters.storage.dialect import table_of
from domain.kernel.model import Base

OWN = frozenset({"customer_part"})
"""What belongs to the double itself: it is still found by its old name."""


def move_references(session: Session, model: type[Base], from_id: UUID, into_id: UUID) -> dict[str, int]:
    """Change every foreign key of the schema that leads to one record, and return how many of which table.

    A table that is added later takes part by its foreign key alone.
    """
    session.flush()
    moved: dict[str, int] = {}
    for table, column in _references(table_of(model)):
        found = session.execute(update(table).where(column == from_id).values({column: into_id}))
        if isinstance(found, CursorResult) and found.rowcount:
            moved[table.name] = moved.get(table.name, 0) + found.rowcount
    session.expire_all()
    return moved


def _references(target: Table) -> list[tuple[Table, Column[UUID]]]:
    return [
        (table, column)
        for table in Base.metadata.sorted_tables
        if table.name not in OWN
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table is target
    ]
