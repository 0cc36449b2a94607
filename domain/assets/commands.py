"""Wishes about customers and assets."""

from uuid import UUID

from pydantic import Field

from domain.kernel.messages import Command


class MergeCustomers(Command):
    """The service desk found that two customers are one; the survivor keeps its own facts.

    Args:
        customer_id: the double, which becomes history.
        into_id: the survivor, which gets contacts, contracts, assets and work orders.
    """

    customer_id: UUID
    into_id: UUID


class MergeAssets(Command):
    """The service desk found that two assets of one customer are one machine.

    Args:
        asset_id: the double, which becomes history.
        into_id: the survivor, which gets the service history.
    """

    asset_id: UUID
    into_id: UUID


class ChangeCustomerLevel(Command):
    """Somebody rates a customer anew and says why."""

    customer_id: UUID
    level: str = Field(max_length=50)
    reason: str = Field(min_length=1, max_length=500)
