"""A second reader for requests whose window has ended: outside any transaction, and never waited for long.

Source: docs/reference/intake.md, rule RQ-17
"""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID, uuid4

from bot.intake_heard import READ_CHARS, known_things
from bot.ports import Now, OpenUnitOfWork
from domain.intake.commands import HoldDraft, Limits, ReadDraft
from domain.intake.understanding import KnownThing, Understanding
from domain.kernel.bus import Bus
from domain.kernel.errors import DomainError

SLOTS: Final = 4
"""Requests that are read at once; the next one is summed up without a second reading."""
FAILURES: Final = 3
"""So many in a row, and nobody asks the reader for a while."""
REST: Final = timedelta(minutes=1)

log = logging.getLogger(__name__)


class SecondReader(Protocol):
    """Reads words better than the first reader, but slowly or not always."""

    def understand(
        self, text: str, *, at: datetime, known: tuple[KnownThing, ...] = ()
    ) -> Understanding | None:
        """Return what a message says, or None when that failed; see `Understander`."""


@dataclass(frozen=True)
class _Held:
    """A request that waits for its second reading."""

    draft_id: UUID
    words: str
    said_at: datetime
    known: tuple[KnownThing, ...]


class SecondReading:
    """Has the words of a request read again by a thread of its own; the clock goes on without it.

    The draft's due moment is the lease: it is moved by the wait, and what has not come back by then is not
    waited for any longer.

    Args:
        wait: how long a customer waits at most.
    """

    def __init__(
        self,
        reader: SecondReader,
        open_uow: OpenUnitOfWork,
        bus: Bus,
        now: Now,
        limits: Limits,
        wait: timedelta,
    ) -> None:
        self._reader = reader
        self._open_uow = open_uow
        self._bus = bus
        self._now = now
        self._limits = limits
        self._wait = wait
        self._slots = threading.BoundedSemaphore(SLOTS)
        self._failures = 0
        self._rests_until: datetime | None = None

    def begins(self, draft_id: UUID, at: datetime) -> bool:
        """Return whether a due request is being read again; it is due once more when the wait is over."""
        rests = self._rests_until is not None and at < self._rests_until
        if rests or not self._slots.acquire(blocking=False):
            return False
        begun = False
        try:
            held = self._hold(draft_id, at)
            if held is not None:
                threading.Thread(target=self._read, args=(held,), daemon=True).start()
                begun = True
        finally:
            if not begun:
                self._slots.release()
        return begun

    def _hold(self, draft_id: UUID, at: datetime) -> _Held | None:
        """Take the request for the wait; None when it needs no second reading or somebody else has it."""
        hold = HoldDraft(until=at + self._wait, **self._about(draft_id, at))
        try:
            with self._open_uow(now=at, channel="clock", correlation_id=str(uuid4())) as uow:
                self._bus.handle(hold, uow)
                draft = uow.drafts.get(draft_id)
                customer_id = uow.people.get(draft.requester_id).customer_id
                held = _Held(
                    draft_id, draft.known.own_words, draft.updated_at, known_things(customer_id, uow)
                )
                uow.commit()
        except DomainError:
            return None
        return held

    def _read(self, held: _Held) -> None:
        try:
            read = self._reader.understand(held.words[:READ_CHARS], at=held.said_at, known=held.known)
            self._count(failed=read is None)
            done = ReadDraft(words=held.words, understanding=read, **self._about(held.draft_id, self._now()))
            with self._open_uow(now=done.issued_at, channel="clock", correlation_id=str(uuid4())) as uow:
                self._bus.handle(done, uow)
                uow.commit()
        except Exception:
            log.exception("request %s has no second reading; the clock goes on with the first", held.draft_id)
        finally:
            self._slots.release()

    def _count(self, *, failed: bool) -> None:
        self._failures = self._failures + 1 if failed else 0
        if self._failures >= FAILURES:
            self._rests_until = self._now() + REST
            log.warning("the second reader failed %d times in a row and rests for %s", self._failures, REST)

    def _about(self, draft_id: UUID, at: datetime) -> Mapping[str, Any]:
        key = f"second-reading:{draft_id}:{at.isoformat()}"
        return {
            "actor_id": "system",
            "issued_at": at,
            "idempotency_key": key,
            "draft_id": draft_id,
            "limits": self._limits,
        }
