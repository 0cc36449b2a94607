"""Customers and their machines."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from adapters.storage.moving import move_references
from domain.assets.keys import PART_LENGTH, plain_key, plate_key
from domain.assets.model import GOOD_LABEL, Asset, AssetKind, AssetLabel, Contract, Customer, CustomerPart
from domain.assets.ports import Known
from domain.kernel.errors import NotFound

LAST_CHARACTER = "\U0010ffff"
PARTS_READ = 200
"""Endings of names that one search looks at; a word that is in more names than that says too little."""

T = TypeVar("T", Customer, Asset)

_SERIAL = select(Asset).where(Asset.serial_key == bindparam("key")).limit(2)
_NAMED = (
    select(CustomerPart.customer_id)
    .where(CustomerPart.part >= bindparam("begin"), CustomerPart.part < bindparam("end"))
    .order_by(CustomerPart.part)
    .limit(PARTS_READ)
)


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

    def read(self, customer_ids: Collection[UUID]) -> None:
        """Read several customers at once, so that `get` has them already."""
        query = select(Customer).where(Customer.id.in_(customer_ids))
        self._held |= {one.id: one for one in self._session.execute(query).scalars()}

    def lock(self, customer_id: UUID) -> Customer:
        """Return one customer as it is now, locked until the transaction ends."""
        found = _locked(self._session, Customer, customer_id)
        if found is None:
            raise NotFound(what="客户")
        self._held[customer_id] = found
        return found

    def by_code(self, code: str) -> Customer | None:
        """Return the customer with exactly this code, or None."""
        found = self._session.execute(select(Customer).where(Customer.code == code)).scalar_one_or_none()
        return self._survivor(found) if found is not None else None

    def named(self, text: str, limit: int) -> Sequence[Customer]:
        """Return customers whose code begins with the text or whose name has it, best match first."""
        key = plain_key(text)
        if not key:
            return []
        begin = key[:PART_LENGTH]
        # In two steps: joined, PostgreSQL would rather read all customers once.
        ids = set(self._session.scalars(_NAMED, {"begin": begin, "end": begin + LAST_CHARACTER}))
        found = self._session.scalars(select(Customer).where(Customer.id.in_(ids))) if ids else ()
        fitting = [one for one in found if key in plain_key(one.name) or plain_key(one.code).startswith(key)]
        fitting.sort(key=lambda one: _closeness(one, key))
        survivors = {one.id: one for one in map(self._survivor, fitting)}
        return list(survivors.values())[:limit]

    def add(self, customer: Customer) -> None:
        """Keep a new customer."""
        self._session.add(customer)
        self._held[customer.id] = customer

    def contracts(self, customer_id: UUID, ends_from: date) -> Sequence[Contract]:
        """Return the contracts that end on this day or later, the one that ends last first."""
        query = select(Contract).where(Contract.customer_id == customer_id, Contract.ends_on >= ends_from)
        return self._session.execute(query.order_by(Contract.ends_on.desc(), Contract.number)).scalars().all()

    def move_everything(self, customer_id: UUID, into_id: UUID) -> Mapping[str, int]:
        """Point all that belongs to one customer at another."""
        return move_references(self._session, Customer, customer_id, into_id)

    def _survivor(self, customer: Customer) -> Customer:
        return self.get(customer.merged_into_id) if customer.merged_into_id is not None else customer


class SqlAssets:
    """The assets port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, asset_id: UUID) -> Asset:
        """Return one asset, or raise NotFound."""
        asset = self._session.get(Asset, asset_id)
        if asset is None:
            raise NotFound(what="设备")
        return asset

    def lock(self, asset_id: UUID) -> Asset:
        """Return one asset as it is now, locked until the transaction ends."""
        found = _locked(self._session, Asset, asset_id)
        if found is None:
            raise NotFound(what="设备")
        return found

    def by_serial(self, serial: str, customer_id: UUID) -> Asset | None:
        """Return this customer's asset with the serial, or None."""
        asset = self.with_serial(serial)
        return asset if asset is not None and asset.customer_id == customer_id else None

    def with_serial(self, serial: str) -> Asset | None:
        """Return whoever's asset with the serial; the exact spelling wins over one that only looks alike."""
        key = plain_key(serial)
        found = self._session.execute(_SERIAL, {"key": key}).scalars().all() if key else []
        exact = [one for one in found if one.serial == serial] or found
        return self._survivor(exact[0]) if len(exact) == 1 else None

    def by_plate(self, plate: str) -> Asset | None:
        """Return the vehicle with this plate; None when unknown or not unique."""
        key = plate_key(plate)
        if not key:
            return None
        query = select(Asset).where(Asset.plate_key == key, Asset.merged_into_id.is_(None)).limit(2)
        found = self._session.execute(query).scalars().all()
        return found[0] if len(found) == 1 else None

    def of_customer(self, customer_id: UUID, limit: int) -> Sequence[Asset]:
        """Return a customer's assets by name, without merged ones."""
        query = select(Asset).where(Asset.customer_id == customer_id, Asset.merged_into_id.is_(None))
        return self._session.execute(query.order_by(Asset.name, Asset.serial).limit(limit)).scalars().all()

    def known_assets(self, customer_id: UUID, limit: int) -> Sequence[Known]:
        """Return a customer's assets as the reader of their words needs them."""
        assets = self.of_customer(customer_id, limit)
        codes = {one.kind_code for one in assets if one.kind_code is not None}
        kinds = {code: self._session.get(AssetKind, code) for code in codes}
        return [_known(one, kinds.get(one.kind_code or "")) for one in assets]

    def kind_of(self, asset_id: UUID | None) -> AssetKind | None:
        """Return what kind of thing an asset is, or None when nobody said."""
        asset = self._session.get(Asset, asset_id) if asset_id is not None else None
        if asset is None or asset.kind_code is None:
            return None
        return self._session.get(AssetKind, asset.kind_code)

    def name_of(self, asset_id: UUID | None) -> str:
        """Return the asset's name and serial, or an empty text."""
        asset = self._session.get(Asset, asset_id) if asset_id is not None else None
        return f"{asset.name}（{asset.serial}）" if asset is not None else ""

    def move_everything(self, asset_id: UUID, into_id: UUID) -> Mapping[str, int]:
        """Point all that is about one asset at another."""
        return move_references(self._session, Asset, asset_id, into_id)

    def of_label(self, label: str) -> UUID | None:
        """Return which asset the code on a machine leads to, or None once it was taken back."""
        found = self._session.get(AssetLabel, label)
        if found is None or found.ended_at is not None:
            return None
        return self._survivor(self.get(found.asset_id)).id

    def label_of(self, asset_id: UUID) -> AssetLabel | None:
        """Return the code that leads to an asset, or None."""
        query = select(AssetLabel).where(AssetLabel.asset_id == asset_id, GOOD_LABEL)
        return self._session.execute(query).scalar_one_or_none()

    def add_label(self, label: AssetLabel) -> None:
        """Keep a new code, after the end of the one before is written: a machine has one good code."""
        self._session.flush()
        self._session.add(label)

    def _survivor(self, asset: Asset) -> Asset:
        return self.get(asset.merged_into_id) if asset.merged_into_id is not None else asset


def _locked(session: Session, model: type[T], key: UUID) -> T | None:
    return session.get(model, key, with_for_update=True, populate_existing=True)


def _closeness(customer: Customer, key: str) -> tuple[bool, bool, str, str]:
    name = plain_key(customer.name)
    exact = key in (name, plain_key(customer.code))
    return not exact, not name.startswith(key), customer.name, customer.code


def _known(asset: Asset, kind: AssetKind | None) -> Known:
    spoken = (kind.name, *kind.spoken_names) if kind is not None else ()
    return Known(
        asset_id=asset.id,
        names=tuple(dict.fromkeys((asset.name, *asset.nicknames, *spoken))),
        device_type=kind.name if kind is not None else "",
        model=asset.model,
        serial=asset.serial,
    )
