"""Cards that could soon not be changed any more are owed once more, as new ones."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from adapters.storage.dialect import dialect_of, insert_for
from adapters.storage.engine import Database
from adapters.storage.tables import CardCopyRow, OutboxRow

RENEWED = ("work_order", "requester", "follow_up")
"""Cards that somebody may press days later; a question that was left alone is not asked again."""
_COPIED = (
    "audience",
    "lane",
    "card",
    "view",
    "subject_id",
    "living",
    "expires_at",
    "correlation_id",
    "platform",
)


class SqlRenewing:
    """Finds cards whose code ends, by an index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def renew_cards(self, now: datetime, before: datetime, limit: int) -> int:
        """Owe every card anew whose code ends before a moment, and return how many were looked at.

        A card without buttons has no code, and nobody waits for it. Looks first without a lock.
        """
        dying = select(CardCopyRow).where(CardCopyRow.update_until <= before, CardCopyRow.update_code != "")
        with self._database.read() as session:
            if session.execute(dying.limit(1)).first() is None:
                return 0
        with self._database.write() as session, session.begin():
            copies = session.scalars(dying.order_by(CardCopyRow.update_until).limit(limit)).all()
            for copy in copies:
                _owe_again(session, copy, now)
        return len(copies)


def _owe_again(session: Session, copy: CardCopyRow, now: datetime) -> None:
    copy.update_until = None  # Looked at once; the code itself still says on the old card where it moved.
    shown = session.scalars(select(OutboxRow).where(OutboxRow.message_key == copy.ref)).one_or_none()
    if shown is None or shown.card not in RENEWED:
        return
    key = "n" + hashlib.sha256(f"{copy.audience}|{copy.ref}".encode()).hexdigest()[:30]
    row: dict[str, Any] = {name: getattr(shown, name) for name in _COPIED}
    row |= {"message_key": key, "anew": True, "state": "pending", "rung": 0, "attempts": 0}
    row |= {"due_at": now, "created_at": now, "last_error": ""}
    owe = insert_for(dialect_of(session), OutboxRow).on_conflict_do_nothing(index_elements=["message_key"])
    session.execute(owe, [row])
