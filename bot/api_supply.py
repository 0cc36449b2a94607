"""The REST API for the systems of suppliers: what they owe us, when it comes, how they keep their word.

Source: docs/reference/rest-api.md.
"""

from contextlib import AbstractContextManager
from datetime import date
from uuid import uuid4

from flask import Response, request, url_for

from bot.api_door import CHANNEL, ApiKey, Door, Refused, answered, checked, json_body
from bot.api_purchases import EVERY_SUPPLIER, ExpectedDate, Shipment, own_purchase, purchase_facts
from bot.ports import BotUnitOfWork, Now, OpenUnitOfWork
from cards.text_desk import API_PAGE, API_PURCHASE_UNKNOWN, API_SUPPLIER_UNKNOWN
from domain.kernel.errors import NotFound
from domain.kernel.localtime import local_day
from domain.parts.model.catalogue import Supplier
from domain.parts.supplier_record import year_before
from domain.policies.supplier_views import record_of

PAGE = 50
LARGEST_PAGE = 100
_STATUS_OF = {"not_permitted": 403, "not_found": 404}


class SupplyApi:
    """What suppliers' systems read and say.

    Args:
        door: lets them in.
        open_uow: how a look is begun.
        now: the clock.
    """

    def __init__(self, door: Door, open_uow: OpenUnitOfWork, now: Now) -> None:
        self._door = door
        self._open_uow = open_uow
        self._now = now

    def purchases(self, code: str) -> Response:
        """Return what was ordered of a supplier and is not complete, a page at a time."""
        key, limit = self._door.caller(of_supplier=True), _limit()
        after = request.args.get("after", "").replace("\x00", "")
        with self._look() as uow:
            supplier, today = _supplier(key, code, uow), self._today()
            found = uow.suppliers.awaited(supplier.id, after, limit + 1)
            shown = found[:limit]
            following = None
            if len(found) > limit:
                following = url_for("api.purchases", code=code, after=shown[-1].number, limit=limit)
            facts = [purchase_facts(one, today, uow) for one in shown]
            return answered(200, {"purchases": facts, "next": following})

    def purchase(self, number: str) -> Response:
        """Return one purchase."""
        key = self._door.caller(of_supplier=True)
        with self._look() as uow:
            named = uow.supply.purchase_numbered(number.replace("\x00", ""))
            try:
                found = own_purchase(named, number, key.supplier, uow)
            except NotFound:
                raise Refused(404, "not_found", API_PURCHASE_UNKNOWN) from None
            return answered(200, purchase_facts(found, self._today(), uow))

    def on_time(self, code: str) -> Response:
        """Return how a supplier kept their word within a year."""
        key = self._door.caller(of_supplier=True)
        with self._look() as uow:
            supplier, today = _supplier(key, code, uow), self._today()
            record = record_of(supplier.id, today, uow)
            figures = {
                "supplier": supplier.code,
                "name": supplier.name,
                "since": year_before(today).isoformat(),
                "until": today.isoformat(),
                "purchases": record.purchases,
                "on_time": record.on_time,
                "on_time_percent": record.on_time_percent,
                "average_late_days": record.average_late_d,
                "late_now": record.late_now,
            }
            return answered(200, figures)

    def expect(self, number: str) -> Response:
        """Take in on which day a purchase arrives: as it is expected already, or another one."""
        key = self._door.caller(of_supplier=True)
        expected = checked(json_body(), ExpectedDate)
        return self._say(key, {"act": "expect", "number": number, "expected": expected})

    def ship(self, number: str) -> Response:
        """Take in that pieces are on their way."""
        key = self._door.caller(of_supplier=True)
        shipment = checked(json_body(), Shipment)
        return self._say(key, {"act": "ship", "number": number, "shipment": shipment})

    def _say(self, key: ApiKey, body: dict[str, object]) -> Response:
        found = self._door.deliver(key, {**body, "supplier": key.supplier}, "purchase", _STATUS_OF)
        if isinstance(found, Response):
            return found
        return answered(201 if found.first else 200, found.view["purchase"])

    def _look(self) -> AbstractContextManager[BotUnitOfWork]:
        return self._open_uow(now=self._now(), channel=CHANNEL, correlation_id=str(uuid4()))

    def _today(self) -> date:
        return local_day(self._now())


def _supplier(key: ApiKey, code: str, uow: BotUnitOfWork) -> Supplier:
    """Return the supplier of a code, if the key is for them; anybody else does not exist."""
    found = uow.suppliers.by_code(code.replace("\x00", ""))
    if found is None or key.supplier not in (EVERY_SUPPLIER, found.code):
        raise Refused(404, "not_found", API_SUPPLIER_UNKNOWN)
    return found


def _limit() -> int:
    given = request.args.get("limit", str(PAGE))
    if not given.isascii() or not given.isdecimal() or len(given) > 3 or not 1 <= int(given) <= LARGEST_PAGE:
        raise Refused(422, "request_invalid", API_PAGE, fields={"limit": f"1–{LARGEST_PAGE}"})
    return int(given)
