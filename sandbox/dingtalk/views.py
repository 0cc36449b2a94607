"""What people see in their chats."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.dingtalk.card_store import CardStore
from sandbox.dingtalk.state import Card, Message, World
from sandbox.dingtalk.templates import Key


@dataclass(frozen=True)
class ShownMessage:
    """One message as a viewer sees it now.

    Args:
        at: when it was shown.
        sender: a userid, `stranger:<nick>`, `robot` or `custom-robot`.
        text: what it reads like; a card shows its title, body and links.
        buttons: the labels which this viewer can press now.
        out_track_id: the card's id, empty for a message.
        card: the card's variables as this viewer has them, None for a message.
        msg_key: the msgKey or message type; `card` for a card.
        media_id: what the robot's picture, voice, video or file shows; empty for anything else.
        file_code: what a person's picture, voice, video or file is kept under; empty for anything else.
        quoted: the text of the message that this one replies to; empty when it replies to none.
        number: tells the messages of the platform apart.
    """

    at: datetime
    sender: str
    text: str
    buttons: tuple[str, ...] = ()
    out_track_id: str = ""
    card: dict[str, str] | None = None
    msg_key: str = ""
    media_id: str = ""
    file_code: str = ""
    quoted: str = ""
    number: int = 0


class Views:
    """Draws chats for their viewers."""

    def __init__(self, world: World, store: CardStore) -> None:
        self._world, self._store = world, store

    def chat(self, chat_id: str, viewer: str) -> list[ShownMessage]:
        """Return a chat as a viewer sees it, oldest first.

        Args:
            chat_id: `user:<userid>` or `group:<openConversationId>`.
            viewer: a userid; "" is the owner of a 1:1 chat, or somebody in the group without private data.
        """
        kind, _, identifier = chat_id.partition(":")
        if kind == "user":
            viewer = viewer or identifier
        elif viewer and viewer not in self._world.group(identifier).members:
            return []
        return [self._shown(message, viewer) for message in self._world.visible({chat_id}, viewer)]

    def keys(self, userid: str) -> list[tuple[Message, Card, str, tuple[Key, ...]]]:
        """Return the cards which a user sees in all chats, newest first, each with text and buttons."""
        found = []
        for message in reversed(self._world.visible(self._world.chats_of(userid), userid)):
            if message.out_track_id:
                card = self._store.get(message.out_track_id)
                face = self._store.face(card, userid)
                found.append((message, card, face.text, face.keys))
        return found

    def _shown(self, message: Message, viewer: str) -> ShownMessage:
        if not message.out_track_id:
            return ShownMessage(
                message.at,
                message.sender,
                message.text,
                msg_key=message.msg_key,
                media_id=message.media_id,
                file_code=message.file_code,
                quoted=message.quoted,
                number=message.number,
            )
        card = self._store.get(message.out_track_id)
        face = self._store.face(card, viewer)
        return ShownMessage(
            message.at,
            message.sender,
            face.text,
            tuple(key.label for key in face.keys),
            card.out_track_id,
            self._store.variables(card, viewer),
            "card",
            number=message.number,
        )
