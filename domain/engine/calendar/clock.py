"""What a clock shows: used and left time, due moment and state, from its pauses and changes alone.

Source: docs/reference/calendar.md, rules CAL-13 to CAL-22.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from domain.engine.calendar.calendar import BusinessCalendar

FOREVER = datetime.max.replace(tzinfo=UTC)
_ZERO = timedelta(0)


class ClockState(StrEnum):
    """What a clock does at a moment."""

    RUNNING = "running"
    PAUSED = "paused"
    BREACHED = "breached"
    NO_OPEN_TIME = "no_open_time"


@dataclass(frozen=True)
class Pause:
    """A stretch that does not count; open while `to_at` is None. Pauses may overlap.

    Raises:
        ValueError: it ends before it begins.
    """

    from_at: datetime
    to_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.to_at is not None and self.to_at < self.from_at:
            raise ValueError(f"暂停的结束 {self.to_at} 早于开始 {self.from_at}")


@dataclass(frozen=True)
class Change:
    """A new target or calendar from a moment on.

    Args:
        target: None keeps the one in force.
        calendar: None keeps the one in force.
        keep_used: whether what was used before still counts; else the clock begins anew here.
    """

    at: datetime
    target: timedelta | None = None
    calendar: BusinessCalendar | None = None
    keep_used: bool = True


@dataclass(frozen=True)
class Clock:
    """Everything that decides a clock. All moments aware UTC; pauses and changes in any order."""

    start_at: datetime
    target: timedelta
    calendar: BusinessCalendar
    pauses: Sequence[Pause] = ()
    changes: Sequence[Change] = ()


Goal = Callable[[timedelta], timedelta]
"""How much counted time is meant, for a target."""


def _whole(target: timedelta) -> timedelta:
    return target


@dataclass(frozen=True)
class Reading:
    """What a clock shows at a moment.

    Args:
        due_at: first moment at which the counted time reaches the target; None while that is not known.
        used: counted since the start, or since the last change that began anew.
        left: the target in force less what is used; negative when late.
        years_unknown: years that decide the answer but whose holidays are not loaded.
    """

    due_at: datetime | None
    used: timedelta
    left: timedelta
    state: ClockState
    years_unknown: tuple[int, ...] = ()


@dataclass(frozen=True)
class Stage:
    """A part of a clock's life with one target and one calendar."""

    from_at: datetime
    to_at: datetime
    target: timedelta
    calendar: BusinessCalendar
    begins_anew: bool = False


def read(clock: Clock, at: datetime) -> Reading:
    """Return what the clock shows at a moment.

    Pauses and changes that begin later are taken into account for `due_at` only.
    """
    due = due_at(clock)
    counted, late_from = _run(clock, at)
    paused = [one for one in clock.pauses if one.from_at <= at and (one.to_at is None or at < one.to_at)]
    if late_from is not None and late_from < at:
        state = ClockState.BREACHED
    elif paused:
        state = ClockState.PAUSED
    elif due is None and all(one.to_at is not None for one in clock.pauses):
        state = ClockState.NO_OPEN_TIME
    else:
        state = ClockState.RUNNING
    target = stages(clock, max(at, clock.start_at))[-1].target
    return Reading(due, counted, target - counted, state, _years_unknown(clock, max(due or at, at)))


def due_at(clock: Clock, goal: Goal = _whole) -> datetime | None:
    """Return the first moment at which the counted time reaches a goal that depends on the target in force.

    Once reached it stays, unless a change raises the target above what is used. A change that lowers the
    target to what is used already makes it due at the change. None while a pause is open, or with no open
    time left.
    """
    return _run(clock, FOREVER, goal)[1]


def used(clock: Clock, at: datetime) -> timedelta:
    """Return what was counted by a moment."""
    return _run(clock, at)[0]


def stages(clock: Clock, until: datetime) -> list[Stage]:
    """Return the parts of the clock's life up to a moment; a change before the start applies from there."""
    made = [Stage(clock.start_at, until, clock.target, clock.calendar)]
    for change in sorted(clock.changes, key=lambda one: one.at):
        at = max(change.at, clock.start_at)
        if at > until:
            break
        last = made.pop()
        made.append(Stage(last.from_at, at, last.target, last.calendar, last.begins_anew))
        target = last.target if change.target is None else change.target
        made.append(Stage(at, until, target, change.calendar or last.calendar, not change.keep_used))
    return made


def unpaused(
    pauses: Sequence[Pause], from_at: datetime, to_at: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Go through what the pauses leave of a stretch, in order; overlapping pauses count once."""
    for pause in sorted(pauses, key=lambda one: one.from_at):
        if from_at < min(pause.from_at, to_at):
            yield from_at, min(pause.from_at, to_at)
        from_at = max(from_at, pause.to_at or FOREVER)
    if from_at < to_at:
        yield from_at, to_at


def _run(clock: Clock, until: datetime, goal_of: Goal = _whole) -> tuple[timedelta, datetime | None]:
    """Return what is counted by a moment, and since when that is enough; until forever only the latter."""
    counted, due = _ZERO, None
    for stage in stages(clock, until):
        if stage.begins_anew:
            counted, due = _ZERO, None
        goal = goal_of(stage.target)
        due = None if counted < goal else due or stage.from_at
        for first, last in unpaused(clock.pauses, stage.from_at, stage.to_at):
            if last == FOREVER:
                return counted, due or stage.calendar.due_at(first, goal - counted)
            more = stage.calendar.working_time(first, last)
            if due is None and counted + more >= goal:
                due = stage.calendar.due_at(first, goal - counted)
            counted += more
    return counted, due


def _years_unknown(clock: Clock, until: datetime) -> tuple[int, ...]:
    found = {
        year
        for stage in stages(clock, max(until, clock.start_at))
        for year in stage.calendar.years_unknown(stage.from_at, stage.to_at)
    }
    return tuple(sorted(found))
