"""Wishes about who is asked next."""

from uuid import UUID

from pydantic import Field

from domain.kernel.messages import Command


class DispatchWorkOrder(Command):
    """The clock found a work order that nobody has, or whose offer ran out.

    Args:
        offer_timeout_s: how long a technician has to answer where no rule says otherwise.
        choice_timeout_s: how long a dispatcher has to choose among recommended technicians.
    """

    work_order_id: UUID
    offer_timeout_s: int = Field(ge=1)
    choice_timeout_s: int = Field(default=600, ge=1)
