"""The typed tree that a formula is read into and that every back end starts from.

Source: docs/reference/expressions.md, rules EX-4 to EX-16.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from domain.engine.expression.fields import Field, FieldType


@dataclass(frozen=True, slots=True)
class Reference:
    """The value of a field."""

    field: Field

    @property
    def type(self) -> FieldType:
        """Return the field's type."""
        return self.field.type


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the formula: a number as Decimal, money in fen, text, yes or no, a date."""

    value: Decimal | int | str | bool | date
    type: FieldType


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two operands joined by `+`, `-`, `*` or `/`; missing when one is missing or the divisor is 0."""

    sign: str
    left: "Operand"
    right: "Operand"
    type: FieldType


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes-or-no field as condition."""

    field: Field


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands of one type joined by `=`, `≠`, `>`, `≥`, `<` or `≤`."""

    sign: str
    left: "Operand"
    right: "Operand"


@dataclass(frozen=True, slots=True)
class OneOf:
    """A field has one of the values; negated, a value that is none of them."""

    field: Field
    values: tuple[Literal, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Contains:
    """A text has the part, or a list of texts the item; negated, is there and has it not."""

    field: Field
    part: Literal
    negated: bool = False


@dataclass(frozen=True, slots=True)
class StartsWith:
    """A text begins with another; negated, is there and does not."""

    field: Field
    start: Literal
    negated: bool = False


@dataclass(frozen=True, slots=True)
class IsEmpty:
    """A field is missing, or a list without items; negated, the exact complement."""

    field: Field
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """The exact complement of a condition."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class All:
    """Every one of two or more conditions."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of two or more conditions."""

    parts: tuple["Condition", ...]


Operand: TypeAlias = Reference | Literal | Arithmetic
Condition: TypeAlias = Flag | Comparison | OneOf | Contains | StartsWith | IsEmpty | Not | All | AnyOf
Node: TypeAlias = Operand | Condition

OPERANDS = (Reference, Literal, Arithmetic)


def children(node: Node) -> tuple[Node, ...]:
    """Return what a node is made of, from left to right."""
    match node:
        case All(parts) | AnyOf(parts):
            return parts
        case Not(part):
            return (part,)
        case Comparison(_, left, right) | Arithmetic(_, left, right, _):
            return left, right
        case OneOf(field, values, _):
            return Reference(field), *values
        case Contains(field, part, _):
            return Reference(field), part
        case StartsWith(field, start, _):
            return Reference(field), start
        case Flag(field) | IsEmpty(field, _):
            return (Reference(field),)
        case Reference() | Literal():
            return ()


def depth(node: Node) -> int:
    """Return the levels of a tree; a field or value alone is one."""
    return 1 + max((depth(child) for child in children(node)), default=0)


def fields_of(node: Node) -> Iterator[Field]:
    """Go through the fields as they stand in the formula, each as often as it does."""
    if isinstance(node, Reference):
        yield node.field
    for child in children(node):
        yield from fields_of(child)
