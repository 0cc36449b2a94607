"""The parts of anything we show: a note of plain words, or a card with fields and buttons."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

PACKED_VERSION = "1"
PACKED_LIMIT = 100
"""Bytes; the tightest platform limit we pack into (a DingTalk card key)."""


class BadToken(ValueError):
    """A button token that we never made."""


@dataclass(frozen=True)
class CardAction:
    """What a button means: a stable verb, its subject, and the record version it was rendered from."""

    verb: str
    subject_id: UUID
    version: int

    def pack(self) -> str:
        """Return `1:<verb>:<subject>:<version>`.

        Raises:
            BadToken: the packed form is larger than a platform takes.
        """
        packed = f"{PACKED_VERSION}:{self.verb}:{self.subject_id}:{self.version}"
        if len(packed.encode()) > PACKED_LIMIT:
            raise BadToken(packed)
        return packed

    @classmethod
    def unpack(cls, token: str) -> "CardAction":
        """Read what `pack` wrote.

        Raises:
            BadToken: anything else.
        """
        parts = token.split(":")
        if len(parts) != 4 or parts[0] != PACKED_VERSION or not parts[1] or not parts[3].isascii():
            raise BadToken(token[:PACKED_LIMIT])
        try:
            action = cls(parts[1], UUID(parts[2]), int(parts[3]))
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
class Card:
    """One card.

    Args:
        title: one short line, e.g. `工单 WO-20261124-0001 · 待接单`.
        fields: label and value pairs, in order; values are already safe plain text of any length.
        body: longer plain text (the customer's words); may be empty.
        hint: one line under the body: what to do next, or why the card changed; may be empty.
        buttons: at most four.
    """

    title: str
    status: str = ""
    tone: Tone = Tone.NEUTRAL
    fields: tuple[tuple[str, str], ...] = ()
    body: str = ""
    hint: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Note:
    """Plain words; `menu` offers replies as (id, label) where the platform has menus."""

    text: str
    menu: tuple[tuple[str, str], ...] = ()


def plain_text(content: Card | Note) -> str:
    """Return the words of anything we show, for chats without cards."""
    if isinstance(content, Note):
        return content.text
    lines = [f"【{content.title}】"]
    lines += [f"{label}：{value}" for label, value in content.fields if value]
    lines += [part for part in (content.body, content.hint) if part]
    if content.buttons:
        lines.append("回复：" + " ｜ ".join(button.words for button in content.buttons))
    return "\n".join(lines)
