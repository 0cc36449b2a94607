"""Conversations that wait for their other half."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from adapters.storage.dialect import dialect_of, insert_for, table_of
from adapters.storage.tables import DialogueRow

_DIALOGUE = table_of(DialogueRow).c
_CURRENT = select(_DIALOGUE.kind, _DIALOGUE.data).where(
    _DIALOGUE.sender_key == bindparam("key"), _DIALOGUE.expires_at > bindparam("now")
)


class SqlDialogues:
    """At most one dialogue per sender; a newer one takes its place."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def current(self, sender_key: str, now: datetime) -> tuple[str, dict[str, Any]] | None:
        """Return the kind and data of the sender's unexpired dialogue, or None."""
        row = self._session.execute(_CURRENT, {"key": sender_key, "now": now}).first()
        return (row.kind, row.data) if row is not None else None

    def begin(self, sender_key: str, kind: str, data: dict[str, Any], expires_at: datetime) -> None:
        """Start a dialogue."""
        values = {"kind": kind, "data": data, "expires_at": expires_at}
        statement = insert_for(dialect_of(self._session), DialogueRow).values(sender_key=sender_key, **values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["sender_key"], set_=values))

    def end(self, sender_key: str) -> None:
        """Forget the sender's dialogue."""
        self._session.execute(delete(DialogueRow).where(DialogueRow.sender_key == sender_key))
