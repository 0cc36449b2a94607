"""Wishes about work orders."""

from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Command


class RegisterWorkOrder(Command):
    """A customer reports a fault in their own words.

    Args:
        description: the words at full length.
        origin: the address of the chat they were said in; receipts and news go there.
        source_key: the delivery the words came in; one delivery makes at most one work order.
    """

    work_order_id: UUID
    requester_id: UUID
    customer_id: UUID | None
    asset_id: UUID | None = None
    region: str = ""
    description: str = Field(min_length=1)
    origin: str
    source_key: str


class OfferWorkOrder(Command):
    """Ask one technician to take the work order on; decided by the pool rule or by a dispatcher."""

    work_order_id: UUID
    technician_id: UUID
    expires_at: AwareDatetime
    reason: str


class LeaveUnassigned(Command):
    """The pool rule found nobody to ask."""

    work_order_id: UUID


class AcceptWorkOrder(Command):
    """A technician takes on a work order that was offered to them.

    Args:
        seen_version: the version the pressed card showed; None for words, which carry none.
    """

    work_order_id: UUID
    seen_version: int | None = None


class DeclineWorkOrder(Command):
    """A technician turns an offer down and says why."""

    work_order_id: UUID
    reason: str
    seen_version: int | None = None


class ExpireOffer(Command):
    """The clock found an offer nobody answered."""

    work_order_id: UUID


class ExtendOffer(Command):
    """The clock found an offer whose card the technician could not have seen."""

    work_order_id: UUID
    expires_at: AwareDatetime


class CancelWorkOrder(Command):
    """The requester or the service desk does not want the work order any more."""

    work_order_id: UUID
    reason: str
    by_desk: bool


class AddWorkOrderNote(Command):
    """Somebody adds something to an open work order."""

    work_order_id: UUID
    kind: str
    text: str
    media_ref: str = ""
