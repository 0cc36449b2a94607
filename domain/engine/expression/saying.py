"""Says a tree and its values as a manager would: in Chinese sentences."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from domain.engine.expression.fields import Field, FieldType
from domain.engine.expression.reading import reader
from domain.engine.expression.tree import (
    All,
    AnyOf,
    Arithmetic,
    Comparison,
    Condition,
    Contains,
    Flag,
    IsEmpty,
    Literal,
    Not,
    OneOf,
    Operand,
    Reference,
    StartsWith,
)
from domain.engine.expression.writing import needs_parentheses, plain_amount, plain_number

MISSING = "（空）"
_EQUAL = {"=": "是", "≠": "不是"}
_NUMBERS = {"=": "等于", "≠": "不等于", ">": "大于", "≥": "大于或等于", "<": "小于", "≤": "小于或等于"}
_DATES = {**_EQUAL, ">": "晚于", "≥": "不早于", "<": "早于", "≤": "不晚于"}
_FIGURES = "-0123456789"
_SIGNS = {"+": "加", "-": "减", "*": "乘以", "/": "除以"}


def sentence(node: Condition) -> str:
    """Return what a condition demands, without a full stop."""
    match node:
        case All(parts):
            return "，并且".join(_inner(part) for part in parts)
        case AnyOf(parts):
            return "，或者".join(_inner(part) for part in parts)
        case Not(Flag(field)):
            return f"不是{field.label}"
        case Not(part):
            return f"并非（{sentence(part)}）"
        case Flag(field):
            return field.label
        case Comparison(sign, left, right):
            return _compared(sign, left, right)
        case OneOf(field, values, negated):
            return _one_of(field, values, negated=negated)
        case Contains(field, part, negated):
            return f"{field.label}{'不' * negated}包含{_value(part)}"
        case StartsWith(field, start, negated):
            return f"{field.label}{'不' * negated}以{_value(start)}开头"
        case IsEmpty(field, negated):
            return f"{field.label}{'不' * negated}为空"


def shown(field: Field, data: Mapping[str, object]) -> str:
    """Return the value of a field as people read it."""
    value = reader(field)(data)
    match value:
        case None:
            return MISSING
        case tuple() | list() | set() | frozenset():
            return "、".join(sorted(value) if isinstance(value, set | frozenset) else value) or MISSING
        case bool():
            return "是" if value else "否"
        case int() if field.type is FieldType.MONEY:
            return f"{plain_amount(value)} 元"
        case float():
            return plain_number(Decimal(repr(value)))
        case _:
            return str(value)


def _inner(part: Condition) -> str:
    text = sentence(part)
    return f"（{text}）" if isinstance(part, All | AnyOf) else text


def _compared(sign: str, left: Operand, right: Operand) -> str:
    words = {FieldType.NUMBER: _NUMBERS, FieldType.MONEY: _NUMBERS, FieldType.DATE: _DATES}
    return _spaced(_operand(left), words.get(left.type, _EQUAL)[sign], _operand(right))


def _one_of(field: Field, values: tuple[Literal, ...], *, negated: bool) -> str:
    listed = "、".join(_value(value) for value in values)
    if len(values) == 1:
        return f"{field.label}{'不' * negated}是{listed}"
    return f"{field.label}不是{listed}中的任何一个" if negated else f"{field.label}是{listed}之一"


def _operand(node: Operand) -> str:
    match node:
        case Reference(field):
            return field.label
        case Literal():
            return _value(node)
        case Arithmetic(sign, left, right, _):
            first = _calculated(left, sign, right=False)
            return _spaced(first, _SIGNS[sign], _calculated(right, sign, right=True))


def _calculated(part: Operand, sign: str, *, right: bool) -> str:
    text = _operand(part)
    return f"（{text}）" if needs_parentheses(part, sign, right=right) else text


def _spaced(before: str, word: str, after: str) -> str:
    """Set figures apart from the Chinese word between them; names and quoted texts stand close to it."""
    first_gap = " " if before[-1] in _FIGURES else ""
    return f"{before}{first_gap}{word}{' ' if after[0] in _FIGURES else ''}{after}"


def _value(literal: Literal) -> str:
    match literal.value:
        case bool(value):
            return "“是”" if value else "“否”"
        case Decimal() as value:
            return plain_number(value)
        case int(value):
            return f"{plain_amount(value)} 元"
        case str(value):
            return f"“{value}”" if value else "空文本"
        case date() as value:
            return f"{value.year}年{value.month}月{value.day}日"
