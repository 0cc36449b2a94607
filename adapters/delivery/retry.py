"""When to try again: a value, so that it can be tested without waiting."""

from datetime import datetime, timedelta

from adapters.delivery.ports import DeliveryError, Failure

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 300.0
DEFECT_PAUSE = timedelta(seconds=30)
"""How long what met a defect of ours waits."""


def next_attempt(error: DeliveryError, attempts: int, now: datetime) -> datetime | None:
    """Return when the same rung is tried again, or None when it never will be.

    Args:
        error: what the platform said.
        attempts: how many attempts this rung has had, the failed one included.
    """
    if error.failure is Failure.PERMANENT:
        return None
    pause_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(attempts - 1, 16))
    return now + timedelta(seconds=max(pause_s, error.retry_after_s))
