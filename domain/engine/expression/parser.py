"""Reads a formula into a tree by recursive descent, one method for each level of binding.

Source: docs/reference/expressions.md, the grammar.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal

from domain.engine.expression import checks, limits
from domain.engine.expression.checks import Part
from domain.engine.expression.errors import FormulaError
from domain.engine.expression.fields import TYPE_NAMES, Field, FieldType, Schema
from domain.engine.expression.tokens import Kind, Token, tokens
from domain.engine.expression.tree import (
    All,
    AnyOf,
    Condition,
    Contains,
    IsEmpty,
    Literal,
    Node,
    Not,
    OneOf,
    Reference,
    StartsWith,
    depth,
)

_COMPARISONS = {"=", "≠", ">", "≥", "<", "≤"}
_AS_COMPARISON = {"是": "=", "不是": "≠"}


def parsed(text: str, schema: Schema) -> Condition:
    """Return the tree of a formula.

    Raises:
        FormulaError: it cannot be read, or does not fit together, or is too large.
    """
    return _Parser(tokens(text, schema)).formula()


class _Parser:
    def __init__(self, pieces: list[Token]) -> None:
        self._pieces, self._at = pieces, 0
        self._levels = self._nodes = 0

    @property
    def _next(self) -> Token:
        return self._pieces[self._at]

    def formula(self) -> Condition:
        if len(self._pieces) == 1:
            raise FormulaError("公式是空的，请写一个条件，例如 费用 > 5000。", 1)
        tree = checks.condition(self._any())
        if self._next.kind is not Kind.END:
            in_number = self._is(",") and self._pieces[self._at - 1].kind is Kind.NUMBER
            raise self._unexpected(
                "数字里不写逗号，例如 5000" if in_number else "条件之间请用“且”或者“或”连接"
            )
        if depth(tree) > limits.DEPTH:
            raise _too_deep(1)
        return tree

    def _any(self) -> Part:
        return self._joined("或")

    def _joined(self, word: str) -> Part:
        """Return conditions joined by a word; 且 binds closer than 或."""
        inner = self._condition if word == "且" else (lambda: self._joined("且"))
        first = inner()
        if not self._is(word):
            return first
        parts = [checks.condition(first)]
        while self._take(word):
            parts.append(checks.condition(inner()))
        return self._part(All(tuple(parts)) if word == "且" else AnyOf(tuple(parts)), first.column)

    def _condition(self) -> Part:
        start = self._next
        if self._take("非") or self._take("不是"):
            with self._deeper(start):
                return self._part(Not(checks.condition(self._condition())), start.column)
        left = self._sum()
        token = self._next
        sign = _AS_COMPARISON.get(token.text, token.text)
        if token.kind is not Kind.SIGN:
            return left
        if sign in _COMPARISONS:
            self._at += 1
            node = checks.comparison(sign, left, self._sum(), token.column)
            if self._next.kind is Kind.SIGN and self._next.text in _COMPARISONS:
                raise self._unexpected("一次只能比较两个值，请用“且”连接两个比较")
            return self._part(node, left.column)
        negated = token.text.startswith("不")
        match token.text.removeprefix("不"):
            case "属于":
                return self._part(self._one_of(left, negated), left.column)
            case "包含":
                return self._part(self._contains(left, negated), left.column)
            case "以":
                return self._part(self._starts(left, negated), left.column)
            case "为空":
                self._at += 1
                return self._part(IsEmpty(checks.field_of(left, token.shown), negated), left.column)
        return left

    def _one_of(self, left: Part, negated: bool) -> OneOf:
        word = self._pop()
        field = checks.field_of(left, word.shown)
        if field.type in {FieldType.TEXTS, FieldType.BOOL}:
            instead = f'{field.label} 包含 "某某"' if field.type is FieldType.TEXTS else field.label
            raise FormulaError(
                f"“{field.label}”是{TYPE_NAMES[field.type]}，不能用 {word.shown}，请写 {instead}。",
                word.column,
            )
        opening = self._expect("[", f"{word.shown} 后面要写 [ ]，例如 {word.shown} [1, 2]")
        values: list[Literal] = []
        while not self._take("]"):
            if values:
                self._expect(",", "值之间请用逗号隔开，最后写 ]")
            if len(values) == limits.LIST_ITEMS:
                raise FormulaError(f"[ ] 里最多写 {limits.LIST_ITEMS} 个值。", self._next.column)
            part = self._negative()
            values.append(checks.item(field, part, wanted=field.type))
            checks.check_choice(field, values[-1], part.column)
        if not values:
            raise FormulaError("[ ] 里至少要写一个值。", opening.column)
        return OneOf(field, tuple(values), negated)

    def _contains(self, left: Part, negated: bool) -> Contains:
        word = self._pop()
        field = self._text_field(left, word, {FieldType.TEXT, FieldType.TEXTS})
        part = self._atom()
        literal = checks.item(field, part, wanted=FieldType.TEXT)
        if field.type is FieldType.TEXTS:
            checks.check_choice(field, literal, part.column)
        return Contains(field, literal, negated)

    def _starts(self, left: Part, negated: bool) -> StartsWith:
        word = self._pop()
        field = self._text_field(left, word, {FieldType.TEXT})
        literal = checks.item(field, self._atom(), wanted=FieldType.TEXT)
        self._expect("开头", f'要写成 {field.label} {word.shown} "某某" 开头')
        return StartsWith(field, literal, negated)

    def _sum(self) -> Part:
        return self._calculated("+-", lambda: self._calculated("*/", self._negative))

    def _calculated(self, signs: str, inner: Callable[[], Part]) -> Part:
        left = inner()
        while self._next.kind is Kind.SIGN and self._next.text in signs:
            sign = self._pop()
            left = self._part(checks.arithmetic(sign.text, left, inner(), sign.column), left.column)
        return left

    def _negative(self) -> Part:
        start = self._next
        if not self._take("-"):
            return self._atom()
        with self._deeper(start):
            part = self._negative()
        node = checks.operand(part)
        if (
            isinstance(node, Literal)
            and isinstance(node.value, Decimal | int)
            and node.type is not FieldType.BOOL
        ):
            return Part(Literal(-node.value, node.type), start.column)
        zero = Literal(Decimal(0), FieldType.NUMBER)
        return self._part(checks.arithmetic("-", Part(zero, start.column), part, start.column), start.column)

    def _atom(self) -> Part:
        before, token = self._at, self._pop()
        match token.kind, token.text:
            case Kind.FIELD | Kind.SIGN, _ if token.shown == "日期" and self._is("("):
                return self._part(self._day(), token.column)
            case Kind.FIELD, _:
                return self._part(Reference(_known(token.field)), token.column)
            case Kind.TEXT, text:
                return self._part(Literal(text, FieldType.TEXT), token.column)
            case Kind.NUMBER, _:
                return self._part(_number(token), token.column)
            case Kind.SIGN, "是" | "否":
                return self._part(Literal(token.text == "是", FieldType.BOOL), token.column)
            case Kind.SIGN, "(":
                with self._deeper(token):
                    inside = self._any()
                self._expect(")", f"第 {token.column} 个字的括号没有结束，请加上 ）")
                return Part(inside.node, token.column)
        self._at = before
        raise self._unexpected("这里要写一个字段或一个值")

    def _day(self) -> Literal:
        self._expect("(", "")
        text = self._pop()
        if text.kind is not Kind.TEXT:
            raise FormulaError('日期要写成 日期("2026-03-01")。', text.column)
        self._expect(")", '日期要写成 日期("2026-03-01")')
        return checks.day(text.text, text.column)

    def _text_field(self, left: Part, word: Token, types: set[FieldType]) -> Field:
        field = checks.field_of(left, word.shown)
        if field.type not in types:
            raise FormulaError(
                f"“{field.label}”是{TYPE_NAMES[field.type]}，不能用 {word.shown}，只有文本可以。", word.column
            )
        return field

    def _is(self, sign: str) -> bool:
        return self._next.kind is Kind.SIGN and self._next.text == sign

    def _take(self, sign: str) -> bool:
        found = self._is(sign)
        self._at += found
        return found

    def _pop(self) -> Token:
        token = self._next
        self._at += token.kind is not Kind.END
        return token

    def _expect(self, sign: str, otherwise: str) -> Token:
        token = self._next
        if not self._take(sign):
            raise self._unexpected(otherwise)
        return token

    def _unexpected(self, hint: str) -> FormulaError:
        token = self._next
        shown = token.shown if token.kind is Kind.END else f"“{token.shown}”"
        return FormulaError(f"没有读懂{shown}：{hint}。", token.column)

    def _part(self, node: Node, column: int) -> Part:
        self._nodes += 1
        if self._nodes > limits.NODES:
            raise FormulaError(f"公式超过了 {limits.NODES} 个字段、值和运算，请拆成几条规则。", column)
        return Part(node, column)

    @contextmanager
    def _deeper(self, token: Token) -> Iterator[None]:
        self._levels += 1
        if self._levels > limits.DEPTH:
            raise _too_deep(token.column)
        yield
        self._levels -= 1


def _too_deep(column: int) -> FormulaError:
    return FormulaError(f"括号、非和运算最多嵌套 {limits.DEPTH} 层，请拆成几条规则。", column)


def _known(field: Field | None) -> Field:
    if field is None:
        raise TypeError("a token of a field carries the field")
    return field


def _number(token: Token) -> Literal:
    figures = token.text.removesuffix("元")
    value = Decimal(figures.removesuffix("万")) * (10_000 if figures.endswith("万") else 1)
    return checks.number(value, token.column) if figures == token.text else checks.amount(value, token.column)
