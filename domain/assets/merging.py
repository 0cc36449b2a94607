"""Decisions about doubles and levels; they read, refuse or return an event, and change nothing."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from domain.assets.errors import AlreadyMerged, CannotMergeWithItself, DifferentOwners, LevelUnchanged
from domain.assets.events import AssetsMerged, CustomerLevelChanged, CustomersMerged
from domain.assets.model import Asset, Customer

NO_LEVEL = "未定级"


def may_merge_customers(double: Customer, survivor: Customer, name_of_survivor: str) -> None:
    """Refuse a merge that makes no sense.

    Args:
        name_of_survivor: of whatever one of the two is merged into already.

    Raises:
        CannotMergeWithItself: both are the same record.
        AlreadyMerged: one of them is history.
    """
    if double.id == survivor.id:
        raise CannotMergeWithItself(name=double.name)
    for one in (double, survivor):
        if one.merged_into_id is not None:
            raise AlreadyMerged(name=one.name, survivor=name_of_survivor)


def may_merge_assets(double: Asset, survivor: Asset, name_of_survivor: str) -> None:
    """Refuse a merge that makes no sense.

    Raises:
        CannotMergeWithItself: both are the same record.
        AlreadyMerged: one of them is history.
        DifferentOwners: they belong to two customers.
    """
    if double.id == survivor.id:
        raise CannotMergeWithItself(name=shown(double))
    for one in (double, survivor):
        if one.merged_into_id is not None:
            raise AlreadyMerged(name=shown(one), survivor=name_of_survivor)
    if double.customer_id != survivor.customer_id:
        raise DifferentOwners(first=shown(double), second=shown(survivor))


def customers_merged(
    double: Customer, survivor: Customer, *, actor_id: str, at: datetime, moved: Mapping[str, int]
) -> CustomersMerged:
    """Return the fact."""
    return CustomersMerged(
        occurred_at=at,
        actor_id=actor_id,
        customer_id=double.id,
        into_id=survivor.id,
        double=f"{double.name}（{double.code}）",
        moved=dict(moved),
    )


def assets_merged(
    double: Asset, survivor: Asset, *, actor_id: str, at: datetime, moved: Mapping[str, int]
) -> AssetsMerged:
    """Return the fact."""
    return AssetsMerged(
        occurred_at=at,
        actor_id=actor_id,
        asset_id=double.id,
        into_id=survivor.id,
        double=shown(double),
        moved=dict(moved),
    )


def rate(
    customer: Customer, *, level: str, reason: str, actor_id: str, at: datetime, name_of_survivor: str
) -> CustomerLevelChanged:
    """Decide a new level.

    Raises:
        AlreadyMerged: the customer is history.
        LevelUnchanged: it has this level already.
    """
    if customer.merged_into_id is not None:
        raise AlreadyMerged(name=customer.name, survivor=name_of_survivor)
    if customer.level == level:
        raise LevelUnchanged(name=customer.name, level=level or NO_LEVEL)
    return CustomerLevelChanged(
        occurred_at=at,
        actor_id=actor_id,
        customer_id=customer.id,
        before=customer.level,
        after=level,
        reason=reason,
    )


def covering_instead(covers: list[str], double_id: UUID, survivor_id: UUID) -> list[str]:
    """Return what a contract covers after a merge: the survivor in the double's place, and once."""
    moved = [str(survivor_id) if one == str(double_id) else one for one in covers]
    return list(dict.fromkeys(moved))


def shown(asset: Asset) -> str:
    """Return an asset's name and serial for people."""
    return f"{asset.name}（{asset.serial}）"
