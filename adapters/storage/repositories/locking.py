"""Records of one kind that are locked on their first reading in a transaction."""

from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from domain.kernel.errors import NotFound
from domain.kernel.model import Base

T = TypeVar("T", bound=Base)
AS_IT_IS_NOW = {"populate_existing": True}


class Locked(Generic[T]):
    """Reads records by id; one that was locked is not read again.

    Args:
        model: a model whose key is `id`.
        what: what people call it.
    """

    def __init__(self, session: Session, model: type[T], what: str) -> None:
        self._session = session
        self._model = model
        self._what = what
        self._found: dict[UUID, T] = {}

    def add(self, key: UUID, record: T) -> None:
        """Keep a new record, which nobody else can have."""
        self._session.add(record)
        self._found[key] = record

    def get(self, key: UUID) -> T:
        """Return one record, locked on its first reading in the transaction.

        Raises:
            NotFound: there is none.
        """
        if key in self._found:
            return self._found[key]
        query = _locking(self._model)
        record: T | None = self._session.execute(query, {"key": key}, execution_options=AS_IT_IS_NOW).scalar()
        if record is None:
            raise NotFound(what=self._what)
        self._found[key] = record
        return record

    def find(self, key: UUID) -> T | None:
        """Return one record, or None, without a lock."""
        return self._found.get(key) or self._session.get(self._model, key)


_STATEMENTS: dict[type[Base], Any] = {}


def _locking(model: type[Base]) -> Any:
    """Return the statement, built once for each model."""
    if model not in _STATEMENTS:
        key: Any = model.__table__.c.id
        _STATEMENTS[model] = select(model).where(key == bindparam("key")).with_for_update()
    return _STATEMENTS[model]
