"""What platforms delivered: admitted once, answered once, worked off in order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session, aliased

from adapters.inbound import Answer, Inbound, sender_key
from adapters.storage.dialect import HELD_STATE, PENDING_STATE, dialect_of, insert_for, table_of
from adapters.storage.tables import InboxRow

# SQLite uses a partial index only where its very predicate is asked for, however plain the implication.
SENDER_WAITS = (PENDING_STATE, HELD_STATE)
RETRY_BASE_S = 2
RETRY_LIMIT = 6

_INBOX = table_of(InboxRow)
_SETTLE = update(_INBOX).where(_INBOX.c.seq == bindparam("settled"))


@cache
def _admit(dialect: str) -> Any:
    return insert_for(dialect, InboxRow).on_conflict_do_nothing(index_elements=["channel", "delivery_key"])


@cache
def _admit_one(dialect: str) -> Any:
    return _admit(dialect).returning(_INBOX.c.seq)


def inbox_values(inbound: Inbound, *, state: str, now: datetime, correlation_id: str) -> dict[str, object]:
    """Return the columns of one delivery."""
    return {
        "channel": inbound.channel,
        "delivery_key": inbound.delivery_key,
        "sender_key": sender_key(inbound.sender.platform, inbound.sender.user_id),
        "kind": inbound.content.kind,
        "state": state,
        "inbound": inbound.model_dump_json(),
        "answer": "",
        "refusal": "",
        "attempts": 0,
        "next_try_at": now,
        "received_at": now,
        "correlation_id": correlation_id,
    }


class Inbox:
    """The inbox inside one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def admit(self, inbound: Inbound, *, state: str, now: datetime, correlation_id: str) -> int | None:
        """Keep a delivery and return its row, or None when it was delivered before."""
        values = inbox_values(inbound, state=state, now=now, correlation_id=correlation_id)
        statement = _admit_one(dialect_of(self._session))
        seq: int | None = self._session.execute(statement, values).scalar_one_or_none()
        return seq

    def admit_all(self, page: Sequence[Inbound], *, now: datetime, correlation_ids: Sequence[str]) -> None:
        """Keep a pulled page for the worker; repeats are dropped."""
        rows = [
            inbox_values(item, state="history" if item.history else "pending", now=now, correlation_id=one)
            for item, one in zip(page, correlation_ids, strict=True)
        ]
        if rows:
            self._session.execute(_admit(dialect_of(self._session)), rows)

    def stored_answer(self, inbound: Inbound) -> Answer:
        """Return what the first delivery was answered."""
        found = self._session.execute(
            select(InboxRow.answer).where(
                InboxRow.channel == inbound.channel, InboxRow.delivery_key == inbound.delivery_key
            )
        ).scalar_one()
        return Answer.model_validate_json(found) if found else Answer()

    def settle(self, seq: int, *, state: str, answer: Answer | None = None, refusal: str = "") -> None:
        """Write how a delivery ended."""
        values: dict[str, object] = {"settled": seq, "state": state, "refusal": refusal}
        if answer is not None:
            values["answer"] = answer.model_dump_json()
        self._session.execute(_SETTLE, values)

    def next_pending(self, now: datetime) -> int | None:
        """Return the oldest delivery to work off, never past an earlier one of the same sender."""
        earlier = aliased(InboxRow)
        first = ~exists().where(
            earlier.sender_key == InboxRow.sender_key,
            earlier.state == PENDING_STATE,
            earlier.state.in_(SENDER_WAITS),
            earlier.seq < InboxRow.seq,
        )
        query = select(InboxRow.seq).where(
            InboxRow.state == PENDING_STATE, InboxRow.next_try_at <= now, first
        )
        return self._session.execute(
            query.order_by(InboxRow.next_try_at, InboxRow.seq).limit(1)
        ).scalar_one_or_none()

    def lock_pending(self, seq: int) -> tuple[Inbound, str] | None:
        """Lock one delivery and return it with its correlation id; None when somebody else has it."""
        query = select(InboxRow.inbound, InboxRow.correlation_id).where(
            InboxRow.seq == seq, InboxRow.state == PENDING_STATE
        )
        row = self._session.execute(query.with_for_update(skip_locked=True)).first()
        return (Inbound.model_validate_json(row.inbound), row.correlation_id) if row is not None else None

    def postpone(self, seq: int, now: datetime) -> bool:
        """Try a delivery again later after a defect; False when it was tried often enough."""
        row = self._session.get_one(InboxRow, seq)
        row.attempts += 1
        row.next_try_at = now + timedelta(seconds=RETRY_BASE_S**row.attempts)
        row.state = "pending" if row.attempts < RETRY_LIMIT else "failed"
        return row.state == "pending"

    def release_held(self, key: str) -> None:
        """Hand a sender's held deliveries to the worker."""
        self._session.execute(
            update(InboxRow)
            .where(InboxRow.sender_key == key, InboxRow.state == HELD_STATE, InboxRow.state.in_(SENDER_WAITS))
            .values(state="pending", next_try_at=InboxRow.received_at)
        )
