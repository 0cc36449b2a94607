"""Customers and their machines."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.assets.model import Asset, Customer
from domain.kernel.errors import NotFound


class SqlCustomers:
    """The customers port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # The session keeps only what somebody holds; every policy would read the customer again.
        self._held: dict[UUID, Customer] = {}

    def get(self, customer_id: UUID) -> Customer:
        """Return one customer, or raise NotFound."""
        if customer_id not in self._held:
            customer = self._session.get(Customer, customer_id)
            if customer is None:
                raise NotFound(what="客户")
            self._held[customer_id] = customer
        return self._held[customer_id]


class SqlAssets:
    """The assets port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_serial(self, serial: str, customer_id: UUID) -> Asset | None:
        """Return this customer's asset with the serial, or None."""
        query = select(Asset).where(Asset.serial == serial, Asset.customer_id == customer_id)
        return self._session.execute(query).scalar_one_or_none()

    def name_of(self, asset_id: UUID | None) -> str:
        """Return the asset's name and serial, or an empty text."""
        asset = self._session.get(Asset, asset_id) if asset_id is not None else None
        return f"{asset.name}（{asset.serial}）" if asset is not None else ""
