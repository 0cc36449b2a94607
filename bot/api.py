"""The REST API for requests: what is let in goes the way of every other delivery.

Source: docs/reference/rest-api.md.
"""

from typing import Final
from uuid import uuid4

from flask import Blueprint, Flask, Response, request, url_for
from werkzeug.exceptions import HTTPException

from bot.api_door import CHANNEL, Door, Refused, answered, checked, guarded, json_body
from bot.api_requests import ApiRequest
from bot.api_supply import SupplyApi
from bot.ports import Now, OpenUnitOfWork
from cards.text import STATUS_LABEL
from cards.text_desk import API_FAILED, API_METHOD, API_NOT_FOUND, API_TOO_LARGE
from domain.workorder.errors import RequestIncomplete
from domain.workorder.request import MISSING

PREFIX: Final = "/api/"
_REQUIRED = frozenset(MISSING)
_STATUS_OF = {"not_permitted": 403}


class Api:
    """Requests from other systems.

    Args:
        door: lets them in.
        open_uow: how a look at a work order is begun.
        now: the clock.
    """

    def __init__(self, door: Door, open_uow: OpenUnitOfWork, now: Now) -> None:
        self._door = door
        self._open_uow = open_uow
        self._now = now

    def register(self) -> Response:
        """Take in one request and answer with its number; a repeat gets the same answer."""
        key = self._door.caller(of_supplier=False)
        found = self._door.deliver(key, _body(), "request", _STATUS_OF)
        if isinstance(found, Response):
            return found
        number = str(found.view["number"])
        path = url_for("api.status", number=number)
        duplicates = found.view.get("possible_duplicates", [])
        body = {"number": number, "status_url": path, "possible_duplicates": duplicates}
        response = answered(201 if found.first else 200, body)
        response.headers["Location"] = path
        return response

    def status(self, number: str) -> Response:
        """Return where a work order stands that this key registered; anybody else's does not exist."""
        name = self._door.caller(of_supplier=False).name
        with self._open_uow(now=self._now(), channel=CHANNEL, correlation_id=str(uuid4())) as uow:
            order = uow.work_orders.by_number(number)
            if order is None or not order.source_key.startswith(f"{CHANNEL}:{name}:"):
                raise Refused(404, "not_found", API_NOT_FOUND)
            return answered(
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


def add_api(app: Flask, api: Api, supply: SupplyApi) -> None:
    """Add the API's addresses; every error of theirs is JSON."""
    pages = Blueprint("api", __name__, url_prefix="/api/v1")
    pages.add_url_rule("/requests", "register", guarded(api.register), methods=["POST"])
    pages.add_url_rule("/requests/<number>", "status", guarded(api.status), methods=["GET"])
    supplier, purchase = "/suppliers/<code>", "/purchases/<number>"
    pages.add_url_rule(f"{supplier}/purchases", "purchases", guarded(supply.purchases), methods=["GET"])
    pages.add_url_rule(f"{supplier}/on-time", "on_time", guarded(supply.on_time), methods=["GET"])
    pages.add_url_rule(purchase, "purchase", guarded(supply.purchase), methods=["GET"])
    pages.add_url_rule(f"{purchase}/expected-date", "expected", guarded(supply.expect), methods=["POST"])
    pages.add_url_rule(f"{purchase}/shipments", "shipments", guarded(supply.ship), methods=["POST"])
    app.register_blueprint(pages)


def plain_error(error: HTTPException) -> Response | None:
    """Return the JSON for an address or a method the API does not have; None for other addresses."""
    if not request.path.startswith(PREFIX):
        return None
    code = (error.name or "error").lower().replace(" ", "_")
    message = {404: API_NOT_FOUND, 405: API_METHOD, 413: API_TOO_LARGE}.get(error.code or 500, API_FAILED)
    return answered(error.code or 500, {"code": code, "message": message, "fields": {}})


def _body() -> dict[str, object]:
    """Return the checked request as JSON values.

    Raises:
        Refused: it is no JSON object, or a field is missing or wrong.
    """
    given = json_body()
    missing = [name for name in sorted(_REQUIRED) if not str(given.get(name) or "").strip()]
    if missing:
        said = RequestIncomplete(missing="、".join(MISSING[name] for name in missing))
        fields = {name: f"必填：{MISSING[name]}" for name in missing}
        raise Refused(422, said.code, said.message, fields=fields)
    return checked(given, ApiRequest)
