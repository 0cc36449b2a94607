"""Conditions of rules as SQL: the same answer as in Python, on both databases.

Source: docs/reference/expressions.md, rules EX-9 to EX-28.
"""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Double,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import Grouping
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeEngine

from domain.engine.expression import Expression, Field, FieldType, limits
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

Columns = Mapping[str, ColumnElement[Any]]

_FLOAT_MAX = 1.7976931348623157e308
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "≠": operator.ne,
    ">": operator.gt,
    "≥": operator.ge,
    "<": operator.lt,
    "≤": operator.le,
}
_TYPES: dict[FieldType, TypeEngine[Any]] = {
    FieldType.NUMBER: Double(),
    FieldType.MONEY: BigInteger(),
    FieldType.TEXT: Text(),
    FieldType.BOOL: Boolean(),
    FieldType.DATE: Date(),
}


def to_sql(expression: Expression, columns: Mapping[str, ColumnElement[Any]]) -> ColumnElement[bool]:
    """Return the condition for a WHERE or a CASE: true or false, never NULL.

    Args:
        columns: by key of the field; numbers as any numeric type, money as whole fen, lists of texts as JSON.

    Raises:
        KeyError: a field of the expression has no column.
    """
    return _certain(_Sql(columns).condition(expression.node))


class _Sql:
    """Builds SQL that is NULL where a value is missing."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def condition(self, node: Condition) -> ColumnElement[bool]:
        match node:
            case All(parts):
                return and_(*(self.condition(part) for part in parts))
            case AnyOf(parts):
                return or_(*(self.condition(part) for part in parts))
            case Not(part):
                return not_(_certain(self.condition(part)))
            case Flag(field):
                return self._columns[field.key].is_(True)
            case Comparison(sign, left, right):
                return self._compared(_COMPARE[sign], left, right)
            case OneOf(field, values, negated):
                column, wanted = self._column(field), [_literal(value) for value in values]
                return column.not_in(wanted) if negated else column.in_(wanted)
            case Contains(field, part, negated):
                return self._contains(field, str(part.value), negated)
            case StartsWith(field, start, negated):
                text = str(start.value)
                begins = func.substr(self._column(field), 1, len(text))
                return begins != literal(text, Text()) if negated else begins == literal(text, Text())
            case IsEmpty(field, negated):
                return self._empty(field, negated)

    def amount(self, field: Field) -> ColumnElement[Any]:
        """Return whole fen that can be computed with."""
        column = cast(self._columns[field.key], BigInteger())
        return case((column.between(-limits.AMOUNT_MAX_FEN, limits.AMOUNT_MAX_FEN), column))

    def number(self, field: Field) -> ColumnElement[Any]:
        """Return a float that can be computed with."""
        column: ColumnElement[Any] = cast(self._columns[field.key], Double())
        least, most = limits.NUMBER_MIN, limits.NUMBER_MAX
        return case(
            (and_(column > self.real(-least), column < self.real(least)), self.real(0.0)),
            (column.between(self.real(-most), self.real(most)), column),
        )

    def whole(self, value: int) -> ColumnElement[Any]:
        """Return a whole number."""
        return literal(value, BigInteger())

    def real(self, value: float) -> ColumnElement[Any]:
        """Return a float."""
        return literal(float(value), Double())

    def as_real(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return a whole number as float."""
        return cast(value, Double())

    def calculate(self, sign: str, left: ColumnElement[Any], right: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return two operands joined by a sign, in parentheses: floats must be joined in the order given."""
        right = func.nullif(right, self.real(0.0), type_=Double()) if sign == "/" else right
        # SQLAlchemy's own + and * leave out the parentheses of a + (b + c).
        return Grouping(left.op(sign, return_type=left.type)(right))

    def _compared(
        self, compare: Callable[[Any, Any], Any], left: Operand, right: Operand
    ) -> ColumnElement[bool]:
        if isinstance(left, Arithmetic) or isinstance(right, Arithmetic):
            first, second = comparable(left, right, self)
        else:
            first, second = self._plain(left), self._plain(right)
        found: ColumnElement[bool] = compare(first, second)
        return found

    def _plain(self, node: Reference | Literal) -> ColumnElement[Any]:
        return self._column(node.field) if isinstance(node, Reference) else _literal(node)

    def _column(self, field: Field) -> ColumnElement[Any]:
        """Return a column in the type that is compared; neither NaN nor infinity is a number."""
        column = self._columns[field.key]
        if field.type is not FieldType.NUMBER:
            return column
        number: ColumnElement[Any] = cast(column, Double())
        return case((number.between(self.real(-_FLOAT_MAX), self.real(_FLOAT_MAX)), number))

    def _contains(self, field: Field, part: str, negated: bool) -> ColumnElement[bool]:
        column = self._columns[field.key]
        if field.type is FieldType.TEXTS:
            has = case((_is_list(column), _has_item(column, literal(part, Text()))))
            return not_(has) if negated else has
        place = _place_of(column, literal(part, Text()))
        return place == 0 if negated else place > 0

    def _empty(self, field: Field, negated: bool) -> ColumnElement[bool]:
        if field.type is FieldType.TEXTS:
            filled = _certain(_has_any(self._columns[field.key]))
            return filled if negated else not_(filled)
        column = self._column(field)
        return column.is_not(None) if negated else column.is_(None)


def _certain(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return func.coalesce(condition, false(), type_=Boolean())


def _literal(node: Literal) -> ColumnElement[Any]:
    value = float(node.value) if isinstance(node.value, Decimal) else node.value
    return literal(value, _TYPES[node.type])


class _place_of(GenericFunction[int]):  # noqa: N801
    """Where a text first contains another, 0 where it does not; tells capitals apart, has no wildcards."""

    type = BigInteger()
    inherit_cache = True


class _is_list(GenericFunction[bool]):  # noqa: N801
    """Whether a JSON column holds a list."""

    type = Boolean()
    inherit_cache = True


class _has_any(GenericFunction[bool]):  # noqa: N801
    """Whether a JSON column holds a list with items."""

    type = Boolean()
    inherit_cache = True


class _has_item(GenericFunction[bool]):  # noqa: N801
    """Whether a JSON list has a text as item."""

    type = Boolean()
    inherit_cache = True


_SPELLED: dict[type[GenericFunction[Any]], tuple[str, str]] = {
    _place_of: ("instr({0}, {1})", "strpos({0}, {1})"),
    _is_list: ("json_type({0}) = 'array'", "jsonb_typeof(CAST({0} AS JSONB)) = 'array'"),
    _has_any: (
        "json_type({0}) = 'array' AND json_array_length({0}) > 0",
        "jsonb_typeof(CAST({0} AS JSONB)) = 'array' AND CAST({0} AS JSONB) <> '[]'",
    ),
    _has_item: (
        "EXISTS (SELECT 1 FROM json_each({0}) AS item WHERE item.type = 'text' AND item.value = {1})",
        "CAST({0} AS JSONB) @> jsonb_build_array({1})",
    ),
}


def _spell(element: GenericFunction[Any], compiler: SQLCompiler, **options: Any) -> str:
    on_sqlite, on_postgres = _SPELLED[type(element)]
    parts = [compiler.process(clause, **options) for clause in element.clauses]
    return f"({(on_sqlite if compiler.dialect.name == 'sqlite' else on_postgres).format(*parts)})"


for _function in _SPELLED:
    compiles(_function)(_spell)
