"""Cuts a formula into fields, words, signs and values; spaces between Chinese words are not needed.

Source: docs/reference/expressions.md, rules EX-4 to EX-8.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

from domain.engine.expression import limits
from domain.engine.expression.errors import FormulaError
from domain.engine.expression.fields import Field, Schema


class Kind(StrEnum):
    """What a piece of a formula is."""

    FIELD = "field"
    SIGN = "sign"
    NUMBER = "number"
    TEXT = "text"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula.

    Args:
        text: of a sign its one spelling in `WORDS` or `SIGNS`, of a text what stands in the quotes.
        shown: how its author wrote it.
    """

    kind: Kind
    text: str
    column: int
    shown: str
    field: Field | None = None


_SPELLINGS = {
    "且": "且 并且 and",
    "或": "或 或者 or",
    "非": "非 not",
    "是": "是 true",
    "否": "否 false",
    "=": "等于",
    "≠": "不等于",
    ">": "大于",
    "≥": "大于等于 大于或等于 不小于",
    "<": "小于",
    "≤": "小于等于 小于或等于 不大于",
}
_AS_THEY_ARE = "不是 属于 不属于 包含 不包含 以 不以 开头 为空 不为空 日期"
WORDS = {word: one for one, spellings in _SPELLINGS.items() for word in spellings.split()}
WORDS |= {word: word for word in _AS_THEY_ARE.split()}
SIGNS = {sign: sign for sign in "=≠>≥<≤+-*/()[],"}
SIGNS |= {"==": "=", "!=": "≠", "<>": "≠", ">=": "≥", "<=": "≤", "×": "*", "÷": "/", "−": "-"}
SIGNS |= {"、": ",", "{": "[", "}": "]", "∈": "属于", "∉": "不属于"}
QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」", "＂": "＂", "＇": "＇"}

# Full-width signs, letters and digits mean their half-width fellows; one for one, so columns stay.
_HALF_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}
_RUN = re.compile(r"[\w.]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][0-9]{1,3})?万?元?")
_ASCII_WORD = re.compile(r"[A-Za-z0-9_]")
_NOT_IN_DATABASES = re.compile("[\x00\ud800-\udfff]")
_SHOWN_LABELS = 8


def tokens(text: str, schema: Schema) -> list[Token]:
    """Return the pieces of a formula with an END behind them.

    Raises:
        FormulaError: it is too long, or something in it is neither a field nor a word, sign or value.
    """
    if len(text) > limits.TEXT_LENGTH:
        raise FormulaError(
            f"公式有 {len(text)} 个字，最多 {limits.TEXT_LENGTH} 个，请拆成几条规则。", limits.TEXT_LENGTH + 1
        )
    return list(_Reader(text, schema).read())


@lru_cache(maxsize=1024)
def is_plain(label: str, schema: Schema) -> bool:
    """Return whether a label can stand in a formula without 【】 around it."""
    if not _RUN.fullmatch(label):
        return False
    found = _Reader(label, schema).words(0, label)
    return len(found) == 1 and found[0].kind is Kind.FIELD


@lru_cache(maxsize=64)
def _vocabulary(schema: Schema) -> tuple[dict[str, Field | None], dict[str, list[str]]]:
    """Return the fields by name, and names and words by their first letter."""
    named = {name.translate(_HALF_WIDTH): schema.find(name) for name in schema.names}
    words: dict[str, list[str]] = {}
    for word in {*WORDS, *named}:
        for first in {word[0], word[0].upper()}:
            words.setdefault(first, []).append(word)
    return named, words


class _Reader:
    def __init__(self, text: str, schema: Schema) -> None:
        self._text, self._schema = text, schema
        self._folded = text.translate(_HALF_WIDTH)
        self._named, self._vocabulary = _vocabulary(schema)

    def read(self) -> Iterator[Token]:
        at = 0
        while at < len(self._folded):
            sign = self._folded[at]
            if sign.isspace():
                at += 1
            elif closing := QUOTES.get(self._text[at]):
                text, end = self._quoted(at, closing)
                yield Token(Kind.TEXT, text, at + 1, self._text[at:end])
                at = end
            elif sign == "【":
                token, at = self._bracketed(at)
                yield token
            elif run := _RUN.match(self._folded, at):
                yield from self.words(at, run.group())
                at = run.end()
            else:
                spelled = self._folded[at : at + 2] if self._folded[at : at + 2] in SIGNS else sign
                if spelled not in SIGNS:
                    raise FormulaError(
                        f"公式里不能写“{self._text[at]}”，请删掉它，或者给文本加引号。", at + 1
                    )
                yield Token(Kind.SIGN, SIGNS[spelled], at + 1, self._text[at : at + len(spelled)])
                at += len(spelled)
        yield Token(Kind.END, "", len(self._text) + 1, "公式的结尾")

    def words(self, start: int, run: str) -> list[Token]:
        """Cut letters and digits without a space into the longest known words that leave nothing over."""
        lengths, found, at = self._cuts(run), [], 0
        while at < len(run):
            if not lengths[at]:
                known = next(n for n in range(at + 1, len(run) + 1) if lengths[n] and not _splits(run, n))
                raise self._unknown(self._text[start + at : start + known], start + at + 1)
            end = at + lengths[at]
            found.append(self._word(run[at:end], start + at))
            at = end
        return found

    def _cuts(self, run: str) -> list[int]:
        """Return how long the word at each place is, 0 where what follows cannot be cut into words."""
        lengths = [0] * len(run) + [1]
        for at in range(len(run) - 1, -1, -1):
            number = _NUMBER.match(run, at)
            candidates = [len(number.group())] if number else []
            for word in self._vocabulary.get(run[at], ()):
                said = run[at : at + len(word)]
                if said == word or (word in WORDS and said.lower() == word):
                    candidates.append(len(word))
            fitting = (n for n in candidates if lengths[at + n] and not _splits(run, at + n))
            lengths[at] = max(fitting, default=0)
        return lengths

    def _word(self, said: str, at: int) -> Token:
        shown = self._text[at : at + len(said)]
        if _NUMBER.fullmatch(said):
            return Token(Kind.NUMBER, said, at + 1, shown)
        field, word = self._named.get(said), WORDS.get(said.lower())
        # A field may be called 日期: the word is only used in front of a parenthesis.
        if field and (word is None or word == "日期"):
            return Token(Kind.FIELD, field.label, at + 1, shown, field)
        return Token(Kind.SIGN, word or said, at + 1, shown)

    def _quoted(self, at: int, closing: str) -> tuple[str, int]:
        """Return what stands in quotes, where a doubled closing quote is one, and where it ends."""
        text, place = "", at + 1
        while (end := self._text.find(closing, place)) >= 0:
            text += self._text[place:end]
            if self._text[end + 1 : end + 2] != closing:
                break
            text, place = text + closing, end + 2
        else:
            raise FormulaError(f"文本的引号没有结束，请在文本后面加上 {closing} 。", at + 1)
        if len(text) > limits.LITERAL_LENGTH:
            raise FormulaError(f"文本有 {len(text)} 个字，最多 {limits.LITERAL_LENGTH} 个。", at + 1)
        if _NOT_IN_DATABASES.search(text):
            raise FormulaError("文本里有不能保存的字符，请重新输入这段文本。", at + 1)
        return text, end + 1

    def _bracketed(self, at: int) -> tuple[Token, int]:
        end = self._text.find("】", at)
        if end < 0:
            raise FormulaError("字段名的 【 没有结束，请在字段名后面加上 】 。", at + 1)
        name = self._text[at + 1 : end]
        field = self._schema.find(name)
        if field is None:
            raise self._unknown(name, at + 1)
        return Token(Kind.FIELD, field.label, at + 1, self._text[at : end + 1], field), end + 1

    def _unknown(self, name: str, column: int) -> FormulaError:
        name = name[: limits.LITERAL_LENGTH]
        if name[:1].isdigit():
            return FormulaError(f"“{name}”不是数字，数字要写成 5000、0.5 或 0.5万。", column)
        labels = [field.label for field in self._schema]
        quoted = f'如果是文本，请加引号，写成 "{name}"。'
        if near := get_close_matches(name, labels, n=1, cutoff=0.4):
            return FormulaError(f"没有“{name}”这个字段，是不是“{near[0]}”？{quoted}", column)
        some = "、".join(labels[:_SHOWN_LABELS]) + ("等" if len(labels) > _SHOWN_LABELS else "")
        return FormulaError(f"没有“{name}”这个字段，可以用的字段有：{some}。{quoted}", column)


def _splits(run: str, at: int) -> bool:
    """Return whether a cut would fall inside a word or number of ASCII letters and digits."""
    return at < len(run) and bool(_ASCII_WORD.match(run[at - 1]) and _ASCII_WORD.match(run[at]))
