"""What a platform must offer so that the pump can deliver through it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from cards.spec import Card, Note


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
    `wecom_webhook:` (the configured group robot).
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
        update_code: WeCom's single-use code to update it once, or empty.
        update_until: the moment after which it cannot be updated; None for no known end.
    """

    ref: str
    update_code: str = ""
    update_until: datetime | None = None


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
