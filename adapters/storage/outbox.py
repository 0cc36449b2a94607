"""What is owed to people: put in with the decision, claimed by lease, marked with its outcome."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import Session

from adapters.delivery.ports import Address, Sent
from adapters.delivery.store import EXPIRED, Attempt, Copy, Desk, Owed
from adapters.storage.claiming import ERROR_LIMIT, claimable, ledger_entry, owed_of
from adapters.storage.dialect import WAITING_STATE, dialect_of, insert_for
from adapters.storage.engine import Database
from adapters.storage.superseding import lane_of, supersede
from adapters.storage.tables import CardCopyRow, DeliveryRow, FoldTurnRow, OutboxRow
from domain.kernel.notices import DESK, Notice
from domain.people.model import Identity

LINE_LIMIT = 200

_UNCHANGEABLE = ("conversation:wecom_kf:", "conversation:wecom_aibot:")
"""Chats whose cards cannot change: every change would be one more message, of which there are few."""


@cache
def _owe(dialect: str) -> Any:
    return insert_for(dialect, OutboxRow).on_conflict_do_nothing(index_elements=["message_key"])


@cache
def _any_due() -> Select[int]:
    """Return the question an idle pump asks all the time; it is put together once."""
    return claimable(bindparam("now", type_=OutboxRow.due_at.type)).limit(1)


def message_key(notice: Notice, audience: str) -> str:
    """Return the stable key the platforms see: 31 characters of `[0-9a-z]`."""
    return "m" + hashlib.sha256(f"{audience}|{notice.dedupe_key}".encode()).hexdigest()[:30]


def put_notices(
    session: Session,
    notices: Sequence[Notice],
    *,
    desks: Sequence[Desk],
    now: datetime,
    correlation_id: str,
    born: Collection[UUID],
) -> None:
    """Insert what a transaction decided; a newer living card supersedes the older ones nobody can have seen.

    One that was tried may be on show although its answer was lost: it is finished first, so that the newer
    one changes it in place instead of leaving it behind. A quiet one that asks takes the older
    one's place also where it would be spared otherwise.

    Args:
        born: the records this transaction made, which nobody was told of before.
    """
    rows: dict[str, dict[str, object]] = {}
    for notice in notices:
        for audience in _audiences(notice, desks):
            row = _values(notice, audience, _lane(notice, audience), now, correlation_id)
            living = f"living|{audience}|{notice.subject_id}"
            if _spared(notice, audience):
                if notice.subject_id not in born and supersede(session, [row]) and notice.asks:
                    rows[living] = row
            else:
                rows[living if notice.living else str(row["message_key"])] = row
    supersede(session, [row for row in rows.values() if row["living"] and row["subject_id"] not in born])
    if rows:
        session.execute(_owe(dialect_of(session)), list(rows.values()))


def _spared(notice: Notice, audience: str) -> bool:
    return notice.quiet and audience.startswith(_UNCHANGEABLE)


def _audiences(notice: Notice, desks: Sequence[Desk]) -> list[str]:
    if notice.audience != DESK:
        return [notice.audience]
    return [f"{DESK}:{desk.address}" for desk in desks if desk.changes_cards or not notice.quiet]


def _lane(notice: Notice, audience: str) -> str:
    """Return the lane; what may be folded or comes later has one of its own, so that nothing waits for it."""
    if notice.living or not (notice.line or notice.not_before):
        return lane_of(audience, notice.subject_id)
    return message_key(notice, audience)


def _values(
    notice: Notice, audience: str, lane: str, now: datetime, correlation_id: str
) -> dict[str, object]:
    return {
        "message_key": message_key(notice, audience),
        "audience": audience,
        "lane": lane,
        "card": notice.card,
        "view": notice.view,
        "subject_id": notice.subject_id,
        "living": notice.living,
        "anew": notice.anew,
        "platform": notice.platform,
        "state": "pending",
        "rung": 0,
        "attempts": 0,
        "due_at": max(now, notice.not_before or now),
        "expires_at": notice.expires_at,
        "last_error": "",
        "correlation_id": correlation_id,
        "created_at": now,
        "line": " ".join(notice.line.split())[:LINE_LIMIT],
        "urgency": notice.urgency,
        "only_while": notice.only_while,
        "mentions": list(notice.mentions),
    }


def wake_waiting(session: Session, audience: str, now: datetime) -> None:
    """Put parked rows back in line: the person spoke, so the platform lets us answer again."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == WAITING_STATE, OutboxRow.audience == audience)
        # Refused is not shown: a newer card may still take its place.
        .values(state="pending", due_at=now, attempts=0)
    )


def revoke(session: Session, ref: str, code: str, now: datetime) -> Owed | None:
    """Note that the platform revoked a message it had accepted, and park it until the person speaks again.

    Return what is parked, or None where nothing was sent under this name.
    """
    row = session.execute(select(OutboxRow).where(OutboxRow.message_key == ref)).scalar_one_or_none()
    if row is None or row.state != "sent":
        return None
    session.add(
        DeliveryRow(outbox_seq=row.seq, rung="", address="", outcome="revoked", code=code, ref=ref, at=now)
    )
    # The platform has seen the old key, so the resend needs one of its own.
    row.message_key = "r" + hashlib.sha256(f"{ref}|{row.attempts}".encode()).hexdigest()[:30]
    row.state = "waiting"
    row.claimed_until = None
    return owed_of(row)


class SqlOutbox:
    """The pump's side of the outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, now: datetime, lease_s: float, limit: int) -> Sequence[Owed]:
        """Take due rows for a while; looks first without a lock, so an idle pump disturbs nobody."""
        with self._database.read() as session:
            if session.execute(_any_due(), {"now": now}).first() is None:
                return ()
        due = claimable(now).order_by(OutboxRow.due_at, OutboxRow.seq).limit(limit)
        with self._database.write() as session, session.begin():
            rows = session.execute(
                update(OutboxRow)
                .where(OutboxRow.seq.in_(due.with_for_update(skip_locked=True, of=OutboxRow)))
                .values(claimed_until=now + timedelta(seconds=lease_s), attempts=OutboxRow.attempts + 1)
                .returning(OutboxRow)
                .execution_options(synchronize_session=False)
            ).scalars()
            return [owed_of(row) for row in sorted(rows, key=lambda row: row.seq)]

    def extend(self, seqs: Collection[int], until: datetime) -> None:
        """Keep rows that are still being delivered."""
        with self._database.write() as session, session.begin():
            session.execute(
                update(OutboxRow)
                .where(OutboxRow.seq.in_(seqs), OutboxRow.claimed_until.is_not(None))
                .values(claimed_until=until)
            )
            session.execute(
                update(FoldTurnRow).where(FoldTurnRow.leader.in_(seqs)).values(claimed_until=until)
            )

    def copy_of(self, owed: Owed) -> Copy | None:
        """Return where the living card is shown already, or None."""
        if not owed.living:
            return None
        with self._database.read() as session:
            row = session.get(CardCopyRow, (owed.subject_id, owed.audience))
        if row is None:
            return None
        return Copy(row.rung, Address.parse(row.address), Sent(row.ref, row.update_code, row.update_until))

    def delivered(self, owed: Owed, attempt: Attempt, sent: Sent) -> None:
        """Mark a row as sent and remember the copy of a living card."""
        with self._database.write() as session, session.begin():
            session.add(ledger_entry(owed, attempt, "accepted", sent.ref))
            _mark(session, owed, state="sent", last_error="", sent_at=attempt.at)
            if owed.living:
                session.merge(
                    CardCopyRow(
                        subject_id=owed.subject_id,
                        audience=owed.audience,
                        rung=attempt.rung,
                        address=attempt.address,
                        ref=sent.ref,
                        update_code=sent.update_code,
                        update_until=sent.update_until,
                    )
                )

    def skip(self, owed: Owed, attempt: Attempt) -> None:
        """Mark a row as sent although nothing had to be said."""
        with self._database.write() as session, session.begin():
            session.add(ledger_entry(owed, attempt, "needless", ""))
            _mark(session, owed, state="sent", last_error="")

    def retry(self, owed: Owed, attempt: Attempt, due_at: datetime, rung: int) -> None:
        """Put a row back for another attempt."""
        with self._database.write() as session, session.begin():
            session.add(ledger_entry(owed, attempt, "failed", ""))
            _mark(
                session,
                owed,
                due_at=due_at,
                rung=rung,
                claimed_until=None,
                last_error=attempt.code[:ERROR_LIMIT],
                attempts=owed.attempts if rung == owed.rung else 0,
            )

    def wait(self, owed: Owed, attempt: Attempt) -> None:
        """Park a row until its person speaks again."""
        with self._database.write() as session, session.begin():
            session.add(ledger_entry(owed, attempt, "waiting", ""))
            _mark(session, owed, state="waiting", claimed_until=None, last_error=attempt.code[:ERROR_LIMIT])

    def give_up(self, owed: Owed, attempt: Attempt) -> None:
        """Leave a row dead for an operator, or expired when it only came too late."""
        state = "expired" if attempt.code == EXPIRED else "dead"
        with self._database.write() as session, session.begin():
            session.add(ledger_entry(owed, attempt, state, ""))
            _mark(session, owed, state=state, last_error=attempt.code[:ERROR_LIMIT])

    def forget_copy(self, owed: Owed) -> None:
        """Forget a copy that cannot be changed any more."""
        with self._database.write() as session, session.begin():
            row = session.get(CardCopyRow, (owed.subject_id, owed.audience))
            if row is not None:
                session.delete(row)

    def identities(self, person_id: UUID) -> Sequence[tuple[str, str]]:
        """Return (platform, user id) of everything a person is."""
        with self._database.read() as session:
            query = select(Identity.platform, Identity.user_id).where(Identity.person_id == person_id)
            return [(platform, user_id) for platform, user_id in session.execute(query)]


def _mark(session: Session, owed: Owed, **values: object) -> None:
    session.execute(update(OutboxRow).where(OutboxRow.seq == owed.seq).values(**values))
