"""Facts that keep the stock right: what ran low, what was bought, what was counted."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.messages import Event


class StockLow(Event):
    """A part crossed its safety stock at a place."""

    rule_id: UUID
    part_id: UUID
    place_id: UUID
    below: Decimal
    quantity: Decimal
    order_quantity: Decimal

    @property
    def subject_id(self) -> UUID:
        """Return the rule."""
        return self.rule_id


class StockRefilled(StockLow):
    """It is not low any more; the next crossing alerts again."""


class StockRuleSet(Event):
    """Somebody said when a part is low at a place."""

    rule_id: UUID
    part_id: UUID
    place_id: UUID
    below: Decimal
    order_quantity: Decimal

    @property
    def subject_id(self) -> UUID:
        """Return the rule."""
        return self.rule_id


class PurchaseEvent(Event):
    """Something happened to a purchase."""

    purchase_id: UUID
    part_id: UUID
    place_id: UUID
    work_order_id: UUID | None = None

    @property
    def subject_id(self) -> UUID:
        """Return the purchase."""
        return self.purchase_id


class PurchaseRequested(PurchaseEvent):
    """Somebody, or a rule, wants a part bought."""

    quantity: Decimal
    rule_id: UUID | None = None


class PurchaseApproved(PurchaseEvent):
    """It may be ordered."""


class PurchaseRefused(PurchaseEvent):
    """It may not, or was withdrawn."""

    outcome: str


class PurchaseOrdered(PurchaseEvent):
    """It was ordered, or its date is another one now.

    Args:
        via: the system through which the supplier said so; empty where one of us did.
    """

    expected_on: date
    before_on: date | None = None
    via: str = ""


class PurchaseShipped(PurchaseEvent):
    """Pieces of it are on their way."""

    quantity: Decimal
    shipment: str
    via: str = ""


class PurchaseReceived(PurchaseEvent):
    """Pieces arrived; `complete` says that nothing is missing."""

    quantity: Decimal
    complete: bool


class PurchaseEnded(PurchaseEvent):
    """What is missing will not come."""

    reason: str


class PurchaseReminded(PurchaseEvent):
    """Somebody has to go on with it: order it, or ask where it is."""

    state: str


class CountEvent(Event):
    """Something happened to a stock count."""

    count_id: UUID
    place_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return the count."""
        return self.count_id


class CountStarted(CountEvent):
    """The books of a place were frozen for comparison."""


class CountSubmitted(CountEvent):
    """It is done, with so many differences worth so much."""

    differences: int
    value_fen: int


class CountPosted(CountEvent):
    """Its differences are in the books."""

    differences: int
    value_fen: int


class CountEnded(CountEvent):
    """Nothing of it was posted (`refused`, `cancelled`)."""

    outcome: str
