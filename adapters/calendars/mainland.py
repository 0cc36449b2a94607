"""Mainland China: what the State Council announced, from chinesecalendar and from a year file.

Source: docs/reference/calendar.md, rules CAL-24 and CAL-25.
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

from domain.engine.calendar import DayRange, DaySet

YEAR_FILE = Path(__file__).with_name("mainland_china.json")
"""The years as they are shipped; an administrator edits a copy."""

FIXED_BY_LAW = ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")
"""The days off with a date in the Gregorian calendar, by the regulation in force since 2025-01-01."""

FIRST_YEAR_KEPT = 2020


def days_of_library(first_year: int = FIRST_YEAR_KEPT) -> DaySet:
    """Return what the library knows; it extrapolates nothing, so a year it lacks is not loaded."""
    # A year may begin in December before; only one that has its National Day was announced.
    years = sorted({day.year for day in holidays if day.month == 10 and day.year >= first_year})
    return DaySet(
        closed=_ranges(day for day in holidays if day.year in years),
        makeup=tuple(sorted(day for day in workdays if day.year in years)),
        years_loaded=tuple(years),
        fixed_by_law_when_year_missing=FIXED_BY_LAW,
    )


def mainland_china(file: Path = YEAR_FILE) -> DaySet:
    """Return the days of the library, where the years of a year file replace the library's.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not a year file; says where and why.
    """
    return days_of_library().with_years_of(DaySet.model_validate_json(file.read_bytes()))


def year_file(days: DaySet) -> str:
    """Return the text of a year file, one range or day a line."""
    return json.dumps(days.model_dump(mode="json"), indent=2) + "\n"


def _ranges(days: Iterable[date]) -> tuple[DayRange, ...]:
    found: list[DayRange] = []
    for day in sorted(days):
        if found and day - found[-1].last == timedelta(days=1):
            found[-1] = DayRange(first=found[-1].first, last=day)
        else:
            found.append(DayRange(first=day, last=day))
    return tuple(found)
