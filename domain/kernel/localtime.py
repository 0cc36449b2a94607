"""Moments as people in China read them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def local_day(moment: datetime) -> date:
    """Return the calendar day in China."""
    return moment.astimezone(CHINA).date()


def local_time(moment: datetime) -> str:
    """Return `11月24日 09:05`."""
    there = moment.astimezone(CHINA)
    return f"{there.month}月{there.day}日 {there:%H:%M}"
