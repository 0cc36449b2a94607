"""How many due moments are computed in a second, and what laying out a calendar costs first."""

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from adapters.calendars.mainland import mainland_china
from domain.engine.calendar import BusinessCalendar, CalendarSpec, Change, Clock, DaySet, Pause, due_at, read

OFFICE_DAY = [["09:00", "12:00"], ["13:30", "18:00"]]
OFFICE = CalendarSpec.model_validate({"weekly": [*[OFFICE_DAY] * 5, [], []]})
FROM = datetime(2025, 1, 1, tzinfo=UTC)
T = TypeVar("T")
WITHIN_S = 700 * 86_400


def measure(count: int = 20_000) -> None:
    """Print the figures of an office calendar of mainland China."""
    days = mainland_china()
    draw = random.Random(1)
    starts = [FROM + timedelta(seconds=draw.randrange(WITHIN_S)) for _ in range(count)]
    print(f"\n== Due moments, {count:,} starts in 2025 and 2026, office hours with holidays")
    print(f"   first due of a new calendar   {_first_ms(days, timedelta(hours=8)):8.1f} ms")
    print(f"   first due, 100 years ahead    {_first_ms(days, timedelta(hours=200_000)):8.1f} ms")
    calendar = BusinessCalendar(OFFICE, days)
    for hours in (8, 80, 20_000):
        target = timedelta(hours=hours)
        rate = _per_s(starts, partial(calendar.due_at, target=target))
        print(f"   target of {hours:>6,} working hours {rate:10,.0f} due/s")
    clocks = [_clock(at, calendar) for at in starts]
    print(f"   clock with pause and change   {_per_s(clocks, due_at):8,.0f} due/s")
    rate = _per_s(clocks, lambda clock: read(clock, clock.start_at + timedelta(hours=50)))
    print(f"   its used, left and state too  {rate:8,.0f} readings/s")


def _clock(at: datetime, calendar: BusinessCalendar) -> Clock:
    pause = Pause(at + timedelta(hours=1), at + timedelta(hours=20))
    change = Change(at + timedelta(hours=30), timedelta(hours=12))
    return Clock(at, timedelta(hours=8), calendar, [pause], [change])


def _first_ms(days: DaySet, target: timedelta) -> float:
    start = time.perf_counter()
    BusinessCalendar(OFFICE, days).due_at(FROM, target)
    return (time.perf_counter() - start) * 1000


def _per_s(items: Sequence[T], ask: Callable[[T], object]) -> float:
    ask(items[0])
    start = time.perf_counter()
    for item in items:
        ask(item)
    return len(items) / (time.perf_counter() - start)
