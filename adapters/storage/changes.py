"""What a decision changed on its record, for the audit."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.base import NO_VALUE

_NOT_AUDITED = frozenset({"version", "data"})
"""What storage counts itself, and a draft's working memory, whose words are in the inbox."""


def changes_of(session: Session, subject_id: UUID) -> dict[str, list[Any]]:
    """Return `{column: [before, after]}` of the record, as JSON values; call it before the flush."""
    for record in session.dirty:
        if getattr(record, "id", None) == subject_id:
            state = inspect(record)
            return {
                key: [_plain(before), _plain(state.dict[key])]
                for key, before in state.committed_state.items()
                if key in state.mapper.column_attrs and key not in _NOT_AUDITED and before != state.dict[key]
            }
    return {}


def _plain(value: Any) -> Any:
    if value is NO_VALUE:  # Made in this transaction, and never set until now.
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value
