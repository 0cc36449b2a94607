"""Takes a field's value out of the data, and refuses what is of another type.

Source: docs/reference/expressions.md, rules EX-2 and EX-17.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from domain.engine.expression.errors import WrongValue
from domain.engine.expression.fields import TYPE_NAMES, Field, FieldType

Data = Mapping[str, object]
Read = Callable[[Data], Any]
"""Gives a value of the field's type, None when it is missing."""


def reader(field: Field) -> Read:
    """Return what reads a field.

    Numbers come as float, money as int in fen, lists of texts as they are.
    """
    key, usual, unusual = field.key, _USUAL[field.type], _UNUSUAL[field.type]

    def read(data: Data) -> Any:
        value = data.get(key)
        if value is None or value.__class__ is usual:
            return value
        found = unusual(value)
        if found is _WRONG:
            kind = type(value).__name__
            raise WrongValue(f"“{field.label}”（{key}）应为{TYPE_NAMES[field.type]}，收到 {kind}: {value!r}")
        return found

    def read_number(data: Data) -> Any:
        value = data.get(key)
        # By far most numbers are small and whole.
        if value.__class__ is int and -_EXACT <= value <= _EXACT:
            return float(value)
        return read(data)

    return read_number if field.type is FieldType.NUMBER else read


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return _WRONG
    try:
        number = float(value)
    except (OverflowError, ValueError):
        return None
    return number if isfinite(number) else None


def _amount(value: object) -> object:
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else _WRONG


def _text(value: object) -> object:
    return str(value) if isinstance(value, str) else _WRONG


def _wrong(value: object) -> object:
    return _WRONG


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return _WRONG
    return value if isinstance(value, date) and not isinstance(value, datetime) else _WRONG


def _texts(value: object) -> object:
    if isinstance(value, list | tuple | set | frozenset) and all(isinstance(one, str) for one in value):
        return value
    return _WRONG


_WRONG = object()
_EXACT = 2**53
"""Whole numbers up to here are the same as float."""


class _Never:
    """No value is of this class."""


_USUAL: dict[FieldType, type] = {
    # A float may be infinite and a list may hold anything, so these are always looked at.
    FieldType.NUMBER: _Never,
    FieldType.TEXTS: _Never,
    FieldType.MONEY: int,
    FieldType.TEXT: str,
    FieldType.BOOL: bool,
    FieldType.DATE: date,
}
_UNUSUAL: dict[FieldType, Callable[[object], object]] = {
    FieldType.NUMBER: _number,
    FieldType.MONEY: _amount,
    FieldType.TEXT: _text,
    FieldType.BOOL: _wrong,
    FieldType.DATE: _day,
    FieldType.TEXTS: _texts,
}
