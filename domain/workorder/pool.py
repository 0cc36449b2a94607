"""The pool: every open work order of every node, most urgent first, with whose turn it is and since when."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import AwareDatetime

from domain.kernel.messages import Message
from domain.workorder.status import ENDED, Status

NODE_LIMIT: dict[Status, timedelta] = {
    Status.NEW: timedelta(minutes=30),
    Status.DISPATCHING: timedelta(minutes=30),
    Status.OFFERED: timedelta(minutes=30),
    Status.ACCEPTED: timedelta(hours=4),
    Status.EN_ROUTE: timedelta(hours=4),
    Status.ON_SITE: timedelta(hours=1),
    Status.IN_PROGRESS: timedelta(hours=8),
    Status.ON_HOLD: timedelta(days=3),
    Status.COMPLETED: timedelta(days=2),
    Status.SIGNED_OFF: timedelta(days=3),
    Status.SETTLED: timedelta(days=3),
}
"""How long a work order may stand at a node before the pool calls it overdue."""


class PoolFilter(Message):
    """Which of the open work orders somebody wants to see; nothing given shows all.

    Args:
        overdue: only those that stand longer at their node than `NODE_LIMIT` allows.
        customer_ids, assignee_id: of these customers, or of this technician.
    """

    statuses: tuple[Status, ...] = ()
    type: str = ""
    overdue: bool = False
    customer_ids: tuple[UUID, ...] = ()
    assignee_id: UUID | None = None


class PoolLine(Message):
    """One open work order; without an owner it is the service desk's turn."""

    number: str
    status: Status
    priority: str
    type: str
    fault: str
    customer_name: str
    owner: str = ""
    hold_reason: str = ""
    since: AwareDatetime
    reported_at: AwareDatetime
    overdue: bool = False


class PoolView(Message):
    """One page of the pool.

    Args:
        wanted: the filter, in the asker's words.
        at: when it was asked, to tell ages.
    """

    lines: tuple[PoolLine, ...]
    page: int
    more: bool
    wanted: str = ""
    at: AwareDatetime


def overdue_before(at: datetime) -> dict[Status, datetime]:
    """Return, for each node, since when a work order must have stood there to be overdue."""
    return {status: at - limit for status, limit in NODE_LIMIT.items() if status not in ENDED}


def is_overdue(status: Status, since: datetime, at: datetime) -> bool:
    """Return whether a work order stands too long at its node."""
    return status in NODE_LIMIT and at - since > NODE_LIMIT[status]
