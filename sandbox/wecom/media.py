"""Temporary media: upload, download, three days of life.

Source: D90253 to D90256; https://developer.work.weixin.qq.com/document/path/90253
"""

import mimetypes
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Response, request

from sandbox.wecom.call import Call, Route
from sandbox.wecom.corp import DAY_S, Corp
from sandbox.wecom.errors import ApiError

_LIFE_S = 3 * DAY_S
_MIB = 1024 * 1024
_MOST_BYTES = {"image": 10 * _MIB, "voice": 2 * _MIB, "video": 10 * _MIB, "file": 20 * _MIB}
_TYPES = {".amr": "audio/amr", ".jpg": "image/jpeg", ".png": "image/png"}
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")

# The smallest real files, for actors who do not care what they send.
TINY_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
TINY_MP4 = bytes.fromhex("0000001c667479706d703432000000006d70343169736f6d6d703432") + bytes(36)
TINY_AMR = b"#!AMR\n" + b"\x3c" + bytes(31)


@dataclass(frozen=True)
class StoredFile:
    """One uploaded file; `scope` is empty or the webhook key it belongs to."""

    kind: str
    filename: str
    content: bytes
    stored_s: float
    scope: str = ""


class Media:
    """All files, shared by the apps of the corp."""

    def __init__(self, corp: Corp) -> None:
        self._corp = corp
        self._files: dict[str, StoredFile] = {}

    def routes(self) -> dict[str, Route]:
        """Return the operations of this topic."""
        return {
            "media/upload": Route(self.upload, upload=True),
            "media/get": Route(self.get, post=False),
        }

    def add(self, kind: str, filename: str, content: bytes, scope: str = "") -> str:
        """Store a file, from an upload or a person's phone, and return its media_id."""
        media_id = "3" + secrets.token_urlsafe(48)
        with self._corp.lock:
            self._files[media_id] = StoredFile(kind, filename, content, self._corp.now(), scope)
        return media_id

    def find(self, media_id: str, scope: str = "") -> StoredFile | None:
        """Return a file that still lives and belongs to the scope."""
        found = self._files.get(media_id)
        if found is None or found.scope != scope or found.stored_s + _LIFE_S <= self._corp.now():
            return None
        return found

    def upload(self, call: Call) -> dict[str, Any]:
        """Answer `media/upload`."""
        return self.receive(call, tuple(_MOST_BYTES))

    def receive(self, call: Call, kinds: tuple[str, ...], scope: str = "") -> dict[str, Any]:
        """Check and store the multipart field `media`."""
        content = call.file.read() if call.file else b""
        if not content:
            raise ApiError(44001)
        kind = call.query.get("type", "")
        if kind not in kinds:
            raise ApiError(40005 if kind else 40004)
        if len(content) <= 5:
            raise ApiError(40006, "more than 5 bytes needed")
        if len(content) > _MOST_BYTES[kind]:
            raise ApiError(45001)
        if kind == "image" and not is_image(content):
            raise ApiError(40123, "JPG or PNG")
        filename = (call.file.filename if call.file else "") or "file"
        media_id = self.add(kind, filename, content, scope)
        return {"type": kind, "media_id": media_id, "created_at": str(self._corp.clock.now_s())}

    def get(self, call: Call) -> Response:
        """Answer `media/get`: the bytes, or a JSON error with the same HTTP status."""
        found = self.find(call.query.get("media_id", ""))
        if found is None:
            raise ApiError(40007)
        suffix = "." + found.filename.rpartition(".")[2].lower()
        content_type = _TYPES.get(suffix) or mimetypes.guess_type(found.filename)[0]
        response = Response(found.content, content_type=content_type or "application/octet-stream")
        name = quote(found.filename, safe=" ")
        response.headers["Content-disposition"] = f'attachment; filename="{name}"'
        response.make_conditional(request.environ, accept_ranges=True, complete_length=len(found.content))
        return response


def is_image(content: bytes) -> bool:
    """Return whether the bytes begin like a JPG or PNG."""
    return content.startswith(_IMAGES)
