"""How a calendar is written down: weekly windows, and the days that are not like the others.

Source: docs/reference/calendar.md, rules CAL-1 to CAL-9.
"""

import re
from calendar import isleap
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import field_validator, model_serializer, model_validator

from domain.kernel.messages import Message

DAY_S = 86_400
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
_MONTH_DAY = re.compile(r"\d\d-\d\d")


class Window(Message):
    """A stretch of a day that counts, written `["09:00", "12:00"]`.

    Args:
        opens_s: seconds after the day's midnight, below 86,400.
        closes_s: likewise, not counted itself; over 86,400 where the window runs over midnight.
    """

    opens_s: int
    closes_s: int

    @model_validator(mode="before")
    @classmethod
    def _read(cls, said: Any) -> Any:
        if isinstance(said, Mapping | Window):
            return said
        if not isinstance(said, list | tuple) or len(said) != 2:
            raise ValueError(f"时段“{said}”不对，要写成 [开始, 结束]，例如 ['09:00', '12:00']")
        opens_s, closes_s = _seconds(said[0], may_be_24=False), _seconds(said[1], may_be_24=True)
        return {"opens_s": opens_s, "closes_s": closes_s + DAY_S * (closes_s < opens_s)}

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not 0 <= self.opens_s < DAY_S or not 0 <= self.closes_s - self.opens_s <= DAY_S:
            raise ValueError("时段最长一天，并且在当天开始")
        return self

    @model_serializer
    def written(self) -> list[str]:
        """Return the two times as they are written."""
        over = self.closes_s > DAY_S
        return [_clock_time(self.opens_s), _clock_time(self.closes_s - DAY_S * over)]


class CalendarSpec(Message):
    """When time counts in an ordinary week, and whether holidays change it.

    Args:
        weekly: the windows of Monday to Sunday, or by `mon` to `sun`, where a missing day is closed.
        holidays: whether closed and make-up days of the day set apply.
        makeup_uses: the weekday whose windows a make-up day has; Monday is 0.
        zone: the IANA time zone of the windows.
        first_year, last_year: the years the calendar is meant for; outside them its use is warned of.
    """

    weekly: tuple[tuple[Window, ...], ...]
    holidays: bool = True
    makeup_uses: int = 0
    zone: str = "Asia/Shanghai"
    first_year: int | None = None
    last_year: int | None = None

    @field_validator("weekly", mode="before")
    @classmethod
    def _by_name(cls, said: Any) -> Any:
        if not isinstance(said, Mapping):
            return said
        if unknown := [name for name in said if name not in WEEKDAYS]:
            raise ValueError(f"不认识的星期“{unknown[0]}”，请用 {'、'.join(WEEKDAYS)}")
        return [said.get(name, ()) for name in WEEKDAYS]

    @field_validator("weekly")
    @classmethod
    def _seven_days(cls, weekly: tuple[tuple[Window, ...], ...]) -> tuple[tuple[Window, ...], ...]:
        if len(weekly) != len(WEEKDAYS):
            raise ValueError(f"每周要写七天，从周一到周日，现在是 {len(weekly)} 天")
        return weekly

    @field_validator("makeup_uses")
    @classmethod
    def _is_weekday(cls, weekday: int) -> int:
        if not 0 <= weekday < len(WEEKDAYS):
            raise ValueError(f"调休日按星期几上班要写 0（周一）到 6（周日），现在是 {weekday}")
        return weekday

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (LookupError, ValueError, OSError):
            raise ValueError(f"不认识的时区“{zone}”，例如 Asia/Shanghai") from None
        return zone

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first_year and self.last_year and self.last_year < self.first_year:
            raise ValueError(f"有效年份 {self.first_year}–{self.last_year} 的结束早于开始")
        return self

    @property
    def is_meant_for(self) -> range:
        """Return the years the calendar is meant for."""
        return range(self.first_year or 1, (self.last_year or 9999) + 1)


class DayRange(Message):
    """Whole local days, both ends included, written `2026-01-01..2026-01-03` or as one day."""

    first: date
    last: date

    @model_validator(mode="before")
    @classmethod
    def _read(cls, said: Any) -> Any:
        if isinstance(said, str):
            first, dots, last = said.partition("..")
            return {"first": _day(first), "last": _day(last) if dots else _day(first)}
        return said

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"日期范围 {self.first}..{self.last} 的结束早于开始")
        return self

    @model_serializer
    def written(self) -> str:
        """Return the range as it is written."""
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"

    def days_in(self, year: int) -> list[date]:
        """Return the days of the range that lie in a year."""
        first, last = max(self.first, date(year, 1, 1)), min(self.last, date(year, 12, 31))
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]


class DaySet(Message):
    """Days off and make-up working days, as one file of years tells them.

    Args:
        closed: days off.
        makeup: days worked instead; one that also lies in a closed range is worked.
        years_loaded: the years whose days are known; using another is warned of.
        fixed_by_law_when_year_missing: `MM-DD` of the days off in every year that is not loaded.
    """

    closed: tuple[DayRange, ...] = ()
    makeup: tuple[date, ...] = ()
    years_loaded: tuple[int, ...] = ()
    fixed_by_law_when_year_missing: tuple[str, ...] = ()

    @field_validator("makeup", mode="before")
    @classmethod
    def _days(cls, said: Any) -> Any:
        if not isinstance(said, list | tuple):
            return said
        return [_day(one) if isinstance(one, str) else one for one in said]

    @field_validator("fixed_by_law_when_year_missing")
    @classmethod
    def _month_and_day(cls, days: tuple[str, ...]) -> tuple[str, ...]:
        for one in days:
            if not _MONTH_DAY.fullmatch(one):
                raise ValueError(f"“{one}”不对，每年固定的假日要写成 月-日，例如 10-01")
            _day(f"2000-{one}")
        return days

    def closed_in(self, year: int) -> set[date]:
        """Return the days off of a year, without looking at make-up days."""
        closed = {day for one in self.closed for day in one.days_in(year)}
        if year not in self.years_loaded:
            fixed = (one for one in self.fixed_by_law_when_year_missing if one != "02-29" or isleap(year))
            closed |= {date(year, int(one[:2]), int(one[3:])) for one in fixed}
        return closed

    def with_years_of(self, newer: "DaySet") -> "DaySet":
        """Return these days with every year the newer set has loaded taken from there."""
        years = set(newer.years_loaded)
        return DaySet(
            closed=(*(one for one in self.closed if one.first.year not in years), *newer.closed),
            makeup=(*(day for day in self.makeup if day.year not in years), *newer.makeup),
            years_loaded=tuple(sorted({*self.years_loaded, *years})),
            fixed_by_law_when_year_missing=newer.fixed_by_law_when_year_missing
            or self.fixed_by_law_when_year_missing,
        )


def _seconds(said: Any, *, may_be_24: bool) -> int:
    said = said if isinstance(said, str) else str(said)
    if may_be_24 and said in {"24:00", "24:00:00"}:
        return DAY_S
    found = _TIME.fullmatch(said)
    if found is None:
        raise ValueError(f"时间“{said}”不对，要写成 09:00；一天的结束可以写 24:00")
    hour, minute, second = found.groups(default="0")
    return int(hour) * 3600 + int(minute) * 60 + int(second)


def _clock_time(second_of_day: int) -> str:
    minutes, second = divmod(second_of_day, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{second:02}" if second else "")


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        raise ValueError(f"日期“{said}”不对，要写成 2026-01-01，范围写成 2026-01-01..2026-01-03") from None
