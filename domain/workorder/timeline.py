"""Where the time of a work order went: computed from its events, never typed in."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime

from domain.kernel.messages import Message
from domain.workorder.status import Status

STAFF, REPORTER = "staff", "reporter"
"""Stand on a time line for the names that its reader is not told."""


class Recorded(Message):
    """One event as it was recorded.

    Args:
        changes: what it changed on the work order, as `{column: [before, after]}`.
    """

    name: str
    actor_id: str
    channel: str
    occurred_at: AwareDatetime
    payload: dict[str, Any]
    changes: dict[str, tuple[Any, Any]]


class Node(StrEnum):
    """What a stretch of time was spent on."""

    DISPATCH = "dispatch"
    PREPARATION = "preparation"
    TRAVEL = "travel"
    WORK = "work"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_PART = "waiting_part"
    WAITING_APPROVAL = "waiting_approval"
    WAITING_THIRD_PARTY = "waiting_third_party"
    ACCEPTANCE = "acceptance"
    SETTLEMENT = "settlement"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    """Between a close and its reopening, when nobody waited for anything."""


_NODE = {
    Status.NEW: Node.DISPATCH,
    Status.DISPATCHING: Node.DISPATCH,
    Status.OFFERED: Node.DISPATCH,
    Status.ACCEPTED: Node.PREPARATION,
    Status.EN_ROUTE: Node.TRAVEL,
    Status.ON_SITE: Node.WORK,
    Status.IN_PROGRESS: Node.WORK,
    Status.COMPLETED: Node.ACCEPTANCE,
    Status.SIGNED_OFF: Node.SETTLEMENT,
    Status.SETTLED: Node.FOLLOW_UP,
    Status.CLOSED: Node.CLOSED,
}
_ENDS = frozenset({Status.CLOSED, Status.CANCELLED})


class Segment(Message):
    """One stretch of time in one status.

    Args:
        owner_id: who had the work order then; empty for the pool.
    """

    node: Node
    status: Status
    owner_id: str = ""
    from_at: AwareDatetime
    to_at: AwareDatetime

    @property
    def seconds(self) -> int:
        """Return its length in whole seconds; both ends are cut the same way, so lengths add up."""
        return int(self.to_at.timestamp()) - int(self.from_at.timestamp())


def segments(history: Sequence[Recorded], until: AwareDatetime) -> tuple[Segment, ...]:
    """Cut the life of a work order into stretches, without a gap and without an overlap.

    A step that was recorded afterwards is cut where it is said to have happened, never before an earlier cut.

    Args:
        history: its events, oldest first; the first one is its registration.
        until: now, for one that is not over; time after its end does not count.

    Source: docs/reference/work-order-lifecycle.md, rule WO-18.
    """
    found: list[Segment] = []
    status, waiting, owner, since = Status.NEW, "", "", None
    for event in history:
        if since is None:
            since = event.occurred_at
        after = _after(event, (status, waiting, owner))
        if after != (status, waiting, owner):
            at = max(since, _happened_at(event))
            _add(found, status, waiting, owner, since, at)
            (status, waiting, owner), since = after, at
    if since is not None and status not in _ENDS:
        _add(found, status, waiting, owner, since, max(until, since))
    return tuple(found)


def totals(stretches: Iterable[Segment]) -> dict[Node, int]:
    """Return the seconds of each node, in the order they first occurred; they add up to the whole."""
    found: dict[Node, int] = {}
    for stretch in stretches:
        found[stretch.node] = found.get(stretch.node, 0) + stretch.seconds
    return found


def _happened_at(event: Recorded) -> datetime:
    """Return when a step is said to have happened; nothing happens later than it is recorded."""
    claimed_at = event.payload.get("claimed_at")
    return min(datetime.fromisoformat(claimed_at), event.occurred_at) if claimed_at else event.occurred_at


def _after(event: Recorded, before: tuple[Status, str, str]) -> tuple[Status, str, str]:
    status, waiting, owner = before
    if "status" in event.changes:
        status = Status(event.changes["status"][1])
    if "hold_reason" in event.changes:
        waiting = str(event.changes["hold_reason"][1] or "")
    if "assignee_id" in event.changes:
        owner = str(event.changes["assignee_id"][1] or "")
    return status, waiting, owner


def _add(
    found: list[Segment], status: Status, waiting: str, owner: str, since: AwareDatetime, to: AwareDatetime
) -> None:
    if to <= since or status not in (*_NODE, Status.ON_HOLD):
        return
    node = Node(f"waiting_{waiting or 'customer'}") if status is Status.ON_HOLD else _NODE[status]
    found.append(Segment(node=node, status=status, owner_id=owner, from_at=since, to_at=to))
