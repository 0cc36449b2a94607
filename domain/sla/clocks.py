"""What a clock does: start, pause, resume, stop, take another limit, and which of its steps are due. Pure.

What it shows is computed by the calendar engine from its rulings and pauses alone. Every moment is cut to its
second.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from pydantic import AwareDatetime

from domain.engine.calendar import BusinessCalendar, Change, Clock, Pause, due_at, used
from domain.kernel.messages import Message
from domain.sla.definition import Step
from domain.sla.matching import Applied
from domain.sla.model import SlaClock

Calendars = Callable[[str], BusinessCalendar]
"""The calendars of one version of the document, by name."""
UNLIMITED = timedelta(days=3650)
"""Stands for the limit of a clock that only measures."""


class Ruling(Message):
    """What counts for a clock since a moment.

    Args:
        keep_used: whether what was used before still counts.
        by: who caused it.
    """

    at: AwareDatetime
    target_s: int | None
    calendar: str
    policy: str
    keep_used: bool = True
    by: str


class Stop(Message):
    """A pause: why, and who began and ended it."""

    from_at: AwareDatetime
    to_at: AwareDatetime | None = None
    reason: str
    by: str
    ended_by: str = ""


@dataclass(frozen=True)
class DueStep:
    """A step whose time has come.

    Args:
        attached: it was due before the clock had this limit.
    """

    step: Step
    due_at: datetime
    attached: bool


def start(
    work_order_id: UUID,
    kind: str,
    applied: Applied,
    document: int,
    *,
    at: datetime,
    attached_at: datetime,
    by: str,
    episode: int = 1,
    holds: Sequence[Stop] = (),
) -> SlaClock:
    """Return a new clock that runs from `at`, which may lie before it was attached; plan it next.

    Args:
        holds: pauses that lie between the two; the last one may be open.
    """
    clock = SlaClock(
        id=uuid4(),
        work_order_id=work_order_id,
        kind=kind,
        episode=episode,
        state="paused" if holds and holds[-1].to_at is None else "running",
        document=document,
        rulings=[],
        pauses=[one.model_dump(mode="json") for one in holds],
        started_at=_cut(at),
        fired=[],
        todos=[],
    )
    _rule(clock, applied, at, attached_at, by)
    return clock


def pause(clock: SlaClock, reason: str, at: datetime, by: str) -> None:
    """Stop counting until it is resumed."""
    stop = Stop(from_at=max(_cut(at), clock.started_at), reason=reason, by=by)
    clock.pauses = [*clock.pauses, stop.model_dump(mode="json")]
    clock.state = "paused"


def resume(clock: SlaClock, at: datetime, by: str) -> None:
    """Count again; the due moment moves by the open time that was paused. One that was stopped runs again."""
    if clock.stopped_at is not None:
        gap = Stop(from_at=clock.stopped_at, to_at=max(_cut(at), clock.stopped_at), reason="done", by=by)
        clock.pauses = [*clock.pauses, gap.model_dump(mode="json")]
        clock.stopped_at = clock.used_s = None
    else:
        last = Stop.model_validate(clock.pauses[-1])
        ended = last.model_copy(update={"to_at": max(_cut(at), last.from_at), "ended_by": by})
        clock.pauses = [*clock.pauses[:-1], ended.model_dump(mode="json")]
    clock.state = "running"


def stop(clock: SlaClock, calendars: Calendars, at: datetime, by: str, *, cancelled: bool = False) -> None:
    """End the clock: met when no more than its limit was used."""
    if clock.state == "paused":
        resume(clock, at, by)
    clock.used_s = used_s(clock, calendars, at)
    clock.stopped_at = max(_cut(at), clock.started_at)
    late = clock.target_s is not None and clock.used_s > clock.target_s
    clock.state = "cancelled" if cancelled else "missed" if late else "met"


def retarget(clock: SlaClock, applied: Applied, at: datetime, by: str) -> None:
    """Take another limit and perhaps another calendar; what was used and a pause stay."""
    _rule(clock, applied, at, at, by)


def restart(clock: SlaClock, at: datetime, by: str) -> None:
    """Begin the next episode of the same clock from nothing, for what is measured again and again."""
    if clock.state == "paused":
        resume(clock, at, by)
    last = Ruling.model_validate(clock.rulings[-1])
    again = last.model_copy(update={"at": _cut(at), "keep_used": False, "by": by})
    clock.rulings = [*clock.rulings, again.model_dump(mode="json")]
    clock.episode += 1
    clock.fired, clock.attached_at = [], again.at


def plan(clock: SlaClock, calendars: Calendars, steps: Sequence[Step]) -> None:
    """Set when it is due and when the sweep has to look; call it after every change."""
    clock.due_at = clock.next_at = None
    if clock.state != "running" or clock.target_s is None:
        return
    running = as_engine(clock, calendars)
    clock.due_at = due_at(running)
    clock.next_at = min(
        (due for step in _left(clock, steps) if (due := due_at(running, step.at.goal))), default=None
    )


def due_steps(
    clock: SlaClock, calendars: Calendars, steps: Sequence[Step], now: datetime
) -> tuple[DueStep, ...]:
    """Return the steps that are due and were not fired, in the order they were due."""
    return tuple(one for one in _steps_left(clock, calendars, steps) if one.due_at <= now)


def fire(clock: SlaClock, calendars: Calendars, steps: Sequence[Step], now: datetime) -> tuple[DueStep, ...]:
    """Return the steps that are due, remember them as fired, and set when the sweep has to look next."""
    left = _steps_left(clock, calendars, steps)
    due = tuple(one for one in left if one.due_at <= now)
    mark_fired(clock, due)
    clock.next_at = left[len(due)].due_at if len(due) < len(left) else None
    return due


def mark_fired(clock: SlaClock, fired: Sequence[DueStep]) -> None:
    """Remember what was fired; plan it next."""
    clock.fired = [*clock.fired, *(one.step.at for one in fired)]


def used_s(clock: SlaClock, calendars: Calendars, at: datetime) -> int:
    """Return the counted seconds until a moment, or until its end."""
    if clock.used_s is not None:
        return clock.used_s
    return int(used(as_engine(clock, calendars), _cut(at)).total_seconds())


def as_engine(clock: SlaClock, calendars: Calendars) -> Clock:
    """Return the clock as the calendar engine reads it."""
    first, *later = [Ruling.model_validate(one) for one in clock.rulings]
    return Clock(
        clock.started_at,
        _limit(first),
        calendars(first.calendar),
        [Pause(one.from_at, one.to_at) for one in map(Stop.model_validate, clock.pauses)],
        [Change(one.at, _limit(one), calendars(one.calendar), one.keep_used) for one in later],
    )


def _rule(clock: SlaClock, applied: Applied, at: datetime, attached_at: datetime, by: str) -> None:
    target = applied.policy.targets.get(clock.kind)
    ruling = Ruling(
        at=_cut(at),
        target_s=target.within if target is not None else None,
        calendar=applied.calendar,
        policy=applied.policy.name,
        by=by,
    )
    clock.rulings = [*clock.rulings, ruling.model_dump(mode="json")]
    clock.target_s, clock.calendar = ruling.target_s, ruling.calendar
    clock.policy, clock.reason = ruling.policy, applied.reason[:200]
    clock.attached_at = _cut(attached_at)


def _limit(ruling: Ruling) -> timedelta:
    return UNLIMITED if ruling.target_s is None else timedelta(seconds=ruling.target_s)


def _steps_left(clock: SlaClock, calendars: Calendars, steps: Sequence[Step]) -> list[DueStep]:
    """Return the steps that will be due, or are, and were not fired, in the order of their moments."""
    if clock.state != "running" or clock.target_s is None:
        return []
    running = as_engine(clock, calendars)
    found = [
        DueStep(step, due, due <= clock.attached_at)
        for step in _left(clock, steps)
        if (due := due_at(running, step.at.goal)) is not None
    ]
    return sorted(found, key=lambda one: one.due_at)


def _left(clock: SlaClock, steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.at not in clock.fired]


def _cut(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
