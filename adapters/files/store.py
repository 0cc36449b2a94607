"""Files in a folder, each written once under the hash of its bytes.

See docs/adr/0020-files-in-a-folder-by-their-hash.md.
"""

import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from adapters.files.ports import FileAbsent, FileTooLarge, OpenFile
from adapters.files.sniffing import sniff

log = logging.getLogger(__name__)

LIMIT_BYTES = 20 * 1024 * 1024
"""The largest file either platform takes."""

_NAME = re.compile(r"[0-9a-f]{64}")
_INCOMING = "incoming"


@dataclass(frozen=True)
class KeptFile:
    """What became of a stream of bytes."""

    sha256: str
    size: int
    mime: str


class FileStore:
    """One folder that all processes share; every file is whole or not there.

    Args:
        folder: made when the first file comes.
        limit: bytes of the largest file that is kept.
    """

    def __init__(self, folder: Path, limit: int = LIMIT_BYTES) -> None:
        self._folder = folder
        self._limit = limit

    def keep(self, pieces: Iterable[bytes]) -> KeptFile:
        """Write a file and return its name; the same bytes are kept once.

        Raises:
            FileTooLarge: the rest was not read.
        """
        incoming = self._folder / _INCOMING
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as file:
            path = Path(file.name)
            try:
                kept = self._write(pieces, file)
                self._settle(path, kept)
            finally:
                path.unlink(missing_ok=True)
        return kept

    def check(self) -> None:
        """Write something and take it away again.

        Raises:
            OSError: nothing can be kept.
        """
        incoming = self._folder / _INCOMING
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=incoming) as file:
            file.write(b"fixloop")
            file.flush()
            os.fsync(file.fileno())

    def open(self, sha256: str) -> OpenFile:
        """Return a kept file, its bytes proved against its name.

        Raises:
            FileAbsent: it was never kept, or is damaged.
        """
        try:
            with self.path(sha256).open("rb") as file:
                mime = sniff(file)
                file.seek(0)
                data = file.read()
        except OSError as error:
            raise FileAbsent(sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            log.error("a kept file is damaged: %s", sha256)
            raise FileAbsent(sha256)
        return OpenFile(sha256, mime, data)

    def has(self, sha256: str) -> bool:
        """Return whether there is a file of this name."""
        return self.path(sha256).is_file()

    def forget(self, sha256: str) -> None:
        """Take a file away; one that is not there is gone already."""
        path = self.path(sha256)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _sync(path.parent)

    def path(self, sha256: str) -> Path:
        """Return where a file of this name is or would be.

        Raises:
            FileAbsent: no file can have this name.
        """
        if not _NAME.fullmatch(sha256):
            raise FileAbsent(sha256[:64])
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def _write(self, pieces: Iterable[bytes], file: IO[bytes]) -> KeptFile:
        digest, size = hashlib.sha256(), 0
        for piece in pieces:
            size += len(piece)
            if size > self._limit:
                raise FileTooLarge
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        return KeptFile(digest.hexdigest(), size, sniff(file))

    def _settle(self, path: Path, kept: KeptFile) -> None:
        """Give a file its name, unless a whole one has it."""
        target = self.path(kept.sha256)
        for folder in (self._folder, target.parent.parent, target.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
            _sync(folder.parent)
        try:
            self.open(kept.sha256)
        except FileAbsent:
            path.chmod(0o400)
            path.replace(target)
        _sync(target.parent)


def _sync(folder: Path) -> None:
    """Make a folder's entries durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
