"""What the two databases need spelled with care: upserts, and states that partial indexes are made of.

Building a statement costs more than running it. So those of the inbound path are built once, when their
module is imported or their dialect is first met, and get their values as parameters.
"""

from typing import Any, cast

from psycopg.errors import UniqueViolation
from sqlalchemy import ColumnClause, Table, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.kernel.model import Base

# Literals, not parameters: a plan made once for any state could not use an index of one state.
PENDING_STATE: ColumnClause[str] = literal_column("'pending'")
WAITING_STATE: ColumnClause[str] = literal_column("'waiting'")
HELD_STATE: ColumnClause[str] = literal_column("'held'")
SENT_STATE: ColumnClause[str] = literal_column("'sent'")
OFFERED_STATE: ColumnClause[str] = literal_column("'offered'")
NO_LINE: ColumnClause[str] = literal_column("''")


def is_duplicate(error: IntegrityError) -> bool:
    """Return whether a unique key was taken meanwhile; every other broken constraint is a defect."""
    return isinstance(error.orig, UniqueViolation) or "UNIQUE constraint" in str(error.orig)


def dialect_of(session: Session) -> str:
    """Return the name of the database's dialect."""
    return session.get_bind().dialect.name


def table_of(model: type[Base]) -> Table:
    """Return the table of a model, for statements that need no objects."""
    return cast(Table, model.__table__)


def insert_for(dialect: str, model: type[Base]) -> Any:
    """Return a database's INSERT of plain rows, which knows ON CONFLICT."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table_of(model))
