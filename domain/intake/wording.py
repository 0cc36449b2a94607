"""Words in a form that can be compared."""

import re
import unicodedata

from domain.intake.numerals import arabic

_NUMBER = re.compile(r"[0-9]+")


def comparable(text: str, *, keep: str = "") -> str:
    """Return NFKC, lower case, numerals as digits, without blanks and punctuation.

    Args:
        keep: punctuation that stays.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in arabic(folded) if char.isalnum() or char in keep)


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in the order said, Chinese ones too."""
    return _NUMBER.findall(arabic(unicodedata.normalize("NFKC", text)))


def bigrams(text: str) -> set[str]:
    """Return each pair of neighbouring characters."""
    return {text[i : i + 2] for i in range(len(text) - 1)}
