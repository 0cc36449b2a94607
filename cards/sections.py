"""A longer message in sections that still fits into one message of every platform."""

from collections.abc import Sequence
from dataclasses import dataclass

BYTES = 2000
"""What the smallest message takes, with some room for its frame."""


@dataclass(frozen=True)
class Section:
    """A heading and its lines, the most important first; without lines it is left out.

    Args:
        title: empty for lines that stand for themselves.
    """

    title: str
    lines: tuple[str, ...]


def in_one_message(title: str, sections: Sequence[Section], limit: int = BYTES) -> str:
    """Return the message; the longest sections lose their last lines until it fits."""
    kept = [list(section.lines) for section in sections]
    while len(_text(title, sections, kept).encode()) > limit and any(len(lines) > 1 for lines in kept):
        longest = max((lines for lines in kept if len(lines) > 1), key=_bytes)
        longest.pop()
    return _text(title, sections, kept)


def short(text: str, limit: int) -> str:
    """Return a text on one line, at most so many characters."""
    plain = " ".join(text.split())
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"


def _text(title: str, sections: Sequence[Section], kept: Sequence[Sequence[str]]) -> str:
    blocks = [f"【{title}】"]
    for section, lines in zip(sections, kept, strict=True):
        if lines:
            blocks.append("\n".join([*([f"◆ {section.title}"] if section.title else []), *lines]))
    return "\n".join(blocks)


def _bytes(lines: Sequence[str]) -> int:
    return sum(len(line.encode()) for line in lines)
