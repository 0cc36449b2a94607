"""When something happened, by the clock of a phone that had no network then.

Source: docs/reference/work-order-lifecycle.md, rule WO-10
"""

from datetime import datetime, timedelta

from domain.workorder.model import WorkOrder

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the clock of a phone may be off and still be believed."""
AT_ONCE = timedelta(minutes=1)
"""What reaches us so soon was done with a network."""


def claimed_time(order: WorkOrder, device_at: datetime | None, at: datetime) -> datetime | None:
    """Return when a step is said to have happened; None for now, and for what cannot have been.

    A little before the step before, or after now, is a clock that is off: it happened at the limit then.

    Args:
        device_at: by the phone; None where it did not say.
        at: when we heard of it.
    """
    if device_at is None or not _is_possible(order, device_at, at):
        return None
    return min(max(device_at, order.status_since), at)


def is_doubtful(order: WorkOrder, device_at: datetime | None, at: datetime) -> bool:
    """Return whether a phone names a time that cannot have been, so that the time we heard of it counts."""
    return device_at is not None and not _is_possible(order, device_at, at)


def said_late(device_at: datetime | None, at: datetime) -> bool:
    """Return whether something reaches us so late that its own time is worth telling."""
    return device_at is not None and at - device_at > AT_ONCE


def _is_possible(order: WorkOrder, device_at: datetime, at: datetime) -> bool:
    return order.status_since - CLOCKS_DIFFER <= device_at <= at + CLOCKS_DIFFER
