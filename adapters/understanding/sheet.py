"""A message laid out for reading: one form, what each character is, which words for devices it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adapters.understanding.folding import Span, fold
from adapters.understanding.segments import Dictionary, Word

# What stands in the place of facts known by their shape: private characters, one kind each.
MARKS = {"phone": "\ue001", "plate": "\ue002", "order": "\ue003", "waybill": "\ue004", "code": "\ue005"}

DEVICE_MARK = "\ue00f"

_LONGEST_WORD = 10


@dataclass(frozen=True)
class Sheet:
    """A message and what is known of its characters.

    Args:
        folded: the message, character for character as long as the original.
        plain: lower case, digits as `0`, shapes replaced by marks; of the same length.
        words: stretches that are words for devices, longest first match.
        segments: all words, in order.
    """

    folded: str
    plain: str
    words: tuple[Span, ...]
    segments: tuple[Word, ...]

    def without_devices(self) -> str:
        """Return the plain text with each word for a device as one mark."""
        pieces, position = [], 0
        for span in self.words:
            pieces += [self.plain[position : span.start], DEVICE_MARK]
            position = span.end
        return "".join([*pieces, self.plain[position:]])


def lay_out(
    text: str, shapes: Iterable[tuple[Span, str]], lexicon: frozenset[str], dictionary: Dictionary
) -> Sheet:
    """Return the sheet of a message.

    Args:
        shapes: stretches known by their shape, each with its kind, a key of `MARKS`.
        lexicon: words for devices in lower case.
    """
    folded = fold(text)
    lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in folded)
    plain = [_plain(char) for char in lowered]
    for span, kind in shapes:
        plain[span.start : span.end] = MARKS[kind] * (span.end - span.start)
    return Sheet(folded, "".join(plain), tuple(_words(lowered, lexicon)), tuple(dictionary.segment(lowered)))


def _plain(char: str) -> str:
    return "0" if char.isdigit() else char


def _words(lowered: str, lexicon: frozenset[str]) -> Iterable[Span]:
    position = 0
    while position < len(lowered):
        for length in range(min(_LONGEST_WORD, len(lowered) - position), 0, -1):
            if lowered[position : position + length] in lexicon and _whole(
                lowered, position, position + length
            ):
                yield Span(position, position + length)
                position += length
                break
        else:
            position += 1


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether a Latin word is not cut out of a longer one."""
    if not text[start:end].isascii():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalpha())


def kinds(plain: str) -> str:
    """Return what each character is: Chinese, Latin, digit, blank, mark or punctuation."""
    return "".join(map(_kind, plain))


def _kind(char: str) -> str:
    if "\u4e00" <= char <= "\u9fff":
        return "c"
    if char == "0":
        return "d"
    if "a" <= char <= "z":
        return "a"
    if char.isspace():
        return "s"
    if "\ue000" <= char <= "\ue00f":
        return "m"
    return "p"


def grams(text: str, longest: int) -> Sequence[str]:
    """Return every run of one to `longest` characters."""
    return [text[i : i + n] for n in range(1, longest + 1) for i in range(len(text) - n + 1)]
