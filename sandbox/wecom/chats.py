"""What every chat of the played corp shows."""

import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.core.journal import Journal
from sandbox.wecom.rendering import live_buttons, plain_text


@dataclass(frozen=True)
class ShownMessage:
    """One message as its viewer sees it now.

    Args:
        at: when it appeared, aware UTC.
        sender: `customer`, `bot`, or the userid of a member.
        text: a plain rendition, with title and fields of a card, one per line.
        buttons: labels that can be clicked at present.
        card: the present template card as JSON, None for other messages.
        msgid: the platform's message id.
        task_id: of a card, otherwise empty.
        media_id: of a picture, voice, video or file, otherwise empty.
    """

    at: datetime
    sender: str
    text: str
    buttons: tuple[str, ...]
    card: dict[str, Any] | None
    msgid: str
    task_id: str
    media_id: str = ""


@dataclass
class Posted:
    """One message in one chat, as the platform stores it; each viewer of a card has a copy of their own."""

    at: datetime
    sender: str
    msgtype: str
    content: dict[str, Any]
    msgid: str
    task_id: str = ""
    replaced: str = ""
    hidden: bool = False

    @property
    def card(self) -> dict[str, Any] | None:
        """Return the template card, or None for other messages."""
        return self.content if self.msgtype == "template_card" else None

    def shown(self) -> ShownMessage:
        """Return the view of this moment."""
        return ShownMessage(
            at=self.at,
            sender=self.sender,
            text=plain_text(self.msgtype, self.content, self.replaced),
            buttons=live_buttons(self.msgtype, self.content, self.replaced),
            card=copy.deepcopy(self.card),
            msgid=self.msgid,
            task_id=self.task_id,
            media_id=str(self.content.get("media_id", "")),
        )


@dataclass
class Chats:
    """All chats by id: `kf:<external_userid>`, `user:<userid>`, `group:<webhook key>`."""

    journal: Journal
    _chats: dict[str, list[Posted]] = field(default_factory=dict)

    def post(self, chat_id: str, message: Posted, kind: str = "shown") -> None:
        """Add a message and journal it as `shown` (from the app) or `said` (from a person)."""
        self._chats.setdefault(chat_id, []).append(message)
        self._journal(kind, chat_id, message)

    def journal_update(self, chat_id: str, message: Posted) -> None:
        """Tell that a message in a chat looks different now."""
        self._journal("updated", chat_id, message)

    def _journal(self, kind: str, chat_id: str, message: Posted) -> None:
        shown = message.shown()
        self.journal.add(
            "wecom",
            kind,
            chat=chat_id,
            text=one_line(shown),
            sender=shown.sender,
            msgtype=message.msgtype,
            msgid=shown.msgid,
            task_id=shown.task_id,
            buttons=shown.buttons,
        )

    def stored(self, chat_id: str) -> list[Posted]:
        """Return the messages of a chat that are still visible, oldest first."""
        return [message for message in self._chats.get(chat_id, []) if not message.hidden]

    def view(self, chat_id: str) -> list[ShownMessage]:
        """Return what the chat shows now."""
        return [message.shown() for message in self.stored(chat_id)]

    def copies(self, msgid: str) -> dict[str, Posted]:
        """Return every visible copy of one message by chat id."""
        return {
            chat_id: message
            for chat_id, messages in self._chats.items()
            for message in messages
            if message.msgid == msgid and not message.hidden
        }


def one_line(message: ShownMessage) -> str:
    """Return a message as one readable line, its live buttons in brackets."""
    words = " / ".join(line for line in message.text.splitlines() if line.strip())
    return " ".join([words, *(f"[{label}]" for label in message.buttons)]).strip()
