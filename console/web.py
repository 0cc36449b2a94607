"""The addresses of pages; every answer about data is JSON, every refusal a Chinese sentence.

Source: docs/reference/pages.md.
"""

import gzip
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from adapters.files.ports import FileAbsent, FileTooLarge
from adapters.links import LABEL_MARK, LinkBroken, LinkExpired
from adapters.rate_limit import RateLimit
from cards.page_words import field_words
from cards.text_pages import (
    FILE_GONE,
    LABEL_BROKEN,
    LINK_BROKEN,
    LINK_EXPIRED,
    PAGE_FAILED,
    PAGE_INVALID,
    PAGE_KEY_REUSED,
    PAGE_NOT_FOUND,
    PAGE_TOO_LARGE,
    PAGE_TOO_MANY,
    PHOTO_AGAIN,
)
from console.assets import build, static_files
from console.counter import Counter, NoSuchThing, Refused, Reused, TakenAway
from console.sdk import PageSdks
from console.shell import HEADERS, shell, sorry
from console.submissions import (
    PHOTO_LIMIT,
    PHOTOS,
    Stop,
    photo_pieces,
    refuse_foreign,
    submission,
    submission_key,
)
from domain.kernel.errors import DomainError

log = logging.getLogger(__name__)

PREFIX: Final = "/p/"
WANTED_LIMIT: Final = 100
"""Characters of one filter in an address."""
ZIPPED_FROM: Final = 1_400
"""Bytes of an answer that still fit into one packet, so that nothing is gained by packing them."""
ZIP_LEVEL: Final = 5
_WORKER = "-worker.js"
"""What ends the name of a script that answers for a page without a network; it may do so for any page."""
_FOR_LONG = "public, max-age=31536000, immutable"


FORESEEN = (
    Stop,
    Refused,
    Reused,
    NoSuchThing,
    TakenAway,
    DomainError,
    ValidationError,
    LinkBroken,
    LinkExpired,
    FileAbsent,
    FileTooLarge,
)


class PageAddresses:
    """What browsers ask for.

    Args:
        counter: serves the visitors.
        limit: how often one link, or one address that scans labels, may ask.
        sdks: the chats' own scripts.
        public_url: where people reach us.
    """

    def __init__(self, counter: Counter, limit: RateLimit, sdks: PageSdks, public_url: str) -> None:
        self._counter = counter
        self._limit = limit
        self._sdks = sdks
        self._own_host = urlsplit(public_url).netloc

    def frame(self, token: str) -> Response:
        """Return the frame of a page, or a page that says why there is none."""
        try:
            return _html(200, shell(self._counter.page(token), token))
        except (LinkBroken, LinkExpired) as error:
            stop = _stop_of(error, token)
            return _html(stop.status, sorry(str(stop.body["message"])))

    def data(self, token: str) -> Response:
        """Return what the page shows."""
        wanted = {name: value[:WANTED_LIMIT] for name, value in request.args.items()}
        return _json(200, {"data": self._counter.data(token, wanted)})

    def do(self, token: str, deed: str) -> Response:
        """Do one thing once."""
        self._admit(token)
        done, data = self._counter.do(token, deed, submission_key(), submission())
        return _json(200, {"message": done.message, "more": done.more, "data": data})

    def upload(self, token: str) -> Response:
        """Keep a photo, checked by its first bytes before anything is written."""
        self._admit(token)
        request.max_content_length = PHOTO_LIMIT
        kept = self._counter.keep(token, photo_pieces())
        return _json(201, {"sha256": kept.sha256, "size": kept.size})

    def file(self, token: str, sha256: str) -> Response:
        """Return a file that the page shows; pictures are shown, anything else is saved."""
        found = self._counter.file(token, sha256)
        shown = found.mime in PHOTOS
        response = Response(found.data, content_type=found.mime if shown else "application/octet-stream")
        response.headers["Content-Disposition"] = "inline" if shown else "attachment"
        response.headers["Cache-Control"] = "private, max-age=86400"
        return response

    def document(self, token: str, name: str) -> Response:
        """Return a document."""
        data = self._counter.document(token, f"{name}.pdf")
        return Response(data, content_type="application/pdf", headers={"Content-Disposition": "inline"})

    def sdk(self, token: str) -> Response:
        """Return what the page needs to use its chat's own script."""
        self._admit(token)
        self._counter.check(token)
        platform, url = (request.args.get(name, "") for name in ("platform", "url"))
        return _json(200, {"sdk": self._sdks.of(token, platform, url)})

    def _admit(self, token: str) -> None:
        refuse_foreign(self._own_host)
        name = f"ip:{request.remote_addr}" if token.startswith(LABEL_MARK) else token
        wait_s = self._limit.admit(name)
        if wait_s:
            raise Stop(429, "too_many_requests", PAGE_TOO_MANY.format(seconds=wait_s))


def add_pages(app: Flask, addresses: PageAddresses) -> None:
    """Add the addresses of pages and of what they are made of."""
    pages = Blueprint("pages", __name__)
    for rule, name, answer, method in (
        ("/p/<token>", "frame", addresses.frame, "GET"),
        ("/p/<token>/data", "data", addresses.data, "GET"),
        ("/p/<token>/do/<deed>", "do", addresses.do, "POST"),
        ("/p/<token>/files", "upload", addresses.upload, "POST"),
        ("/p/<token>/files/<sha256>", "file", addresses.file, "GET"),
        ("/p/<token>/sdk", "sdk", addresses.sdk, "GET"),
        ("/p/<token>/<name>.pdf", "document", addresses.document, "GET"),
    ):
        pages.add_url_rule(rule, name, _guarded(answer), methods=[method])
    pages.add_url_rule("/favicon.ico", "favicon", lambda: Response(status=204), methods=["GET"])
    pages.add_url_rule("/static/<version>/<path:name>", "static", _static, methods=["GET"])
    app.register_blueprint(pages)


def page_error(error: HTTPException) -> Response | None:
    """Return the page for an address that no page has; None for other addresses."""
    if not request.path.startswith(PREFIX):
        return None
    return _html(error.code or 500, sorry(PAGE_NOT_FOUND if error.code in (404, 405) else PAGE_FAILED))


def _static(version: str, name: str) -> Response:
    file = static_files().get(name)
    if file is None or version != build():
        return Response("not found\n", status=404, content_type="text/plain")
    zipped = request.accept_encodings["gzip"] > 0
    response = Response(file.zipped if zipped else file.plain, content_type=file.mime)
    response.headers.update(
        {"Cache-Control": _FOR_LONG, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    )
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    if name.endswith(_WORKER):
        response.headers["Service-Worker-Allowed"] = PREFIX
    return response


def _guarded(answer: Callable[..., Response]) -> Callable[..., Response]:
    def guarded(**path: str) -> Response:
        try:
            response = answer(**path)
        except HTTPException:
            raise
        except FORESEEN as error:
            stop = _stop_of(error, path["token"])
            response = _json(stop.status, stop.body)
        except Exception:
            log.exception("a page could not be served")
            response = _json(500, {"code": "failed", "message": PAGE_FAILED, "fields": {}})
        for header, value in HEADERS.items():
            response.headers.setdefault(header, value)
        return response

    return guarded


def _stop_of(error: Exception, token: str) -> Stop:
    """Return how a foreseen error is answered."""
    match error:
        case Stop():
            return error
        case Refused():
            return Stop(409, error.code, error.message)
        case DomainError():
            return Stop(409, error.code, error.message)
        case ValidationError():
            fields = {
                ".".join(map(str, one["loc"])): field_words(one) for one in error.errors(include_url=False)
            }
            return Stop(422, "request_invalid", PAGE_INVALID, **fields)
        case Reused():
            return Stop(409, "idempotency_conflict", PAGE_KEY_REUSED)
        case TakenAway():
            return Stop(503, "photo_again", PHOTO_AGAIN)
        case LinkBroken():
            return Stop(404, "missing", LABEL_BROKEN if token.startswith(LABEL_MARK) else LINK_BROKEN)
        case LinkExpired():
            return Stop(410, "expired", LINK_EXPIRED)
        case FileAbsent():
            return Stop(404, "file_gone", FILE_GONE)
        case FileTooLarge():
            return Stop(413, "too_large", PAGE_TOO_LARGE)
    return Stop(404, "not_found", PAGE_NOT_FOUND)


def _html(status: int, text: str) -> Response:
    return Response(text, status=status, content_type="text/html; charset=utf-8", headers=HEADERS)


def _json(status: int, body: Mapping[str, Any]) -> Response:
    data = (json.dumps(body, ensure_ascii=False) + "\n").encode()
    response = Response(data, status=status, content_type="application/json; charset=utf-8")
    if len(data) > ZIPPED_FROM and request.accept_encodings["gzip"] > 0:
        response.data = gzip.compress(data, ZIP_LEVEL)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response
