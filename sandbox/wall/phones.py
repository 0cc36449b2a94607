"""Whose phones hang on the wall, and which chats are on each."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Refused(Exception):
    """Something asked of the wall cannot be done; the text is read by whoever asked.

    Args:
        words: why, in the words of the page.
        status: the HTTP status that says the same.
    """

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.words = words
        self.status = status


class Kind(StrEnum):
    """What sort of chat: it decides what can be done there."""

    KF = "kf"
    APP = "app"
    ROBOT = "robot"
    GROUP = "group"
    WEBHOOK = "webhook"


CAN: dict[Kind, frozenset[str]] = {
    Kind.KF: frozenset({"say", "press", "photo", "voice", "place", "enter"}),
    Kind.APP: frozenset({"say", "press", "photo", "voice", "place", "enter"}),
    Kind.ROBOT: frozenset({"say", "quote", "press", "photo", "voice"}),
    Kind.GROUP: frozenset({"say", "quote", "at", "press", "photo"}),
    Kind.WEBHOOK: frozenset(),
}
"""What each platform lets people do in such a chat so that the product learns of it."""


@dataclass(frozen=True)
class Speaker:
    """A member of a group: may be mentioned, and may speak on the group's screen."""

    user_id: str
    name: str


@dataclass(frozen=True)
class Chat:
    """One chat on a phone.

    Args:
        key: tells the chats of one phone apart; stands in addresses.
        id: what the platform's `chat()` calls it, e.g. `user:0142586301673`.
        members: of a group.
    """

    key: str
    title: str
    kind: Kind
    id: str
    members: tuple[Speaker, ...] = ()

    @property
    def platform(self) -> str:
        """Return `dingtalk` or `wecom`."""
        return "dingtalk" if self.kind in (Kind.ROBOT, Kind.GROUP) else "wecom"


@dataclass(frozen=True)
class Phone:
    """One phone.

    Args:
        key: tells the phones apart; stands in addresses.
        client: `wechat`, `wecom` or `dingtalk`: what it looks like.
        user_id: whose it is on its platform; empty for a group's screen, where every member speaks.
        chats: the first one is open at the beginning.
        open: whether it hangs on the wall at the beginning.
        hint: what its owner could do first.
    """

    key: str
    client: str
    name: str
    role: str
    user_id: str
    chats: tuple[Chat, ...]
    open: bool = True
    hint: str = ""

    def chat(self, key: str) -> Chat:
        """Return one chat.

        Raises:
            Refused: this phone has no such chat.
        """
        for chat in self.chats:
            if chat.key == key:
                return chat
        raise Refused(f"{self.name} 的手机上没有会话“{key[:40]}”", 404)

    def owner(self, chat: Chat, speaker: str = "") -> str:
        """Return the userid of whoever acts here.

        Raises:
            Refused: nobody of this name may speak here.
        """
        if self.user_id:
            if speaker not in ("", self.user_id):
                raise Refused(f"这是 {self.name} 的手机，不能替别人说话")
            return self.user_id
        if speaker in {one.user_id for one in chat.members}:
            return speaker
        raise Refused("请先选择以谁的身份在群里说话")

    def told(self) -> dict[str, Any]:
        """Return what the page needs to draw the phone without its messages."""
        return {
            "key": self.key,
            "client": self.client,
            "name": self.name,
            "role": self.role,
            "user_id": self.user_id,
            "open": self.open,
            "hint": self.hint,
            "chats": [_told(chat) for chat in self.chats],
        }


def _told(chat: Chat) -> dict[str, Any]:
    return {
        "key": chat.key,
        "title": chat.title,
        "kind": str(chat.kind),
        "can": sorted(CAN[chat.kind]),
        "members": [{"user_id": one.user_id, "name": one.name} for one in chat.members],
    }
