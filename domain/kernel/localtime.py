"""Moments as people in China read them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


def local_day(moment: datetime) -> date:
    """Return the calendar day in China."""
    return moment.astimezone(CHINA).date()


def day_words(day: date | None) -> str:
    """Return `2027年3月17日`, or nothing for None."""
    return f"{day.year}年{day.month}月{day.day}日" if day is not None else ""


def local_time(moment: datetime) -> str:
    """Return `11月24日 09:05`."""
    there = moment.astimezone(CHINA)
    return f"{there.month}月{there.day}日 {there:%H:%M}"


def period(from_at: datetime | None, to_at: datetime | None) -> str:
    """Return `11月24日 08:00–12:00`, or both days where it ends on another; empty when there is none."""
    if from_at is None or to_at is None:
        return ""
    ends = to_at.astimezone(CHINA)
    same_day = local_day(from_at) == ends.date()
    return f"{local_time(from_at)}–{f'{ends:%H:%M}' if same_day else local_time(to_at)}"


def duration(seconds: int) -> str:
    """Return `2天3小时`, `1小时5分`, `6分27秒` or `40秒`: so that parts of less than an hour add up."""
    days, rest = divmod(seconds, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    if days:
        return f"{days}天" + (f"{hours}小时" if hours else "")
    if hours:
        return f"{hours}小时" + (f"{minutes}分" if minutes else "")
    return (f"{minutes}分" if minutes else "") + (f"{left}秒" if left or not minutes else "")
