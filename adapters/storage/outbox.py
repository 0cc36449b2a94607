"""What is owed to people: put in with the decision, claimed by lease, marked with its outcome."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from adapters.delivery.ports import Address, Sent
from adapters.delivery.store import EXPIRED, Attempt, Copy, Desk, Owed
from adapters.storage.dialect import PENDING_STATE, WAITING_STATE, dialect_of, insert_for, table_of
from adapters.storage.engine import Database
from adapters.storage.tables import CardCopyRow, DeliveryRow, OutboxRow
from domain.kernel.notices import DESK, Notice
from domain.people.model import Identity

ERROR_LIMIT = 100

_OUTBOX = table_of(OutboxRow)
_SUPERSEDE = (
    update(_OUTBOX)
    .where(_OUTBOX.c.lane.in_(bindparam("lanes", expanding=True)), _OUTBOX.c.living)
    .where(_OUTBOX.c.state == PENDING_STATE, _OUTBOX.c.attempts == 0)
    # The same card decided twice stays owed.
    .where(_OUTBOX.c.message_key.not_in(bindparam("keys", expanding=True)))
    .values(state="superseded")
)


@cache
def _owe(dialect: str) -> Any:
    return insert_for(dialect, OutboxRow).on_conflict_do_nothing(index_elements=["message_key"])


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
    """Insert what a transaction decided; a newer living card supersedes the older ones nobody tried to send.

    One that was tried may be on show although its answer was lost: it is finished first, so that the newer
    one changes it in place instead of leaving it behind.

    Args:
        born: the records this transaction made, which nobody was told of before.
    """
    rows: dict[str, dict[str, object]] = {}
    for notice in notices:
        for audience in _audiences(notice, desks):
            lane = f"{audience}|{notice.subject_id or ''}"
            row = _values(notice, audience, lane, now, correlation_id)
            rows[f"living|{lane}" if notice.living else str(row["message_key"])] = row
    living = [row for row in rows.values() if row["living"] and row["subject_id"] not in born]
    if living:
        lanes, keys = [row["lane"] for row in living], [row["message_key"] for row in living]
        session.execute(_SUPERSEDE, {"lanes": lanes, "keys": keys})
    if rows:
        session.execute(_owe(dialect_of(session)), list(rows.values()))


def _audiences(notice: Notice, desks: Sequence[Desk]) -> list[str]:
    if notice.audience != DESK:
        return [notice.audience]
    return [f"{DESK}:{desk.address}" for desk in desks if desk.changes_cards or not notice.quiet]


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
        "state": "pending",
        "rung": 0,
        "attempts": 0,
        "due_at": now,
        "expires_at": notice.expires_at,
        "last_error": "",
        "correlation_id": correlation_id,
        "created_at": now,
    }


def wake_waiting(session: Session, audience: str, now: datetime) -> None:
    """Put parked rows back in line: the person spoke, so the platform lets us answer again."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == WAITING_STATE, OutboxRow.audience == audience)
        .values(state="pending", due_at=now)
    )


def revoke(session: Session, ref: str, code: str, now: datetime) -> None:
    """Note that the platform revoked a message it had accepted, and park it until the person speaks again."""
    row = session.execute(select(OutboxRow).where(OutboxRow.message_key == ref)).scalar_one_or_none()
    if row is None or row.state != "sent":
        return
    session.add(
        DeliveryRow(outbox_seq=row.seq, rung="", address="", outcome="revoked", code=code, ref=ref, at=now)
    )
    # The platform has seen the old key, so the resend needs one of its own.
    row.message_key = "r" + hashlib.sha256(f"{ref}|{row.attempts}".encode()).hexdigest()[:30]
    row.state = "waiting"
    row.claimed_until = None


class SqlOutbox:
    """The pump's side of the outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, now: datetime, lease_s: float, limit: int) -> Sequence[Owed]:
        """Take due rows for a while; looks first without a lock, so an idle pump disturbs nobody."""
        due = self._due(now, limit)
        with self._database.read() as session:
            if session.execute(due.limit(1)).first() is None:
                return ()
        with self._database.write() as session, session.begin():
            rows = session.execute(
                update(OutboxRow)
                .where(OutboxRow.seq.in_(due.with_for_update(skip_locked=True, of=OutboxRow)))
                .values(claimed_until=now + timedelta(seconds=lease_s), attempts=OutboxRow.attempts + 1)
                .returning(OutboxRow)
                .execution_options(synchronize_session=False)
            ).scalars()
            return [_owed(row) for row in sorted(rows, key=lambda row: row.seq)]

    @staticmethod
    def _due(now: datetime, limit: int) -> Select[int]:
        earlier = aliased(OutboxRow)
        first = ~exists().where(
            earlier.lane == OutboxRow.lane, earlier.state == PENDING_STATE, earlier.seq < OutboxRow.seq
        )
        return (
            select(OutboxRow.seq)
            .where(OutboxRow.state == PENDING_STATE, OutboxRow.due_at <= now, first)
            .where(or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until < now))
            .order_by(OutboxRow.due_at, OutboxRow.seq)
            .limit(limit)
        )

    def extend(self, seqs: Collection[int], until: datetime) -> None:
        """Keep rows that are still being delivered."""
        with self._database.write() as session, session.begin():
            session.execute(
                update(OutboxRow)
                .where(OutboxRow.seq.in_(seqs), OutboxRow.claimed_until.is_not(None))
                .values(claimed_until=until)
            )

    def copy_of(self, owed: Owed) -> Copy | None:
        """Return where the living card is shown already, or None."""
        if not owed.living or owed.anew:
            return None
        with self._database.read() as session:
            row = session.get(CardCopyRow, (owed.subject_id, owed.audience))
        if row is None:
            return None
        return Copy(row.rung, Address.parse(row.address), Sent(row.ref, row.update_code, row.update_until))

    def delivered(self, owed: Owed, attempt: Attempt, sent: Sent) -> None:
        """Mark a row as sent and remember the copy of a living card."""
        with self._database.write() as session, session.begin():
            session.add(_ledger(owed, attempt, "accepted", sent.ref))
            _mark(session, owed, state="sent", last_error="")
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

    def retry(self, owed: Owed, attempt: Attempt, due_at: datetime, rung: int) -> None:
        """Put a row back for another attempt."""
        with self._database.write() as session, session.begin():
            session.add(_ledger(owed, attempt, "failed", ""))
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
            session.add(_ledger(owed, attempt, "waiting", ""))
            _mark(session, owed, state="waiting", claimed_until=None, last_error=attempt.code[:ERROR_LIMIT])

    def give_up(self, owed: Owed, attempt: Attempt) -> None:
        """Leave a row dead for an operator, or expired when it only came too late."""
        state = "expired" if attempt.code == EXPIRED else "dead"
        with self._database.write() as session, session.begin():
            session.add(_ledger(owed, attempt, state, ""))
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


def _ledger(owed: Owed, attempt: Attempt, outcome: str, ref: str) -> DeliveryRow:
    return DeliveryRow(
        outbox_seq=owed.seq,
        rung=attempt.rung,
        address=attempt.address,
        outcome=outcome,
        code=attempt.code[:ERROR_LIMIT],
        ref=ref,
        at=attempt.at,
    )


def _owed(row: OutboxRow) -> Owed:
    return Owed(
        seq=row.seq,
        message_key=row.message_key,
        audience=row.audience,
        card=row.card,
        view=row.view,
        subject_id=row.subject_id,
        living=row.living,
        anew=row.anew,
        rung=row.rung,
        attempts=row.attempts,
        expires_at=row.expires_at,
        correlation_id=row.correlation_id,
    )
