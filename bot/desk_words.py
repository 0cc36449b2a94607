"""What the service desk writes behind a command word: priority, type, duration, filter of the pool."""

import re
from dataclasses import dataclass

from bot.field_words import hours_in
from bot.intents import half_width
from cards.text import STATUS_LABEL
from domain.workorder.details import OrderType, Priority
from domain.workorder.status import UNASSIGNED, Status

TYPE_WORDS: dict[str, OrderType] = {
    "报修": OrderType.REPAIR,
    "维修": OrderType.REPAIR,
    "投诉": OrderType.COMPLAINT,
    "客诉": OrderType.COMPLAINT,
    "咨询": OrderType.ENQUIRY,
    "保养": OrderType.MAINTENANCE,
    "维保": OrderType.MAINTENANCE,
    "安装": OrderType.INSTALLATION,
    "巡检": OrderType.INSPECTION,
    "退换货": OrderType.RETURN,
    "退货": OrderType.RETURN,
    "换货": OrderType.RETURN,
    "理赔": OrderType.CLAIM,
    "备件": OrderType.PARTS,
    "配件": OrderType.PARTS,
    "追溯": OrderType.TRACE,
}
_PRIORITY = re.compile(r"P\s*([1-4])(?!\d)|(危急|紧急|普通|一般|不急)", re.IGNORECASE)
_SAID_PRIORITY = {
    "危急": Priority.P1,
    "紧急": Priority.P2,
    "普通": Priority.P3,
    "一般": Priority.P3,
    "不急": Priority.P4,
}
_TYPE = re.compile("|".join(sorted(TYPE_WORDS, key=len, reverse=True)))
_EDGES = " \t\r\n,，.。:：;；、"
_PAGE = re.compile(r"第?\s*(\d{1,3})\s*页?")
_UNASSIGNED = frozenset({"未派", "未派单", "待派", "没派"})
_OVERDUE = frozenset({"超期", "超时", "逾期"})
_MINUTES_LIMIT = 100_000


@dataclass(frozen=True)
class PoolWords:
    """A filter of the pool as it was written; `names` are customers' or technicians'."""

    statuses: tuple[Status, ...] = ()
    type: str = ""
    overdue: bool = False
    names: tuple[str, ...] = ()
    page: int = 1
    wanted: str = ""


def read_priority(text: str) -> tuple[Priority | None, str]:
    """Return the priority at the beginning and the reason behind it."""
    plain = half_width(text).strip(_EDGES)
    found = _PRIORITY.match(plain)
    if found is None:
        return None, plain
    priority = Priority(f"P{found[1]}") if found[1] else _SAID_PRIORITY[found[2]]
    return priority, plain[found.end() :].strip(_EDGES)


def read_type(text: str) -> tuple[OrderType | None, str]:
    """Return the type at the beginning and the reason behind it."""
    plain = half_width(text).strip(_EDGES)
    found = _TYPE.match(plain)
    if found is None:
        return None, plain
    return TYPE_WORDS[found.group()], plain[found.end() :].strip(_EDGES)


def read_minutes(text: str) -> int | None:
    """Return how many minutes `2小时`, `一个半小时`, `90分钟` or `2` (hours) are; None for anything else."""
    hours = hours_in(text)
    if hours is None:
        return None
    minutes = round(hours * 60)
    return minutes if 0 < minutes <= _MINUTES_LIMIT else None


def read_pool(text: str) -> PoolWords:
    """Return which page of the pool somebody wants to see, and of what."""
    statuses: list[Status] = []
    names: list[str] = []
    kind, overdue, page = "", False, 1
    kept: list[str] = []
    nodes = {label: status for status, label in STATUS_LABEL.items()}
    for word in half_width(text).replace("，", " ").replace(",", " ").split():
        if turned := _PAGE.fullmatch(word):
            page = max(1, int(turned[1]))
            continue
        kept.append(word)
        if word in _UNASSIGNED:
            statuses += sorted(UNASSIGNED)
        elif word in _OVERDUE:
            overdue = True
        elif word in nodes:
            statuses.append(nodes[word])
        elif word in TYPE_WORDS:
            kind = TYPE_WORDS[word].value
        else:
            names.append(word)
    return PoolWords(tuple(statuses), kind, overdue, tuple(names), page, " ".join(kept))
