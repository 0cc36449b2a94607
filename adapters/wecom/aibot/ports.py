"""What the AI bot needs kept for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class ReplyUrl:
    """The right to answer once; `url` is a secret."""

    msgid: str
    url: str


class ReplyUrls(Protocol):
    """The single-use addresses that come with messages, shared by all processes."""

    def keep(self, reply: ReplyUrl, conversation: str, expires_at: datetime, now: datetime) -> None:
        """Keep one; a repeat of the same message changes nothing."""

    def take(self, conversation: str, now: datetime) -> ReplyUrl | None:
        """Return the oldest one of a chat that still works, and nobody else gets it; None without any."""

    def give_back(self, reply: ReplyUrl) -> None:
        """Let it be taken again, because nothing was sent with it."""
