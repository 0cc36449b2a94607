"""The ticks of time itself: steps of ladders, reminders put off, and the heartbeat."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.kernel.messages import Cause, Command
from domain.sla.commands import FireDueSteps, RemindAgain

log = logging.getLogger(__name__)

LOT = 250
"""Work orders in one transaction: while it lasts, nobody else writes to SQLite."""
LOTS = 200
"""Lots of clocks that are looked up for one tick; the next tick goes on."""
SCHEDULER = "scheduler"


class DueSteps(Protocol):
    """Finds what is due, by an index and without a lock."""

    def due_sla(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return work orders with steps of a ladder that are due, the longest due first, each once."""

    def due_snoozes(self, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
        """Return (clock, person) of reminders that were put off until now."""


class Heart(Protocol):
    """Keeps that a kind of process lives."""

    def beat(self, name: str, now: datetime) -> None:
        """Note that a kind of process lives."""


Run = Callable[[Command], None]
Now = Callable[[], datetime]


def beat(heart: Heart, now: Now) -> None:
    """Let everybody know that a scheduler lives."""
    heart.beat(SCHEDULER, now())


def sweep_sla(due: DueSteps, run: Run, now: Now) -> None:
    """Fire every step that is due, lot by lot, the longest due first.

    Each work order is tried once in a tick: what another replica works on is passed over, so that replicas
    share the work, and what cannot be decided keeps nobody waiting.
    """
    at = now()
    found = due.due_sla(at, LOT * LOTS)
    for first in range(0, len(found), LOT):
        _fire(tuple(found[first : first + LOT]), run, at)


def _fire(lot: tuple[UUID, ...], run: Run, at: datetime) -> None:
    try:
        run(FireDueSteps(work_order_ids=lot, **_cause(f"sla:{lot[0]}:{len(lot)}:{at.isoformat()}", at)))
    except Exception:
        log.exception("a lot of %s work orders could not be decided; trying one by one", len(lot))
        for one in lot:
            _fire_alone(one, run, at)


def _fire_alone(work_order_id: UUID, run: Run, at: datetime) -> None:
    cause = _cause(f"sla:{work_order_id}:{at.isoformat()}", at)
    try:
        run(FireDueSteps(work_order_ids=(work_order_id,), **cause))
    except Exception:
        # One work order that cannot be decided must not keep the others waiting.
        log.exception("work order %s: its steps could not be fired; the next tick tries again", work_order_id)


def remind_again(due: DueSteps, run: Run, now: Now) -> None:
    """Remind everybody who asked to be reminded now."""
    at = now()
    for clock_id, person_id in due.due_snoozes(at, LOT):
        key = f"again:{clock_id.hex}:{person_id.hex}:{at.timestamp():.0f}"
        try:
            run(RemindAgain(clock_id=clock_id, person_id=person_id, **_cause(key, at)))
        except Exception:
            log.exception("clock %s: nobody could be reminded again; the next tick tries again", clock_id)


def _cause(key: str, at: datetime) -> Cause:
    return Cause(actor_id="system", issued_at=at, idempotency_key=key)
