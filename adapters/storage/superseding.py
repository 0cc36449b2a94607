"""What is delivered in which order, and what nobody needs to read any more."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import CursorResult, bindparam, update
from sqlalchemy.orm import Session

from adapters.storage.dialect import PENDING_STATE, WAITING_STATE, table_of
from adapters.storage.tables import OutboxRow

CHAT = "conversation:"

_OUTBOX = table_of(OutboxRow)
_OLDER = (
    update(_OUTBOX)
    .where(_OUTBOX.c.subject_id == bindparam("about"), _OUTBOX.c.living)
    # The same card decided twice stays owed.
    .where(_OUTBOX.c.message_key != bindparam("but"))
    .values(state="superseded")
)
_SUPERSEDE = (
    _OLDER.where(
        _OUTBOX.c.lane == bindparam("of_lane"), _OUTBOX.c.state == PENDING_STATE, _OUTBOX.c.attempts == 0
    ),
    _OLDER.where(_OUTBOX.c.audience == bindparam("of"), _OUTBOX.c.state == WAITING_STATE),
)
"""Nobody saw either: the pending one was not tried, and the platform refused the waiting one."""


def lane_of(audience: str, subject_id: UUID | None) -> str:
    """Return what is delivered in order: a chat in which somebody speaks, else each record's notices to one.

    In a chat an answer, a question and news follow each other as they were decided.
    """
    return audience if audience.startswith(CHAT) else f"{audience}|{subject_id or ''}"


def supersede(session: Session, rows: Sequence[Mapping[str, object]]) -> int:
    """Drop what is older than these living cards and was never shown, and return how many that were."""
    older = [
        {"of_lane": row["lane"], "of": row["audience"], "about": row["subject_id"], "but": row["message_key"]}
        for row in rows
    ]
    dropped = 0
    for statement in _SUPERSEDE if older else ():
        found = session.execute(statement, older[0] if len(older) == 1 else older)
        dropped += found.rowcount if isinstance(found, CursorResult) else 0
    return dropped
