"""Reads what browsers submit, within limits, and says what is wrong with it."""

import io
import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any, Final
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from adapters.files.ports import FileTooLarge
from adapters.files.sniffing import HEAD_BYTES, sniff
from adapters.json_body import BodyWrong, Wrong, json_object
from cards.text_pages import (
    PAGE_FOREIGN,
    PAGE_KEY_MISSING,
    PAGE_NOT_JSON,
    PAGE_TOO_LARGE,
    PHOTO_EMPTY,
    PHOTO_HEIC,
    PHOTO_NOT_IMAGE,
)

BODY_LIMIT: Final = 256 * 1024
"""Bytes of a submission: a long text and the strokes of a signature."""
PHOTO_LIMIT: Final = 10 * 1024 * 1024
REQUEST_LIMIT: Final = PHOTO_LIMIT + BODY_LIMIT
"""Bytes of any request; a server closes on more before the application sees it."""
PHOTOS: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
_PIECE = 64 * 1024
_SAID: Final = {
    Wrong.MEDIA_TYPE: (415, "unsupported_media_type", PAGE_NOT_JSON),
    Wrong.TOO_LARGE: (413, "too_large", PAGE_TOO_LARGE),
    Wrong.NOT_JSON: (400, "not_json", PAGE_NOT_JSON),
}
_KEY = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Stop(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, code: str, message: str, **fields: str) -> None:
        super().__init__(code)
        self.status = status
        self.body = {"code": code, "message": message, "fields": fields}


def refuse_foreign(own_host: str) -> None:
    """Refuse what another site lets a visitor's browser send; a link is no cookie, this is a second bolt.

    Web views that are too old to say `Sec-Fetch-Site` say `Origin`; what is no browser says neither.

    Args:
        own_host: host and port of our public address; a proxy may call us by another.

    Raises:
        Stop: 403.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        is_own = site in ("same-origin", "none")
    else:
        is_own = origin is None or urlsplit(origin).netloc in (request.host, own_host)
    if not is_own:
        raise Stop(403, "foreign", PAGE_FOREIGN)


def submission_key() -> str:
    """Return what names this submission.

    Raises:
        Stop: 400.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise Stop(400, "idempotency_key_missing", PAGE_KEY_MISSING)
    return key


def submission() -> dict[str, Any]:
    """Return the submission as JSON values.

    Raises:
        Stop: 415, 413 or 400.
    """
    request.max_content_length = BODY_LIMIT
    try:
        return json_object(request.mimetype, partial(request.get_data, cache=False))
    except BodyWrong as error:
        raise Stop(*_SAID[error.wrong]) from None


def photo_pieces() -> Iterable[bytes]:
    """Return the pieces of an uploaded photo.

    Raises:
        Stop: 415 for anything that is no photo, 413 for too large a one.
    """
    try:
        head = request.stream.read(HEAD_BYTES)
    except RequestEntityTooLarge:
        raise Stop(413, "too_large", PAGE_TOO_LARGE) from None
    if not head:
        raise Stop(400, "empty", PHOTO_EMPTY)
    mime = sniff(io.BytesIO(head))
    if mime not in PHOTOS:
        raise Stop(415, "not_a_photo", PHOTO_HEIC if mime == "image/heic" else PHOTO_NOT_IMAGE)
    return chain([head], _rest())


def _rest() -> Iterator[bytes]:
    try:
        while piece := request.stream.read(_PIECE):
            yield piece
    except RequestEntityTooLarge:
        raise FileTooLarge from None
