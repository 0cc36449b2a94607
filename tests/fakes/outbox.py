"""An outbox in memory that keeps the promises of the real one, for the pump."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from adapters.delivery.budget import Rate
from adapters.delivery.ports import Address, Mention, Sent
from adapters.delivery.store import Attempt, Copy, Owed, Shown


@dataclass
class Row:
    """One row and what became of it."""

    owed: Owed
    due_at: datetime
    state: str = "pending"
    claimed_until: datetime | None = None
    last_error: str = ""


@dataclass
class MemoryOutbox:
    """The OutboxStore port over a list."""

    rows: list[Row] = field(default_factory=list)
    attempts: list[tuple[int, str, Attempt]] = field(default_factory=list)
    copies: dict[tuple[UUID | None, str], Copy] = field(default_factory=dict)
    people: dict[UUID, Sequence[tuple[str, str]]] = field(default_factory=dict)

    def put(self, owed: Owed, due_at: datetime) -> None:
        """Owe something; a newer living card supersedes the older one of its lane."""
        if any(row.owed.message_key == owed.message_key for row in self.rows):
            return
        for row in self.rows:
            free = row.claimed_until is None or row.claimed_until < due_at
            if owed.living and row.owed.living and _lane(row) == _lane(Row(owed, due_at)) and free:
                row.state = "superseded" if row.state == "pending" else row.state
        self.rows.append(Row(owed, due_at))

    def state(self, seq: int) -> str:
        return self._row(seq).state

    def claim(self, now: datetime, lease_s: float, limit: int) -> Sequence[Owed]:
        first: dict[tuple[str, UUID | None], Row] = {}
        for row in self.rows:
            if row.state == "pending":
                first.setdefault(_lane(row), row)
        due = [
            row
            for row in first.values()
            if row.due_at <= now and (row.claimed_until is None or row.claimed_until < now)
        ]
        for row in due[:limit]:
            row.claimed_until = now + timedelta(seconds=lease_s)
            row.owed = replace(row.owed, attempts=row.owed.attempts + 1)
        return [row.owed for row in due[:limit]]

    def extend(self, seqs: Collection[int], until: datetime) -> None:
        for row in self.rows:
            if row.owed.seq in seqs and row.claimed_until is not None:
                row.claimed_until = until

    def copy_of(self, owed: Owed) -> Copy | None:
        return self.copies.get((owed.subject_id, owed.audience)) if owed.living else None

    def delivered(self, owed: Owed, attempt: Attempt, sent: Sent) -> None:
        self._mark(owed, "sent", "accepted", attempt)
        if owed.living:
            key = (owed.subject_id, owed.audience)
            self.copies[key] = Copy(attempt.rung, Address.parse(attempt.address), sent)

    def skip(self, owed: Owed, attempt: Attempt) -> None:
        self._mark(owed, "sent", "needless", attempt)

    def retry(self, owed: Owed, attempt: Attempt, due_at: datetime, rung: int) -> None:
        row = self._mark(owed, "pending", "failed", attempt)
        attempts = owed.attempts if rung == owed.rung else 0
        row.owed, row.due_at = replace(row.owed, rung=rung, attempts=attempts), due_at

    def wait(self, owed: Owed, attempt: Attempt) -> None:
        self._mark(owed, "waiting", "waiting", attempt)

    def give_up(self, owed: Owed, attempt: Attempt) -> None:
        self._mark(owed, "dead", "dead", attempt)

    def forget_copy(self, owed: Owed) -> None:
        self.copies.pop((owed.subject_id, owed.audience), None)

    def identities(self, person_id: UUID) -> Sequence[tuple[str, str]]:
        return self.people.get(person_id, ())

    def postpone(self, rows: Sequence[Owed], due_at: datetime) -> None:
        for owed in rows:
            row = self._row(owed.seq)
            row.owed = replace(row.owed, attempts=row.owed.attempts - 1)
            row.due_at, row.claimed_until = due_at, None

    def drop(self, rows: Sequence[Owed], attempt: Attempt, state: str) -> None:
        for owed in rows:
            self._mark(owed, state, state, attempt)

    def named(self, person_ids: Sequence[str], platform: str) -> Sequence[Mention]:
        who = [pair for each in person_ids for pair in self.identities(UUID(each))]
        return [Mention(user_id, "李强") for named, user_id in who if named == platform]

    def gather(self, leaders: Sequence[Owed], now: datetime, lease_s: float) -> Sequence[Owed]:
        return leaders

    def leave(self, rows: Sequence[Owed]) -> None:
        pass

    def shown(self, audience: str, since: datetime) -> Sequence[Shown]:
        return ()

    def fold_copy(self, audience: str) -> Copy | None:
        return None

    def forget_fold(self, audience: str) -> None:
        raise AssertionError("nothing is shown")

    def bind(self, rows: Sequence[Owed], fold_key: str) -> None:
        for owed in rows:
            self._row(owed.seq).owed = replace(owed, fold_key=fold_key)

    def folded(self, rows: Sequence[Owed], attempt: Attempt, sent: Sent, *, living: bool) -> None:
        for owed in rows:
            self._mark(owed, "sent", "accepted", attempt)

    def retry_fold(
        self, rows: Sequence[Owed], attempt: Attempt, due_at: datetime, rung: int | None = None
    ) -> None:
        for owed in rows:
            self.retry(owed, attempt, due_at, owed.rung if rung is None else rung)

    def _row(self, seq: int) -> Row:
        return next(row for row in self.rows if row.owed.seq == seq)

    def _mark(self, owed: Owed, state: str, outcome: str, attempt: Attempt) -> Row:
        self.attempts.append((owed.seq, outcome, attempt))
        row = self._row(owed.seq)
        row.state, row.claimed_until, row.last_error = state, None, attempt.code
        return row


def _lane(row: Row) -> tuple[str, UUID | None]:
    return row.owed.audience, row.owed.subject_id


@dataclass
class MemoryBudgets:
    """The BudgetStore port over a dictionary."""

    buckets: dict[str, tuple[float, datetime]] = field(default_factory=dict)

    def take(self, key: str, rate: Rate, at: datetime, needed: float) -> bool:
        tokens = self.level(key, rate, at)
        if tokens < needed:
            return False
        self.buckets[key] = (max(0.0, tokens - 1), at)
        return True

    def level(self, key: str, rate: Rate, at: datetime) -> float:
        tokens, since = self.buckets.get(key, (float(rate.burst), at))
        return rate.refilled(tokens, (at - since).total_seconds())
