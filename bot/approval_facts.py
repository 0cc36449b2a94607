"""What else stands in words about approvals: amounts, names, places in the order, dates."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from bot.approval_words import trimmed
from bot.intents import half_width
from domain.approval.commands import Where
from domain.kernel.localtime import CHINA, local_day


class Unclear(ValueError):
    """Words that cannot be read for certain; the words are the argument."""


@dataclass(frozen=True)
class Named:
    """Who is meant, what their place is, and what is said with it."""

    names: tuple[str, ...] = ()
    where: Where = "beside"
    rest: str = ""


@dataclass(frozen=True)
class Asked:
    """A request in words: `500元 老客户`."""

    amount_fen: int | None
    rest: str


@dataclass(frozen=True)
class Away:
    """When somebody is away, half-open, and who decides for them."""

    from_at: datetime
    to_at: datetime
    name: str


_WHERE: dict[str, Where] = {
    "前": "before",
    "前面": "before",
    "之前": "before",
    "先审": "before",
    "后": "after",
    "后面": "after",
    "之后": "after",
    "一起": "beside",
    "并行": "beside",
    "同时": "beside",
}
_BLANKS = re.compile(r"[\s,，;；:：]+")
_GIVEN = re.compile(r"^(?:给|让|由|请)(?=\S)")
_MONEY = r"(-?\d[\d,]*(?:\.\d+)?)"
_WITH_UNIT = re.compile(rf"[¥￥]?\s*{_MONEY}\s*(万元|万|千元|元|块钱|块|圆)|[¥￥]\s*{_MONEY}")
_BARE_AMOUNT = re.compile(rf"(?:(?<=\s)|^){_MONEY}(?=$|[\s,，;；])(?!\s*[台个号天次月日年层件折%])")
_YUAN = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_TIMES = {"万元": 10_000, "万": 10_000, "千元": 1_000}
_LARGEST_FEN = 10**12
_DAY = timedelta(days=1)
_RELATIVE = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
_MOMENT = re.compile(
    r"(?P<relative>大后天|后天|明天|明日|今天|今日)"
    r"|(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?:日|号)?"
    r"|(?P<only>\d{1,2})(?:日|号)"
)
_CLOCK = re.compile(
    r"\s*(?:(?P<half>上午|下午|早上|中午|晚上)?\s*(?P<hour>\d{1,2})[:：点时](?P<minute>\d{2})?分?|(?P<part>上午|下午))"
)
_SUBSTITUTE = re.compile(
    r"(?:代理人|代理|代审人|替我审批的是|由)\s*(?:[:：是为]|找)?\s*([^\s,，。;；]+?)(?:代理|代审|审批|代我审批)?(?=$|[\s,，。;；])"
)
_CONNECTORS = re.compile(r"(?:从|到|至|起|止|请假|外出|出差|期间|[-–—~,，。;；、\s])+")


def read_people(text: str) -> Named:
    """Return the names, and what follows them: `李强 前 配件价格请把关`, `王强、李强 后`."""
    tokens = [token for token in _BLANKS.split(half_width(text).strip()) if token]
    where: Where = "beside"
    if tokens and tokens[0] in _WHERE:
        where, tokens = _WHERE[tokens[0]], tokens[1:]
    if not tokens:
        return Named(where=where)
    names = tuple(name for name in re.split(r"[、/]", _GIVEN.sub("", tokens[0])) if name)
    rest = tokens[1:]
    if rest and re.fullmatch(r"\d{4}", rest[0]) and len(names) == 1:
        names, rest = (f"{names[0]} {rest[0]}",), rest[1:]
    if rest and rest[0] in _WHERE:
        where, rest = _WHERE[rest[0]], rest[1:]
    return Named(names, where, " ".join(rest))


def read_amount(text: str) -> Asked:
    """Return an amount wherever it stands, and the words around it.

    Raises:
        Unclear: it is negative, has more than two decimals, or is larger than anything we pay.
    """
    plain = half_width(text)
    found = _WITH_UNIT.search(plain) or _BARE_AMOUNT.search(plain)
    if found is None:
        return Asked(None, trimmed(plain))
    said = next(group for group in found.groups() if group and group[-1].isdigit())
    unit = found[2] if len(found.groups()) > 1 and found[2] else ""
    rest = trimmed(f"{plain[: found.start()].rstrip()} {plain[found.end() :].lstrip()}")
    return Asked(_fen(said, unit), rest)


def read_away(text: str, at: datetime) -> Away:
    """Return from when to when somebody is away: `12-01 到 12-03 代理人 王强`, `明天下午 王强`.

    Raises:
        Unclear: there are no days in it, or they run backwards, or are over; the argument tells which.
    """
    plain = half_width(text)
    name = ""
    if found := _SUBSTITUTE.search(plain):
        name = found[1]
        plain = plain[: found.start()] + " " + plain[found.end() :]
    moments: list[tuple[datetime, datetime]] = []
    while len(moments) < 2 and (moment := _MOMENT.search(plain)):
        before = moments[0][0] if moments else None
        clock = _CLOCK.match(plain, moment.end())
        moments.append(_span(moment, clock, at, before))
        plain = plain[: moment.start()] + " " + plain[(clock or moment).end() :]
    if not moments:
        raise Unclear("")
    from_at, to_at = moments[0][0], moments[-1][1]
    if to_at <= from_at or to_at <= at:
        raise Unclear(text)
    left = [token for token in _CONNECTORS.split(plain) if token]
    return Away(from_at, to_at, name or (left[0] if len(left) == 1 else ""))


def _span(
    moment: re.Match[str], clock: re.Match[str] | None, at: datetime, after: datetime | None
) -> tuple[datetime, datetime]:
    """Return when what is named begins and ends: a day, a half of it, or one moment."""
    day = _day(moment, local_day(at), after)
    if clock is None:
        return _at(day, time()), _at(day + timedelta(days=1), time())
    if clock["part"]:
        noon = _at(day, time(12))
        return (_at(day, time()), noon) if clock["part"] == "上午" else (noon, _at(day, time()) + _DAY)
    hour = int(clock["hour"])
    if clock["half"] in ("下午", "晚上", "中午") and hour < 12 and not (clock["half"] == "中午" and hour > 9):
        hour += 12
    if hour > 24 or int(clock["minute"] or 0) > 59:
        raise Unclear(clock.group())
    exact = _at(day, time()) + timedelta(hours=hour, minutes=int(clock["minute"] or 0))
    return exact, exact


def _day(moment: re.Match[str], today: date, after: datetime | None) -> date:
    """Return the day that is named; without a year it is the next one that comes.

    Raises:
        Unclear: there is no such day.
    """
    if moment["relative"]:
        return today + timedelta(days=_RELATIVE[moment["relative"]])
    first = local_day(after) if after is not None else today
    try:
        if moment["only"]:
            day = first.replace(day=int(moment["only"]))
            return day if day >= first else (first.replace(day=1) + 32 * _DAY).replace(day=day.day)
        year = int(moment["year"] or first.year)
        day = date(year, int(moment["month"]), int(moment["day"]))
        passed = not moment["year"] and day < first - timedelta(days=180)
        return day.replace(year=year + 1) if passed else day
    except ValueError as error:
        raise Unclear(moment.group()) from error


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, CHINA)


def _fen(said: str, unit: str) -> int:
    if not _YUAN.fullmatch(said):
        raise Unclear(said)
    fen = Decimal(said.replace(",", "")) * _TIMES.get(unit, 1) * 100
    if fen != fen.to_integral_value() or fen > _LARGEST_FEN:
        raise Unclear(f"{said}{unit}")
    return int(fen)
