"""Which calendar days the words for days mean."""

import re
from datetime import date, timedelta

from adapters.understanding.clock_words import TOMORROW_OR_NEXT, WEEK, WEEKDAYS, near_day
from domain.intake.numerals import number

_HOLIDAYS = {"元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "国庆": (10, 1)}
_DATE = re.compile(r"(?:(?P<month>.{1,3}?)个?月)?(?P<day>[^月]{1,3}?)[日号號]?$")


def days(words: str, today: date) -> tuple[date, date] | None:
    """Return the half-open days that are meant, or None when they are past or there are none.

    Args:
        words: one expression, such as `下周三`, `周末`, `后天`, `12月3号`.
        today: the day on which it was said, in China.
    """
    ahead = near_day(words)
    if ahead == TOMORROW_OR_NEXT:
        return today + timedelta(days=1), today + timedelta(days=3)
    if ahead is not None:
        return _one(today + timedelta(days=ahead)) if ahead >= 0 else None
    if re.search(rf"{WEEK}|双休", words):
        return _week(words, today)
    if words in _HOLIDAYS:
        return _one(_coming(*_HOLIDAYS[words], today))
    return _dated(words, today)


def _week(words: str, today: date) -> tuple[date, date] | None:
    if words.startswith("上"):
        return None
    weeks = 2 if words.startswith("下下") else 1 if words.startswith("下") else 0
    monday = today + timedelta(days=7 * weeks - today.weekday())
    if "末" in words or "双休" in words:
        start = max(monday + timedelta(days=5), today)
        return start, monday + timedelta(days=7)
    last = words[-1]
    weekday = WEEKDAYS.find(last) if last in WEEKDAYS else int(last) - 1 if last.isdigit() else -1
    if weekday < 0:
        return max(monday, today), monday + timedelta(days=7)
    day = monday + timedelta(days=min(weekday, 6))
    if day < today:
        if words.startswith(("这", "本")):
            return None
        day += timedelta(days=7)
    return _one(day)


def _dated(words: str, today: date) -> tuple[date, date] | None:
    slashed = re.fullmatch(r"(\d+)[./-](\d+)", words)
    if slashed:
        return _one_of(int(slashed[1]), int(slashed[2]), today)
    read = _DATE.match(words)
    if read is None:
        return None
    day = number(read["day"])
    if day is None:
        return None
    month_words = read["month"]
    if month_words is None or month_words == "这":
        month = today.month if day >= today.day else today.month % 12 + 1
    elif month_words in {"下", "下个"}:
        month = today.month % 12 + 1
    else:
        month = number(month_words) or 0
    return _one_of(month, day, today)


def _one_of(month: int, day: int, today: date) -> tuple[date, date] | None:
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    try:
        return _one(_coming(month, day, today))
    except ValueError:
        # The thirty-first of a month with thirty days.
        return None


def _coming(month: int, day: int, today: date) -> date:
    this_year = date(today.year, month, day)
    # A date a little back is a slip or past; one far back is next year's.
    return this_year if (today - this_year).days < 60 else date(today.year + 1, month, day)


def _one(day: date) -> tuple[date, date]:
    return day, day + timedelta(days=1)
