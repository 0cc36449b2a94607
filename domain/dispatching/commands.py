"""Wishes about who is asked next."""

from uuid import UUID

from pydantic import Field

from domain.kernel.messages import Command


class DispatchWorkOrder(Command):
    """The clock found a work order that nobody has, or whose offer ran out."""

    work_order_id: UUID
    offer_timeout_s: int = Field(ge=1)
