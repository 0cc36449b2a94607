"""Calendars and moments the tests of business time use."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.engine.calendar import BusinessCalendar, CalendarSpec, DaySet
from domain.kernel.localtime import CHINA

OFFICE_DAY = [["09:00", "12:00"], ["13:30", "18:00"]]
OFFICE_WEEK = [*[OFFICE_DAY] * 5, [], []]
DAYS_2026 = DaySet.model_validate(
    {
        "closed": ["2026-01-01..2026-01-03", "2026-02-15..2026-02-23", "2026-10-01..2026-10-07"],
        "makeup": ["2026-01-04", "2026-02-14", "2026-02-28", "2026-10-10"],
        "years_loaded": [2026],
        "fixed_by_law_when_year_missing": ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"],
    }
)


def calendar(weekly: Any, days: DaySet = DAYS_2026, **other: Any) -> BusinessCalendar:
    """Make a calendar from windows as they are written."""
    return BusinessCalendar(CalendarSpec.model_validate({"weekly": weekly, **other}), days)


def office() -> BusinessCalendar:
    """Make the calendar with a lunch break, week-ends and holidays."""
    return calendar(OFFICE_WEEK)


def always() -> BusinessCalendar:
    """Make the calendar that counts every minute."""
    return calendar([[["00:00", "24:00"]]] * 7, holidays=False)


def beijing(text: str) -> datetime:
    """Return the moment a local time stands for."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


def minutes(count: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=count)
