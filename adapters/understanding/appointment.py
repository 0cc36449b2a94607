"""Time expressions of a message, resolved against the moment it was said, in China's time."""

import re
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from adapters.understanding.clock_words import BEFORE, EXPRESSION, PERIOD, part_hours
from adapters.understanding.days import days
from adapters.understanding.folding import Span
from domain.intake.numerals import number
from domain.kernel.localtime import CHINA

# How far back a bare clock time may look for the day and the part of the day it belongs to.
_REACH = 16
# More times than this are no appointment but a timetable.
_MOST = 24
_FEW = {"两三": 3, "三三": 3}
_CLOCK = re.compile(r"(?P<hour>[^点时:：]+)(?:[:：](?P<exact>\d{2})|[点时]钟?(?P<minutes>.*))?$")


class Mention(NamedTuple):
    """A stretch of time that a message names.

    Args:
        from_at: aware; `to_at` is after it.
        kind: what it was named by: `day`, `part`, `clock`, `within` or `before`, for the classifier.
    """

    span: Span
    from_at: datetime
    to_at: datetime
    kind: str


class _Words(NamedTuple):
    """The parts of one expression."""

    day: str
    day_to: str
    within: str
    part: str
    part_to: str
    clock: str
    other_part: str
    clock_to: str
    mod: str


def mentions(folded: str, at: datetime) -> list[Mention]:
    """Find what times a message names that are not over.

    Args:
        folded: the message as `fold` returns it.
        at: when it was said, aware.
    """
    now = at.astimezone(CHINA).replace(second=0, microsecond=0)
    found = _periods(folded, now)
    before: tuple[int, _Words] | None = None
    for match in islice(EXPRESSION.finditer(folded), _MOST):
        words = _words(match)
        if before is not None and match.start() - before[0] <= _REACH and not words.day:
            words = _inherit(words, before[1])
        before = match.end(), words
        span = Span(*match.span())
        if any(span.overlaps(other.span) for other in found):
            continue
        stretch = _stretch(words, now)
        if stretch is not None and stretch[0] < stretch[1] and stretch[1] > now:
            found.append(Mention(span, *stretch, _kind(words)))
    return sorted(found, key=lambda mention: mention.span)


def _words(match: re.Match[str]) -> _Words:
    groups = match.groupdict()
    return _Words(
        **{
            name: groups.get(name) or groups.get(f"{name}2") or groups.get(f"{name}3") or ""
            for name in _Words._fields
        }
    )


def _inherit(words: _Words, before: _Words) -> _Words:
    part = words.part or (before.part if words.clock and not words.part else "")
    return words._replace(day=before.day, part=part)


def _kind(words: _Words) -> str:
    if words.within or (words.mod and re.fullmatch(BEFORE, words.mod)):
        return "before"
    return "clock" if words.clock else "part" if words.part else "day"


def _stretch(words: _Words, now: datetime) -> tuple[datetime, datetime] | None:
    today = now.date()
    span = days(words.day, today) if words.day else (today, today + timedelta(days=1))
    if span is None:
        return None
    if words.day_to:
        last = days(words.day_to, today)
        span = (span[0], last[1]) if last is not None and last[1] > span[0] else span
    hours = part_hours(words.part) if words.part else None
    if words.clock:
        return _by_clock(words, span[0], hours, now)
    if hours is not None:
        return _by_part(words, span[0], hours, now)
    return _by_day(words, span, now)


def _by_day(words: _Words, span: tuple[date, date], now: datetime) -> tuple[datetime, datetime] | None:
    if not words.day:
        return None
    start, end = (_midnight(day) for day in span)
    if words.within:
        return now, end
    if _is_before(words.mod):
        return (now, start) if start > now else (now, end)
    if words.mod:
        return (start if start > now else now), end
    return max(start, now), end


def _by_part(
    words: _Words, day: date, hours: tuple[int, int], now: datetime
) -> tuple[datetime, datetime] | None:
    start, end = _hour(day, hours[0]), _hour(day, hours[1])
    if words.part_to and (last := part_hours(words.part_to)) is not None and last[1] > hours[0]:
        end = _hour(day, last[1])
    if end <= now and not words.day:
        start, end = start + timedelta(days=1), end + timedelta(days=1)
    if _is_before(words.mod):
        return now, start
    return start, end


def _by_clock(
    words: _Words, day: date, hours: tuple[int, int] | None, now: datetime
) -> tuple[datetime, datetime] | None:
    minute = _minute_of_day(words.clock, hours)
    if minute is None:
        return None
    start = _midnight(day) + timedelta(minutes=minute)
    if words.clock_to:
        last = _minute_of_day(words.clock_to, part_hours(words.other_part) if words.other_part else hours)
        if last is None:
            return None
        if last <= minute and last + 12 * 60 > minute:
            last += 12 * 60
        end = _midnight(day) + timedelta(minutes=last)
    elif _is_before(words.mod):
        # `明早八点前` is from the beginning of that morning, `周四18点前` from now on.
        opening = _hour(day, hours[0]) if hours is not None and day > now.date() else now
        start, end = min(opening, start), start
    elif words.mod:
        end = _hour(day, _closing(minute))
    else:
        end = start + timedelta(hours=1)
    if end <= now and not words.day:
        start, end = start + timedelta(days=1), end + timedelta(days=1)
    return start, end


def _minute_of_day(words: str, hours: tuple[int, int] | None) -> int | None:
    read = _CLOCK.match(words)
    hour = number(read["hour"]) if read is not None else None
    if read is None or hour is None or hour > 24:
        return None
    minute = int(read["exact"]) if read["exact"] else _minutes(read["minutes"] or "")
    if hours is None:
        hour += 12 if 1 <= hour <= 6 and not read["exact"] else 0
    elif (hours[0] >= 12 and 1 <= hour < 12) or (hours == (11, 13) and 1 <= hour <= 2):
        hour += 12
    elif hours[0] >= 17 and hour == 12:
        hour = 24
    return hour * 60 + minute


def _minutes(words: str) -> int:
    if words.startswith("半"):
        return 30
    if words.endswith("刻"):
        return 15 * (number(words[:-1]) or 1)
    return min(number(words.rstrip("分")) or 0, 59)


def _closing(minute: int) -> int:
    return next(hour for hour in (12, 18, 22, 24, 48) if hour * 60 > minute)


def _periods(folded: str, now: datetime) -> list[Mention]:
    found = []
    for match in PERIOD.finditer(folded):
        count = _FEW.get(match["count"]) or number(match["count"])
        half = match["count"] == "半"
        stretch = _period(match["unit"], 0.5 if half else float(count or 0), match["mod"], now)
        if stretch is not None:
            found.append(Mention(Span(*match.span()), *stretch, "within"))
    return found


def _period(unit: str, count: float, mod: str, now: datetime) -> tuple[datetime, datetime] | None:
    later = "后" in mod
    if unit in {"小时", "钟头", "分钟"}:
        end = now + timedelta(minutes=count * (1 if unit == "分钟" else 60))
        return (end, end + timedelta(hours=1)) if later else (now, end)
    if count < 1 or count > 60:
        return None
    length = count * (7 if unit in {"周", "星期", "礼拜"} else 30 if "月" in unit else 1)
    day = now.date() + timedelta(days=length)
    if later:
        return _midnight(day), _midnight(day + timedelta(days=1))
    return now, _midnight(day + timedelta(days=1))


def _is_before(mod: str) -> bool:
    return bool(mod) and re.fullmatch(BEFORE, mod) is not None


def _hour(day: date, hour: int) -> datetime:
    return _midnight(day) + timedelta(hours=hour)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
