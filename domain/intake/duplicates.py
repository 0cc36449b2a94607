"""Decides whether a report tells of a fault that was reported before."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from pydantic import AwareDatetime

from domain.intake.sameness import fault_likeness
from domain.intake.wording import bigrams, comparable, numbers
from domain.kernel.messages import Message

_CLOSED = "closed"
# Sums of the points below; chosen so that a wrong "join" is rarer than a missed one.
SURE = 0.45
# Within this a person is still telling of the same thing.
_BURST = timedelta(minutes=20)
# What is taken off when the thing is not surely the same.
_DOUBT = 0.5
# The share of an address from which it is the other one.
_NEAR = 0.5
# The same between two names that are not one customer's.
_ALMOST = 0.75
# So many digits or letters are no chance.
_TELLING = 3
_LONGEST_NAME = 5
_SHORTEST_PLACE = 5
_TITLES = frozenset("先生女士小姐太师傅老小阿姨板经理主任家妈爸儿")
_FIRM = re.compile(
    "(?:物业|公司|医院|酒店|宾馆|超市|便利|学校|中学|小学|幼儿园|诊所|物流|快运|冷链|食品|面馆|店|厂)$"
)
_PLACE = re.compile("[路街巷弄道镇乡村区市县店园城厦院校场苑厂庄湾府里寓邸居]")
_NAMED_PLACE = re.compile("[店园城厦院校场苑厂庄湾府里寓邸居]$")
_KINDS = (
    "冰柜冷柜雪柜冷藏柜展示柜",
    "空压机压缩机空压站",
    "冷机冷藏机组制冷机组机组",
    "道闸闸机",
    "监控摄像头",
    "车货车卡车轿车客车",
    "门锁智能锁锁",
    "净水器净水机饮水机直饮机",
    "皮带机输送带输送机传送带",
    "核磁磁共振",
    "扶梯自动扶梯",
)
_EVERY_ADDRESS = re.compile("[路街巷弄店号楼层室栋幢座区房门口线的]")


class Report(Message):
    """One report of a fault, as far as it is known.

    Args:
        asset: the number of the asset, when it was named or found.
        status: `open` or `closed`; None for the report that has just come in.
    """

    at: AwareDatetime
    customer: str | None = None
    asset: str | None = None
    device_type: str | None = None
    address: str | None = None
    phone: str | None = None
    text: str = ""
    status: str | None = None


@dataclass(frozen=True)
class DuplicateRule:
    """How long ago and how much alike.

    Args:
        closed_within_h: hours in which an order that was closed is still joined.
        least: the likeness from which a report counts as a second one.
    """

    closed_within_h: int = 72
    least: float = SURE


def is_duplicate(first: Report, second: Report, rule: DuplicateRule | None = None) -> bool:
    """Tell whether the second report is about the fault of the first."""
    rule = rule or DuplicateRule()
    return likeness(first, second, closed_within_h=rule.closed_within_h) >= rule.least


def likeness(first: Report, second: Report, *, closed_within_h: int = 72) -> float:
    """Return how much both reports are about one fault of one thing, 0 to 1.

    Args:
        closed_within_h: hours in which a closed first report still counts; an open one always does.
    """
    if first.status == _CLOSED and abs(second.at - first.at) > timedelta(hours=closed_within_h):
        return 0.0
    place = _same_thing(first, second)
    if place <= 0:
        return 0.0
    device = second.device_type or first.device_type or ""
    again = _same_phone(first, second) and second.at - first.at > _BURST
    fault = fault_likeness(
        first.text, second.text, device=device, again=again, repaired=first.status == _CLOSED
    )
    return max(0.0, fault - _DOUBT * (1 - place))


def _same_thing(first: Report, second: Report) -> float:
    """Return how sure it is that both speak of one thing at one place, 0 to 1."""
    names = _related(first.customer, second.customer)
    if not names and (_speaks_of(first.customer, second) or _speaks_of(second.customer, first)):
        names = True
    if names is False and _two_firms(first.customer or "", second.customer or ""):
        return 0.0
    place = _place(first, second)
    if first.asset and second.asset:
        if comparable(first.asset) != comparable(second.asset):
            return 0.0
        # Two customers may number their things alike.
        return 1.0 if names is not False or _one_door(place, first, second) else 0.0
    if not _one_kind(first, second):
        return 0.0
    if _says_number(first.asset, second) or _says_number(second.asset, first):
        place = 1.0
    if place < 0 or _other_number(first, second) or _elsewhere(first, second):
        return 0.0
    if names is False and not _one_door(place, first, second):
        # Every hospital has a `供应室`.
        place = 0.0
    points = 1.2 * place + (0.5 if _same_phone(first, second) else 0.0)
    if not points and not names:
        return 0.0
    return max(0.0, min(points + {True: 0.5, False: -0.15, None: 0.15}[names], 1.0))


def _one_door(place: float, first: Report, second: Report) -> bool:
    """Tell whether two customers of different names stand at one place, or call from one number."""
    return _same_phone(first, second) or (place >= _ALMOST and not _is_general(first, second))


def _one_kind(first: Report, second: Report) -> bool:
    """Tell whether both may be about one kind of thing: by its class, or by what the other calls it."""
    one, other = first.device_type, second.device_type
    if not one or not other or _akin(one, other):
        return True
    return one[-3:] in second.text or other[-3:] in first.text


def _speaks_of(name: str | None, report: Report) -> bool:
    """Tell whether a report names a customer as its place."""
    said = comparable(name or "")
    return len(said) >= _TELLING and said in comparable(_told(report))


def _says_number(asset: str | None, report: Report) -> bool:
    """Tell whether a report has the number of an asset, when that is too long to be a chance."""
    own = {number for number in numbers(asset or "") if len(number) >= _TELLING}
    return not report.asset and bool(own & set(numbers(_told(report))))


def _elsewhere(first: Report, second: Report) -> bool:
    """Tell whether both name a side, a letter or a room, and not the same one."""
    told = [comparable(_told(each)) for each in (first, second)]
    for landmark in _LANDMARKS:
        one, other = (set(landmark.findall(text)) for text in told)
        if one and other and not one & other:
            return True
    return False


def _told(report: Report) -> str:
    return f"{report.address or ''} {report.text}"


def _place(first: Report, second: Report) -> float:
    """Return how much two addresses agree, 0 to 1, or -1 when they name different places."""
    one, other = comparable(first.address or ""), comparable(second.address or "")
    if not one or not other:
        return 0.0
    if _contradict(numbers(first.address or ""), numbers(second.address or "")):
        return -1.0
    known = f"{one}{comparable(first.customer or '')}"
    said = f"{other}{comparable(second.customer or '')}"
    if one in said or other in known:
        return 1.0
    share = max(_share(one, said), _share(other, known))
    if share >= _NEAR:
        return share
    # `11号客梯` and `科创大厦` may be one place; `凤起路店` and `滨盛路店` are not.
    named = _NAMED_PLACE.search(one), _NAMED_PLACE.search(other)
    return -1.0 if named[0] and named[1] and not _same_phone(first, second) else 0.0


def _is_general(first: Report, second: Report) -> bool:
    """Tell whether the shorter address names a kind of room rather than a place."""
    shorter = min((comparable(each.address or "") for each in (first, second)), key=len)
    return len(shorter) < _SHORTEST_PLACE or not _PLACE.search(shorter)


def _share(part: str, whole: str) -> float:
    """Return how much of an address stands in another text, leaving out words that every address has."""
    part, whole = (_EVERY_ADDRESS.sub("", text) for text in (part, whole))
    known = bigrams(whole)
    shared = [part[i : i + 2] in known or part[max(0, i - 1) : i + 1] in known for i in range(len(part))]
    return sum(shared) / len(part) if part else 0.0


def _contradict(first: list[str], second: list[str]) -> bool:
    """Tell whether neither list of numbers is a part of the other, so that two doors are meant."""
    return bool(first and second) and not (_within(first, second) or _within(second, first))


def _within(some: Iterable[str], every: Iterable[str]) -> bool:
    rest = iter(every)
    return all(any(_same_number(number, other) for other in rest) for number in some)


def _same_number(one: str, other: str) -> bool:
    """Tell whether two numbers are one, or one is the floor of the other's door: 14 and 1402."""
    return one == other or (
        min(len(one), len(other)) >= 2 and (one.startswith(other) or other.startswith(one))
    )


# Two reports that name different ones of a kind speak of different places.
_LANDMARKS = tuple(
    re.compile(pattern)
    for pattern in (
        "([东西南北])(?=[门口侧区楼户边厅车])", "([a-z])(?=[座区栋楼幢馆库厅口门])", "([左右])(?=边|侧|手)",
        "客厅|主卧|次卧|卧室|书房|厨房|餐厅|阳台|卫生间|厕所|会议室|前台|大堂|仓库|食堂|实验室|机房|动力房|办公室",
        "大(?=班|厅|的那)|中(?=班|厅)|小(?=班|厅|的那)", "([入出进])(?=口)", "男|女",
    )
)  # fmt: skip
# A number that tells one machine from its sisters.
_NUMBERED = re.compile(r"([0-9]+)(?:号|#|床|线|路)(?!楼|院|馆|店|厅|门|来|前|上午|下午)")

_NAMING = re.compile("(?<![0-9.报码误到])([0-9]{3,5})(?![0-9.]|[度转块元个公斤丝点分秒年月日天小多]|[a-z])")


def _other_number(first: Report, second: Report) -> bool:
    """Tell whether the second report begins with the number of another machine than the first one's."""
    own = {*numbers(first.asset or ""), *numbers(first.text), *numbers(first.address or "")}
    own |= {number.lstrip("0") for number in own}
    said = [number.lstrip("0") for number in _NUMBERED.findall(comparable(second.text, keep="#"))]
    named = [number.lstrip("0") for number in _NUMBERED.findall(comparable(_told(first), keep="#"))]
    if said and named and said[0] not in own and not set(said[:2]) & own:
        return True
    # `CNC-303` and `308也坏了`: a number of the same form that is not a measure or a code.
    sizes = {len(number) for number in numbers(first.asset or "") if len(number) >= _TELLING}
    alike = [number for number in _NAMING.findall(comparable(second.text, keep=".")) if len(number) in sizes]
    return bool(alike) and not second.asset and alike[0] not in own


def _akin(first: str, second: str) -> bool:
    one, other = comparable(first), comparable(second)
    if one in other or other in one or one[-2:] == other[-2:]:
        return True
    return any(one in kind and other in kind for kind in _KINDS)


def _related(first: str | None, second: str | None) -> bool | None:
    """Tell whether two customers may be one; None when one is not known."""
    one, other = comparable(first or ""), comparable(second or "")
    if not one or not other:
        return None
    if one in other or other in one or len(bigrams(one) & bigrams(other)) >= 2 or one[:2] == other[:2]:
        return True
    # `老蒋` and `蒋太太` may be one family; two firms are two.
    people = all(len(name) <= _LONGEST_NAME and set(name) & _TITLES for name in (one, other))
    return None if people and set(one) & set(other) - _TITLES else False


def _two_firms(first: str, second: str) -> bool:
    """Tell whether both are named as firms of one trade, so that they are not two people of one."""
    kinds = [_FIRM.search(comparable(name)) for name in (first, second)]
    return kinds[0] is not None and kinds[1] is not None and kinds[0][0] == kinds[1][0]


def _same_phone(first: Report, second: Report) -> bool:
    return bool(first.phone) and comparable(first.phone or "") == comparable(second.phone or "")
