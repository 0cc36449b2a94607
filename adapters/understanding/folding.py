"""Text in one form whose positions are still those of the original."""

import re
import unicodedata
from typing import NamedTuple

READ_CHARS = 4_000

_DIGITS = dict(zip("零〇○一二三四五六七八九幺", "0001234567891", strict=True))
_SPOKEN_DASH = re.compile(r"(?<=[\dA-Za-z])杠(?=\d)")
_DASHES = dict.fromkeys("‐‑‒–—―−－﹣", "-")


class Span(NamedTuple):
    """A half-open stretch of a text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both share a character."""
        return self.start < other.end and other.start < self.end


class Found(NamedTuple):
    """A fact read from a stretch of the text.

    Args:
        value: in its canonical form, not as written.
        confidence: 0 to 1.
    """

    span: Span
    value: str
    confidence: float


def fold(text: str) -> str:
    """Return the text with compatible characters replaced one for one, at most 4,000 of them."""
    return "".join(_folded(char) for char in text[:READ_CHARS])


def spoken_digits(folded: str) -> str:
    """Return the text with Chinese digits as Arabic ones, of the same length."""
    return _SPOKEN_DASH.sub("-", "".join(_DIGITS.get(char, char) for char in folded))


def bare(text: str) -> str:
    """Return what is compared: NFKC, lower case, without blanks and punctuation."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def _folded(char: str) -> str:
    if char in _DASHES:
        return "-"
    if char.isascii():
        return char
    replaced = unicodedata.normalize("NFKC", char)
    return replaced if len(replaced) == 1 else char
