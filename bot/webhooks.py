"""The web application: platform callbacks and the two questions an operator's monitor asks."""

import logging
from collections.abc import Callable, Mapping
from typing import Protocol

from flask import Flask, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from bot.api import plain_error

log = logging.getLogger(__name__)

BODY_LIMIT = 64 * 1024
"""Bytes of a callback; more is refused before it is read."""


class WebDoor(Protocol):
    """A platform's callback address, free of any web framework."""

    def greet(self, query: Mapping[str, str]) -> str:
        """Return the answer to the platform's verification of the address."""

    def accept(self, query: Mapping[str, str], body: bytes) -> str:
        """Take in one callback durably and return the body of the answer."""


def create_app(
    doors: Mapping[str, WebDoor],
    refusals: Mapping[type[Exception], int],
    ready: Callable[[], bool],
    page_error: Callable[[HTTPException], Response | None] = lambda _error: None,
) -> Flask:
    """Return the application.

    Args:
        doors: callback addresses by name; `/wecom/callback` is the door `wecom`.
        refusals: what a door may raise, and the HTTP status that says so without a reason.
        ready: whether the database answers with the expected schema.
        page_error: what a browser is shown for an address that no page has; None for other addresses.
    """
    app = Flask("fixloop", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    for name, door in doors.items():
        _add_door(app, name, door, refusals)

    @app.get("/")
    def home() -> Response:
        return _plain("Fixloop 售后服务正在运行。请在企业微信或钉钉里使用。\n", 200)

    @app.get("/healthz")
    def healthz() -> Response:
        return _plain("ok\n", 200)

    @app.get("/readyz")
    def readyz() -> Response:
        return _plain("ready\n", 200) if ready() else _plain("not ready\n", 503)

    @app.errorhandler(HTTPException)
    def plainly(error: HTTPException) -> Response:
        return plain_error(error) or page_error(error) or _plain(f"{error.name}\n", error.code or 500)

    return app


def _add_door(app: Flask, name: str, door: WebDoor, refusals: Mapping[type[Exception], int]) -> None:
    def greet() -> Response:
        return _guarded(lambda query: door.greet(query), refusals)

    def accept() -> Response:
        return _guarded(lambda query: door.accept(query, request.get_data(cache=False)), refusals)

    path = f"/{name}/callback"
    app.add_url_rule(path, f"{name}_greet", greet, methods=["GET"])
    app.add_url_rule(path, f"{name}_accept", accept, methods=["POST"])


def _guarded(answer: Callable[[Mapping[str, str]], str], refusals: Mapping[type[Exception], int]) -> Response:
    """Answer 200, the refusal's status, or 500 so that the platform delivers again."""
    query = _single(request.args)
    if query is None:
        return _plain("bad request\n", 400)
    try:
        return _plain(answer(query), 200)
    except HTTPException:
        raise
    except tuple(refusals) as error:
        return _plain("refused\n", refusals[type(error)])
    except Exception:
        log.exception("a callback could not be made durable")
        return _plain("try again\n", 500)


def _single(args: "MultiDict[str, str]") -> dict[str, str] | None:
    """Return the query with one value per field, or None when a field is given twice."""
    if any(len(values) != 1 for _, values in args.lists()):
        return None
    return args.to_dict()


def _plain(body: str, status: int) -> Response:
    return Response(body, status=status, content_type="text/plain; charset=utf-8")
