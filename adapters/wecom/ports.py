"""What the WeCom adapter needs kept for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from adapters.inbound import Inbound


@dataclass(frozen=True)
class KfClaim:
    """The right to pull one 微信客服 account for a while.

    Args:
        cursor: where the last committed page ended; empty before the first.
        token: the newest callback token, or empty when it is older than ten minutes.
        first_sync: no full sync was ever finished, so old items are history.
        wakes: how many wakes had been counted when it was claimed.
    """

    open_kfid: str
    cursor: str
    token: str
    first_sync: bool
    wakes: int


class KfLedger(Protocol):
    """Cursors, wakes and pulled messages of 微信客服 accounts, shared by all processes."""

    def wake(self, open_kfid: str, token: str, at: datetime) -> None:
        """Note durably that there is something to pull; an empty token is a timer's wake."""

    def claim(self, now: datetime, lease_s: float) -> KfClaim | None:
        """Take one woken account that nobody else pulls, or None."""

    def save_page(
        self, claim: KfClaim, next_cursor: str, page: Sequence[Inbound], *, finished: bool, now: datetime
    ) -> KfClaim:
        """Keep a page's messages and its cursor in one transaction; repeats are dropped.

        Args:
            finished: the platform said there is no more; the account sleeps unless it was woken meanwhile.

        Returns:
            The claim with the new cursor.
        """

    def release(self, claim: KfClaim, retry_at: datetime) -> None:
        """Give up after a failure; the account stays woken and is tried again at `retry_at`."""
