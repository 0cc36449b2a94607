"""Builds nodes and refuses what does not fit together, with the place and what to write instead.

Source: docs/reference/expressions.md, rules EX-9 to EX-19.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from domain.engine.expression import limits
from domain.engine.expression.errors import FormulaError
from domain.engine.expression.fields import TYPE_NAMES, Field, FieldType
from domain.engine.expression.reckoning import TooWide, check_width
from domain.engine.expression.tree import (
    OPERANDS,
    Arithmetic,
    Comparison,
    Condition,
    Flag,
    Literal,
    Node,
    Operand,
    Reference,
)
from domain.engine.expression.writing import written

_ORDERS = {">", "≥", "<", "≤"}
_NUMERIC = {FieldType.NUMBER, FieldType.MONEY}
_EXAMPLES = {
    FieldType.NUMBER: "{0} > 5",
    FieldType.MONEY: "{0} > 5000",
    FieldType.TEXT: '{0} = "某某"',
    FieldType.DATE: '{0} ≥ 日期("2026-03-01")',
    FieldType.TEXTS: '{0} 包含 "某某"',
}


@dataclass(frozen=True, slots=True)
class Part:
    """A node and where it begins."""

    node: Node
    column: int


def condition(part: Part) -> Condition:
    """Return a part as condition; a yes-or-no field is one."""
    node = part.node
    if isinstance(node, Reference) and node.type is FieldType.BOOL:
        return Flag(node.field)
    if not isinstance(node, OPERANDS):
        return node
    example = _EXAMPLES.get(node.type, "").format(node.field.label) if isinstance(node, Reference) else ""
    raise FormulaError(
        f"{_named(node)}还不是条件，请写出它要满足什么" + (f"，例如 {example}。" if example else "。"),
        part.column,
    )


def operand(part: Part) -> Operand:
    """Return a part as something to compare or compute with."""
    if isinstance(part.node, OPERANDS):
        return part.node
    raise FormulaError("这里是一个条件，不能拿来比较或计算；条件之间请用“且”或者“或”连接。", part.column)


def field_of(part: Part, word: str) -> Field:
    """Return the field in front of a word such as 属于."""
    if isinstance(part.node, Reference):
        return part.node.field
    raise FormulaError(f"“{word}”前面要写一个字段。", part.column)


def comparison(sign: str, left: Part, right: Part, column: int) -> Comparison:
    """Return a comparison of two operands that can be compared so."""
    one, other = operand(left), operand(right)
    if isinstance(one, Literal) and isinstance(other, Literal):
        raise FormulaError("比较的两边都是固定的值，至少有一边要写字段。", column)
    one, other = fitted(one, other.type, left.column), fitted(other, one.type, right.column)
    for side, against in ((one, other), (other, one)):
        if side.type is FieldType.TEXTS:
            raise FormulaError(f'{_named(side)}有多项，请写 {_bare(side)} 包含 "某某"。', column)
        if sign in _ORDERS and side.type in {FieldType.TEXT, FieldType.BOOL} and isinstance(side, Reference):
            what = "" if against.type is side.type else f"与{TYPE_NAMES[against.type]}"
            kind = TYPE_NAMES[side.type]
            raise FormulaError(
                f"{_named(side)}是{kind}，不能{what}比较大小，只能用 = 或 ≠ 与{kind}比较。", column
            )
    if one.type is not other.type:
        first, second = (one, other) if isinstance(one, Reference) else (other, one)
        size = "大小" if sign in _ORDERS else ""
        raise FormulaError(
            f"{_named(first)}是{TYPE_NAMES[first.type]}，不能与{TYPE_NAMES[second.type]}比较{size}；"
            f"两边的类型要一样。",
            column,
        )
    _check_choice(one, other, right.column)
    _check_choice(other, one, left.column)
    if isinstance(one, Arithmetic) or isinstance(other, Arithmetic):
        _check_width(one, other, column)
    return Comparison(sign, one, other)


def arithmetic(sign: str, left: Part, right: Part, column: int) -> Operand:
    """Return two operands joined by a sign; of two written numbers their result."""
    one, other = operand(left), operand(right)
    for side, part in ((one, left), (other, right)):
        if side.type not in _NUMERIC:
            raise FormulaError(
                f"{_named(side)}是{TYPE_NAMES[side.type]}，不能计算，只有数字和金额可以。", part.column
            )
    if (
        isinstance(one, Literal)
        and isinstance(other, Literal)
        and {one.type, other.type} == {FieldType.NUMBER}
    ):
        folded = _folded(sign, one, other, left.column)
        if folded is not None:
            return folded
    if sign in "+-":
        one, other = fitted(one, other.type, left.column), fitted(other, one.type, right.column)
    kinds = (one.type, other.type)
    if kinds == (FieldType.NUMBER, FieldType.NUMBER):
        return Arithmetic(sign, one, other, FieldType.NUMBER)
    both = kinds == (FieldType.MONEY, FieldType.MONEY)
    if (
        (sign in "+-" and both)
        or (sign == "*" and not both)
        or (sign == "/" and kinds[1] is FieldType.NUMBER)
    ):
        if sign == "/" and one.type is FieldType.NUMBER:
            raise FormulaError("数字不能除以金额。", column)
        return Arithmetic(sign, one, other, FieldType.MONEY)
    names = {"+": "相加", "-": "相减", "*": "相乘", "/": "相除"}
    raise FormulaError(
        f"{TYPE_NAMES[kinds[0]]}与{TYPE_NAMES[kinds[1]]}不能{names[sign]}；"
        "金额可以加减金额，也可以乘以或除以数字。",
        column,
    )


def fitted(node: Operand, wanted: FieldType, column: int) -> Operand:
    """Return a written value as what it stands beside: an amount, a date, yes or no; else as it is."""
    if not isinstance(node, Literal):
        return node
    if wanted is FieldType.MONEY and isinstance(node.value, Decimal):
        return amount(node.value, column)
    if wanted is FieldType.DATE and isinstance(node.value, str):
        return day(node.value, column)
    if wanted is FieldType.BOOL and node.value in ("是", "否"):
        return Literal(node.value == "是", FieldType.BOOL)
    return node


def amount(yuan: Decimal, column: int) -> Literal:
    """Return an amount in fen."""
    fen = yuan * 100
    if fen != fen.to_integral_value():
        raise FormulaError(f"金额 {yuan:f} 最多写两位小数，例如 380.50。", column)
    if abs(fen) > limits.AMOUNT_MAX_FEN:
        raise FormulaError(f"金额 {yuan:f} 太大，最多 {limits.AMOUNT_MAX_FEN // 100} 元。", column)
    return Literal(int(fen), FieldType.MONEY)


def day(text: str, column: int) -> Literal:
    """Return a date."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise FormulaError(f"“{text}”不是日期，日期要写成 2026-03-01。", column)
    return Literal(found, FieldType.DATE)


def number(value: Decimal, column: int) -> Literal:
    """Return a number that is neither too large nor too fine."""
    if abs(value) > limits.NUMBER_MAX:
        raise FormulaError(f"数字太大，不能超过 {limits.NUMBER_MAX}。", column)
    if value and value != value.quantize(Decimal(1).scaleb(-limits.DECIMALS)):
        raise FormulaError(f"数字最多写 {limits.DECIMALS} 位小数。", column)
    return Literal(value, FieldType.NUMBER)


def item(field: Field, part: Part, *, wanted: FieldType) -> Literal:
    """Return a written value that a field can have or contain."""
    node = fitted(operand(part), wanted, part.column)
    if not isinstance(node, Literal):
        raise FormulaError("这里只能写固定的值，不能写字段或算式。", part.column)
    if node.type is not wanted:
        raise FormulaError(
            f"“{field.label}”是{TYPE_NAMES[field.type]}，这里要写{TYPE_NAMES[wanted]}，"
            f"不能写{TYPE_NAMES[node.type]}。",
            part.column,
        )
    return node


def check_choice(field: Field, literal: Literal, column: int) -> None:
    """Refuse a text that the field never has.

    Raises:
        FormulaError: it is none of the choices.
    """
    if field.choices and literal.value not in field.choices:
        listed = "、".join(field.choices)
        raise FormulaError(f"“{field.label}”没有“{literal.value}”这个选项，可以写：{listed}。", column)


def _check_choice(side: Operand, literal: Operand, column: int) -> None:
    if isinstance(side, Reference) and isinstance(literal, Literal):
        check_choice(side.field, literal, column)


def _check_width(one: Operand, other: Operand, column: int) -> None:
    try:
        check_width(one, other)
    except TooWide:
        raise FormulaError("算式可能算出太大或太细的数，请减少乘除和小数位数。", column) from None


def _folded(sign: str, one: Literal, other: Literal, column: int) -> Literal | None:
    """Return the result of written numbers, None where it cannot be written."""
    left, right = (Fraction(Decimal(str(side.value))) for side in (one, other))
    if sign == "/" and (not right or (left / right * 10**limits.DECIMALS).denominator != 1):
        return None
    results = {"+": left + right, "-": left - right, "*": left * right}
    fraction = results[sign] if sign in results else left / right
    return number(Decimal(fraction.numerator) / Decimal(fraction.denominator), column)


def _named(node: Operand) -> str:
    match node:
        case Reference(field):
            return f"“{field.label}”"
        case Literal():
            return f"{TYPE_NAMES[node.type]} {written(node)} "
        case Arithmetic():
            return "这个算式"


def _bare(node: Operand) -> str:
    return node.field.label if isinstance(node, Reference) else "字段"
