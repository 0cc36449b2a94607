"""What a validator found wrong, said in Chinese: no English of a library ever reaches people."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

_SAID: Mapping[str, str] = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这一项",
    "json_invalid": "不是合法的 JSON",
    "string_type": "要写成文字",
    "string_pattern_mismatch": "格式不对",
    "string_too_short": "不能为空",
    "string_too_long": "太长了，最多 {max_length} 个字",
    "int_type": "要写成整数",
    "int_parsing": "要写成整数",
    "int_from_float": "要写成整数",
    "int_parsing_size": "数字太大了",
    "float_type": "要写成数字",
    "float_parsing": "要写成数字",
    "finite_number": "要写成数字",
    "bool_type": "要写成 true 或 false",
    "bool_parsing": "要写成 true 或 false",
    "list_type": "要写成列表",
    "tuple_type": "要写成列表",
    "set_type": "要写成列表",
    "dict_type": "要写成“名称: 值”的形式",
    "mapping_type": "要写成“名称: 值”的形式",
    "model_type": "要写成“名称: 值”的形式",
    "model_attributes_type": "要写成“名称: 值”的形式",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "greater_than_equal": "不能小于 {ge}",
    "greater_than": "要大于 {gt}",
    "less_than_equal": "不能大于 {le}",
    "less_than": "要小于 {lt}",
    "enum": "不认识“{input}”，可用的有：{expected}",
    "literal_error": "不认识“{input}”，可用的有：{expected}",
    "union_tag_invalid": "的 {discriminator} 不认识“{tag}”，可用的有：{expected_tags}",
    "union_tag_not_found": "缺少 {discriminator}",
    "date_type": "要写成日期，例如 2026-03-01",
    "date_from_datetime_parsing": "要写成日期，例如 2026-03-01",
    "date_parsing": "要写成日期，例如 2026-03-01",
    "time_type": "要写成钟点，例如 08:30",
    "time_parsing": "要写成钟点，例如 08:30",
}
_UNKNOWN = "写得不对，请对照文档检查"
_QUOTED = re.compile(r"'([^']*)'")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def said(error: ErrorDetails) -> str:
    """Return what is wrong, without where."""
    own = error["msg"].removeprefix("Value error, ")
    if error["type"] in ("value_error", "assertion_error"):
        return own if _CHINESE.search(own) else _UNKNOWN
    facts: dict[str, Any] = {"input": _short(error["input"]), **error.get("ctx", {})}
    for key in ("expected", "expected_tags", "discriminator"):
        if key in facts:
            facts[key] = "、".join(_QUOTED.findall(str(facts[key]))) or facts[key]
    return _SAID.get(error["type"], _UNKNOWN).format_map(facts)


def worth_telling(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out what only follows from something wrong inside it."""
    return [
        one
        for one in errors
        if not any(len(other["loc"]) > len(one["loc"]) == _shared(one, other) for other in errors)
    ]


def _shared(one: ErrorDetails, other: ErrorDetails) -> int:
    return sum(1 for left, right in zip(one["loc"], other["loc"], strict=False) if left == right)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
