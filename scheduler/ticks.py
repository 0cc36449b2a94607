"""One function per tick: the clock finds what is due and asks the domain to look."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.dispatching.commands import DispatchWorkOrder
from domain.kernel.messages import Command

log = logging.getLogger(__name__)

LOT = 100
"""Work orders looked at in one tick."""


class DueWork(Protocol):
    """Finds records whose moment has come, by an index."""

    def due_work_orders(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return work orders with `next_due_at` in the past, the longest due first."""


def sweep_dispatch(
    due: DueWork, run: Callable[[Command], None], now: Callable[[], datetime], offer_timeout_s: int
) -> None:
    """Ask the next technician for every work order that nobody has or whose offer ran out."""
    at = now()
    for work_order_id in due.due_work_orders(at, LOT):
        command = DispatchWorkOrder(
            actor_id="system",
            issued_at=at,
            idempotency_key=f"dispatch:{work_order_id}:{at.isoformat()}",
            work_order_id=work_order_id,
            offer_timeout_s=offer_timeout_s,
        )
        try:
            run(command)
        except Exception:
            # One work order that cannot be dispatched must not keep the others waiting.
            log.exception("work order %s could not be dispatched; the next tick tries again", work_order_id)
