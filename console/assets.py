"""What browsers fetch besides data: scripts, styles and fonts of our own, kept by them for long."""

import gzip
import hashlib
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

FOLDER: Final = Path(__file__).parent / "static"
MIME: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}

_IMPORTED = re.compile(r"""^(?:import|export)\b[^;]*?from\s+"(\.[^"]+)";""", re.MULTILINE)


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent."""

    mime: str
    plain: bytes
    zipped: bytes


@cache
def static_files() -> dict[str, StaticFile]:
    """Return every file by its path below the folder; they never change while the process runs."""
    return {
        path.relative_to(FOLDER).as_posix(): _read(path)
        for path in sorted(FOLDER.rglob("*"))
        if path.suffix in MIME
    }


@cache
def needed_by(name: str) -> tuple[str, ...]:
    """Return the modules that a module imports, and those that they import, to be fetched in one go."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        own = PurePosixPath(waiting.pop())
        for said in _IMPORTED.findall(static_files()[own.as_posix()].plain.decode()):
            other = os.path.normpath(own.parent / said)
            if other not in found:
                found[other] = None
                waiting.append(other)
    return tuple(found)


@cache
def build() -> str:
    """Return a name of this very set of files; their addresses carry it, so that browsers may keep them."""
    digest = hashlib.sha256()
    for name, file in static_files().items():
        digest.update(name.encode() + b"\0" + file.plain)
    return digest.hexdigest()[:12]


def address(name: str) -> str:
    """Return where a browser fetches a file."""
    return f"/static/{build()}/{name}"


def named(start: str, end: str) -> list[str]:
    """Return the files whose names begin and end like this."""
    return [name for name in static_files() if name.startswith(start) and name.endswith(end)]


def _read(path: Path) -> StaticFile:
    plain, packed = path.read_bytes(), path.with_name(f"{path.name}.gz")
    zipped = packed.read_bytes() if packed.exists() else gzip.compress(plain, 9, mtime=0)
    return StaticFile(MIME[path.suffix], plain, zipped)
