"""Turns a tree into one Python function made of small ones; nothing is evaluated as code.

Source: docs/reference/expressions.md, rules EX-9 to EX-26.
"""

import operator
from collections.abc import Callable
from typing import Any, TypeAlias

from domain.engine.expression import limits
from domain.engine.expression.fields import Field, FieldType
from domain.engine.expression.reading import Data, Read, reader
from domain.engine.expression.reckoning import comparable
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

Test: TypeAlias = Callable[[Data], bool]

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "≠": operator.ne,
    ">": operator.gt,
    "≥": operator.ge,
    "<": operator.lt,
    "≤": operator.le,
}
_CALCULATE: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def compiled(node: Condition) -> Test:
    """Return what tells of data whether a condition holds."""
    match node:
        case All(parts):
            return _all([compiled(part) for part in parts])
        case AnyOf(parts):
            return _any([compiled(part) for part in parts])
        case Not(part):
            return _not(compiled(part))
        case Flag(field):
            return _flag(reader(field))
        case Comparison(sign, left, right):
            return _compared(_COMPARE[sign], left, right)
        case OneOf(field, values, negated):
            return _one_of(reader(field), frozenset(plain(value) for value in values), negated)
        case Contains(field, part, negated):
            return _contains(reader(field), plain(part), negated)
        case StartsWith(field, start, negated):
            return _starts(reader(field), str(start.value), negated)
        case IsEmpty(field, negated):
            return _empty(reader(field), negated, is_list=field.type is FieldType.TEXTS)


def plain(literal: Literal) -> Any:
    """Return a value as data have it: numbers as float."""
    return float(literal.value) if literal.type is FieldType.NUMBER else literal.value  # type: ignore[arg-type]


def is_plain(node: Operand) -> bool:
    """Return whether an operand needs no computing."""
    return not isinstance(node, Arithmetic)


def _all(tests: list[Test]) -> Test:
    if len(tests) == 2:
        one, other = tests
        return lambda data: one(data) and other(data)

    def test(data: Data) -> bool:
        for each in tests:  # noqa: SIM110 - a generator would cost a third of the time.
            if not each(data):
                return False
        return True

    return test


def _any(tests: list[Test]) -> Test:
    if len(tests) == 2:
        one, other = tests
        return lambda data: one(data) or other(data)

    def test(data: Data) -> bool:
        for each in tests:  # noqa: SIM110
            if each(data):
                return True
        return False

    return test


def _not(part: Test) -> Test:
    return lambda data: not part(data)


def _flag(read: Read) -> Test:
    return lambda data: read(data) is True


def _compared(compare: Callable[[Any, Any], bool], left: Operand, right: Operand) -> Test:
    if is_plain(left) and is_plain(right):
        if isinstance(right, Literal) and isinstance(left, Reference):
            return _with_value(compare, reader(left.field), plain(right))
        first, second = _read(left), _read(right)
    else:
        first, second = comparable(left, right, _Closures())

    def test(data: Data) -> bool:
        one = first(data)
        if one is None:
            return False
        other = second(data)
        return other is not None and compare(one, other)

    return test


def _with_value(compare: Callable[[Any, Any], bool], read: Read, value: Any) -> Test:
    def test(data: Data) -> bool:
        found = read(data)
        return found is not None and compare(found, value)

    return test


def _read(node: Operand) -> Read:
    return reader(node.field) if isinstance(node, Reference) else _constant(plain(node))  # type: ignore[arg-type]


def _one_of(read: Read, values: frozenset[Any], negated: bool) -> Test:
    if negated:
        return lambda data: (found := read(data)) is not None and found not in values
    return lambda data: read(data) in values


def _contains(read: Read, part: Any, negated: bool) -> Test:
    def test(data: Data) -> bool:
        found = read(data)
        return found is not None and (part in found) is not negated

    return test


def _starts(read: Read, start: str, negated: bool) -> Test:
    def test(data: Data) -> bool:
        found = read(data)
        return found is not None and found.startswith(start) is not negated

    return test


def _empty(read: Read, negated: bool, *, is_list: bool) -> Test:
    if is_list:
        return lambda data: bool(read(data)) is negated
    return lambda data: (read(data) is not None) is negated


def _constant(value: Any) -> Read:
    return lambda data: value


class _Closures:
    """Computes by functions of the data."""

    def amount(self, field: Field) -> Read:
        read, most = reader(field), limits.AMOUNT_MAX_FEN

        def amount(data: Data) -> Any:
            fen = read(data)
            return fen if fen is not None and -most <= fen <= most else None

        return amount

    def number(self, field: Field) -> Read:
        read, most, least = reader(field), limits.NUMBER_MAX, limits.NUMBER_MIN

        def number(data: Data) -> Any:
            value = read(data)
            if value is None or not -most <= value <= most:
                return None
            return 0.0 if -least < value < least else value

        return number

    def whole(self, value: int) -> Read:
        return _constant(value)

    def real(self, value: float) -> Read:
        return _constant(value)

    def as_real(self, value: Read) -> Read:
        return lambda data: None if (found := value(data)) is None else float(found)

    def calculate(self, sign: str, left: Read, right: Read) -> Read:
        join, divides = _CALCULATE[sign], sign == "/"

        def calculate(data: Data) -> Any:
            one = left(data)
            if one is None:
                return None
            other = right(data)
            if other is None or (divides and not other):
                return None
            return join(one, other)

        return calculate
