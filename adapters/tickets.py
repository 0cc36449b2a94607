"""Tickets that sign our pages for a chat's own scripts; see docs/adr/0040-the-chats-own-scripts.md."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from adapters.delivery.ports import DeliveryError, Failure
from adapters.tokens import TokenStore

PATIENCE_S: Final = 1.5
"""How long a thread waits for another one that is asking the platform; a page waits for two."""
REST: Final = timedelta(seconds=30)
_MARGIN_S: Final = 300
_LONGEST: Final = 1024
"""Characters that the store keeps; the documents say 512 bytes."""


class SharedTicket:
    """One ticket for all processes; asked for anew before it ends, by one thread of a process at a time.

    Args:
        key: its name in the store; two apps never share one.
        ask: returns a new ticket and for how many seconds it is good; raises a `DeliveryError` otherwise.
    """

    def __init__(
        self,
        key: str,
        ask: Callable[[], tuple[object, object]],
        tokens: TokenStore,
        now: Callable[[], datetime],
    ) -> None:
        self._key = key
        self._ask = ask
        self._tokens = tokens
        self._now = now
        self._asking = threading.Lock()
        self._resting: tuple[datetime, DeliveryError] | None = None

    def get(self) -> str:
        """Return a living ticket.

        Raises:
            DeliveryError: refused, or no answer, now or half a minute ago; or another thread is asking.
        """
        kept = self._kept()
        if kept:
            return kept
        if not self._asking.acquire(timeout=PATIENCE_S):
            raise DeliveryError("busy", Failure.TEMPORARY)
        try:
            return self._kept() or self._fetch()
        finally:
            self._asking.release()

    def _kept(self) -> str:
        kept = self._tokens.get(self._key)
        return kept[0] if kept is not None and self._now() < kept[1] else ""

    def _fetch(self) -> str:
        asked_at = self._now()
        if self._resting is not None and asked_at < self._resting[0]:
            error = self._resting[1]
            raise DeliveryError(error.code, error.failure, error.retry_after_s, "still resting")
        try:
            ticket, life_s = self._ask()
            if not isinstance(ticket, str) or not 0 < len(ticket) <= _LONGEST or not isinstance(life_s, int):
                raise DeliveryError("bad_answer", Failure.TEMPORARY)
        except DeliveryError as error:
            self._resting = (asked_at + REST, error)
            raise
        usable_s = life_s - min(_MARGIN_S, life_s // 10)
        self._tokens.put(self._key, ticket, asked_at + timedelta(seconds=usable_s))
        return ticket
