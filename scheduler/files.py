"""The tick that takes away what was uploaded on pages and never submitted."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.ticks import LOT

log = logging.getLogger(__name__)


class UnusedFiles(Protocol):
    """Finds uploaded files that nothing used in time, by an index."""

    def expired_files(self, now: datetime, limit: int) -> Sequence[str]:
        """Return the sha256 names of files whose time is over, the longest over first."""

    def take_away(self, sha256: str, now: datetime) -> None:
        """Take away a file, unless something uses it by now; what is gone already stays gone."""


def sweep_files(unused: UnusedFiles, now: Callable[[], datetime]) -> None:
    """Take away a lot of files; what cannot be taken away waits for the next tick and stops no other."""
    at = now()
    for sha256 in unused.expired_files(at, LOT):
        try:
            unused.take_away(sha256, at)
        except Exception:
            log.exception("file %s could not be taken away; the next tick tries again", sha256)
