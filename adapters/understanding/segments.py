"""Cuts a message into words, by how often each word is used."""

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from adapters.understanding.folding import Span

_UNKNOWN = -14.0
_NEVER = -1e9


class Word(NamedTuple):
    """A word of a message.

    Args:
        kind: part of speech, such as `v` or `ns`; `x` when unknown, `w` for punctuation.
    """

    span: Span
    text: str
    kind: str


@dataclass(frozen=True)
class Dictionary:
    """How probable each word is, as a logarithm, and what part of speech."""

    words: dict[str, tuple[float, str]]
    longest: int

    def segment(self, text: str) -> list[Word]:
        """Return the most probable words of a text, in order."""
        length = len(text)
        best = [0.0] + [_NEVER] * length
        back = [0] * (length + 1)
        words = self.words
        for start in range(length):
            before = best[start]
            for end in range(start + 1, min(start + self.longest, length) + 1):
                known = words.get(text[start:end])
                if known is None and end > start + 1:
                    continue
                score = before + (known[0] if known is not None else _UNKNOWN)
                if score > best[end]:
                    best[end], back[end] = score, start
        cuts = [length]
        while cuts[-1]:
            cuts.append(back[cuts[-1]])
        cuts.reverse()
        return [self._word(text, Span(start, end)) for start, end in pairwise(cuts)]

    def _word(self, text: str, span: Span) -> Word:
        written = text[span.start : span.end]
        known = self.words.get(written)
        if known is not None:
            return Word(span, written, known[1])
        return Word(span, written, "x" if written.isalnum() else "w")


def read_dictionary(table: str) -> Dictionary:
    """Read a table of `word,count,kind`."""
    rows = list(csv.DictReader(io.StringIO(table)))
    total = math.log(sum(int(row["count"]) for row in rows))
    return dictionary((row["word"], math.log(int(row["count"]) + 1) - total, row["kind"]) for row in rows)


def dictionary(words: Iterable[tuple[str, float, str]]) -> Dictionary:
    """Return a dictionary of words, each with the logarithm of its probability and its kind."""
    known = {word: (weight, kind) for word, weight, kind in words}
    return Dictionary(known, max(map(len, known), default=1))
