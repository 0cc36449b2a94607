"""How well a supplier keeps their word: what was promised, and what came when.

Source: docs/reference/spare-parts.md, rule PA-15
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

ENOUGH = 3
"""Fewer purchases than these say nothing about a supplier."""


@dataclass(frozen=True)
class SupplierRecord:
    """The purchases of a supplier that were due within a year.

    A purchase counts once all of it is there, its promised day is over, or what was missing was given up
    after that day. It was in time where every piece came no later than the promised day.

    Args:
        purchases: how many count; `on_time` of them were in time.
        late_d: how many days the late ones were late, together; those still open until today.
        late_now: how many of the late ones are still open.
    """

    supplier_id: UUID
    purchases: int = 0
    on_time: int = 0
    late_d: int = 0
    late_now: int = 0

    @property
    def late(self) -> int:
        """Return how many were late."""
        return self.purchases - self.on_time

    @property
    def enough(self) -> bool:
        """Return whether there are enough purchases to judge by."""
        return self.purchases >= ENOUGH

    @property
    def on_time_percent(self) -> int | None:
        """Return the on-time rate, rounded down so that only a spotless record is 100; None without any."""
        return self.on_time * 100 // self.purchases if self.purchases else None

    @property
    def average_late_d(self) -> float | None:
        """Return how many days a late purchase was late on average, to one decimal; None where none was."""
        return round(self.late_d / self.late, 1) if self.late else None


def year_before(day: date) -> date:
    """Return the same day of the year before; for 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
