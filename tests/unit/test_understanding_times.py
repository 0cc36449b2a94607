"""Times are read relative to the moment they were said, in China."""

from datetime import UTC, datetime

import pytest

from adapters.understanding.appointment import mentions
from adapters.understanding.folding import fold
from domain.kernel.localtime import CHINA

# A Monday, 09:12 in China.
MONDAY = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)


def _read(said: str, at: datetime = MONDAY) -> list[tuple[str, str]]:
    return [(_local(found.from_at), _local(found.to_at)) for found in mentions(fold(said), at)]


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("明天", "11-24 00:00", "11-25 00:00"),
        ("明天上午", "11-24 08:00", "11-24 12:00"),
        ("后天下午三点", "11-25 15:00", "11-25 16:00"),
        ("三点来", "11-23 15:00", "11-23 16:00"),
        ("明天两点到四点", "11-24 14:00", "11-24 16:00"),
        ("周三", "11-25 00:00", "11-26 00:00"),
        ("下周三", "12-02 00:00", "12-03 00:00"),
        ("今天之内", "11-23 09:12", "11-24 00:00"),
        ("三天内", "11-23 09:12", "11-27 00:00"),
        ("周末", "11-28 00:00", "11-30 00:00"),
        ("下午三点以后", "11-23 15:00", "11-23 18:00"),
        ("明晚八点半", "11-24 20:30", "11-24 21:30"),
        ("明后天", "11-24 00:00", "11-26 00:00"),
        ("12月3号上午", "12-03 08:00", "12-03 12:00"),
        ("聽日下晝", "11-24 12:00", "11-24 18:00"),
        ("礼拜天中午", "11-29 11:00", "11-29 13:00"),
        ("周四前", "11-23 09:12", "11-26 00:00"),
        ("明早八点半前", "11-24 06:00", "11-24 08:30"),
        ("14:30", "11-23 14:30", "11-23 15:30"),
    ],
)
def test_a_time_is_resolved(said: str, start: str, end: str):
    assert _read(said) == [(start, end)]


@pytest.mark.parametrize("said", ["昨天开始", "上周三", "3号冷库", "一点点漏", "2月30号", "电话13800138000"])
def test_what_is_past_or_no_time_is_left_out(said: str):
    assert _read(said) == []


def test_a_time_alone_belongs_to_the_day_named_just_before():
    assert _read("今天下午有实验最好三点以后来")[-1] == ("11-23 15:00", "11-23 18:00")


def test_an_hour_that_is_over_means_tomorrow():
    evening = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    assert _read("早上八点来", evening) == [("11-24 08:00", "11-24 09:00")]


def test_the_second_of_january_is_next_year_s_in_december():
    found = mentions(fold("1月2号上午"), datetime(2026, 12, 30, 9, 55, tzinfo=UTC))

    assert found[0].from_at.astimezone(CHINA).year == 2027
