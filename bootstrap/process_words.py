"""Process definitions as people read and type them on the command line."""

import difflib
import json
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from bootstrap.process_files import SHIPPED
from bootstrap.wording import unreadable
from domain.engine.expression import Field, FieldType
from domain.engine.process import Definition, Foreseen
from domain.engine.process.drawing import MODES
from domain.people.model import Role
from domain.policies.process_changes import changes
from domain.policies.process_fields import ABOUT, ASSIGNEE, FIELDS, RESPONSIBLE, SCHEMA
from domain.policies.process_reading import normal
from domain.policies.process_steps import STEPS
from domain.policies.process_triggers import TRIGGERS
from domain.policies.process_ways import words_of

PEOPLE = {"设备负责人": RESPONSIBLE, "负责技师": ASSIGNEE}
"""Values that name people; typed as names."""
YES, NO = ("是", "true", "True"), ("否", "false", "False")
TEMPLATES = SHIPPED / "templates"


_NO_BREAKS = 100_000
"""Columns; a rule that is broken into lines is hard to read and to change."""


class _Dumper(yaml.SafeDumper):
    """Writes lists indented by two, as the shipped files have them, so that examples can be pasted in."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


class WrongData(ValueError):
    """Sample data cannot be read; the words say why, in Chinese."""


def as_yaml(definition: Definition) -> str:
    """Return a definition in its one form as YAML."""
    written = yaml.dump(
        normal(definition),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=_NO_BREAKS,
    )
    return str(written)


def line_diff(before: Definition, after: Definition, old: str, new: str) -> Iterator[str]:
    """Go through the differing lines of two definitions in their one form."""
    was, now = as_yaml(before).splitlines(), as_yaml(after).splitlines()
    return difflib.unified_diff(was, now, fromfile=old, tofile=new, lineterm="", n=1)


def changed(before: Definition | None, after: Definition) -> Sequence[str]:
    """Return what changed in words, a line each."""
    return changes(before, after) if before is not None else ["新的流程"]


def drawn(found: Sequence[Foreseen], name: Callable[[str], str], nobody: Mapping[str, str]) -> Iterator[str]:
    """Draw the way that sample data would take.

    Args:
        name: returns how people call somebody.
        nobody: whom an approval misses, by node; administrators decide instead.
    """
    titles = {one.node: one.title for one in found}
    for one in found:
        values = "，".join(f"{label} {value}" for label, value in one.values)
        seen = f"（{values}）" if values else ""
        yield "  " * one.depth + f"{_MARKS[one.kind]} {_line(one, seen, titles, name)}{_instead(one, nobody)}"


def data_of(text: str, file: Path | None, person: Callable[[str], str]) -> dict[str, Any]:
    """Return sample data as rules see it.

    Args:
        text: e.g. `费用=5000.01 等级=VIP`, amounts in yuan.
        file: a JSON object with the same names.
        person: returns the id of a name.

    Raises:
        WrongData: something in it is no value of a field.
    """
    typed: dict[str, Any] = _of_file(file) if file is not None else {}
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise WrongData("--data 里的引号没有成对") from error
    for word in words:
        label, sign, value = word.partition("=")
        if not sign:
            raise WrongData(f"看不懂“{word}”，请写成 名称=值，例如 费用=5000.01 等级=VIP")
        typed[label] = value
    return dict(_value(label, value, person) for label, value in typed.items())


def editor_schema() -> Mapping[str, Any]:
    """Return the form of a definition for editors, with the words that this product knows."""
    schema = Definition.model_json_schema()
    known = schema["$defs"]
    known["ByRole"]["properties"]["role"]["enum"] = [role.value for role in Role]
    known["Milestone"]["properties"]["step"]["enum"] = sorted(STEPS)
    known["Trigger"]["properties"]["do"]["enum"] = sorted(TRIGGERS)
    schema["properties"]["about"]["enum"] = list(ABOUT)
    return schema


def templates() -> Iterator[str]:
    """Go through the templates that are shipped, each with its first line."""
    for file in sorted(TEMPLATES.glob("*.yaml")):
        first = file.read_text("utf-8").splitlines()[0].removeprefix("#").strip()
        yield f"{file.stem}：{first}\n  {file}"


_MARKS = {
    "start": "○",
    "end": "●",
    "task": "□",
    "approve": "◇",
    "condition": "？",
    "parallel": "∥",
    "join": "∥",
    "cc": "✉",
    "trigger": "▷",
    "timer": "◔",
}


def _line(one: Foreseen, seen: str, titles: Mapping[str, str], name: Callable[[str], str]) -> str:
    if one.kind == "condition":
        return f"{one.title}：{one.rule}{seen} → {titles.get(one.next, one.next)}"
    if one.skipped:
        return f"{one.title}：跳过，{one.rule}{seen}"
    by_rule = "；按规则自动同意" if any(each.why for each in one.asked) else ""
    mode = f"：{MODES[one.mode]}{by_rule}" if one.mode is not None else ""
    return f"{words_of(one, name)}{mode}"


def _instead(one: Foreseen, nobody: Mapping[str, str]) -> str:
    return f"，现在没有{nobody[one.node]}的同事，由管理员代" if one.asked and one.node in nobody else ""


def _of_file(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text("utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise WrongData(unreadable(file, error)) from error
    except ValueError as error:
        raise WrongData(f"{file} 不是 UTF-8 的 JSON") from error
    if not isinstance(read, dict):
        raise WrongData(f'{file} 要写成 {{"费用": 5000.01, "等级": "VIP"}} 的样子')
    return read


def _value(label: str, value: Any, person: Callable[[str], str]) -> tuple[str, Any]:
    if label in PEOPLE:
        return PEOPLE[label], person(str(value))
    field = SCHEMA.find(label)
    if field is None:
        known = "、".join([*(one.label for one in FIELDS), *PEOPLE])
        raise WrongData(f"没有“{label}”这个字段，可以写：{known}")
    return field.key, _typed(field, value)


def _typed(field: Field, value: Any) -> Any:
    if field.type in (FieldType.MONEY, FieldType.NUMBER):
        return _number(field, value)
    if field.type is FieldType.BOOL:
        if str(value) not in (*YES, *NO):
            raise WrongData(f"“{field.label}”要写 是 或 否")
        return str(value) in YES
    if field.choices and value not in field.choices:
        raise WrongData(f"“{field.label}”没有“{value}”，可以写：{'、'.join(field.choices)}")
    return str(value)


def _number(field: Field, value: Any) -> int:
    money = field.type is FieldType.MONEY
    try:
        number = Decimal(str(value)) * (100 if money else 1)
        if number.is_finite() and number == number.to_integral_value() and 0 <= number <= 10**12:
            return int(number)
    except InvalidOperation:
        pass
    example = "金额，单位元，最多两位小数，例如 5000.01" if money else "不小于 0 的整数"
    raise WrongData(f"“{field.label}”的“{value}”不对，要写{example}")
