"""Fetching what people sent: after the commit, into the store, the outcome in a transaction of its own."""

import threading
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID, uuid4

from adapters.delivery.ports import DeliveryError, Failure
from adapters.delivery.store import Owed
from adapters.files.ports import FileTooLarge, MediaGone, MediaSource
from bot.ports import Now, OpenUnitOfWork
from domain.files.commands import MissingReason, RecordFetchedFile, RecordMissingFile
from domain.kernel.bus import Bus
from domain.kernel.messages import Cause

GIVE_UP_AFTER: Final = timedelta(days=4)
"""A day longer than any platform keeps a file."""
SLOTS: Final = 4
"""Files fetched at once; the pump's other workers stay free for messages."""
SLOT_WAIT_S: Final = 1.0


class Kept(Protocol):
    """What became of a stream of bytes."""

    @property
    def sha256(self) -> str:
        """Return the file's name in the store."""

    @property
    def size(self) -> int:
        """Return its bytes."""

    @property
    def mime(self) -> str:
        """Return what its bytes begin like."""


class Keeper(Protocol):
    """Where files are kept."""

    def keep(self, pieces: Iterable[bytes]) -> Kept:
        """Write a file and return its name; the same bytes are kept once.

        Raises:
            FileTooLarge: more bytes than we keep.
        """

    def has(self, sha256: str) -> bool:
        """Return whether there is a file of this name."""


class Fetched(Protocol):
    """Whoever waits for a file."""

    def fetched(self, attachment_id: UUID, sha256: str, platform: str) -> None:
        """Go on with a file that is in the store; told twice, it is done once."""


class MediaFetcher:
    """The pump's service behind `media:<platform>`; what it does twice has the same outcome.

    Args:
        sources: where each platform keeps what its people sent.
        keeper: where it is kept from now on.
        waiting: who goes on with a file once it is kept.
    """

    def __init__(
        self,
        sources: Mapping[str, MediaSource],
        keeper: Keeper,
        open_uow: OpenUnitOfWork,
        bus: Bus,
        now: Now,
        waiting: Fetched | None = None,
    ) -> None:
        self._waiting = waiting
        self._sources = sources
        self._keeper = keeper
        self._open_uow = open_uow
        self._bus = bus
        self._now = now
        self._slots = threading.BoundedSemaphore(SLOTS)

    def __call__(self, owed: Owed) -> None:
        """Fetch one file outside any transaction, then record how it went.

        Raises:
            DeliveryError: the platform did not answer; the pump tries again.
        """
        platform = owed.audience.partition(":")[2]
        source = self._sources.get(platform)
        if source is None:
            raise DeliveryError("platform_not_configured", Failure.PERMANENT)
        if not self._slots.acquire(timeout=SLOT_WAIT_S):
            raise DeliveryError("all_slots_busy", Failure.LIMITED)
        try:
            outcome = self._fetch(source, owed)
        finally:
            self._slots.release()
        correlation_id = owed.correlation_id or str(uuid4())
        with self._open_uow(now=self._now(), channel=platform, correlation_id=correlation_id) as uow:
            self._bus.handle(outcome, uow)
            # An upload of the same bytes that nobody had used may have been taken away until now.
            if isinstance(outcome, RecordFetchedFile) and not self._keeper.has(outcome.sha256):
                raise DeliveryError("file_taken_away", Failure.TEMPORARY)
            uow.commit()
        if self._waiting is not None and isinstance(outcome, RecordFetchedFile):
            self._waiting.fetched(outcome.attachment_id, outcome.sha256, platform)

    def _fetch(self, source: MediaSource, owed: Owed) -> RecordFetchedFile | RecordMissingFile:
        reason = MissingReason.REFUSED
        try:
            with source.fetch(str(owed.view["media_ref"])) as pieces:
                kept = self._keeper.keep(pieces)
            if kept.size:
                return RecordFetchedFile(
                    sha256=kept.sha256, size=kept.size, mime=kept.mime, **self._about(owed)
                )
        except MediaGone:
            reason = MissingReason.EXPIRED
        except FileTooLarge:
            reason = MissingReason.TOO_LARGE
        except DeliveryError as error:
            if error.failure is not Failure.PERMANENT:
                if not self._hopeless(owed):
                    raise
                reason = MissingReason.EXPIRED
        return RecordMissingFile(reason=reason, **self._about(owed))

    def _hopeless(self, owed: Owed) -> bool:
        return self._now() - datetime.fromisoformat(str(owed.view["sent_at"])) > GIVE_UP_AFTER

    def _about(self, owed: Owed) -> dict[str, Any]:
        cause = Cause(actor_id="system", issued_at=self._now(), idempotency_key=owed.message_key)
        return {"attachment_id": UUID(str(owed.view["attachment_id"])), **cause}
