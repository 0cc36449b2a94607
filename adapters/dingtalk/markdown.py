"""DingTalk's markdown: people's words made harmless, lines broken its way, lengths kept in bytes.

Whether every client honours backslash escapes is not documented, so a character with a meaning becomes its
full-width sibling: it looks nearly the same and can never become a mention, a heading, a link or a tag.
Source: markdown-variable-new, robot-message-type.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import quote

ELLIPSIS: Final = "…"
BREAK: Final = "  \n"
"""Two blanks and a newline; a newline alone does not break a line."""

_MEANINGFUL: Final = str.maketrans(
    {
        "@": "＠",
        "#": "＃",
        "[": "［",
        "]": "］",
        "<": "＜",
        ">": "＞",
        "*": "＊",
        "`": "｀",
        "~": "～",
        "|": "｜",
        "\\": "＼",
    }
)
# Control characters, and the ones that turn the reading direction; emoji need their joiners, so those stay.
_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_LINE_START: Final = re.compile(r"^[\s\u3000]*([-+=_])")
_WIDE_START: Final = {"-": "－", "+": "＋", "=": "＝", "_": "＿"}


def plain_line(text: str) -> str:
    """Return one line without control characters, for values that are not markdown."""
    return " ".join(_INVISIBLE.sub("", text.replace("\r", "\n").replace("\t", " ")).split())


def escape_line(text: str) -> str:
    """Return people's words as one line of markdown that means nothing but itself."""
    return _line(plain_line(text))


def escape(text: str) -> str:
    """Return people's words as markdown: each line means nothing but itself, and the line breaks stay."""
    lines = [plain_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    return BREAK.join(_line(line) for line in kept).strip()


def command_link(label: str, words: str) -> str:
    """Return a link which makes whoever taps it say `words` in the chat (1:1 chats only).

    Source: message-link-description.
    """
    return f"[{escape_line(label)}](dtmd://dingtalkclient/sendMessage?content={quote(words, safe='')})"


def cut(text: str, limit: int) -> str:
    """Return at most `limit` bytes of UTF-8, with an ellipsis where something was left out."""
    if len(text.encode()) <= limit:
        return text
    room = limit - len(ELLIPSIS.encode())
    if room < 0:
        return ""
    return text.encode()[:room].decode(errors="ignore").rstrip() + ELLIPSIS


def join_lines(lines: Iterable[str]) -> str:
    """Return the non-empty lines, broken DingTalk's way."""
    return BREAK.join(line for line in lines if line)


def fit(render: Callable[[int], str], widths: Iterable[int], limit: int) -> str:
    """Return the first rendering that fits, from the widest to the narrowest; the last one is cut.

    Args:
        render: renders with at most so many bytes for each value.
    """
    text = ""
    for width in widths:
        text = render(width)
        if len(text.encode()) <= limit:
            return text
    return cut(text, limit)


def _line(line: str) -> str:
    wide = line.translate(_MEANINGFUL)
    start = _LINE_START.match(wide)
    if start:
        wide = _WIDE_START[start.group(1)] + wide[start.end() :]
    return wide
