"""Facts about customers and assets."""

from uuid import UUID

from domain.kernel.messages import Event


class CustomerLevelChanged(Event):
    """A customer is rated anew."""

    customer_id: UUID
    before: str
    after: str
    reason: str

    @property
    def subject_id(self) -> UUID:
        """Return the customer."""
        return self.customer_id


class CustomersMerged(Event):
    """A double became history; all that belonged to it is the survivor's.

    Args:
        moved: how many records of which table changed their customer.
    """

    customer_id: UUID
    into_id: UUID
    double: str
    moved: dict[str, int]

    @property
    def subject_id(self) -> UUID:
        """Return the survivor, whose history this is part of."""
        return self.into_id


class AssetsMerged(Event):
    """A double became history; its service history is the survivor's.

    Args:
        double: its name and serial, for people.
        moved: how many records of which table changed their asset.
    """

    asset_id: UUID
    into_id: UUID
    double: str
    moved: dict[str, int]

    @property
    def subject_id(self) -> UUID:
        """Return the survivor, whose history this is part of."""
        return self.into_id
