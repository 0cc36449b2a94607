"""What every request of another system passes: its key, the limit, its shape; and how it is answered.

Source: docs/reference/rest-api.md.
"""

import hashlib
import hmac
import json
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal, TypeVar
from uuid import uuid4

from flask import Response, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from adapters.inbound import Inbound, Platform, Receiver, RequestContent, Sender
from adapters.json_body import BodyWrong, Wrong, json_object
from adapters.rate_limit import RateLimit
from bot.api_requests import ANSWERED, REFUSED
from bot.ports import Now
from cards.text_desk import (
    API_ACCEPTED_LATER,
    API_CONFLICT,
    API_FAILED,
    API_INVALID,
    API_KEY_MISSING,
    API_NOT_JSON,
    API_OTHER_KEY,
    API_TOO_LARGE,
    API_TOO_MANY,
    API_UNAUTHORIZED,
)
from domain.kernel.messages import Message

log = logging.getLogger(__name__)

CHANNEL: Final = "api"
_IDEMPOTENCY_KEY = re.compile(r"[A-Za-z0-9._:-]{1,80}")
_SAID: Final = {
    Wrong.MEDIA_TYPE: (415, "unsupported_media_type", API_NOT_JSON),
    Wrong.TOO_LARGE: (413, "request_entity_too_large", API_TOO_LARGE),
    Wrong.NOT_JSON: (400, "not_json", API_NOT_JSON),
}
About = Literal["request", "purchase"]
M = TypeVar("M", bound=Message)


@dataclass(frozen=True)
class ApiKey:
    """What lets one system in.

    Args:
        supplier: whose purchases it may see and confirm, by code, or `*` for everybody's; it may do nothing
            else then. Empty for a system that registers requests, and sees no purchase.
    """

    name: str
    secret: str
    supplier: str = ""


class Refused(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, code: str, message: str, **more: object) -> None:
        super().__init__(code)
        self.status = status
        self.body = {"code": code, "message": message, "fields": more.pop("fields", {})}
        self.retry_after_s = more.pop("retry_after_s", None)


@dataclass(frozen=True)
class Delivered:
    """What was decided about a request; `first` unless it was a repeat."""

    view: Mapping[str, Any]
    first: bool


class Door:
    """Lets requests in, and hands what they want to the inbox.

    Args:
        keys: one for each system.
        receiver: takes in deliveries.
        now: the clock.
    """

    def __init__(self, keys: Sequence[ApiKey], receiver: Receiver, now: Now) -> None:
        self._keys = tuple(keys)
        self._receiver = receiver
        self._now = now
        self._limit = RateLimit(now)

    def caller(self, *, of_supplier: bool) -> ApiKey:
        """Return the key of whoever asks, every key compared in constant time.

        Args:
            of_supplier: it is about purchases, for which there are keys of their own.
        """
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        secret = given.strip().encode()
        found = [key for key in self._keys if hmac.compare_digest(key.secret.encode(), secret)]
        if scheme.casefold() != "bearer" or not found:
            raise Refused(401, "unauthorized", API_UNAUTHORIZED)
        wait_s = self._limit.admit(found[0].name)
        if wait_s:
            raise Refused(429, "too_many_requests", API_TOO_MANY, retry_after_s=wait_s)
        if bool(found[0].supplier) is not of_supplier:
            raise Refused(403, "not_permitted", API_OTHER_KEY)
        return found[0]

    def deliver(
        self, key: ApiKey, body: dict[str, object], about: About, status_of: Mapping[str, int]
    ) -> Delivered | Response:
        """Hand a checked request to the inbox, and return what was decided; a repeat gets the same.

        Args:
            status_of: the status of a refusal by its code, where it is not 422.
        """
        content = RequestContent(body=body, digest=_digest(body), nonce=uuid4().hex, about=about)
        answer = self._receiver.receive(
            Inbound(
                channel=CHANNEL,
                delivery_key=f"{key.name}:{_idempotency_key()}",
                sender=Sender(platform=Platform.API, user_id=key.name),
                conversation=f"{CHANNEL}:{key.name}",
                sent_at=self._now(),
                content=content,
            )
        )
        if not answer.card:
            return answered(202, {"code": "accepted_later", "message": API_ACCEPTED_LATER, "fields": {}})
        if answer.view["digest"] != content.digest:
            raise Refused(409, "idempotency_conflict", API_CONFLICT)
        if answer.card == REFUSED:
            code, message = str(answer.view["code"]), str(answer.view["message"])
            raise Refused(status_of.get(code, 422), code, message)
        assert answer.card == ANSWERED, "the API's deliveries end as an answer or a refusal"
        return Delivered(answer.view, first=answer.view["nonce"] == content.nonce)


def guarded(answer: Callable[..., Response]) -> Callable[..., Response]:
    """Return a view whose refusals and defects are JSON."""

    def inner(**path: str) -> Response:
        try:
            return answer(**path)
        except Refused as refused:
            response = answered(refused.status, refused.body)
            if refused.retry_after_s:
                response.headers["Retry-After"] = str(refused.retry_after_s)
            return response
        except HTTPException:
            raise
        except Exception:
            log.exception("a request of another system could not be made durable")
            return answered(500, {"code": "failed", "message": API_FAILED, "fields": {}})

    return inner


def _idempotency_key() -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not _IDEMPOTENCY_KEY.fullmatch(key):
        raise Refused(400, "idempotency_key_missing", API_KEY_MISSING)
    return key


def json_body() -> dict[str, object]:
    """Return the JSON object that was sent.

    Raises:
        Refused: 415, 413 or 400.
    """
    try:
        return json_object(request.mimetype, partial(request.get_data, cache=False))
    except BodyWrong as error:
        raise Refused(*_SAID[error.wrong]) from None


def checked(given: Mapping[str, object], kind: type[M]) -> dict[str, object]:
    """Return what was sent as values of a kind of request.

    Raises:
        Refused: 422, with what is wrong with each field.
    """
    try:
        return kind.model_validate_json(json.dumps(given)).model_dump(mode="json")
    except ValidationError as error:
        fields = {".".join(map(str, one["loc"])): one["msg"] for one in error.errors(include_url=False)}
        raise Refused(422, "request_invalid", API_INVALID, fields=fields) from None


def _digest(body: Mapping[str, object]) -> str:
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def answered(status: int, body: Mapping[str, object]) -> Response:
    """Return an answer in JSON."""
    text = json.dumps(body, ensure_ascii=False)
    return Response(text + "\n", status=status, content_type="application/json; charset=utf-8")
