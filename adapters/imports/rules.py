"""Rows of dispatch rules."""

import unicodedata
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from adapters.imports.cells import Parts
from adapters.imports.row import Row
from domain.dispatching.rules import DispatchMode
from domain.engine.expression import FormulaError
from domain.policies.process_fields import compile_rule
from domain.workorder.details import OrderType, Priority

MODES = {
    "自动": DispatchMode.AUTO,
    "自动派单": DispatchMode.AUTO,
    "推荐": DispatchMode.RECOMMEND,
    "推荐派单": DispatchMode.RECOMMEND,
    "人工": DispatchMode.MANUAL,
    "手动": DispatchMode.MANUAL,
    **{mode.value: mode for mode in DispatchMode},
}
TYPES = {
    "报修": OrderType.REPAIR,
    "投诉": OrderType.COMPLAINT,
    "咨询": OrderType.ENQUIRY,
    "保养": OrderType.MAINTENANCE,
    "安装": OrderType.INSTALLATION,
    "巡检": OrderType.INSPECTION,
    "退换货": OrderType.RETURN,
    "理赔": OrderType.CLAIM,
    "备件": OrderType.PARTS,
    "追溯": OrderType.TRACE,
    **{kind.value: kind for kind in OrderType},
}
POSITION_LIMIT = 100_000


def _words(value: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", value).replace("；", ";")
    return [part.strip() for part in plain.split(";") if part.strip()]


def _types(value: str) -> str:
    if unknown := [word for word in _words(value) if word not in TYPES]:
        raise PydanticCustomError("word", "没有类型“{unknown}”", {"unknown": "、".join(unknown)})
    return ";".join(TYPES[word].value for word in _words(value))


def _priorities(value: str) -> str:
    known = {priority.value for priority in Priority}
    words = [word.upper() for word in _words(value)]
    if unknown := [word for word in words if word not in known]:
        raise PydanticCustomError("word", "没有优先级“{unknown}”", {"unknown": "、".join(unknown)})
    return ";".join(words)


def _mode(value: str) -> str:
    plain = unicodedata.normalize("NFKC", value).strip().casefold()
    if plain not in MODES:
        raise PydanticCustomError("word", "没有派单方式“{unknown}”", {"unknown": plain})
    return MODES[plain].value


def _formula(value: str) -> str:
    """Return a formula in its one spelling, so that nothing is kept that dispatching could not read."""
    if not value.strip():
        return ""
    try:
        return compile_rule(value).text
    except FormulaError as error:
        raise PydanticCustomError("word", "{why}", {"why": str(error)}) from error


def _whole(value: str) -> int | None:
    plain = unicodedata.normalize("NFKC", value).strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit()):
        raise PydanticCustomError("number", "不是整数")
    return int(plain)


Seconds = Annotated[Annotated[int, Field(ge=1, le=86400)] | None, BeforeValidator(_whole)]
Position = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=POSITION_LIMIT)]
Conditions = Annotated[Parts, Field(max_length=20)]


class DispatchRuleRow(Row):
    """A row of dispatch_rules.csv; the file is the whole table."""

    KIND = "dispatch_rules"
    MARK = "mode"
    KEYS = ("position", "name")
    EXPECTED: ClassVar[Mapping[str, tuple[str, str]]] = {
        "position": ("1 到 100000 的整数，小的先用", "10"),
        "name": ("1 到 100 个字的规则名称", "金牌客户优先"),
        "type": ("用 ; 分隔的工单类型，或留空", "报修;投诉"),
        "customer_level": ("用 ; 分隔的客户级别，或留空", "金牌"),
        "region": ("用 ; 分隔的区域，或留空", "华东;华南"),
        "asset_kind": ("用 ; 分隔的设备类别编号或名称，或留空", "冷藏机组"),
        "priority": ("用 ; 分隔的优先级，或留空", "P1;P2"),
        "when": ("用工单字段写的条件，或留空", "紧急 且 区域 属于 [“华东”，“华南”]"),
        "mode": ("派单方式：自动、推荐 或 人工", "推荐"),
        "skill": ("不超过 100 个字的技能，或留空", "制冷"),
        "offer_timeout_s": ("1 到 86400 的接单时限（秒），或留空", "300"),
    }

    position: Position
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    type: Annotated[str, BeforeValidator(_types)] = ""
    customer_level: Conditions = ()
    region: Conditions = ()
    asset_kind: Conditions = ()
    priority: Annotated[str, BeforeValidator(_priorities)] = ""
    when: Annotated[str, BeforeValidator(_formula)] = ""
    mode: Annotated[str, BeforeValidator(_mode)]
    skill: Annotated[str, StringConstraints(max_length=100)] = ""
    offer_timeout_s: Seconds = None
