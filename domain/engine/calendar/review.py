"""What an editor should know about a calendar that is not wrong, but perhaps not meant.

Source: docs/reference/calendar.md, rule CAL-10.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from domain.engine.calendar.spec import DAY_S, CalendarSpec, DaySet, Window

NOTICE_MONTH = 11
"""The State Council tells the next year's days in November, some years earlier."""

_WEEKDAYS = "一二三四五六日"


def missing_years(days: DaySet, on: date) -> tuple[int, ...]:
    """Return the years that ought to be loaded on a day: its own, and from November on the next."""
    wanted = (on.year, on.year + 1) if on.month >= NOTICE_MONTH else (on.year,)
    return tuple(year for year in wanted if year not in days.years_loaded)


def remarks(spec: CalendarSpec, days: DaySet) -> tuple[str, ...]:
    """Return one Chinese sentence for each thing worth a second look."""
    return (*_of_week(spec), *(_of_days(days) if spec.holidays else ()))


def _of_week(spec: CalendarSpec) -> Iterator[str]:
    for weekday, windows in enumerate(spec.weekly):
        name = f"周{_WEEKDAYS[weekday]}"
        ordered = sorted((one for one in windows if one.opens_s < one.closes_s), key=lambda one: one.opens_s)
        for empty in (one for one in windows if one.opens_s == one.closes_s):
            yield f"{name} {_shown(empty)} 长度为零，不计时"
        for earlier, later in pairwise(ordered):
            if later.opens_s < earlier.closes_s:
                yield f"{name} {_shown(earlier)} 与 {_shown(later)} 重叠，重叠部分只计一次"
        over = max((one.closes_s for one in ordered), default=0) - DAY_S
        if any(one.opens_s < min(over, one.closes_s) for one in spec.weekly[(weekday + 1) % 7]):
            yield f"{name} 跨夜的时段与第二天的时段重叠，重叠部分只计一次"
    if not any(one.opens_s < one.closes_s for day in spec.weekly for one in day):
        yield "没有任何工作时段，时限永远不会到期"


def _of_days(days: DaySet) -> Iterator[str]:
    for day in sorted(set(days.makeup)):
        if any(one.first <= day <= one.last for one in days.closed):
            yield f"{day} 既是假日又是调休上班日，按上班计"
        if day.year not in days.years_loaded:
            yield f"{day} 是调休上班日，但 {day.year} 年没有标为已录入"


def _shown(window: Window) -> str:
    return "–".join(window.written())
