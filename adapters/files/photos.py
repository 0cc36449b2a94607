"""The store as the product uses it: beside each large picture a small one, for documents.

A service report with four photos of a phone took 300 ms, of which 240 went into unpacking them. The small
ones are made once, when a picture comes in; they can be thrown away at any time and are made again.
"""

import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from adapters.files.store import LIMIT_BYTES, FileStore, KeptFile

log = logging.getLogger(__name__)

LARGE_BYTES: Final = 100_000
"""What is smaller is printed as it is; signatures are."""
_FOLDER: Final = "small"


class PhotoStore(FileStore):
    """A store that also gives pictures in print size.

    Args:
        shrink: makes a picture small; None where it is no picture that can be printed.
    """

    def __init__(
        self, folder: Path, shrink: Callable[[bytes], bytes | None], limit: int = LIMIT_BYTES
    ) -> None:
        super().__init__(folder, limit)
        self._small = folder / _FOLDER
        self._shrink = shrink

    def keep(self, pieces: Iterable[bytes]) -> KeptFile:
        """Write a file and return its name, and make the small one of a large picture.

        Raises:
            FileTooLarge: the rest was not read.
        """
        kept = super().keep(pieces)
        if _is_large(kept.size, kept.mime):
            self.in_print_size(kept.sha256)
        return kept

    def forget(self, sha256: str) -> None:
        """Take a file away, the small one first; what is not there is gone already."""
        (self._small / self.path(sha256).name).unlink(missing_ok=True)
        super().forget(sha256)

    def in_print_size(self, sha256: str) -> bytes:
        """Return a picture as small as a document needs it; what cannot be made small, as it was sent.

        Raises:
            FileAbsent: it was never kept, or is damaged.
        """
        place = self._small / self.path(sha256).name
        try:
            return place.read_bytes()
        except OSError:
            found = self.open(sha256)
        made = self._shrink(found.data) if _is_large(len(found.data), found.mime) else None
        if made is None:
            return found.data
        self._write_small(place, made)
        return made

    def _write_small(self, place: Path, data: bytes) -> None:
        """Write it whole or not at all; without it documents only take longer."""
        try:
            self._small.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._small, delete=False) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(place)
        except OSError:
            log.exception("the small picture of %s could not be written", place.name)


def _is_large(size: int, mime: str) -> bool:
    return size > LARGE_BYTES and mime.startswith("image/")
