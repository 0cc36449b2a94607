"""What a file is, by what its bytes begin like; what people or platforms call it counts for nothing.

A type is named only where a first few bytes are proof enough; everything else is `application/octet-stream`.
"""

import re
import zipfile
from typing import IO, Final

HEAD_BYTES: Final = 4096
UNKNOWN: Final = "application/octet-stream"
ZIP: Final = "application/zip"

EXTENSIONS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "audio/mp4": "m4a",
    "audio/amr": "amr",
    "audio/silk": "silk",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    ZIP: "zip",
    "text/plain": "txt",
    UNKNOWN: "bin",
}

_STARTS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"#!AMR\n", "audio/amr"),
    (b"#!AMR-WB\n", "audio/amr"),
    (b"#!SILK_V3", "audio/silk"),
    (b"\x02#!SILK_V3", "audio/silk"),  # WeChat puts a byte before it.
    (b"ID3", "audio/mpeg"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", ZIP),
)
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_OTHER_BRANDS: Final = {b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4"}
_OFFICE: Final = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MIME_OF: Final = {extension: mime for mime, extension in EXTENSIONS.items()}


def sniff(file: IO[bytes]) -> str:
    """Return the MIME type of a file that can be read from anywhere."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    mime = _by_head(head)
    return _office(file) if mime == ZIP else mime


def extension_of(mime: str) -> str:
    """Return the usual ending of a file's name, without a dot."""
    return EXTENSIONS.get(mime, "bin")


def _by_head(head: bytes) -> str:
    for start, mime in _STARTS:
        if head.startswith(start):
            return mime
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "image/heic" if brand in _HEIC_BRANDS else _OTHER_BRANDS.get(brand, "video/mp4")
    if _is_mp3_frame(head):
        return "audio/mpeg"
    return "text/plain" if _is_text(head) else UNKNOWN


def _is_mp3_frame(head: bytes) -> bool:
    """Tell whether an MPEG layer III frame begins here: sync, layer, a bit rate and a sampling rate."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    version, rate, sampling = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and rate not in (0, 15) and sampling != 3


def _is_text(head: bytes) -> bool:
    if not head:
        return False
    # A character may be cut in two at the end of what was read.
    for cut in range(4 if len(head) == HEAD_BYTES else 1):
        try:
            return not _NOT_TEXT.search(head[: len(head) - cut].decode("utf-8"))
        except UnicodeDecodeError:
            continue
    return False


def _office(file: IO[bytes]) -> str:
    """Look only at the names inside; nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ZIP
    if "[Content_Types].xml" in names:
        for folder, extension in _OFFICE:
            if any(name.startswith(folder) for name in names):
                return _MIME_OF[extension]
    return ZIP
