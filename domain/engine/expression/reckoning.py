"""The one order in which amounts and numbers are computed, whoever computes: Python, a database, or bounds.

Amounts are whole fen. Joined by + and - and multiplied or divided by written numbers they stay whole numbers
with a fraction beside them, so nothing is rounded. Only what a field multiplies or divides becomes a float,
and is settled to a thousandth of a fen when it is compared.

Source: docs/reference/expressions.md, rules EX-20 to EX-26.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Generic, Protocol, TypeAlias, TypeVar

from domain.engine.expression import limits
from domain.engine.expression.fields import Field, FieldType
from domain.engine.expression.tree import Arithmetic, Literal, Operand, Reference

T = TypeVar("T")

# Added and taken away again, it leaves a float rounded to a whole number, by IEEE 754 alike everywhere.
_ROUNDS = 1.5 * 2.0**52
_GRAIN_OF_FEN = 1e3
_GRAIN_OF_NUMBER = 1e6


class Algebra(Protocol[T]):
    """Something that computes; a missing operand makes the result missing."""

    def amount(self, field: Field) -> T:
        """Return whole fen; missing beyond ±AMOUNT_MAX_FEN."""

    def number(self, field: Field) -> T:
        """Return a float; missing beyond ±NUMBER_MAX, 0 nearer to 0 than NUMBER_MIN."""

    def whole(self, value: int) -> T:
        """Return a whole number of at most 64 bits."""

    def real(self, value: float) -> T:
        """Return a float."""

    def as_real(self, value: T) -> T:
        """Return a whole number as float."""

    def calculate(self, sign: str, left: T, right: T) -> T:
        """Return two whole numbers or two floats joined by a sign; `/` is for floats, by 0 missing."""


class TooWide(Exception):
    """A formula could compute numbers that not every database can hold."""


@dataclass(frozen=True, slots=True)
class _Exact(Generic[T]):
    """So many times a fraction of a fen."""

    count: T
    of: Fraction


@dataclass(frozen=True, slots=True)
class _Real(Generic[T]):
    fen: T


_Amount: TypeAlias = _Exact[T] | _Real[T]


def comparable(left: Operand, right: Operand, by: Algebra[T]) -> tuple[T, T]:
    """Return two amounts or two numbers such that comparing them decides."""
    if left.type is FieldType.NUMBER:
        return _settled(_number(left, by), _GRAIN_OF_NUMBER, by), _settled(
            _number(right, by), _GRAIN_OF_NUMBER, by
        )
    one, other = _amount(left, by), _amount(right, by)
    if isinstance(one, _Exact) and isinstance(other, _Exact):
        count, other_count, _ = _common(one, other, by)
        return count, other_count
    return _settled(_fen(one, by), _GRAIN_OF_FEN, by), _settled(_fen(other, by), _GRAIN_OF_FEN, by)


def check_width(left: Operand, right: Operand) -> None:
    """Refuse what could leave the numbers that every database can hold.

    Raises:
        TooWide: it could.
    """
    comparable(left, right, _Bounds())


def _settled(value: T, grain: float, by: Algebra[T]) -> T:
    fine = by.calculate("*", value, by.real(grain))
    return by.calculate("-", by.calculate("+", fine, by.real(_ROUNDS)), by.real(_ROUNDS))


def _number(node: Operand, by: Algebra[T]) -> T:
    match node:
        case Reference(field):
            return by.number(field)
        case Literal(value, _):
            return by.real(float(_decimal(value)))
        case Arithmetic(sign, left, right, _):
            return by.calculate(sign, _number(left, by), _number(right, by))


def _amount(node: Operand, by: Algebra[T]) -> _Amount[T]:
    match node:
        case Reference(field):
            return _Exact(by.amount(field), Fraction(1))
        case Literal(value, _):
            return _Exact(by.whole(int(_decimal(value))), Fraction(1))
        case Arithmetic("+" | "-" as sign, left, right, _):
            one, other = _amount(left, by), _amount(right, by)
            if isinstance(one, _Exact) and isinstance(other, _Exact):
                count, other_count, unit = _common(one, other, by)
                return _Exact(by.calculate(sign, count, other_count), unit)
            return _Real(by.calculate(sign, _fen(one, by), _fen(other, by)))
        case Arithmetic(sign, left, right, _):
            amount, number = (left, right) if left.type is FieldType.MONEY else (right, left)
            return _scaled(_amount(amount, by), sign, number, by)


def _scaled(amount: _Amount[T], sign: str, number: Operand, by: Algebra[T]) -> _Amount[T]:
    if isinstance(number, Literal) and isinstance(amount, _Exact):
        times = Fraction(_decimal(number.value))
        if sign == "*":
            return _Exact(amount.count, amount.of * times)
        if times:
            return _Exact(amount.count, amount.of / times)
    return _Real(by.calculate(sign, _fen(amount, by), _number(number, by)))


def _common(one: _Exact[T], other: _Exact[T], by: Algebra[T]) -> tuple[T, T, Fraction]:
    """Return both counts in the largest unit that measures both, and that unit."""
    below = one.of.denominator * other.of.denominator
    above = gcd(one.of.numerator * other.of.denominator, other.of.numerator * one.of.denominator)
    unit = Fraction(above, below) if above else Fraction(1)
    counts = [
        exact.count if exact.of == unit else by.calculate("*", exact.count, by.whole(int(exact.of / unit)))
        for exact in (one, other)
    ]
    return counts[0], counts[1], unit


def _fen(amount: _Amount[T], by: Algebra[T]) -> T:
    if isinstance(amount, _Real):
        return amount.fen
    fen = by.as_real(amount.count)
    if amount.of == 1:
        return fen
    try:
        return by.calculate("*", fen, by.real(float(amount.of)))
    except OverflowError:
        raise TooWide from None


def _decimal(value: object) -> Decimal:
    if not isinstance(value, Decimal | int):
        raise TypeError(f"{value!r} cannot be computed with")
    return Decimal(value)


@dataclass(frozen=True, slots=True)
class _Bound:
    """How large a value can be, how near to 0 without being 0, and what it is a multiple of."""

    most: float
    least: float
    grain: float


class _Bounds:
    """Computes how wide results can get."""

    def amount(self, field: Field) -> _Bound:
        return _Bound(limits.AMOUNT_MAX_FEN, 1, 1)

    def number(self, field: Field) -> _Bound:
        return _bound(limits.NUMBER_MAX, limits.NUMBER_MIN)

    def whole(self, value: int) -> _Bound:
        if abs(value) >= 2**63:
            raise TooWide
        return _Bound(abs(value), 1, 1)

    def real(self, value: float) -> _Bound:
        return _bound(max(abs(value), limits.NUMBER_MIN), abs(value) or 1.0)

    def as_real(self, value: _Bound) -> _Bound:
        return _bound(max(value.most, 1.0), 1.0)

    def calculate(self, sign: str, left: _Bound, right: _Bound) -> _Bound:
        if isinstance(left.most, int):
            return self._whole(sign, left, right)
        if sign == "*":
            return _bound(left.most * right.most, left.least * right.least)
        if sign == "/":
            return _bound(left.most / right.least, left.least / right.most)
        grain = min(left.grain, right.grain)
        return _Bound(left.most + right.most, grain, grain)

    def _whole(self, sign: str, left: _Bound, right: _Bound) -> _Bound:
        most = left.most * right.most if sign == "*" else left.most + right.most
        if most >= 2**63:
            raise TooWide
        return _Bound(most, 1, 1)


def _bound(most: float, least: float) -> _Bound:
    # The floats of all databases reach to 1e308 and 1e-307; settling multiplies once more.
    if most > 1e290 or least < 1e-270:
        raise TooWide
    return _Bound(float(most), least, least * 2.0**-53)
