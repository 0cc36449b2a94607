"""What a supplier's system says about a purchase: the same inbox, bus and policies as words in a chat."""

import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from adapters.inbound import Answer, RequestContent
from bot.api_requests import ANSWERED
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said
from domain.kernel.bus import Bus
from domain.kernel.errors import NotFound
from domain.kernel.localtime import local_day
from domain.kernel.messages import Message
from domain.parts.commands import LARGEST
from domain.parts.ledger import quantity_words
from domain.parts.model.supply import Purchase
from domain.parts.supply_commands import PlaceOrder, ReportShipment
from domain.policies.supply_people import SYSTEM
from domain.policies.supply_purchases import locked_purchase

EVERY_SUPPLIER = "*"
_Line = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Day = Annotated[date, Field(strict=True)]


class ExpectedDate(Message):
    """The day on which the supplier says a purchase arrives."""

    expected_on: Day


class Shipment(Message):
    """Pieces that are on their way.

    Args:
        expected_on: when they arrive, where that changed too.
    """

    quantity: Annotated[Decimal, Field(gt=0, le=LARGEST, decimal_places=3)]
    carrier: Annotated[_Line, Field(max_length=60)] = ""
    waybill: Annotated[_Line, Field(min_length=1, max_length=100)]
    expected_on: Day | None = None


class PurchaseSaid(Message):
    """One thing a supplier's system says about a purchase, as it waits in the inbox.

    Args:
        act: what it does.
        number: which purchase.
        supplier: whose purchases the key is for, by code, or `*`.
    """

    act: Literal["expect", "ship"]
    number: str
    supplier: str
    expected: ExpectedDate | None = None
    shipment: Shipment | None = None


class SupplierWishes:
    """Does what suppliers' systems say."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def take(self, said: Said, content: RequestContent, uow: BotUnitOfWork) -> Outcome:
        """Keep the day or the shipment, and answer with the purchase as it is then.

        Raises:
            NotFound: there is no such purchase, or it is another supplier's.
            PurchaseWrong: it is not open any more.
            DatePast, DateFar: on such a day nothing can arrive.
            QuantityWrong, MoreShipped: so many cannot be.
        """
        asked = PurchaseSaid.model_validate_json(json.dumps(content.body))
        found = uow.supply.purchase_numbered(asked.number)
        purchase = locked_purchase(found.id, uow) if found is not None else None
        purchase = own_purchase(purchase, asked.number, asked.supplier, uow)
        if asked.expected is not None:
            self._expect(said, purchase, asked.expected.expected_on, uow)
        if asked.shipment is not None:
            self._ship(said, purchase, asked.shipment, uow)
        view: dict[str, Any] = {"nonce": content.nonce, "digest": content.digest}
        view["purchase"] = purchase_facts(purchase, local_day(said.at), uow)
        return Outcome(answer=Answer(card=ANSWERED, view=view))

    def _expect(self, said: Said, purchase: Purchase, day: date, uow: BotUnitOfWork) -> None:
        via = said.inbound.sender.user_id
        command = PlaceOrder(purchase_id=purchase.id, expected_on=day, via=via, **said.cause(SYSTEM))
        self._bus.handle(command, uow)

    def _ship(self, said: Said, purchase: Purchase, shipment: Shipment, uow: BotUnitOfWork) -> None:
        if shipment.expected_on is not None and shipment.expected_on != purchase.expected_on:
            self._expect(said, purchase, shipment.expected_on, uow)
        command = ReportShipment(
            purchase_id=purchase.id,
            quantity=shipment.quantity,
            shipment=" ".join(filter(None, (shipment.carrier, shipment.waybill))),
            via=said.inbound.sender.user_id,
            **said.cause(SYSTEM),
        )
        self._bus.handle(command, uow)


def own_purchase(purchase: Purchase | None, number: str, supplier: str, uow: BotUnitOfWork) -> Purchase:
    """Return a purchase, if a supplier was told of it.

    Args:
        number: how it was named.
        supplier: the supplier's code, or `*` for every supplier.

    Raises:
        NotFound: there is none, it is not ordered yet, or it is another supplier's; all look alike.
    """
    if purchase is None or purchase.supplier_id is None or purchase.ordered_on is None:
        raise NotFound(what=f"采购 {number}")
    if supplier not in (EVERY_SUPPLIER, uow.parts.supplier(purchase.supplier_id).code):
        raise NotFound(what=f"采购 {number}")
    return purchase


def purchase_facts(purchase: Purchase, today: date, uow: BotUnitOfWork) -> dict[str, Any]:
    """Return what a supplier is told of a purchase: nothing about prices, jobs or people."""
    part = uow.parts.get(purchase.part_id)
    open_still = purchase.state == "ordered"
    return {
        "number": purchase.number,
        "supplier": uow.parts.supplier(purchase.supplier_id).code if purchase.supplier_id else "",
        "state": purchase.state,
        "part": {"code": part.code, "name": part.name, "spec": part.spec, "unit": part.unit},
        "place": uow.parts.place(purchase.place_id).name,
        "quantity": quantity_words(purchase.quantity),
        "received": quantity_words(purchase.received),
        "missing": quantity_words(purchase.quantity - purchase.received),
        "shipped": quantity_words(purchase.shipped),
        "shipment": purchase.shipment,
        "ordered_on": _iso(purchase.ordered_on),
        "promised_on": _iso(purchase.promised_on),
        "expected_on": _iso(purchase.expected_on),
        "late": open_still and purchase.promised_on is not None and purchase.promised_on < today,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
