"""Where living cards are shown and what is still on its way, as decisions need to know it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from adapters.storage.dialect import PENDING_STATE
from adapters.storage.superseding import lane_of
from adapters.storage.tables import CardCopyRow, OutboxRow
from domain.kernel.notices import PERSON

UPDATE_CODE_LIFE = timedelta(hours=72)
ONE_CHANGE = "wecom"
"""Rungs whose cards are changed with a code that works once."""


def card_audience(session: Session, ref: str, subject_id: UUID) -> str:
    """Return whose card of this record a platform calls by this name, or an empty text."""
    query = select(CardCopyRow.audience).where(CardCopyRow.ref == ref, CardCopyRow.subject_id == subject_id)
    return session.execute(query.limit(1)).scalar_one_or_none() or ""


def renew_update_code(session: Session, ref: str, code: str, now: datetime) -> None:
    """Keep the fresh single-use code that a press brought along."""
    session.execute(
        update(CardCopyRow)
        .where(CardCopyRow.ref == ref)
        .values(update_code=code, update_until=now + UPDATE_CODE_LIFE)
    )


def is_owed(session: Session, audience: str, subject_id: UUID) -> bool:
    """Return whether a notice about this record is still on its way to an audience."""
    query = select(OutboxRow.seq).where(
        OutboxRow.lane == lane_of(audience, subject_id),
        OutboxRow.subject_id == subject_id,
        OutboxRow.state == PENDING_STATE,
    )
    return session.execute(query.limit(1)).first() is not None


def changes_once(session: Session, audience: str, subject_id: UUID) -> bool:
    """Return whether the card shown to an audience can be changed once at most, which is kept for its end."""
    query = select(CardCopyRow.rung).where(
        CardCopyRow.subject_id == subject_id, CardCopyRow.audience == audience
    )
    rung = session.execute(query).scalar_one_or_none()
    return rung is not None and rung.startswith(ONE_CHANGE)


def shown_to(session: Session, subject_id: UUID) -> list[UUID]:
    """Return the people who have the living card of this record in their own chats."""
    query = select(CardCopyRow.audience).where(
        CardCopyRow.subject_id == subject_id, CardCopyRow.audience.startswith(PERSON)
    )
    return [UUID(audience.removeprefix(PERSON)) for audience in session.execute(query).scalars()]
