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


class AssetLabelled(Event):
    """A machine has a new code; the code itself stays out of the history, for it is a key.

    Args:
        replaced: it had another one, which leads nowhere any more.
    """

    asset_id: UUID
    replaced: bool

    @property
    def subject_id(self) -> UUID:
        """Return the asset."""
        return self.asset_id


class AssetLabelEnded(Event):
    """The code of a machine was taken back."""

    asset_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return the asset."""
        return self.asset_id


class ReportedByLabel(Event):
    """Somebody reported a fault by the code of a machine."""

    asset_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return the asset."""
        return self.asset_id
