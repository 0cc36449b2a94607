"""Business time against a slow oracle that looks at every minute, and its laws for any calendar."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.engine.calendar import (
    BusinessCalendar,
    CalendarSpec,
    Change,
    Clock,
    DaySet,
    Pause,
    SegmentKind,
    due_at,
    segments,
    used,
)
from domain.kernel.localtime import CHINA

FIRST_DAY = date(2026, 12, 26)
DAYS = 9
MINUTE = timedelta(minutes=1)
NIGHT = datetime(2026, 12, 26, tzinfo=CHINA)
TIMES = st.integers(0, 24 * 4 - 1).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")
WINDOWS = st.tuples(TIMES, TIMES | st.just("24:00")).map(list)
WEEKS = st.lists(st.lists(WINDOWS, max_size=3), min_size=7, max_size=7)
DATES = st.dates(FIRST_DAY - timedelta(days=1), FIRST_DAY + timedelta(days=DAYS))
MINUTES = st.integers(0, DAYS * 1440 - 1)
MOMENTS = st.integers(0, 20 * 365 * 86_400 * 1000).map(
    lambda n: NIGHT.astimezone(UTC) + timedelta(milliseconds=n)
)
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "UTC"]


@st.composite
def definitions(draw: st.DrawFn) -> tuple[CalendarSpec, DaySet]:
    spec = CalendarSpec.model_validate(
        {"weekly": draw(WEEKS), "holidays": draw(st.booleans()), "makeup_uses": draw(st.integers(0, 6))}
    )
    days = DaySet.model_validate(
        {
            "closed": [
                f"{one}..{one + timedelta(days=draw(st.integers(0, 3)))}"
                for one in draw(st.lists(DATES, max_size=3))
            ],
            "makeup": draw(st.lists(DATES, max_size=2)),
            "years_loaded": [2026],
            "fixed_by_law_when_year_missing": ["01-01", "12-27"],
        }
    )
    return spec, days


@st.composite
def clocks(draw: st.DrawFn) -> tuple[Clock, dict[BusinessCalendar, list[bool]]]:
    counted = {
        BusinessCalendar(*one): list(opened(*one)) for one in draw(st.tuples(definitions(), definitions()))
    }
    pauses = []
    for first, length in draw(st.lists(st.tuples(MINUTES, st.none() | st.integers(0, 3000)), max_size=3)):
        pauses.append(Pause(minute(first), None if length is None else minute(first + length)))
    changes = [
        Change(minute(at), minutes(target), draw(st.sampled_from([None, *counted])), keep_used)
        for at, target, keep_used in draw(
            st.lists(
                st.tuples(MINUTES, st.integers(0, 2000), st.booleans()),
                max_size=3,
                unique_by=lambda one: one[0],
            )
        )
    ]
    start, target = minute(draw(MINUTES)), minutes(draw(st.integers(0, 3000)))
    return Clock(start, target, next(iter(counted)), pauses, changes), counted


@given(definitions(), MINUTES, MINUTES)
@settings(max_examples=60, deadline=None)
def test_working_time_is_what_every_minute_says(definition, one, other):
    first, last = sorted([one, other])
    counted = list(opened(*definition))

    assert BusinessCalendar(*definition).working_time(minute(first), minute(last)) == minutes(
        sum(counted[first:last])
    )


@given(definitions(), MINUTES, st.integers(1, 3000))
@settings(max_examples=60, deadline=None)
def test_a_target_is_due_when_every_minute_says(definition, start, target):
    reached = [n + 1 for n, is_open in enumerate(opened(*definition)) if is_open and n >= start]

    due = BusinessCalendar(*definition).due_at(minute(start), minutes(target))

    assert (
        due == minute(reached[target - 1])
        if len(reached) >= target
        else due is None or due > minute(DAYS * 1440)
    )


@given(clocks())
@settings(max_examples=80, deadline=None)
def test_a_clock_shows_what_every_minute_says(made):
    clock, counted = made
    due, spent = simulated(clock, counted)
    end = minute(DAYS * 1440)

    assert used(clock, end) == minutes(spent)
    shown = due_at(clock)
    assert shown == due or (due is None and shown is not None and shown > end)


@given(clocks(), MINUTES)
@settings(max_examples=80, deadline=None)
def test_segments_fill_the_elapsed_time_without_gap_or_overlap(made, until):
    clock, at = made[0], minute(until)
    whole = Clock(
        clock.start_at,
        clock.target,
        clock.calendar,
        clock.pauses,
        [Change(one.at, one.target, one.calendar) for one in clock.changes],
    )

    told = segments(whole, at)

    marks = [clock.start_at, *(one.to_at for one in told)]
    assert [one.from_at for one in told] == marks[:-1]
    assert marks[-1] == max(at, clock.start_at)
    counted = [one.to_at - one.from_at for one in told if one.kind is SegmentKind.COUNTED]
    assert sum(counted, timedelta(0)) == used(whole, at)


@pytest.mark.parametrize("zone", ZONES)
@given(WEEKS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=60)))
@settings(max_examples=30, deadline=None)
def test_the_time_until_due_is_the_target_and_no_earlier_moment_has_it(zone, weekly, start, target):
    calendar = in_zone(zone, weekly)

    due = calendar.due_at(start, target)

    if due is not None:
        assert calendar.working_time(start, due) == target
        assert due == start or calendar.working_time(start, due - timedelta(microseconds=1)) < target


@pytest.mark.parametrize("zone", ZONES)
@given(WEEKS, st.lists(MOMENTS, min_size=3, max_size=3))
@settings(max_examples=20, deadline=None)
def test_working_time_adds_up_and_never_shrinks(zone, weekly, moments):
    calendar = in_zone(zone, weekly)
    a, b, c = sorted(moments)

    assert calendar.working_time(a, b) + calendar.working_time(b, c) == calendar.working_time(a, c)
    assert timedelta(0) <= calendar.working_time(a, b) <= b - a
    assert calendar.working_time(b, a) == -calendar.working_time(a, b)


@given(WEEKS, MOMENTS, st.lists(st.timedeltas(timedelta(0), timedelta(days=9)), min_size=2, max_size=2))
@settings(max_examples=30, deadline=None)
def test_more_time_is_never_due_earlier(weekly, start, targets):
    calendar = in_zone("Asia/Shanghai", weekly)

    less, more = (calendar.due_at(start, target) for target in sorted(targets))

    assert more is None or (less is not None and less <= more)


def in_zone(zone: str, weekly: list[list[list[str]]]) -> BusinessCalendar:
    return BusinessCalendar(CalendarSpec.model_validate({"weekly": weekly, "zone": zone, "holidays": False}))


def minute(number: int) -> datetime:
    return NIGHT.astimezone(UTC) + number * MINUTE


def minutes(count: int) -> timedelta:
    return count * MINUTE


def opened(spec: CalendarSpec, days: DaySet) -> Iterator[bool]:
    """Say of every minute whether it counts, straight from the rules and from how the windows are written."""
    of_day = {n: written(spec, days, FIRST_DAY + timedelta(days=n)) for n in range(-1, DAYS)}
    for number in range(DAYS * 1440):
        day, at = number // 1440, f"{number % 1440 // 60:02}:{number % 60:02}"
        today = any(first <= at < last or last < first <= at for first, last in of_day[day])
        yield today or any(at < last < first for first, last in of_day[day - 1])


def written(spec: CalendarSpec, days: DaySet, day: date) -> list[list[str]]:
    if spec.holidays and day in days.makeup:
        weekday = spec.makeup_uses
    else:
        weekday = day.weekday()
        fixed = day.year != 2026 and f"{day:%m-%d}" in days.fixed_by_law_when_year_missing
        if spec.holidays and (fixed or any(one.first <= day <= one.last for one in days.closed)):
            return []
    return [window.written() for window in spec.weekly[weekday]]


def simulated(clock: Clock, counted: dict[BusinessCalendar, list[bool]]) -> tuple[datetime | None, int]:
    """Let every minute pass; return since when it is due and how many minutes counted."""
    calendar, target, spent, due = clock.calendar, clock.target, 0, None
    started = False
    for number in range(DAYS * 1440 + 1):
        at = minute(number)
        for change in (one for one in clock.changes if one.at == at):
            calendar, target = change.calendar or calendar, change.target or timedelta(0)
            spent, due = (spent, due) if change.keep_used else (0, None)
        started = started or at == clock.start_at
        if started:
            due = (due or at) if minutes(spent) >= target else None
            paused = any(one.from_at <= at and (one.to_at is None or at < one.to_at) for one in clock.pauses)
            spent += number < DAYS * 1440 and counted[calendar][number] and not paused
    return due, spent
