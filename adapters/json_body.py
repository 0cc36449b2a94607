"""The JSON object that a request carries, for every door that takes one."""

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from werkzeug.exceptions import RequestEntityTooLarge


class Wrong(StrEnum):
    """What can be wrong with a body, whoever sent it."""

    MEDIA_TYPE = "media_type"
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"


class BodyWrong(Exception):
    """There is no JSON object in it; each door says so in its own words."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.value)
        self.wrong = wrong


def json_object(mimetype: str, read: Callable[[], bytes]) -> dict[str, Any]:
    """Return the JSON object of a request.

    Args:
        mimetype: what the sender calls it.
        read: gives the bytes.

    Raises:
        BodyWrong: there is none.
    """
    if mimetype != "application/json":
        raise BodyWrong(Wrong.MEDIA_TYPE)
    try:
        given = json.loads(read())
    except RequestEntityTooLarge:
        raise BodyWrong(Wrong.TOO_LARGE) from None
    except (ValueError, RecursionError):
        raise BodyWrong(Wrong.NOT_JSON) from None
    if not isinstance(given, dict):
        raise BodyWrong(Wrong.NOT_JSON)
    return given
