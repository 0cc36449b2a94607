"""What the product says it owes to people and how that went; the wall only lays it out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Standing(StrEnum):
    """How a notification stands."""

    DUE = "due"
    RETRYING = "retrying"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    ACTED = "acted"
    DROPPED = "dropped"
    DEAD = "dead"


@dataclass(frozen=True)
class Attempt:
    """One attempt to deliver.

    Args:
        way: by which way it was tried.
        said: how it went, in a word.
        code: what the platform gave as the reason; empty when it took it.
    """

    at: datetime
    way: str
    said: str
    code: str = ""


@dataclass(frozen=True)
class Notification:
    """One notification that is owed to somebody.

    Args:
        to: whom, as people read it.
        what: its title.
        why: what stands in the way, or why it was dropped; may be empty.
        way: on which rung of the ladder it is.
        intended_at: when it was decided.
        sent_at: when it was first tried.
        accepted_at: when the platform took it.
        acted_at: when its reader did something about it.
        next_at: when it is tried again.
        attempts: all, oldest first.
    """

    key: str
    to: str
    what: str
    standing: Standing
    way: str
    intended_at: datetime
    sent_at: datetime | None = None
    accepted_at: datetime | None = None
    acted_at: datetime | None = None
    next_at: datetime | None = None
    why: str = ""
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """The newest notifications first, and how many there are of each standing in all."""

    notifications: Sequence[Notification]
    counts: dict[Standing, int]

    def told(self) -> dict[str, Any]:
        """Return it as plain data for the page."""
        return {
            "counts": {str(standing): count for standing, count in self.counts.items()},
            "rows": [_row(one) for one in self.notifications],
        }


ReadLedger = Callable[[], Ledger]


def _row(one: Notification) -> dict[str, Any]:
    return {
        "key": one.key,
        "to": one.to,
        "what": one.what,
        "standing": str(one.standing),
        "way": one.way,
        "why": one.why,
        "intended": _ms(one.intended_at),
        "sent": _ms(one.sent_at),
        "accepted": _ms(one.accepted_at),
        "acted": _ms(one.acted_at),
        "next": _ms(one.next_at),
        "attempts": [
            {"at": _ms(attempt.at), "way": attempt.way, "said": attempt.said, "code": attempt.code}
            for attempt in one.attempts
        ],
    }


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)
