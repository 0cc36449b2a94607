"""What a platform must offer so that the pump can deliver through it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from cards.spec import Card, Note
from domain.kernel.todo import TodoView


class Failure(StrEnum):
    """What a refused delivery means for the next attempt."""

    TEMPORARY = "temporary"
    """The platform is down or slow: the same rung again, with back-off."""
    LIMITED = "limited"
    """A send limit was hit: the same rung again after `retry_after_s`."""
    WAITING = "waiting"
    """Nothing may be sent until this person speaks again (微信客服: 48 h, five messages)."""
    PERMANENT = "permanent"
    """This rung will never take it: the next rung."""


class DeliveryError(Exception):
    """A platform refused or did not answer.

    Args:
        code: the platform's error code, or `timeout`, `connection`, `http_502`; no secrets.
        failure: what it means.
        retry_after_s: how long to wait at least; 0 leaves it to the back-off.
    """

    def __init__(self, code: str, failure: Failure, retry_after_s: float = 0.0, detail: str = "") -> None:
        super().__init__(f"{code} {failure.value} {detail}".strip())
        self.code = code
        self.failure = failure
        self.retry_after_s = retry_after_s


@dataclass(frozen=True)
class Address:
    """Where a message goes, written `kind:parts`.

    Kinds: `dingtalk_user:<userid>`, `dingtalk_group:<openConversationId>`, `wecom_user:<userid>`,
    `wecom_kf:<open_kfid>:<external_userid>`, `wecom_welcome:<open_kfid>:<external_userid>:<welcome_code>`,
    `wecom_webhook:` (the configured group robot), `wecom_aibot:<chatid>:<userid>` (the AI bot's answer to a
    member, in a group or, with an empty chatid, in a chat of two).
    """

    kind: str
    rest: str

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Split `kind:rest` at the first colon."""
        kind, _, rest = text.partition(":")
        return cls(kind, rest)

    def __str__(self) -> str:
        return f"{self.kind}:{self.rest}"


@dataclass(frozen=True)
class Sent:
    """A message the platform accepted.

    Args:
        ref: how to name it later: `outTrackId`, `task_id` or the platform's message id.
        update_code: what its channel needs to change it, or empty: WeCom's single-use code, a to-do's state.
        update_until: the moment after which it cannot be updated; None for no known end.
    """

    ref: str
    update_code: str = ""
    update_until: datetime | None = None


@dataclass(frozen=True)
class Mention:
    """Somebody to mention: who they are on the platform, and the name others know them by."""

    user_id: str
    name: str


class Channel(Protocol):
    """One rung of the ladder: one way to show something to one address."""

    def send(self, to: Address, content: Card | Note, *, message_key: str) -> Sent:
        """Send, and return the platform's reference.

        Args:
            message_key: ≤ 32 characters of `[0-9A-Za-z_-]`; the same key means the same message, so a
                platform that already has it counts as sent.

        Raises:
            DeliveryError: read `failure` and `retry_after_s` before trying again.
        """


class EditableChannel(Channel, Protocol):
    """A rung whose cards can be changed in place."""

    def update(self, to: Address, shown: Sent, content: Card, *, message_key: str) -> Sent:
        """Replace what the card shows, and return how to name it from now on.

        Raises:
            DeliveryError: PERMANENT when this copy cannot be changed any more; send a new one then.
        """


class TodoList(Protocol):
    """A platform's list of things to do: one entry for each key, however often it is added."""

    def add(self, to: Address, todo: TodoView, *, key: str) -> Sent:
        """Put something on a person's list, and return how to name it; an empty `ref` when only `key` does.

        Args:
            key: at most 64 characters; what is there already under this key is brought up to date.

        Raises:
            DeliveryError: PERMANENT when this list will never take it.
        """

    def change(self, to: Address, shown: Sent, todo: TodoView, *, key: str) -> Sent:
        """Bring up to date what is on the list, or take it off when it is done.

        Raises:
            TodoGone: it is not there any more.
            DeliveryError: PERMANENT when it stays as it is.
        """


class TodoGone(DeliveryError):
    """The platform has no such entry: a person or an administrator removed it."""


class MentioningChannel(Channel, Protocol):
    """A rung that can mention people; in a chat of two it leaves them out."""

    def send(
        self, to: Address, content: Card | Note, *, message_key: str, mentions: tuple[Mention, ...] = ()
    ) -> Sent:
        """Send, as a `Channel` does."""
