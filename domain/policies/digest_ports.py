"""What digests need of storage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from domain.sla.digest import Attained, DigestLine
from domain.sla.model import DigestRow


@dataclass(frozen=True)
class Cut:
    """Whose work orders are counted; nothing given counts all."""

    region: str = ""
    assignee_id: UUID | None = None


class DigestBook(Protocol):
    """Counts along indexes, and the digests that were sent."""

    def new(self, cut: Cut, from_at: datetime, to_at: datetime) -> int:
        """Return how many work orders were registered in a period."""

    def limits(self, cut: Cut, before: datetime) -> int:
        """Return how many open work orders have a limit that is due before a moment."""

    def lines(self, cut: Cut, now: datetime, before: datetime, limit: int) -> Sequence[DigestLine]:
        """Return open work orders with a limit due before a moment, late ones first, each once."""

    def open_by_status(self, cut: Cut) -> dict[tuple[str, str], int]:
        """Return how many unfinished work orders there are, by (status, reason for a hold)."""

    def attained(self, cut: Cut, from_at: datetime, to_at: datetime) -> Sequence[Attained]:
        """Return how many limits that ended in a period were kept, by kind."""

    def top_faults(self, cut: Cut, since: datetime, limit: int) -> Sequence[tuple[str, int]]:
        """Return the most frequent faults since a moment."""

    def last(self, plan: str, audience: str, before: date) -> DigestRow | None:
        """Return the last digest before a day, or None."""

    def is_sent(self, plan: str, audience: str, day: date) -> bool:
        """Return whether a day's digest was sent."""

    def keep(self, row: DigestRow) -> None:
        """Keep a digest that is sent."""
