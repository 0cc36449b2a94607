"""Writes values and trees as formulas: reading what is written gives the same tree."""

from datetime import date
from decimal import Decimal

from domain.engine.expression.fields import Field, FieldType, Schema
from domain.engine.expression.tokens import is_plain
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

BINDS = {"+": 1, "-": 1, "*": 2, "/": 2}


def plain_number(value: Decimal) -> str:
    """Return a number without exponent and without zeros at its end."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def plain_amount(amount_fen: int) -> str:
    """Return an amount in yuan, with decimals only where it has any."""
    whole, fen = divmod(abs(amount_fen), 100)
    return ("-" if amount_fen < 0 else "") + (f"{whole}.{fen:02}" if fen else str(whole))


def needs_parentheses(part: Operand, sign: str, *, right: bool) -> bool:
    """Return whether an operand of a sign has to stand in parentheses."""
    return isinstance(part, Arithmetic) and (
        BINDS[part.sign] < BINDS[sign] or (right and BINDS[part.sign] == BINDS[sign])
    )


class Writer:
    """Writes formulas in the words of a schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def condition(self, node: Condition) -> str:
        """Return a condition in the one form that all its spellings share."""
        match node:
            case All(parts) | AnyOf(parts):
                return (" 且 " if isinstance(node, All) else " 或 ").join(self._inner(part) for part in parts)
            case Not(part):
                return f"非 ({self.condition(part)})"
            case Flag(field):
                return self._name(field)
            case Comparison(sign, left, right):
                return f"{self._beside(left, right)} {sign} {self._beside(right, left)}"
            case OneOf(field, values, negated):
                listed = ", ".join(_unitless(value) for value in values)
                return f"{self._name(field)} {'不' * negated}属于 [{listed}]"
            case Contains(field, part, negated):
                return f"{self._name(field)} {'不' * negated}包含 {written(part)}"
            case StartsWith(field, start, negated):
                return f"{self._name(field)} {'不' * negated}以 {written(start)} 开头"
            case IsEmpty(field, negated):
                return f"{self._name(field)} {'不' * negated}为空"

    def _inner(self, part: Condition) -> str:
        text = self.condition(part)
        return f"({text})" if isinstance(part, All | AnyOf) else text

    def _operand(self, node: Operand) -> str:
        match node:
            case Reference(field):
                return self._name(field)
            case Literal():
                return written(node)
            case Arithmetic(sign, left, right, _):
                first, second = (
                    (self._beside(left, right), self._beside(right, left))
                    if BINDS[sign] == 1
                    else (self._operand(left), self._operand(right))
                )
                first = f"({first})" if needs_parentheses(left, sign, right=False) else first
                second = f"({second})" if needs_parentheses(right, sign, right=True) else second
                return f"{first} {sign} {second}"

    def _beside(self, node: Operand, other: Operand) -> str:
        """Return an operand whose kind the other one tells, so that an amount needs no unit."""
        both = isinstance(node, Literal) and isinstance(other, Literal)
        return _unitless(node) if isinstance(node, Literal) and not both else self._operand(node)

    def _name(self, field: Field) -> str:
        return field.label if is_plain(field.label, self._schema) else f"【{field.label}】"


def _unitless(literal: Literal) -> str:
    return written(literal).removesuffix("元") if literal.type is FieldType.MONEY else written(literal)


def written(literal: Literal) -> str:
    """Return a value as a formula has it."""
    match literal.value:
        case bool(value):
            return "是" if value else "否"
        case Decimal() as value:
            return plain_number(value)
        case int(value):
            return plain_amount(value) + "元"
        case str(value):
            doubled = value.replace('"', '""')
            return f'"{doubled}"'
        case date() as value:
            return f'日期("{value}")'
