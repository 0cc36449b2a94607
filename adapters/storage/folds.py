"""Several rows of one audience at once: whose turn it is, what was shown, and the marks of a fold."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from adapters.delivery.ports import Address, Mention, Sent
from adapters.delivery.store import Attempt, Copy, Owed, Shown
from adapters.storage.claiming import ERROR_LIMIT, claimable, ledger_entry, owed_of
from adapters.storage.dialect import NO_LINE, PENDING_STATE, SENT_STATE, dialect_of, insert_for
from adapters.storage.engine import Database
from adapters.storage.tables import CardCopyRow, FoldTurnRow, OutboxRow
from domain.people.model import Identity, Person

FOLD: Final = UUID("f01df01d-f01d-4f01-8f01-f01df01df01d")
"""Stands for a record in `card_copy`: an audience's newest living fold is about many."""
_MOST: Final = 500


class SqlFolds:
    """The pump's side of reminders."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def gather(self, leaders: Sequence[Owed], now: datetime, lease_s: float) -> Sequence[Owed] | None:
        """Take an audience's turn, and with it everything else that is due there and can be folded."""
        audience, until = leaders[0].audience, now + timedelta(seconds=lease_s)
        with self._database.write() as session, session.begin():
            if not _take_turn(session, leaders[0], now, until):
                return None
            due = (
                claimable(now)
                .where(OutboxRow.audience == audience, OutboxRow.line != NO_LINE)
                .order_by(OutboxRow.urgency.desc(), OutboxRow.seq)
                .limit(_MOST)
            )
            rows = session.execute(
                update(OutboxRow)
                .where(OutboxRow.seq.in_(due.with_for_update(skip_locked=True, of=OutboxRow)))
                .values(claimed_until=until, attempts=OutboxRow.attempts + 1)
                .returning(OutboxRow)
                .execution_options(synchronize_session=False)
            ).scalars()
            return sorted([*leaders, *map(owed_of, rows)], key=lambda owed: (-owed.urgency, owed.seq))

    def leave(self, rows: Sequence[Owed]) -> None:
        """Give an audience's turn back."""
        with self._database.write() as session, session.begin():
            mine = (
                FoldTurnRow.audience == rows[0].audience,
                FoldTurnRow.leader.in_([owed.seq for owed in rows]),
            )
            session.execute(delete(FoldTurnRow).where(*mine))

    def postpone(self, rows: Sequence[Owed], due_at: datetime) -> None:
        """Put rows back that nobody tried to send."""
        with self._database.write() as session, session.begin():
            _mark(session, rows, due_at=due_at, claimed_until=None, attempts=OutboxRow.attempts - 1)

    def drop(self, rows: Sequence[Owed], attempt: Attempt, state: str) -> None:
        """End rows that need not be sent."""
        with self._database.write() as session, session.begin():
            session.add_all(ledger_entry(owed, attempt, state, "") for owed in rows)
            _mark(session, rows, state=state, last_error=attempt.code[:ERROR_LIMIT])

    def bind(self, rows: Sequence[Owed], fold_key: str) -> None:
        """Keep which rows go out together, before they do."""
        with self._database.write() as session, session.begin():
            _mark(session, rows, fold_key=fold_key)

    def folded(self, rows: Sequence[Owed], attempt: Attempt, sent: Sent, *, living: bool) -> None:
        """Mark every row of a fold as sent, with one reference for all of them."""
        with self._database.write() as session, session.begin():
            session.add_all(ledger_entry(owed, attempt, "accepted", sent.ref) for owed in rows)
            _mark(session, rows, state="sent", last_error="", sent_at=attempt.at)
            if living:
                session.merge(
                    CardCopyRow(
                        subject_id=FOLD,
                        audience=rows[0].audience,
                        rung=attempt.rung,
                        address=attempt.address,
                        ref=sent.ref,
                    )
                )

    def retry_fold(
        self, rows: Sequence[Owed], attempt: Attempt, due_at: datetime, rung: int | None = None
    ) -> None:
        """Put those of a fold back that are still pending."""
        with self._database.write() as session, session.begin():
            pending = select(OutboxRow.seq).where(
                OutboxRow.seq.in_([owed.seq for owed in rows]), OutboxRow.state == PENDING_STATE
            )
            left = set(session.execute(pending).scalars())
            rows = [owed for owed in rows if owed.seq in left]
            session.add_all(ledger_entry(owed, attempt, "failed", "") for owed in rows)
            _mark(session, rows, due_at=due_at, claimed_until=None, last_error=attempt.code[:ERROR_LIMIT])
            if rung is not None:
                _mark(session, rows, rung=rung, attempts=0, fold_key="")

    def shown(self, audience: str, since: datetime) -> Sequence[Shown]:
        """Return the lines an audience has seen lately, the oldest first."""
        query = (
            select(OutboxRow)
            .where(OutboxRow.state == SENT_STATE, OutboxRow.line != NO_LINE)
            .where(OutboxRow.audience == audience, OutboxRow.sent_at > since)
            .order_by(OutboxRow.sent_at, OutboxRow.seq)
        )
        with self._database.read() as session:
            return [
                Shown(row.line, row.urgency, row.only_while, row.fold_key, row.sent_at or since)
                for row in session.execute(query).scalars()
            ]

    def fold_copy(self, audience: str) -> Copy | None:
        """Return where an audience's newest living fold is shown, or None."""
        with self._database.read() as session:
            row = session.get(CardCopyRow, (FOLD, audience))
        return Copy(row.rung, Address.parse(row.address), Sent(row.ref)) if row else None

    def forget_fold(self, audience: str) -> None:
        """Forget a fold that cannot be changed any more."""
        mine = (CardCopyRow.subject_id == FOLD, CardCopyRow.audience == audience)
        with self._database.write() as session, session.begin():
            session.execute(delete(CardCopyRow).where(*mine))

    def named(self, person_ids: Sequence[str], platform: str) -> Sequence[Mention]:
        """Return who these people are on a platform, in this order."""
        ids = [UUID(each) for each in person_ids]
        query = (
            select(Identity.person_id, Identity.user_id, Person.name)
            .join(Person, Person.id == Identity.person_id)
            .where(Identity.person_id.in_(ids), Identity.platform == platform, Person.active)
        )
        with self._database.read() as session:
            found = {person_id: Mention(user_id, name) for person_id, user_id, name in session.execute(query)}
        return [found[each] for each in dict.fromkeys(ids) if each in found]


def _take_turn(session: Session, leader: Owed, now: datetime, until: datetime) -> bool:
    turn = insert_for(dialect_of(session), FoldTurnRow).values(
        audience=leader.audience, leader=leader.seq, claimed_until=until
    )
    taken = turn.on_conflict_do_update(
        index_elements=["audience"],
        set_={"leader": turn.excluded.leader, "claimed_until": turn.excluded.claimed_until},
        where=FoldTurnRow.claimed_until < now,
    )
    return session.execute(taken.returning(FoldTurnRow.audience)).first() is not None


def _mark(session: Session, rows: Sequence[Owed], **values: object) -> None:
    seqs = [owed.seq for owed in rows]
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.seq.in_(seqs), OutboxRow.state == PENDING_STATE)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
