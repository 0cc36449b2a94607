"""What the played corporation holds: users, groups, chats and cards."""

import itertools
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.core.clock import SandboxClock
from sandbox.core.journal import Journal
from sandbox.dingtalk import ids

PLATFORM = "dingtalk"
ROBOT = "robot"
CUSTOM_ROBOT = "custom-robot"


@dataclass
class User:
    """One member of the corporation, who also has a 1:1 chat with the robot."""

    userid: str
    name: str
    mobile: str = ""
    union_id: str = field(default_factory=ids.union_id)
    encrypted_id: str = field(default_factory=ids.encrypted)
    conversation_id: str = field(default_factory=ids.conversation_id)


@dataclass
class Group:
    """One internal group."""

    conversation_id: str
    title: str
    members: list[str]
    has_robot: bool = True
    disbanded: bool = False


@dataclass
class Message:
    """One thing shown in a chat; a card's face is drawn when somebody looks.

    Args:
        file_code: what a person's picture, voice, video or file is kept under.
        quoted: the text of the message that this one replies to.
        number: tells the messages apart, in the order of their making.
    """

    at: datetime
    chat: str
    sender: str
    text: str = ""
    msg_key: str = ""
    query_key: str = ""
    out_track_id: str = ""
    media_id: str = ""
    recipients: frozenset[str] = frozenset()
    recalled: bool = False
    file_code: str = ""
    quoted: str = ""
    number: int = field(default_factory=itertools.count(1).__next__)


@dataclass
class Card:
    """One card instance with its public and private variables."""

    out_track_id: str
    template_id: str
    public: dict[str, str]
    private: dict[str, dict[str, str]]
    callback_type: str = ""
    user_id_type: int = 1
    spaces: set[str] = field(default_factory=set)
    deliveries: list[dict[str, Any]] = field(default_factory=list)

    def seen_by(self, viewer: str) -> dict[str, str]:
        """Return the variables as this viewer has them: private over public."""
        return {**self.public, **self.private.get(viewer, {})}


def user_chat(userid: str) -> str:
    """Name the 1:1 chat between a user and the robot."""
    return f"user:{userid}"


def group_chat(conversation_id: str) -> str:
    """Name a group's chat."""
    return f"group:{conversation_id}"


def one_line(text: str) -> str:
    """Fold a text into one readable line."""
    return " ".join(text.split())


class World:
    """Users, groups, chats and cards behind one lock, which is never held while the journal is written."""

    def __init__(self, clock: SandboxClock, journal: Journal) -> None:
        self.clock = clock
        self.journal = journal
        self.lock = threading.RLock()
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}
        self.strangers: dict[str, User] = {}
        self.messages: list[Message] = []
        self.cards: dict[str, Card] = {}

    def user(self, userid: str) -> User:
        """Return a user.

        Raises:
            LookupError: the test never added this user.
        """
        with self.lock:
            if userid not in self.users:
                raise LookupError(f"no DingTalk user {userid!r}; known: {sorted(self.users)}")
            return self.users[userid]

    def group(self, conversation_id: str) -> Group:
        """Return a group.

        Raises:
            LookupError: the test never added this group.
        """
        with self.lock:
            if conversation_id not in self.groups:
                raise LookupError(f"no DingTalk group {conversation_id!r}; known: {sorted(self.groups)}")
            return self.groups[conversation_id]

    def stranger(self, nick: str) -> User:
        """Return somebody outside the corporation, the same one for the same nick."""
        with self.lock:
            return self.strangers.setdefault(nick, User(f"stranger:{nick}", nick))

    def find_user(self, identifier: str, user_id_type: int = 1) -> User | None:
        """Return the user with this userid (type 1) or unionId (type 2), if there is one."""
        with self.lock:
            if user_id_type == 1:
                return self.users.get(identifier)
            return next((user for user in self.users.values() if user.union_id == identifier), None)

    def name_of(self, sender: str) -> str:
        """Return the display name of a sender."""
        with self.lock:
            if sender in self.users:
                return self.users[sender].name
        return {ROBOT: "机器人", CUSTOM_ROBOT: "群机器人"}.get(sender, sender.removeprefix("stranger:"))

    def post(self, message: Message, line: str = "") -> Message:
        """Show a message in a chat and journal it as `said` or `shown`."""
        with self.lock:
            self.messages.append(message)
        kind = "shown" if message.sender in (ROBOT, CUSTOM_ROBOT) else "said"
        self.journal.add(
            PLATFORM,
            kind,
            chat=message.chat,
            text=f"{self.name_of(message.sender)}: {one_line(line or message.text)}",
            sender=message.sender,
            msg_key=message.msg_key,
            out_track_id=message.out_track_id,
            content=line or message.text,
        )
        return message

    def visible(self, chats: Collection[str], viewer: str) -> list[Message]:
        """Return the messages of some chats that a viewer sees, oldest first; viewer "" sees everything."""
        with self.lock:
            return [
                message
                for message in self.messages
                if message.chat in chats
                and not message.recalled
                and (not viewer or not message.recipients or viewer in message.recipients)
            ]

    def chats_of(self, userid: str) -> list[str]:
        """Return the names of the chats a user is in."""
        with self.lock:
            groups = [
                group_chat(group.conversation_id)
                for group in self.groups.values()
                if userid in group.members and not group.disbanded
            ]
        return [user_chat(userid), *groups]

    def chats_of_card(self, out_track_id: str) -> list[str]:
        """Return the names of the chats in which a card stands."""
        with self.lock:
            chats = [m.chat for m in self.messages if m.out_track_id == out_track_id and not m.recalled]
        return list(dict.fromkeys(chats))

    def recall(self, query_keys: Iterable[str], chat: str = "") -> dict[str, list[Message]]:
        """Return the messages behind each key, all of them or those of one chat."""
        with self.lock:
            return {
                key: [m for m in self.messages if m.query_key == key and chat in ("", m.chat)]
                for key in query_keys
            }
