"""What both sides of the outbox need of its rows: which may be taken, what the pump reads, a ledger line."""

from datetime import datetime
from typing import Final

from sqlalchemy import BindParameter, Select, exists, or_, select
from sqlalchemy.orm import aliased

from adapters.delivery.store import Attempt, Owed
from adapters.storage.dialect import PENDING_STATE
from adapters.storage.tables import DeliveryRow, OutboxRow

ERROR_LIMIT: Final = 100


def claimable(now: datetime | BindParameter[datetime]) -> Select[int]:
    """Return the rows that somebody may take: due, nobody's, and the first of their lane."""
    earlier = aliased(OutboxRow)
    first = ~exists().where(
        earlier.lane == OutboxRow.lane,
        earlier.state == PENDING_STATE,
        earlier.seq < OutboxRow.seq,
        # What failed holds up its own record, but not the whole chat.
        or_(earlier.subject_id.is_not_distinct_from(OutboxRow.subject_id), earlier.due_at <= now),
    )
    return (
        select(OutboxRow.seq)
        .where(OutboxRow.state == PENDING_STATE, OutboxRow.due_at <= now, first)
        .where(or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until < now))
    )


def ledger_entry(owed: Owed, attempt: Attempt, outcome: str, ref: str) -> DeliveryRow:
    """Return one line of the ledger."""
    return DeliveryRow(
        outbox_seq=owed.seq,
        rung=attempt.rung,
        address=attempt.address,
        outcome=outcome,
        code=attempt.code[:ERROR_LIMIT],
        ref=ref,
        at=attempt.at,
    )


def owed_of(row: OutboxRow) -> Owed:
    """Return what the pump needs of a claimed row."""
    return Owed(
        seq=row.seq,
        message_key=row.message_key,
        audience=row.audience,
        card=row.card,
        view=row.view,
        subject_id=row.subject_id,
        living=row.living,
        anew=row.anew,
        platform=row.platform,
        rung=row.rung,
        attempts=row.attempts,
        expires_at=row.expires_at,
        correlation_id=row.correlation_id,
        line=row.line,
        urgency=row.urgency,
        only_while=row.only_while,
        mentions=tuple(row.mentions),
        fold_key=row.fold_key,
    )
