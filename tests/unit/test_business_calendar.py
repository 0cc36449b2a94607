"""What a calendar counts between two moments, and when a target is reached."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.engine.calendar import BusinessCalendar, CalendarSpec, OutsideCalendar
from tests.support.calendars import OFFICE_WEEK, always, beijing, calendar, minutes, office

MONDAY = beijing("2026-03-02 09:00")


def test_a_working_day_has_seven_and_a_half_hours():
    assert office().working_time(beijing("2026-03-02"), beijing("2026-03-03")) == minutes(450)


def test_a_year_counts_its_working_days():
    # 261 Mondays to Fridays; 2 of January, 6 of February and 5 of October off; 4 days made up at week-ends.
    assert office().working_time(beijing("2026-01-01"), beijing("2027-01-01")) == (
        261 - 2 - 6 - 5 + 4
    ) * minutes(450)


def test_time_backwards_is_negative():
    assert office().working_time(beijing("2026-03-02 10:00"), MONDAY) == -minutes(60)


def test_a_microsecond_counts():
    tick = timedelta(microseconds=1)

    assert office().due_at(MONDAY, tick) == MONDAY + tick


@pytest.mark.parametrize(
    ("at", "is_open", "next_open"),
    [
        ("2026-03-02 08:59", False, "2026-03-02 09:00"),
        ("2026-03-02 09:00", True, "2026-03-02 09:00"),
        ("2026-03-02 11:59:59", True, "2026-03-02 11:59:59"),
        ("2026-03-02 12:00", False, "2026-03-02 13:30"),
        ("2026-12-31 18:00", False, "2027-01-04 09:00"),
    ],
)
def test_the_next_opening(at, is_open, next_open):
    assert office().is_open(beijing(at)) is is_open
    assert office().next_open(beijing(at)) == beijing(next_open)


def test_a_calendar_without_windows_never_opens():
    never = calendar([[]] * 7)

    assert never.next_open(MONDAY) is None
    assert never.due_at(MONDAY, minutes(1)) is None
    assert never.due_at(MONDAY, minutes(0)) == MONDAY


def test_open_stretches_are_cut_at_both_ends():
    stretches = office().open_between(beijing("2026-03-02 11:00"), beijing("2026-03-02 14:00"))

    assert stretches == [
        (beijing("2026-03-02 11:00"), beijing("2026-03-02 12:00")),
        (beijing("2026-03-02 13:30"), beijing("2026-03-02 14:00")),
    ]


def test_a_night_before_new_year_reaches_into_the_new_year_once():
    night = calendar([[["22:00", "06:00"]]] * 7, holidays=False)

    assert night.open_between(beijing("2026-12-31 12:00"), beijing("2027-01-01 12:00")) == [
        (beijing("2026-12-31 22:00"), beijing("2027-01-01 06:00"))
    ]


def test_a_target_of_a_hundred_years_is_reached_and_one_of_a_thousand_is_not():
    century = timedelta(days=36_525)

    assert always().due_at(MONDAY, century) == MONDAY + century
    assert always().due_at(MONDAY, 10 * century) is None


def test_the_order_of_questions_does_not_matter():
    asked = office()
    asked.due_at(beijing("2040-01-01"), minutes(450 * 300))
    asked.working_time(beijing("1999-01-01"), beijing("1999-01-02"))

    assert asked.due_at(MONDAY, minutes(45_000)) == office().due_at(MONDAY, minutes(45_000))


@pytest.mark.parametrize("year", [1969, 2200, 9998])
def test_a_year_that_no_calendar_counts_is_refused(year):
    with pytest.raises(OutsideCalendar, match="超出了日历的范围"):
        office().due_at(datetime(year, 6, 1, tzinfo=UTC), minutes(1))


def test_the_years_that_are_not_loaded_are_told():
    assert office().years_unknown(beijing("2025-12-31 18:00"), beijing("2027-01-01 00:01")) == (2025, 2027)
    assert office().years_unknown(beijing("2026-06-01"), beijing("2027-01-01")) == ()
    assert always().years_unknown(beijing("2025-06-01"), beijing("2028-01-01")) == ()


def test_the_years_a_calendar_is_not_meant_for_are_told():
    until_2026 = calendar(OFFICE_WEEK, holidays=False, last_year=2026)

    assert until_2026.years_unknown(beijing("2026-06-01"), beijing("2028-01-02")) == (2027, 2028)


@pytest.mark.parametrize(("night", "hours"), [("2026-03-28", 9), ("2026-10-24", 11), ("2026-11-07", 10)])
def test_a_night_shift_where_the_clocks_change_has_its_real_hours(night, hours):
    berlin = BusinessCalendar(
        CalendarSpec.model_validate(
            {"weekly": {"sat": [["20:00", "06:00"]]}, "holidays": False, "zone": "Europe/Berlin"}
        )
    )
    start = datetime.fromisoformat(f"{night}T12:00+00:00")

    assert berlin.working_time(start, start + timedelta(days=1)) == timedelta(hours=hours)
    assert berlin.is_open(datetime.fromisoformat(f"{night}T23:30+00:00"))
