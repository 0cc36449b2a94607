"""When a step happened and when somebody arrives, as technicians write it, and what a hold waits for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from bot.intents import half_width
from domain.intake.numerals import NUMERAL, number
from domain.kernel.localtime import CHINA
from domain.workorder.details import HoldReason


@dataclass(frozen=True)
class Times:
    """What words say of times, and the words that say something else."""

    claimed_at: datetime | None
    eta_at: datetime | None
    rest: str


_AMOUNT = rf"(?:\d+(?:\.\d+)?|{NUMERAL})"
SPAN = re.compile(
    rf"(?=[\d零一二两三四五六七八九十半百])"
    rf"(?:(?P<half>半)\s*个?\s*(?:小时|钟头)"
    rf"|(?P<hours>{_AMOUNT})\s*(?:个(?P<plus>半)?)?\s*(?:小时|钟头|h(?:our)?s?)(?P<more>半)?)?"
    rf"\s*(?:(?P<minutes>{_AMOUNT})\s*(?:分钟?|min(?:ute)?s?))?",
    re.IGNORECASE,
)
_AGO = re.compile(r"\s*(?:以前|之前|前)")
_DAYS = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1}
_MORNING, _LATER = frozenset({"凌晨", "早上", "上午"}), frozenset({"中午", "下午", "傍晚", "晚上"})
_CLOCK = re.compile(
    rf"(?P<day>{'|'.join(_DAYS)})?\s*(?P<part>{'|'.join(sorted(_MORNING | _LATER))})?\s*"
    rf"(?:(?P<hour>(?<!\d)\d{{1,2}}):(?P<minute>[0-5]\d)(?!\d)"
    rf"|(?P<said_hour>{NUMERAL})[点时](?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<said_minute>{NUMERAL})分?)?)"
)
_EXPECTED = re.compile(r"(?:预计|大概|大约|估计|约)\s*$")
_ARRIVES = re.compile(r"\s*(?:左右|前后|以前|之前|前|钟)*\s*(?:能|就|会|可以)?\s*(?:到达|到场|到)")
_AFTER = re.compile(r"\s*(?:以后|之后|后|内|左右)*\s*到?")
_FILLER = r"(?:预计|大概|大约|估计|左右|出发|了|[\s,，.。:：;；!！])+"
_TAIL = r"(?:左右|[\s,，.。:：;；!！])+"
_LAST_NIGHT = timedelta(hours=6)
_HOLD_WORDS = (
    (HoldReason.CUSTOMER, r"等?待?(?:客户|用户)(?:确认|准备|答复|时间)?"),
    (HoldReason.PART, r"(?:等待?(?:配件|备件|零?件|料)|缺(?:配件|备件|件|料)|配件|备件)"),
    (HoldReason.APPROVAL, r"等?待?(?:审批|批准|领导批)"),
    (HoldReason.THIRD_PARTY, r"等?待?(?:第三方|厂家|供应商|外协)"),
)


def times_of_departure(text: str, at: datetime) -> Times:
    """Return when somebody set out and when they arrive: `40分钟到`, `预计3点到`, `14:20 出发`."""
    plain = half_width(text)
    claimed_at, plain = _ago(plain, at)
    eta_at: datetime | None = None
    span = _span(plain)
    if span is not None:
        eta_at = at + _length(span)
        said = _ARRIVES.match(plain, span.end()) or _AFTER.match(plain, span.end())
        plain = plain[: span.start()] + " " + plain[said.end() if said else span.end() :]
    while clock := _CLOCK.search(plain):
        arrives = _ARRIVES.match(plain, clock.end())
        expected = arrives is not None or _EXPECTED.search(plain[: clock.start()]) is not None
        moment = _expected_at(clock, at) if expected else _nearest(clock, at)
        if moment is not None and moment > at:
            eta_at = eta_at or moment
        else:
            claimed_at = claimed_at or moment
        plain = plain[: clock.start()] + " " + plain[arrives.end() if arrives else clock.end() :]
    return Times(claimed_at, eta_at, _rest(plain))


def time_of_step(text: str, at: datetime) -> Times:
    """Return when a step happened: `14:30`, `昨天 17:20`, `下午两点半`, `20分钟前`."""
    claimed_at, plain = _ago(half_width(text), at)
    clock = _CLOCK.search(plain)
    if clock is not None and claimed_at is None:
        claimed_at = _happened_at(clock, at)
        plain = plain[: clock.start()] + " " + plain[clock.end() :]
    return Times(claimed_at, None, _rest(plain))


def hold_reason(text: str) -> tuple[HoldReason | None, str]:
    """Return what is waited for, and the rest as a note: `等配件 压缩机三天后到`."""
    plain = half_width(text).strip()
    for reason, pattern in _HOLD_WORDS:
        if found := re.match(pattern, plain):
            return reason, plain[found.end() :].strip(" \t\n,，。.:：")
    return None, plain


def hours_in(text: str) -> Decimal | None:
    """Return hours of `1.5`, `一个半小时`, `1小时30分` or `90分钟`; None for anything else."""
    plain = half_width(text).strip(" 。.,，")
    if re.fullmatch(r"\d{1,4}(?:\.\d{1,2})?", plain):
        return Decimal(plain)
    span = _span(plain)
    if span is None:
        return None
    return (Decimal(int(_length(span).total_seconds())) / 3600).quantize(Decimal("0.01")).normalize() + 0


def _span(text: str) -> re.Match[str] | None:
    return next((one for one in SPAN.finditer(text) if one.group().strip()), None)


def _length(span: re.Match[str]) -> timedelta:
    hours = Decimal("0.5") if span["half"] else _amount(span["hours"])
    if span["plus"] or span["more"]:
        hours += Decimal("0.5")
    return timedelta(hours=float(hours), minutes=float(_amount(span["minutes"])))


def _amount(text: str | None) -> Decimal:
    if not text:
        return Decimal(0)
    return Decimal(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else Decimal(number(text) or 0)


def _ago(text: str, at: datetime) -> tuple[datetime | None, str]:
    span = _span(text)
    ago = _AGO.match(text, span.end()) if span else None
    if span is None or ago is None or _ARRIVES.match(text, span.end()):
        return None, text
    return at - _length(span), text[: span.start()] + " " + text[ago.end() :]


def _happened_at(clock: re.Match[str], at: datetime) -> datetime | None:
    """Return the latest such moment that is past; a moment still to come is left to the decision."""
    moments = sorted(_moments(clock, at, _DAYS.get(clock["day"] or "今天", 0)))
    past = [moment for moment in moments if moment <= at]
    if not past and not clock["day"]:
        past = [one for one in _moments(clock, at, -1) if timedelta() <= at - one <= _LAST_NIGHT]
    return max(past) if past else next(iter(moments), None)


def _expected_at(clock: re.Match[str], at: datetime) -> datetime | None:
    days = [_DAYS[clock["day"]]] if clock["day"] else [0, 1]
    ahead = [one for day in days for one in _moments(clock, at, day) if one > at]
    return min(ahead, default=None)


def _nearest(clock: re.Match[str], at: datetime) -> datetime | None:
    moments = _moments(clock, at, _DAYS.get(clock["day"] or "今天", 0))
    return min(moments, key=lambda one: abs(one - at), default=None)


def _moments(clock: re.Match[str], at: datetime, days: int) -> list[datetime]:
    """Return what a clock time may mean on a day: `3点` is at night or in the afternoon."""
    hour = int(clock["hour"]) if clock["hour"] else number(clock["said_hour"] or "") or 0
    minute = int(clock["minute"] or 0) or _said_minute(clock)
    if hour > 23 or minute > 59:
        return []
    day = at.astimezone(CHINA).date() + timedelta(days=days)
    return [
        datetime.combine(day, time(each, minute), tzinfo=CHINA).astimezone(at.tzinfo)
        for each in _hours(clock, hour)
    ]


def _hours(clock: re.Match[str], hour: int) -> Iterable[int]:
    part = clock["part"]
    if part in _MORNING or hour > 11 or (clock["hour"] or "").startswith("0"):
        return (hour,)
    if part == "中午":
        return (hour,) if hour == 11 else (hour + 12,)
    return (hour + 12,) if part in _LATER else (hour, hour + 12)


def _said_minute(clock: re.Match[str]) -> int:
    if clock["half"]:
        return 30
    if clock["quarter"]:
        return 15 * (number(clock["quarter"]) or 0)
    return number(clock["said_minute"] or "") or 0


def _rest(text: str) -> str:
    """Return what is left to say; fillers and punctuation around the times are nothing."""
    return re.sub(rf"^{_FILLER}|{_TAIL}$", "", re.sub(r"\s+", " ", text))
