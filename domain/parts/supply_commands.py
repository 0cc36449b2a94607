"""Wishes that keep the stock right: corrections, counts, reorder rules and purchases."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.kernel.messages import Command
from domain.parts.commands import LARGEST, REASON_LIMIT, Amount, Lot

Counted = Annotated[Decimal, Field(ge=0, le=LARGEST, decimal_places=3)]
SHIPMENT_LIMIT = 200
Price = Annotated[int, Field(ge=0, le=10**11)]


class AdjustStock(Command):
    """Somebody with the right corrects the books, and says why.

    Args:
        quantity: so many more; fewer where it is negative.
    """

    part_id: UUID
    place_id: UUID
    quantity: Decimal = Field(ge=-LARGEST, le=LARGEST, decimal_places=3)
    lot: Lot = ""
    reason: str = Field(min_length=1, max_length=REASON_LIMIT)


class ScrapParts(Command):
    """A storekeeper throws pieces away, and says why."""

    part_id: UUID
    place_id: UUID
    quantity: Amount
    lot: Lot = ""
    reason: str = Field(min_length=1, max_length=REASON_LIMIT)


class StartCount(Command):
    """A storekeeper begins to count a place; the books are frozen for comparison."""

    count_id: UUID
    place_id: UUID


class CountCommand(Command):
    """Somebody does something with a running count."""

    count_id: UUID


class EnterCount(CountCommand):
    """So many were found; said again, the newer number counts."""

    part_id: UUID
    quantity: Counted
    lot: Lot = ""


class SubmitCount(CountCommand):
    """The count is done; its differences wait for approval, none of them are posted at once."""


class CancelCount(CountCommand):
    """The count was for nothing; nothing is posted."""


class SetStockRule(Command):
    """Somebody with the right says when a part is low at a place, and how many are bought then.

    Args:
        below: 0 ends the rule.
        order_quantity: 0 only alerts.
    """

    part_id: UUID
    place_id: UUID
    below: Counted
    order_quantity: Counted = Decimal(0)


class RequestPurchase(Command):
    """Somebody wants a part bought.

    Args:
        work_order_id: the job that waits for it.
        rule_id: the reorder rule that asks.
    """

    purchase_id: UUID
    part_id: UUID
    place_id: UUID
    quantity: Amount
    work_order_id: UUID | None = None
    rule_id: UUID | None = None
    reason: str = Field(default="", max_length=REASON_LIMIT)


class PurchaseCommand(Command):
    """Somebody does something with a purchase."""

    purchase_id: UUID


class PlaceOrder(PurchaseCommand):
    """It was ordered; or its date or supplier is another one now.

    Args:
        price_fen: what one costs; None leaves it as it is.
        via: the system through which the supplier said so; empty where one of us did.
    """

    supplier_id: UUID | None = None
    expected_on: date
    price_fen: Price | None = None
    via: str = ""


class ReportShipment(PurchaseCommand):
    """Pieces of a purchase are on their way to us.

    Args:
        shipment: who carries them, and the number of the consignment.
        via: the system through which the supplier said so; empty where one of us did.
    """

    quantity: Amount
    shipment: str = Field(min_length=1, max_length=SHIPMENT_LIMIT)
    via: str = ""


class ReceivePurchase(PurchaseCommand):
    """Pieces of a purchase arrived.

    Args:
        lots: the serials, one for each piece, or the one batch, of a part whose pieces are told apart.
        price_fen: what one of these cost; None is what was ordered for.
    """

    quantity: Amount
    lots: tuple[Lot, ...] = ()
    price_fen: Price | None = None


class EndPurchase(PurchaseCommand):
    """What is still missing will not come, or is not wanted any more."""

    reason: str = Field(min_length=1, max_length=REASON_LIMIT)


class ReviewPurchase(PurchaseCommand):
    """The clock looks at a purchase that somebody has to go on with."""
