"""Files as tests need them: small, real, and kept in a folder of their own."""

from pathlib import Path

from adapters.files.ports import OpenFile
from adapters.files.store import FileStore
from sandbox.wecom.media import TINY_AMR, TINY_MP4, TINY_PNG

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20)


def picture(number: int = 0) -> bytes:
    """Return a picture unlike all others."""
    return TINY_PNG + b"%d" % number


class KeptFiles:
    """A store and the names of what is in it.

    Args:
        folder: where it is.
    """

    def __init__(self, folder: Path) -> None:
        self.store = FileStore(folder)

    def name(self, data: bytes) -> str:
        """Keep bytes and return their name."""
        return self.store.keep([data]).sha256

    def open(self, sha256: str) -> OpenFile:
        """Return a kept file."""
        return self.store.open(sha256)


__all__ = ["PDF", "TINY_AMR", "TINY_MP4", "TINY_PNG", "WEBP", "KeptFiles", "picture"]
