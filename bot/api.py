"""The REST API's door: key, limit, shape; what is let in goes the way of every other delivery.

Source: docs/reference/rest-api.md.
"""

import hashlib
import hmac
import json
import logging
import re
import threading
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from flask import Blueprint, Flask, Response, request, url_for
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from adapters.inbound import Inbound, Platform, Receiver, RequestContent, Sender
from bot.api_requests import ANSWERED, REFUSED, ApiRequest
from bot.ports import Now, OpenUnitOfWork
from cards.text import STATUS_LABEL
from cards.text_desk import (
    API_ACCEPTED_LATER,
    API_CONFLICT,
    API_FAILED,
    API_INVALID,
    API_KEY_MISSING,
    API_METHOD,
    API_NOT_FOUND,
    API_NOT_JSON,
    API_TOO_LARGE,
    API_TOO_MANY,
    API_UNAUTHORIZED,
)
from domain.workorder.errors import RequestIncomplete
from domain.workorder.request import MISSING

log = logging.getLogger(__name__)

PREFIX = "/api/"
CHANNEL: Final = "api"
PER_MINUTE = 60
_IDEMPOTENCY_KEY = re.compile(r"[A-Za-z0-9._:-]{1,80}")
_REQUIRED = frozenset(MISSING)
_STATUS_OF = {"not_permitted": 403}


class Refused(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, code: str, message: str, **more: object) -> None:
        super().__init__(code)
        self.status = status
        self.body = {"code": code, "message": message, "fields": more.pop("fields", {})}
        self.retry_after_s = more.pop("retry_after_s", None)


class RateLimit:
    """So many requests a minute for each key, in this process."""

    def __init__(self, now: Now, per_minute: int = PER_MINUTE) -> None:
        self._now = now
        self._per_minute = per_minute
        self._seen: dict[str, deque[datetime]] = {}
        self._lock = threading.Lock()

    def admit(self, name: str) -> int:
        """Count one request; return 0, or in how many seconds the next one is let in."""
        now = self._now()
        with self._lock:
            seen = self._seen.setdefault(name, deque())
            while seen and now - seen[0] >= timedelta(minutes=1):
                seen.popleft()
            if len(seen) < self._per_minute:
                seen.append(now)
                return 0
            return max(1, int((seen[0] + timedelta(minutes=1) - now).total_seconds()) + 1)


class Api:
    """Requests from other systems.

    Args:
        keys: secret by name of the system that has it.
        receiver: takes in deliveries.
        open_uow: how a look at a work order is begun.
        now: the clock.
    """

    def __init__(
        self, keys: Mapping[str, str], receiver: Receiver, open_uow: OpenUnitOfWork, now: Now
    ) -> None:
        self._keys = dict(keys)
        self._receiver = receiver
        self._open_uow = open_uow
        self._now = now
        self._limit = RateLimit(now)

    def register(self) -> Response:
        """Take in one request and answer with its number; a repeat gets the same answer."""
        name = self._caller()
        body = _body()
        content = RequestContent(body=body, digest=_digest(body), nonce=uuid4().hex)
        answer = self._receiver.receive(
            Inbound(
                channel=CHANNEL,
                delivery_key=f"{name}:{_idempotency_key()}",
                sender=Sender(platform=Platform.API, user_id=name),
                conversation=f"{CHANNEL}:{name}",
                sent_at=self._now(),
                content=content,
            )
        )
        if not answer.card:
            return _json(202, {"code": "accepted_later", "message": API_ACCEPTED_LATER, "fields": {}})
        if answer.view["digest"] != content.digest:
            raise Refused(409, "idempotency_conflict", API_CONFLICT)
        if answer.card == REFUSED:
            code, message = str(answer.view["code"]), str(answer.view["message"])
            raise Refused(_STATUS_OF.get(code, 422), code, message)
        assert answer.card == ANSWERED, "the API's deliveries end as an order or a refusal"
        number = str(answer.view["number"])
        path = url_for("api.status", number=number)
        status = 201 if answer.view["nonce"] == content.nonce else 200
        duplicates = answer.view.get("possible_duplicates", [])
        response = _json(status, {"number": number, "status_url": path, "possible_duplicates": duplicates})
        response.headers["Location"] = path
        return response

    def status(self, number: str) -> Response:
        """Return where a work order stands that this key registered; anybody else's does not exist."""
        name = self._caller()
        with self._open_uow(now=self._now(), channel=CHANNEL, correlation_id=str(uuid4())) as uow:
            order = uow.work_orders.by_number(number)
            if order is None or not order.source_key.startswith(f"{CHANNEL}:{name}:"):
                raise Refused(404, "not_found", API_NOT_FOUND)
            return _json(
                200,
                {
                    "number": order.number,
                    "status": order.status,
                    "status_label": STATUS_LABEL[order.state],
                    "type": order.type,
                    "priority": order.priority,
                    "assignee": uow.name_of(order.assignee_id) if order.assignee_id else "",
                    "since": order.status_since.isoformat(),
                    "reported_at": order.created_at.isoformat(),
                    "eta_at": order.eta_at.isoformat() if order.eta_at else None,
                },
            )

    def _caller(self) -> str:
        """Return the name behind the key, every key compared in constant time."""
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        secret = given.strip().encode()
        names = [name for name, own in self._keys.items() if hmac.compare_digest(own.encode(), secret)]
        if scheme.casefold() != "bearer" or not names:
            raise Refused(401, "unauthorized", API_UNAUTHORIZED)
        wait_s = self._limit.admit(names[0])
        if wait_s:
            raise Refused(429, "too_many_requests", API_TOO_MANY, retry_after_s=wait_s)
        return names[0]


def add_api(app: Flask, api: Api) -> None:
    """Add the API's addresses; every error of theirs is JSON."""
    pages = Blueprint("api", __name__, url_prefix="/api/v1")
    pages.add_url_rule("/requests", "register", _guarded(api.register), methods=["POST"])
    pages.add_url_rule("/requests/<number>", "status", _guarded(api.status), methods=["GET"])
    app.register_blueprint(pages)


def plain_error(error: HTTPException) -> Response | None:
    """Return the JSON for an address or a method the API does not have; None for other addresses."""
    if not request.path.startswith(PREFIX):
        return None
    code = (error.name or "error").lower().replace(" ", "_")
    message = {404: API_NOT_FOUND, 405: API_METHOD, 413: API_TOO_LARGE}.get(error.code or 500, API_FAILED)
    return _json(error.code or 500, {"code": code, "message": message, "fields": {}})


def _guarded(answer: Callable[..., Response]) -> Callable[..., Response]:
    def guarded(**path: str) -> Response:
        try:
            return answer(**path)
        except Refused as refused:
            response = _json(refused.status, refused.body)
            if refused.retry_after_s:
                response.headers["Retry-After"] = str(refused.retry_after_s)
            return response
        except HTTPException:
            raise
        except Exception:
            log.exception("a request of another system could not be made durable")
            return _json(500, {"code": "failed", "message": API_FAILED, "fields": {}})

    return guarded


def _idempotency_key() -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not _IDEMPOTENCY_KEY.fullmatch(key):
        raise Refused(400, "idempotency_key_missing", API_KEY_MISSING)
    return key


def _body() -> dict[str, object]:
    """Return the checked body as JSON values.

    Raises:
        Refused: 415, 413, 400 or 422.
    """
    if request.mimetype != "application/json":
        raise Refused(415, "unsupported_media_type", API_NOT_JSON)
    try:
        given = json.loads(request.get_data(cache=False))
    except RequestEntityTooLarge:
        raise Refused(413, "request_entity_too_large", API_TOO_LARGE) from None
    except (ValueError, RecursionError):
        raise Refused(400, "not_json", API_NOT_JSON) from None
    if not isinstance(given, dict):
        raise Refused(400, "not_json", API_NOT_JSON)
    missing = [name for name in sorted(_REQUIRED) if not str(given.get(name) or "").strip()]
    if missing:
        said = RequestIncomplete(missing="、".join(MISSING[name] for name in missing))
        fields = {name: f"必填：{MISSING[name]}" for name in missing}
        raise Refused(422, said.code, said.message, fields=fields)
    try:
        return ApiRequest.model_validate_json(json.dumps(given)).model_dump(mode="json")
    except ValidationError as error:
        fields = {".".join(map(str, one["loc"])): one["msg"] for one in error.errors(include_url=False)}
        raise Refused(422, "request_invalid", API_INVALID, fields=fields) from None


def _digest(body: Mapping[str, object]) -> str:
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _json(status: int, body: Mapping[str, object]) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text + "\n", status=status, content_type="application/json; charset=utf-8")
