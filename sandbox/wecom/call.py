"""One API call and the reading of its parameters."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage

from sandbox.wecom.errors import ApiError


@dataclass
class Call:
    """One request that passed the token check.

    Args:
        operation: the path below /cgi-bin/.
        query: the query, one value per name.
        body: the JSON object, empty for uploads and GET.
        file: the multipart field `media`, if any.
        silent: a fault ordered that nobody receives anything.
        notes: what the journal should say besides the answer, e.g. texts longer than advised.
        lenient: a number came as a string; the platform accepts it with a warning in errmsg.
    """

    operation: str
    query: dict[str, str]
    body: dict[str, Any]
    file: FileStorage | None = None
    silent: bool = False
    notes: list[str] = field(default_factory=list)
    lenient: bool = False


Handler = Callable[[Call], "dict[str, Any] | Response"]


@dataclass(frozen=True)
class Route:
    """How one operation is called: POST or GET, with an access_token or without."""

    handler: Handler
    post: bool = True
    token: bool = True
    upload: bool = False


def text_of(
    body: dict[str, Any], key: str, *, missing: int = 40063, wrong: int = 40058, max_bytes: int = 0
) -> str:
    """Return a non-empty string parameter.

    Raises:
        ApiError: `missing` when absent or empty, `wrong` when not a string or longer than `max_bytes`.
    """
    value = body.get(key)
    if value is None or value == "":
        raise ApiError(missing, key)
    if not isinstance(value, str) or (max_bytes and size(value) > max_bytes):
        raise ApiError(wrong, key)
    return value


def optional_text(body: dict[str, Any], key: str, *, wrong: int = 40058, max_bytes: int = 0) -> str:
    """Return a string parameter or an empty string."""
    return text_of(body, key, wrong=wrong, max_bytes=max_bytes) if body.get(key) else ""


def int_of(call: Call, key: str, default: int | None = None) -> int:
    """Return an integer parameter; digits in a string are accepted with the platform's warning."""
    value = call.body.get(key, default)
    if value is None:
        raise ApiError(40063, key)
    if isinstance(value, str) and value.isdigit():
        call.lenient = True
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ApiError(40058, key)
    return value


def dict_of(body: dict[str, Any], key: str, *, missing: int = 40063) -> dict[str, Any]:
    """Return an object parameter that must be there."""
    value = body.get(key)
    if value is None:
        raise ApiError(missing, key)
    if not isinstance(value, dict):
        raise ApiError(40058, key)
    return value


def dicts_of(body: dict[str, Any], key: str, low: int, high: int, code: int = 40058) -> list[dict[str, Any]]:
    """Return a list of objects whose length must lie between the limits, absent meaning empty."""
    value = body.get(key)
    if value is None:
        value = []
    if not isinstance(value, list) or not low <= len(value) <= high:
        raise ApiError(code, key)
    if not all(isinstance(item, dict) for item in value):
        raise ApiError(40058, key)
    return value


def size(text: str) -> int:
    """Return the length in UTF-8 bytes."""
    return len(text.encode())


def cut(text: str, max_bytes: int) -> str:
    """Return the text cut to so many UTF-8 bytes, never inside a character."""
    return text.encode()[:max_bytes].decode(errors="ignore")


def check_url(url: str, *, max_bytes: int = 2048) -> None:
    """Refuse a URL without scheme or one that is too long."""
    if not url.startswith(("http://", "https://")):
        raise ApiError(45034, url[:60])
    if size(url) > max_bytes:
        raise ApiError(40058, "url too long")
