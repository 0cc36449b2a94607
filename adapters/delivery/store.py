"""What the pump needs kept: rows to deliver, how each attempt went, where a living card is shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from adapters.delivery.ports import Address, Sent

EXPIRED = "expired"
"""The code of a notice that is of no use any more; nobody has to look at it."""


@dataclass(frozen=True)
class Desk:
    """One group of the service desk.

    Args:
        address: where it is, as an `Address` writes itself.
        changes_cards: a shown card can be changed there; else every change would be a new message.
    """

    address: str
    changes_cards: bool


@dataclass(frozen=True)
class Owed:
    """One claimed outbox row."""

    seq: int
    message_key: str
    audience: str
    card: str
    view: Mapping[str, Any]
    subject_id: UUID | None
    living: bool
    anew: bool
    rung: int
    attempts: int
    expires_at: datetime | None
    correlation_id: str


@dataclass(frozen=True)
class Copy:
    """Where a record's living card is shown to one audience."""

    rung: str
    address: Address
    sent: Sent


@dataclass(frozen=True)
class Attempt:
    """One try on one rung, for the delivery ledger."""

    rung: str
    address: str
    at: datetime
    code: str = ""


class OutboxStore(Protocol):
    """Each method is a transaction of its own."""

    def claim(self, now: datetime, lease_s: float, limit: int) -> Sequence[Owed]:
        """Take due rows for a while; per lane only the earliest, so nobody reads news before its cause."""

    def extend(self, seqs: Collection[int], until: datetime) -> None:
        """Keep rows that are still being delivered."""

    def copy_of(self, owed: Owed) -> Copy | None:
        """Return where the living card is shown already; None where a new one is wanted or there is none."""

    def delivered(self, owed: Owed, attempt: Attempt, sent: Sent) -> None:
        """Mark a row as sent and remember the copy of a living card."""

    def retry(self, owed: Owed, attempt: Attempt, due_at: datetime, rung: int) -> None:
        """Put a row back for another attempt."""

    def wait(self, owed: Owed, attempt: Attempt) -> None:
        """Park a row until its person speaks again."""

    def give_up(self, owed: Owed, attempt: Attempt) -> None:
        """Leave a row dead for an operator."""

    def forget_copy(self, owed: Owed) -> None:
        """Forget a copy that cannot be changed any more; a new card follows."""

    def identities(self, person_id: UUID) -> Sequence[tuple[str, str]]:
        """Return (platform, user id) of everything a person is."""
