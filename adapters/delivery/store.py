"""What the pump needs kept: rows to deliver, how each attempt went, where a living card is shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from adapters.delivery.ports import Address, Mention, Sent

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
    """One claimed outbox row.

    Args:
        platform: where a person is shown it first, if they are on several.
    """

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
    platform: str = ""
    line: str = ""
    urgency: int = 0
    only_while: str = ""
    mentions: tuple[str, ...] = ()
    fold_key: str = ""


@dataclass(frozen=True)
class Shown:
    """One line that an audience has seen, alone or in a fold.

    Args:
        fold_key: the fold it stands in; empty where it was sent alone.
        at: when it was sent.
    """

    line: str
    urgency: int
    only_while: str
    fold_key: str
    at: datetime


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
        """Return where the living card is shown already, or None."""

    def delivered(self, owed: Owed, attempt: Attempt, sent: Sent) -> None:
        """Mark a row as sent and remember the copy of a living card."""

    def skip(self, owed: Owed, attempt: Attempt) -> None:
        """Mark a row as sent although nothing had to be said."""

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


class FoldStore(Protocol):
    """Several rows of one audience at once; each method is a transaction of its own."""

    def gather(self, leaders: Sequence[Owed], now: datetime, lease_s: float) -> Sequence[Owed] | None:
        """Take an audience's turn, and with it everything else that is due there and can be folded.

        Args:
            leaders: claimed rows of this audience.

        Returns:
            All of it, the most urgent first; None while another pump has the turn.
        """

    def leave(self, rows: Sequence[Owed]) -> None:
        """Give an audience's turn back."""

    def postpone(self, rows: Sequence[Owed], due_at: datetime) -> None:
        """Put rows back that nobody tried to send: no attempt, and no line in the ledger."""

    def drop(self, rows: Sequence[Owed], attempt: Attempt, state: str) -> None:
        """End rows that need not be sent, as `moot` or `superseded`."""

    def bind(self, rows: Sequence[Owed], fold_key: str) -> None:
        """Keep which rows go out together, before they do: after a crash they are the same fold again."""

    def folded(self, rows: Sequence[Owed], attempt: Attempt, sent: Sent, *, living: bool) -> None:
        """Mark every row of a fold as sent.

        Args:
            living: the fold can be changed where it is shown.
        """

    def retry_fold(
        self, rows: Sequence[Owed], attempt: Attempt, due_at: datetime, rung: int | None = None
    ) -> None:
        """Put those that are not sent back for another attempt, as the same fold.

        Args:
            rung: the next rung, where they may be folded in another way.
        """

    def shown(self, audience: str, since: datetime) -> Sequence[Shown]:
        """Return the lines an audience has seen lately, the oldest first."""

    def fold_copy(self, audience: str) -> Copy | None:
        """Return where an audience's newest living fold is shown, or None."""

    def forget_fold(self, audience: str) -> None:
        """Forget a fold that cannot be changed any more."""

    def named(self, person_ids: Sequence[str], platform: str) -> Sequence[Mention]:
        """Return who these people are on a platform, in this order; who is not there is left out."""
