"""What technicians write about times and reasons, as they write it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.field_words import hold_reason, hours_in, time_of_step, times_of_departure
from bot.intents import Wish, read_words
from domain.kernel.localtime import CHINA
from domain.workorder.details import HoldReason

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""Four in the afternoon in China."""


def shown(moment: datetime | None) -> str:
    return f"{moment.astimezone(CHINA):%d %H:%M}" if moment else ""


@pytest.mark.parametrize(
    ("text", "eta"),
    [
        ("40分钟到", "24 16:40"),
        ("40分钟后到", "24 16:40"),
        ("大概半小时到", "24 16:30"),
        ("一个半小时", "24 17:30"),
        ("1小时30分到", "24 17:30"),
        ("预计下午5点半到", "24 17:30"),
        ("17:30到", "24 17:30"),
        ("5点左右到", "24 17:00"),
        ("大概五点一刻到", "24 17:15"),
        ("明天上午9点到", "25 09:00"),
        ("预计 17：20", "24 17:20"),
    ],
)
def test_a_departure_says_when_to_expect_somebody(text: str, eta: str):
    times = times_of_departure(text, NOW)

    assert (shown(times.eta_at), times.claimed_at, times.rest) == (eta, None, "")


@pytest.mark.parametrize(
    ("text", "claimed", "eta", "rest"),
    [
        ("14:20", "24 14:20", "", ""),
        ("3点", "24 15:00", "", ""),
        ("14:20 40分钟到", "24 14:20", "24 16:40", ""),
        ("20分钟前 17:10到", "24 15:40", "24 17:10", ""),
        ("15:50出发 16:40到", "24 15:50", "24 16:40", ""),
        ("40分钟到 路上堵车", "", "24 16:40", "路上堵车"),
        ("带了两个压缩机", "", "", "带了两个压缩机"),
        ("", "", "", ""),
    ],
)
def test_a_departure_may_be_filled_in_later_and_say_more(text: str, claimed: str, eta: str, rest: str):
    times = times_of_departure(text, NOW)

    assert (shown(times.claimed_at), shown(times.eta_at), times.rest) == (claimed, eta, rest)


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("14:30", "24 14:30"),
        ("昨天 17:20", "23 17:20"),
        ("昨天5点20", "23 17:20"),
        ("前天下午3点", "22 15:00"),
        ("下午两点半", "24 14:30"),
        ("凌晨1点", "24 01:00"),
        ("中午12点", "24 12:00"),
        ("2点", "24 14:00"),
        ("08:05", "24 08:05"),
        ("20分钟前", "24 15:40"),
        ("半小时之前", "24 15:30"),
        ("17:20", "24 17:20"),
        ("今天 9点一刻", "24 09:15"),
        ("25:00", ""),
        ("刚到", ""),
    ],
)
def test_a_step_may_name_when_it_happened(text: str, claimed: str):
    assert shown(time_of_step(text, NOW).claimed_at) == claimed


def test_shortly_after_midnight_the_evening_before_is_meant():
    after_midnight = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)

    assert shown(time_of_step("23:50", after_midnight).claimed_at) == "24 23:50"


def test_what_else_is_said_is_kept():
    assert time_of_step("14:30 现场没人", NOW).rest == "现场没人"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("1.5", "1.5"),
        ("2", "2"),
        ("一个半小时", "1.5"),
        ("1小时30分", "1.5"),
        ("90分钟", "1.5"),
        ("半小时", "0.5"),
        ("两个小时", "2"),
        ("2h", "2"),
        ("20分钟", "0.33"),
        ("0", "0"),
    ],
)
def test_hours_as_they_are_written(text: str, hours: str):
    assert hours_in(text) == Decimal(hours)


@pytest.mark.parametrize("text", ["很久", "", "一会儿", "1.5.2"])
def test_what_is_no_time_is_no_hours(text: str):
    assert hours_in(text) is None


@pytest.mark.parametrize(
    ("text", "reason", "note"),
    [
        ("等配件 压缩机三天后到", HoldReason.PART, "压缩机三天后到"),
        ("等备件，压缩机", HoldReason.PART, "压缩机"),
        ("缺件", HoldReason.PART, ""),
        ("等客户确认 明天才开门", HoldReason.CUSTOMER, "明天才开门"),
        ("等审批", HoldReason.APPROVAL, ""),
        ("等厂家 下周来人", HoldReason.THIRD_PARTY, "下周来人"),
        ("三天后再来", None, "三天后再来"),
        ("", None, ""),
    ],
)
def test_what_a_hold_waits_for(text: str, reason: HoldReason | None, note: str):
    assert hold_reason(text) == (reason, note)


@pytest.mark.parametrize("text", ["师傅几点到", "几点能到？", "师傅到哪了", "多久到"])
def test_questions_for_the_arrival_are_questions_for_the_progress(text: str):
    assert read_words(text).wish is Wish.PROGRESS


@pytest.mark.parametrize("text", ["发给客户", "告诉客户 WO-20261124-0001 我10分钟后到", "转给客户"])
def test_words_for_the_customer_are_understood(text: str):
    assert read_words(text).wish is Wish.TELL_CUSTOMER
