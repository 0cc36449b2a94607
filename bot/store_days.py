"""The day that somebody names: `12-05`, `20261205`, `3天后`, `下周三`, `月底`."""

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.approval_words import trimmed
from bot.intents import half_width
from domain.intake.numerals import number

_COUNT = "[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_DATE = re.compile(
    rf"(?:预计|交期|到货)?\s*(?:(?P<days>{_COUNT})\s*天(?:后|内|以后|之后)?"
    rf"|(?P<weeks>{_COUNT})\s*(?:个?(?:周|星期|礼拜))(?:后|内|以后|之后)?"
    r"|(?P<relative>大后天|后天|明天|今天)"
    r"|(?P<which>下下|下个?|这个?|本)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天1-7])"
    r"|(?P<end>下个?月|这个?月|本月|月)底"
    r"|(?P<next>下个?月)(?P<next_day>\d{1,2})(?:日|号)?"
    r"|(?P<compact>20\d{6})"
    r"|(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?:日|号)?)(?:到货|到|前)?(?=$|[\s,，。;；])"
)
_RELATIVE = {"今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_WEEKDAYS = {name: at for at, name in enumerate("一二三四五六日")} | {"天": 6}


def read_day(text: str, today: date) -> tuple[date | None, str]:
    """Return the day that is named, or None, and the other words; without a year it is the next that comes.

    Raises:
        ValueError: there is no such day.
    """
    plain = half_width(text)
    found = _DATE.search(plain)
    if found is None:
        return None, trimmed(text)
    rest = trimmed(f"{plain[: found.start()].rstrip()} {plain[found.end() :].lstrip()}")
    return _day(found, today), rest


def _day(found: re.Match[str], today: date) -> date:
    if found["days"] or found["weeks"]:
        return today + timedelta(days=_count(found["days"]) + 7 * _count(found["weeks"]))
    if found["relative"]:
        return today + timedelta(days=_RELATIVE[found["relative"]])
    if found["weekday"]:
        return _weekday(found["which"] or "", found["weekday"], today)
    if found["end"]:
        month = _month_after(today) if found["end"].startswith("下") else today
        return month.replace(day=monthrange(month.year, month.month)[1])
    if found["next"]:
        return _month_after(today).replace(day=int(found["next_day"]))
    if found["compact"]:
        return date.fromisoformat(found["compact"])
    day = date(int(found["year"] or today.year), int(found["month"]), int(found["day"]))
    if not found["year"] and day < today - timedelta(days=180):
        day = day.replace(year=day.year + 1)
    return day


def _count(text: str | None) -> int:
    return (number(text) or 0) if text else 0


def _weekday(which: str, name: str, today: date) -> date:
    """Return a day of this week, the next or the one after; where no week is named, the next that comes."""
    at = _WEEKDAYS[name] if name in _WEEKDAYS else int(name) - 1
    if not which:
        return today + timedelta(days=(at - today.weekday()) % 7)
    weeks = {"下下": 2, "下": 1, "下个": 1}.get(which, 0)
    return today + timedelta(days=7 * weeks + at - today.weekday())


def _month_after(today: date) -> date:
    return today.replace(day=1) + timedelta(days=monthrange(today.year, today.month)[1])
