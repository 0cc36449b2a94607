"""What the assets area needs of storage."""

from typing import Protocol
from uuid import UUID

from domain.assets.model import Asset, Customer
from domain.kernel.ports import UnitOfWork


class Customers(Protocol):
    """The customers we serve."""

    def get(self, customer_id: UUID) -> Customer:
        """Return one customer.

        Raises:
            NotFound: no customer has this id.
        """


class Assets(Protocol):
    """The machines in the field."""

    def by_serial(self, serial: str, customer_id: UUID) -> Asset | None:
        """Return this customer's asset with the serial, or None; another customer's is None too."""

    def name_of(self, asset_id: UUID | None) -> str:
        """Return the asset's name and serial for people, or an empty text for None."""


class AssetUnitOfWork(UnitOfWork, Protocol):
    """One transaction over customers and assets."""

    @property
    def customers(self) -> Customers:
        """Return the customers we serve."""

    @property
    def assets(self) -> Assets:
        """Return the machines in the field."""
