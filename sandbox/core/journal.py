"""What happened on the platform's side, in order, for people to read and tests to wait on."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sandbox.core.clock import SandboxClock

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """One thing seen on the platform: an API call, a message shown in a chat, a press, an acknowledgement.

    Args:
        at: the platform's moment.
        platform: `wecom` or `dingtalk`.
        kind: `call`, `shown`, `updated`, `said`, `pressed`, `callback`, `ack`, `dropped`, `lost`.
        chat: the chat it belongs to, e.g. `kf:<external_userid>`, `user:<userid>`, `group:<id>`; may be
            empty.
        text: one readable line for a transcript; may be empty.
        data: the facts.
    """

    at: datetime
    platform: str
    kind: str
    chat: str = ""
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)


class Journal:
    """A thread-safe, append-only list that can be waited on and listened to."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._entries: list[Entry] = []
        self._listeners: list[Callable[[Entry], None]] = []

    def add(self, platform: str, kind: str, *, chat: str = "", text: str = "", **data: Any) -> Entry:
        """Append one entry and wake everybody who waits."""
        entry = Entry(self._clock.now(), platform, kind, chat, text, data)
        with self._changed:
            self._entries.append(entry)
            listeners = list(self._listeners)
            self._changed.notify_all()
        for listener in listeners:
            listener(entry)
        return entry

    def listen(self, listener: Callable[[Entry], None]) -> None:
        """Call the listener with every later entry."""
        with self._changed:
            self._listeners.append(listener)

    def entries(self, kind: str = "", platform: str = "", chat: str = "") -> list[Entry]:
        """Return the entries so far that match, oldest first."""
        with self._changed:
            return [
                entry
                for entry in self._entries
                if kind in ("", entry.kind) and platform in ("", entry.platform) and chat in ("", entry.chat)
            ]

    def wait_for(self, look: Callable[[], T | None], timeout_s: float, what: str) -> T:
        """Return the first non-empty result of `look`, asked again after every change.

        Raises:
            TimeoutError: nothing was seen in time; `what` names it.
        """
        deadline = time.monotonic() + timeout_s
        while True:
            found = look()
            if found:
                return found
            with self._changed:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"not seen within {timeout_s:g} s: {what}")
                self._changed.wait(min(left, 0.2))
