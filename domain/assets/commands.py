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


class LabelAsset(Command):
    """Give a machine a code that leads to its report page; an earlier code of it ends.

    Args:
        label: drawn by chance by whoever asks, so that nobody guesses one.
    """

    asset_id: UUID
    label: str = Field(pattern="^[A-Za-z0-9_-]{20,40}$")


class EndLabel(Command):
    """Take the code of a machine back: whoever scans it is told that it leads nowhere any more."""

    asset_id: UUID
