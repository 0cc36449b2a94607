"""One HTTP call, and how its parameters are read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from flask import Response
from werkzeug.datastructures import FileStorage

from sandbox.dingtalk.errors import ApiError

Style = Literal["api", "oapi"]


@dataclass
class Call:
    """One request that passed token, permission and limits.

    Args:
        body: the JSON object or the form.
        query: the query, one value per name.
        headers: the request's headers, names in lower case.
        path: the variable parts of the path.
        file: the multipart field `media`, if any.
        silent: a fault ordered that nobody receives anything.
    """

    body: dict[str, Any]
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    path: dict[str, str] = field(default_factory=dict)
    file: FileStorage | None = None
    silent: bool = False

    def text(self, key: str, missing: str) -> str:
        """Return a non-empty string of the body, or refuse in the new style with the code `missing`."""
        value = self.body.get(key)
        if not isinstance(value, str) or not value:
            raise ApiError(missing, f"{key} is required")
        return value


Answer = dict[str, Any] | Response
Handler = Callable[[Call], Answer]


@dataclass(frozen=True)
class Route:
    """How one operation is called.

    Args:
        operation: the name for faults and journal.
        style: which of the two error styles it answers in.
        token: whether it needs an access token.
        scope: the permission it needs.
        counted: whether it counts against the monthly quota.
    """

    method: str
    path: str
    operation: str
    handler: Handler
    style: Style = "api"
    token: bool = True
    scope: str = ""
    counted: bool = True
