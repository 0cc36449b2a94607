"""The board: open work orders in columns by node, and what every technician has today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.kernel.localtime import local_day
from domain.workorder.pool import is_overdue
from domain.workorder.status import UNDER_WAY, Status

COLUMNS: Final[Mapping[Status, tuple[Status, ...]]] = {
    Status.DISPATCHING: (Status.NEW, Status.DISPATCHING),
    Status.OFFERED: (Status.OFFERED,),
    Status.ACCEPTED: (Status.ACCEPTED,),
    Status.EN_ROUTE: (Status.EN_ROUTE,),
    Status.ON_SITE: (Status.ON_SITE,),
    Status.IN_PROGRESS: (Status.IN_PROGRESS,),
    Status.ON_HOLD: (Status.ON_HOLD,),
    Status.COMPLETED: (Status.COMPLETED,),
}
"""What stands in each column, from left to right; what waits for its bill is nobody's job now."""
ON_BOARD: Final = frozenset(status for column in COLUMNS.values() for status in column)
HELD: Final = UNDER_WAY | {Status.ON_HOLD}
"""A technician has it, so it is taken from them when somebody else is asked."""


@dataclass(frozen=True)
class BoardFilter:
    """Which work orders somebody wants to see; nothing given shows all.

    Args:
        overdue: only those whose SLA limit is over, or that stand too long at their node.
    """

    region: str = ""
    assignee_id: UUID | None = None
    overdue: bool = False


@dataclass(frozen=True)
class BoardLine:
    """One work order on the board.

    Args:
        owner_id: whoever is asked or has it.
        due_at: the first limit that is over or comes next; None where no clock runs.
        total: how many stand at this node altogether, those that are not shown included.
    """

    work_order_id: UUID
    number: str
    version: int
    status: Status
    priority: str
    type: str
    fault: str
    customer: str
    region: str
    owner_id: UUID | None
    owner: str
    hold_reason: str
    since: datetime
    created_at: datetime
    eta_at: datetime | None
    completed_at: datetime | None
    appointment_from: datetime | None
    appointment_to: datetime | None
    estimated_min: int | None
    due_at: datetime | None
    total: int = 0

    def late(self, at: datetime) -> bool:
        """Return whether a limit is over, or it stands too long at its node."""
        return (self.due_at is not None and self.due_at < at) or is_overdue(self.status, self.since, at)


@dataclass
class Day:
    """What one technician has on a day.

    Args:
        jobs: open ones and those that were done on this day; by appointment, those without one behind.
    """

    technician_id: UUID
    name: str
    region: str
    open_minutes: int
    jobs: list[BoardLine] = field(default_factory=list)

    @property
    def open_jobs(self) -> int:
        """Return how many are not done."""
        return sum(one.status is not Status.COMPLETED for one in self.jobs)

    def clashes(self) -> frozenset[UUID]:
        """Return the jobs whose appointment overlaps that of another one which is not done either."""
        timed = [
            (one.appointment_from, one.appointment_to, one.work_order_id)
            for one in self.jobs
            if one.appointment_from and one.appointment_to and one.status is not Status.COMPLETED
        ]
        timed.sort()
        found: set[UUID] = set()
        for number, (_, ends, first) in enumerate(timed):
            for begins, _, second in timed[number + 1 :]:
                if begins >= ends:
                    break
                found |= {first, second}
        return frozenset(found)


def belongs_to_day(line: BoardLine, at: datetime) -> bool:
    """Return whether a job is work of today: open without an appointment on a later day, or done today."""
    today = local_day(at)
    if line.status is Status.COMPLETED:
        return line.completed_at is not None and local_day(line.completed_at) == today
    return line.appointment_from is None or local_day(line.appointment_from) <= today


def in_order_of_day(line: BoardLine) -> tuple[bool, datetime, str, datetime]:
    """Return what jobs of a day are sorted by: those with an appointment first, by its beginning."""
    begins = line.appointment_from
    return (begins is None, begins or line.created_at, line.priority, line.created_at)
