"""Handlers of commands about customers and assets: fetch, decide, apply, record."""

from datetime import date

from domain.assets import merging
from domain.assets.commands import ChangeCustomerLevel, EndLabel, LabelAsset, MergeAssets, MergeCustomers
from domain.assets.errors import NoLabel
from domain.assets.events import AssetLabelEnded, AssetLabelled
from domain.assets.model import Asset, AssetLabel, Customer
from domain.assets.ports import AssetUnitOfWork


def merge_customers(cmd: MergeCustomers, uow: AssetUnitOfWork) -> None:
    """Give everything of a double to the survivor; the double stays as history and leads there.

    What the survivor does not know of itself, it learns from the double; what it knows, stays.
    """
    # Both are locked in one order, so that two people who merge the same pair wait instead of blocking.
    first, second = sorted((cmd.customer_id, cmd.into_id))
    locked = {one: uow.customers.lock(one) for one in (first, second)}
    double, survivor = locked[cmd.customer_id], locked[cmd.into_id]
    merging.may_merge_customers(double, survivor, _of_customer(double, survivor, uow))
    moved = uow.customers.move_everything(double.id, survivor.id)
    for column in ("region", "address", "level", "value_note"):
        setattr(survivor, column, getattr(survivor, column) or getattr(double, column))
    if survivor.latitude is None or survivor.longitude is None:
        survivor.latitude, survivor.longitude = double.latitude, double.longitude
    double.merged_into_id = survivor.id
    uow.record(
        merging.customers_merged(double, survivor, actor_id=cmd.actor_id, at=cmd.issued_at, moved=moved)
    )


def merge_assets(cmd: MergeAssets, uow: AssetUnitOfWork) -> None:
    """Give the service history of a double to the survivor; the double's serial leads there."""
    first, second = sorted((cmd.asset_id, cmd.into_id))
    locked = {one: uow.assets.lock(one) for one in (first, second)}
    double, survivor = locked[cmd.asset_id], locked[cmd.into_id]
    merging.may_merge_assets(double, survivor, _of_asset(double, survivor, uow))
    moved = uow.assets.move_everything(double.id, survivor.id)
    for column in ("model", "site", "batch", "kind_code", "made_on", "installed_on", "warranty_until"):
        setattr(survivor, column, getattr(survivor, column) or getattr(double, column))
    if survivor.latitude is None or survivor.longitude is None:
        survivor.latitude, survivor.longitude = double.latitude, double.longitude
    survivor.responsible_id = survivor.responsible_id or double.responsible_id
    survivor.attributes = double.attributes | survivor.attributes
    survivor.nicknames = list(dict.fromkeys((*survivor.nicknames, *double.nicknames)))
    for contract in uow.customers.contracts(survivor.customer_id, date.min):
        contract.covers = merging.covering_instead(contract.covers, double.id, survivor.id)
    double.merged_into_id = survivor.id
    uow.record(merging.assets_merged(double, survivor, actor_id=cmd.actor_id, at=cmd.issued_at, moved=moved))


def change_customer_level(cmd: ChangeCustomerLevel, uow: AssetUnitOfWork) -> None:
    """Rate a customer anew; earlier levels stay in the events."""
    customer = uow.customers.lock(cmd.customer_id)
    event = merging.rate(
        customer,
        level=cmd.level,
        reason=cmd.reason,
        actor_id=cmd.actor_id,
        at=cmd.issued_at,
        name_of_survivor=_of_customer(customer, customer, uow),
    )
    customer.level = event.after
    customer.value_note = event.reason
    uow.record(event)


def label_asset(cmd: LabelAsset, uow: AssetUnitOfWork) -> None:
    """Give a machine a new code; the old one ends, for it may hang somewhere else by now."""
    asset = uow.assets.lock(cmd.asset_id)
    before = uow.assets.label_of(asset.id)
    if before is not None:
        before.ended_at = cmd.issued_at
    uow.assets.add_label(AssetLabel(label=cmd.label, asset_id=asset.id, made_at=cmd.issued_at, ended_at=None))
    uow.record(
        AssetLabelled(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            asset_id=asset.id,
            replaced=before is not None,
        )
    )


def end_label(cmd: EndLabel, uow: AssetUnitOfWork) -> None:
    """Take the code of a machine back.

    Raises:
        NoLabel: it has none.
    """
    asset = uow.assets.lock(cmd.asset_id)
    label = uow.assets.label_of(asset.id)
    if label is None:
        raise NoLabel(asset=asset.name, serial=asset.serial)
    label.ended_at = cmd.issued_at
    uow.record(AssetLabelEnded(occurred_at=cmd.issued_at, actor_id=cmd.actor_id, asset_id=asset.id))


def _of_customer(double: Customer, survivor: Customer, uow: AssetUnitOfWork) -> str:
    merged = double.merged_into_id or survivor.merged_into_id
    return uow.customers.get(merged).name if merged is not None else ""


def _of_asset(double: Asset, survivor: Asset, uow: AssetUnitOfWork) -> str:
    merged = double.merged_into_id or survivor.merged_into_id
    return merging.shown(uow.assets.get(merged)) if merged is not None else ""
