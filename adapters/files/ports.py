"""What files need of platforms, and what channels need of files."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

PATIENCE = timedelta(minutes=3)
"""How long one file may take to arrive; a platform that sends a byte now and then holds nobody for ever."""


class FileTooLarge(Exception):
    """More bytes than we keep."""


class FileAbsent(Exception):
    """The store has no such file, or not whole."""


class MediaGone(Exception):
    """The platform does not have the file any more; it must be sent again."""


@dataclass(frozen=True)
class OpenFile:
    """One kept file; `mime` is what its bytes begin like, whatever anybody called it."""

    sha256: str
    mime: str
    data: bytes


class FileSource(Protocol):
    """Gives channels the files they send on."""

    def open(self, sha256: str) -> OpenFile:
        """Return a kept file.

        Raises:
            FileAbsent: it was never kept, or is damaged.
        """


class MediaSource(Protocol):
    """A platform that keeps what people sent for a while."""

    def fetch(self, media_ref: str) -> AbstractContextManager[Iterator[bytes]]:
        """Return the bytes of a file piece by piece.

        Raises:
            MediaGone: the platform has thrown it away.
            DeliveryError: the platform refused or did not answer, also in the middle.
        """
