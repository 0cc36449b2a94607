"""What the assets area needs of storage."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from domain.assets.model import Asset, AssetKind, AssetLabel, Contract, Customer
from domain.kernel.ports import UnitOfWork


@dataclass(frozen=True)
class Known:
    """One of a customer's assets, as the reader of their words needs it.

    Args:
        names: its name and nicknames, and what people say for its kind.
        device_type: the name of its kind, or empty.
    """

    asset_id: UUID
    names: tuple[str, ...]
    device_type: str
    model: str
    serial: str


class Customers(Protocol):
    """The customers we serve."""

    def get(self, customer_id: UUID) -> Customer:
        """Return one customer.

        Raises:
            NotFound: no customer has this id.
        """

    def read(self, customer_ids: Collection[UUID]) -> None:
        """Read several customers at once, so that `get` has them already."""

    def lock(self, customer_id: UUID) -> Customer:
        """Return one customer as it is now; nobody else changes it until the transaction ends.

        Raises:
            NotFound: no customer has this id.
        """

    def by_code(self, code: str) -> Customer | None:
        """Return the customer with exactly this code, or None; a merged one is its survivor."""

    def named(self, text: str, limit: int) -> Sequence[Customer]:
        """Return customers whose code begins with the text or whose name has it, best match first.

        Merged ones are their survivors.
        """

    def add(self, customer: Customer) -> None:
        """Keep a new customer."""

    def contracts(self, customer_id: UUID, ends_from: date) -> Sequence[Contract]:
        """Return the contracts that end on this day or later, the one that ends last first."""

    def move_everything(self, customer_id: UUID, into_id: UUID) -> Mapping[str, int]:
        """Point all that belongs to one customer at another; return how many records of which table."""


class Assets(Protocol):
    """The machines in the field."""

    def get(self, asset_id: UUID) -> Asset:
        """Return one asset.

        Raises:
            NotFound: no asset has this id.
        """

    def lock(self, asset_id: UUID) -> Asset:
        """Return one asset as it is now; nobody else changes it until the transaction ends.

        Raises:
            NotFound: no asset has this id.
        """

    def by_serial(self, serial: str, customer_id: UUID) -> Asset | None:
        """Return this customer's asset with the serial, or None; another customer's is None too."""

    def with_serial(self, serial: str) -> Asset | None:
        """Return whoever's asset with the serial, however it is spelled; a merged one is its survivor."""

    def by_plate(self, plate: str) -> Asset | None:
        """Return the vehicle with this plate, however it is spelled; None when unknown or not unique."""

    def of_customer(self, customer_id: UUID, limit: int) -> Sequence[Asset]:
        """Return a customer's assets by name, without merged ones."""

    def known_assets(self, customer_id: UUID, limit: int) -> Sequence[Known]:
        """Return a customer's assets as the reader of their words needs them, without merged ones."""

    def kind_of(self, asset_id: UUID | None) -> AssetKind | None:
        """Return what kind of thing an asset is, or None when nobody said."""

    def name_of(self, asset_id: UUID | None) -> str:
        """Return the asset's name and serial for people, or an empty text for None."""

    def move_everything(self, asset_id: UUID, into_id: UUID) -> Mapping[str, int]:
        """Point all that is about one asset at another; return how many records of which table."""

    def of_label(self, label: str) -> UUID | None:
        """Return which asset the code on a machine leads to; None once it was taken back.

        A merged asset is its survivor.
        """

    def label_of(self, asset_id: UUID) -> AssetLabel | None:
        """Return the code that leads to an asset, or None."""

    def add_label(self, label: AssetLabel) -> None:
        """Keep a new code."""


class AssetUnitOfWork(UnitOfWork, Protocol):
    """One transaction over customers and assets."""

    @property
    def customers(self) -> Customers:
        """Return the customers we serve."""

    @property
    def assets(self) -> Assets:
        """Return the machines in the field."""
