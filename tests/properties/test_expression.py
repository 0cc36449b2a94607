"""Laws of expressions for any formula, and exact amounts against an oracle that computes with fractions."""

import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.engine.expression import FieldType, FormulaError
from domain.engine.expression.tree import Arithmetic, Comparison, Literal, Operand, Reference
from tests.support.expressions import EXACT_COMPARISONS, FORMULAS, parsed, rows

DATA = rows()
FEN = st.integers(-(10**13), 10**13) | st.integers(-1000, 1000)
SIGNS = {"=": "eq", "≠": "ne", ">": "gt", "≥": "ge", "<": "lt", "≤": "le"}
JOIN: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@given(FORMULAS)
@settings(max_examples=200, deadline=None)
def test_the_canonical_text_gives_the_same_tree(text):
    expression = parsed(text)

    again = parsed(expression.text)

    assert again == expression
    assert again.text == expression.text
    assert again.sentence() == expression.sentence()


@given(FORMULAS)
@settings(max_examples=60, deadline=None)
def test_a_complement_holds_for_exactly_the_other_data(text):
    expression, complement = parsed(text), parsed(f"非 ({text})")

    assert all(expression.holds(row) is not complement.holds(row) for row in DATA)


@given(EXACT_COMPARISONS, FEN, FEN, FEN)
@settings(max_examples=300, deadline=None)
def test_amounts_are_compared_as_fractions_say(text, fee, freight, tax):
    data = {"fee": fee, "freight": freight, "tax": tax}
    try:
        expression = parsed(text)
    except FormulaError:
        return
    tree = expression.node
    assert isinstance(tree, Comparison)

    left, right = exact(tree.left, data), exact(tree.right, data)

    known = left is not None and right is not None
    assert expression.holds(data) is (known and getattr(operator, SIGNS[tree.sign])(left, right))


@given(
    st.text(
        alphabet='费用紧急区域且或非不是属于包含()[]"“”>=≠+-*/.,、0123456789万元 日期以开头为空数量',
        max_size=40,
    )
)
@settings(max_examples=300, deadline=None)
def test_anything_is_read_or_refused_with_a_place(text):
    try:
        parsed(text).holds({})
    except FormulaError as refusal:
        assert 1 <= refusal.column <= len(text) + 1
        assert refusal.message.endswith("。")


def exact(node: Operand, data: dict[str, int]) -> Fraction | None:
    """Compute an amount in fen, or a written number, without rounding."""
    match node:
        case Reference(field):
            return Fraction(data[field.key])
        case Literal(value, kind):
            assert isinstance(value, Decimal if kind is FieldType.NUMBER else int)
            return Fraction(Decimal(str(value)))
        case Arithmetic(sign, left, right, _):
            one, other = exact(left, data), exact(right, data)
            if one is None or other is None or (sign == "/" and not other):
                return None
            return JOIN[sign](one, other)
