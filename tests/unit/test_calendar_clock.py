"""What the table of worked cases cannot say: shares of a target, segments, refusals."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from bench import sla_cases
from domain.engine.calendar import Change, Clock, Pause, SegmentKind, due_at, read, segments, used
from tests.architecture import source
from tests.support.calendars import always, beijing, minutes, office

TABLE = source.ROOT / "tests" / "data" / "sla_cases.json"
SHEET = sla_cases.Sheet(json.loads(TABLE.read_text("utf-8")))
MONDAY = beijing("2026-03-02 09:00")
LUNCH_PAUSE = Pause(beijing("2026-03-02 11:30"), beijing("2026-03-02 14:00"))


@pytest.mark.parametrize("case", SHEET.cases, ids=lambda case: case["id"])
def test_a_worked_case(case):
    assert sla_cases.problems(SHEET, case) == []


def percent_of(percent: int) -> Callable[[timedelta], timedelta]:
    return lambda target: target * percent / 100


def test_shares_of_the_target_fall_due_in_turn():
    clock = Clock(MONDAY, minutes(240), office(), [LUNCH_PAUSE])

    reached = [due_at(clock, percent_of(percent)) for percent in (50, 80, 100, 150)]

    assert reached == [beijing(f"2026-03-02 {at}") for at in ("11:00", "14:42", "15:30", "17:30")]


def test_a_share_follows_a_change_of_target():
    clock = Clock(MONDAY, minutes(480), office(), changes=[Change(beijing("2026-03-02 10:00"), minutes(120))])

    assert due_at(clock, percent_of(80)) == beijing("2026-03-02 10:36")


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="暂停的结束"):
        Pause(LUNCH_PAUSE.from_at, MONDAY)


def test_segments_say_why():
    clock = Clock(
        MONDAY,
        minutes(480),
        office(),
        [LUNCH_PAUSE],
        [Change(beijing("2026-03-02 19:00"), calendar=always())],
    )

    told = [
        (f"{one.from_at.hour + 8}:{one.from_at.minute:02}", one.kind, one.stage)
        for one in segments(clock, beijing("2026-03-02 20:00"))
    ]

    assert told == [
        ("9:00", SegmentKind.COUNTED, 0),
        ("11:30", SegmentKind.PAUSED, 0),
        ("14:00", SegmentKind.COUNTED, 0),
        ("18:00", SegmentKind.CLOSED, 0),
        ("19:00", SegmentKind.COUNTED, 1),
    ]


def test_counted_segments_are_the_used_time():
    clock = Clock(MONDAY, minutes(480), office(), [LUNCH_PAUSE])
    until = beijing("2026-03-05 10:00")
    counted = [one.to_at - one.from_at for one in segments(clock, until) if one.kind is SegmentKind.COUNTED]

    assert sum(counted, minutes(0)) == used(clock, until) == minutes(450 - 60 + 450 + 450 + 60)


def test_a_clock_before_its_start_has_no_segments():
    assert segments(Clock(MONDAY, minutes(480), office()), beijing("2026-03-01")) == ()


def test_a_reading_names_the_years_that_are_not_loaded():
    clock = Clock(beijing("2026-12-31 17:00"), minutes(120), office())

    assert read(clock, clock.start_at).years_unknown == (2027,)
