"""The parts of anything we show: a note of plain words, or a card with fields and buttons."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from cards.text_files import FILE_MARK

PACKED_VERSION = "1"
PACKED_LIMIT = 100
"""Bytes; the tightest platform limit we pack into (a DingTalk card key)."""

_CHOICE = re.compile(r"[0-9A-Za-z_.-]{1,40}")


class BadToken(ValueError):
    """A button token that we never made."""


@dataclass(frozen=True)
class CardAction:
    """What a button means: a stable verb, its subject, and the record version it was rendered from.

    Args:
        choice: what the verb is done with, e.g. a person's id in hex or a number of stars; may be empty.
    """

    verb: str
    subject_id: UUID
    version: int
    choice: str = ""

    def pack(self) -> str:
        """Return `1:<verb>:<subject>:<version>`, and `:<choice>` where there is one.

        Raises:
            BadToken: the packed form is larger than a platform takes, or the choice has other characters.
        """
        packed = f"{PACKED_VERSION}:{self.verb}:{self.subject_id}:{self.version}"
        if self.choice:
            packed += f":{self.choice}"
        if len(packed.encode()) > PACKED_LIMIT or not _CHOICE.fullmatch(self.choice or "-"):
            raise BadToken(packed[:PACKED_LIMIT])
        return packed

    @classmethod
    def unpack(cls, token: str) -> "CardAction":
        """Read what `pack` wrote.

        Raises:
            BadToken: anything else.
        """
        parts = token.split(":")
        if len(parts) not in (4, 5) or parts[0] != PACKED_VERSION or not parts[1] or not parts[3].isascii():
            raise BadToken(token[:PACKED_LIMIT])
        try:
            action = cls(parts[1], UUID(parts[2]), int(parts[3]), *parts[4:])
            if action.pack() == token:
                return action
        except ValueError as error:
            raise BadToken(token[:PACKED_LIMIT]) from error
        raise BadToken(token[:PACKED_LIMIT])


class Tone(StrEnum):
    """How loud a card is."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


class ButtonStyle(StrEnum):
    """How a button invites or warns."""

    PRIMARY = "primary"
    DEFAULT = "default"
    DANGER = "danger"


@dataclass(frozen=True)
class Button:
    """One thing that can be done.

    Args:
        label: at most 10 characters.
        words: the same wish as a text command, for chats without buttons, e.g. `接单 WO-20261124-0001`.
    """

    label: str
    action: CardAction
    words: str
    style: ButtonStyle = ButtonStyle.DEFAULT


@dataclass(frozen=True)
class Link:
    """Something outside the chat that one tap opens.

    Args:
        label: what it is for, at most 5 characters.
        text: what is tapped.
    """

    label: str
    text: str
    url: str


@dataclass(frozen=True)
class Card:
    """One card.

    Args:
        title: one short line, e.g. `工单 WO-20261124-0001 · 待接单`.
        fields: label and value pairs, in order; values are already safe plain text of any length.
        links: what can be opened, below the fields; their words are ours, never people's.
        body: longer plain text (the customer's words); may be empty.
        hint: one line under the body: what to do next, or why the card changed; may be empty.
        buttons: any number, the most important first; a platform shows as many as it can (six and more) and
            tells the words of the rest.
    """

    title: str
    status: str = ""
    tone: Tone = Tone.NEUTRAL
    fields: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    body: str = ""
    hint: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Note:
    """Plain words.

    Args:
        menu: replies as (id, label), where the platform has menus.
        files: sha256 names of kept files that follow the words, in order.
        links: what can be opened, below the words; their words are ours, never people's.
    """

    text: str
    menu: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def plain_text(content: Card | Note) -> str:
    """Return the words of anything we show, for chats without cards."""
    return "\n".join(part for part in (told(content), answers(content)) if part)


def told(content: Card | Note) -> str:
    """Return everything but how to answer."""
    links = addresses(content)
    if isinstance(content, Note):
        return "\n".join(
            [part for part in (content.text,) if part] + links + [FILE_MARK] * len(content.files)
        )
    lines = [f"【{content.title}】"]
    lines += [f"{label}：{value}" for label, value in content.fields if value]
    return "\n".join([*lines, *links, *(part for part in (content.body, content.hint) if part)])


def addresses(content: Card | Note) -> list[str]:
    """Return what can be opened, for chats that cannot hide an address: it has a line of its own."""
    return [f"{link.text}：\n{link.url}" for link in content.links]


def without_links(content: Card | Note) -> Card | Note:
    """Return the same where the links are shown in another way."""
    return replace(content, links=())


def answers(content: Card | Note) -> str:
    """Return the words that do the same as the buttons, or nothing without buttons."""
    if isinstance(content, Note) or not content.buttons:
        return ""
    return "回复：" + " ｜ ".join(button.words for button in content.buttons)
