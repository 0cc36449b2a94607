"""Notes and cards as plain robot messages, for chats where no card can be had.

Source: robot-message-type.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from adapters.dingtalk.cards import field_line, link_lines, reply_words
from adapters.dingtalk.markdown import command_link, cut, escape, escape_line, join_lines, plain_line
from cards.spec import Card, Note, told, without_links

PARAM_LIMIT: Final = 15_000
"""Bytes of `msgParam` (the-robot-sends-a-group-message)."""
_TITLE_LIMIT: Final = 120
_FIELD_LIMIT: Final = 600
_FIELDS_LIMIT: Final = 5_000
"""Bytes of everything that is not the body; JSON escapes may double them."""


@dataclass(frozen=True)
class RobotMessage:
    """What a robot sends: `msg_param` is a JSON text, not an object."""

    msg_key: str
    msg_param: str


def encode(content: Card | Note, *, in_group: bool) -> RobotMessage:
    """Return the message; links that say a command are for 1:1 chats: in a group the robot would not hear."""
    if isinstance(content, Note):
        return _note(content)
    title = cut(plain_line(content.title), _TITLE_LIMIT) or "消息"
    tail = _tail(content, in_group)

    def param(body: str) -> dict[str, str]:
        return {"title": title, "text": "\n\n".join(part for part in (*_head(content), body, tail) if part)}

    return RobotMessage("sampleMarkdown", _within(param, escape(content.body)))


def _note(note: Note) -> RobotMessage:
    """Return words as they are; with something to open, as markdown, where that hides behind words."""
    if not note.links:
        return RobotMessage("sampleText", _within(lambda text: {"content": text}, told(note)))
    text = told(without_links(note))
    title = cut(plain_line(text), _TITLE_LIMIT) or "消息"
    links = join_lines(f"[{link.text}]({link.url})" for link in note.links)
    return RobotMessage(
        "sampleMarkdown", _within(lambda body: {"title": title, "text": f"{body}\n\n{links}"}, escape(text))
    )


def _head(card: Card) -> list[str]:
    fields = join_lines(field_line(label, value, _FIELD_LIMIT) for label, value in card.fields)
    title = f"**{cut(escape_line(card.title), _FIELD_LIMIT)}**"
    return [title, cut(fields, _FIELDS_LIMIT), join_lines(link_lines(card))]


def _tail(card: Card, in_group: bool) -> str:
    links = "" if in_group else "  ".join(command_link(button.label, button.words) for button in card.buttons)
    parts = (cut(escape_line(card.hint), _FIELD_LIMIT), links, escape_line(reply_words(card.buttons)))
    return "\n\n".join(part for part in parts if part)


def _within(param: Callable[[str], dict[str, str]], text: str) -> str:
    """Return the JSON of `param(text)`, the text cut until it fits; JSON escapes count too."""
    room = len(text.encode())
    while True:
        packed = json.dumps(param(cut(text, room)), ensure_ascii=False)
        excess = len(packed.encode()) - PARAM_LIMIT
        if excess <= 0 or room == 0:
            return packed
        room = max(0, room - excess)
