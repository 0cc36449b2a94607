"""Who pays for a repair: the warranty first, then the contract that covers most, else the customer."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.kernel.messages import Message


class Reason(StrEnum):
    """Why the warranty or a contract does or does not pay."""

    WARRANTY = "warranty"
    CONTRACT = "contract"
    WARRANTY_EXPIRED = "warranty_expired"
    CONTRACT_EXPIRED = "contract_expired"
    WARRANTY_UNKNOWN = "warranty_unknown"
    ASSET_UNKNOWN = "asset_unknown"


class Covered(Protocol):
    """What of an asset decides its warranty."""

    @property
    def id(self) -> UUID: ...
    @property
    def warranty_until(self) -> date | None: ...


class Covering(Protocol):
    """What of a contract decides what it pays."""

    @property
    def number(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def covers(self) -> Collection[str]: ...
    @property
    def parts(self) -> bool: ...
    @property
    def labour(self) -> bool: ...
    @property
    def travel(self) -> bool: ...
    @property
    def sla_level(self) -> str: ...


class Entitlement(Message):
    """What a customer need not pay for one asset on one day.

    Args:
        in_warranty: the manufacturer's warranty still runs.
        until: the last day of whatever pays; of what ran out last when nothing does; None when unknown.
        contract_number, contract_name: the contract that pays, or that adds to the warranty; may be empty.
        parts, labour, travel: what is included.
        sla_level: what the running contract promises, also while the warranty pays.
    """

    reason: Reason
    in_warranty: bool
    until: date | None = None
    contract_number: str = ""
    contract_name: str = ""
    parts: bool = False
    labour: bool = False
    travel: bool = False
    sla_level: str = ""


def entitlement(asset: Covered | None, contracts: Iterable[Covering], day: date) -> Entitlement:
    """Decide what is included on a day.

    The warranty pays for parts, labour and travel. Otherwise the contract that includes most does; among
    equals the one that runs longest, then the lower number, so that the same facts give the same answer.

    Args:
        asset: None when it is not known which asset is meant; only a contract for all assets counts then.
        contracts: of the asset's customer, running or not.
        day: the local day of the work.
    """
    fitting = [one for one in contracts if not one.covers or (asset and str(asset.id) in one.covers)]
    running = [one for one in fitting if one.starts_on <= day <= one.ends_on]
    best = min(running, key=_rank, default=None)
    until = asset.warranty_until if asset is not None else None
    if until is not None and day <= until:
        return _paid_by_warranty(until, best)
    if best is not None:
        return _paid_by_contract(best)
    return _unpaid(asset, until, [one.ends_on for one in fitting if one.ends_on < day])


def _rank(contract: Covering) -> tuple[int, int, str]:
    included = contract.parts + contract.labour + contract.travel
    return -included, -contract.ends_on.toordinal(), contract.number


def _paid_by_warranty(until: date, contract: Covering | None) -> Entitlement:
    return Entitlement(
        reason=Reason.WARRANTY,
        in_warranty=True,
        until=until,
        contract_number=contract.number if contract else "",
        contract_name=contract.name if contract else "",
        parts=True,
        labour=True,
        travel=True,
        sla_level=contract.sla_level if contract else "",
    )


def _paid_by_contract(contract: Covering) -> Entitlement:
    return Entitlement(
        reason=Reason.CONTRACT,
        in_warranty=False,
        until=contract.ends_on,
        contract_number=contract.number,
        contract_name=contract.name,
        parts=contract.parts,
        labour=contract.labour,
        travel=contract.travel,
        sla_level=contract.sla_level,
    )


def _unpaid(asset: Covered | None, until: date | None, ended: Collection[date]) -> Entitlement:
    last = max((*ended, *([until] if until else [])), default=None)
    if last is not None:
        reason = Reason.WARRANTY_EXPIRED if last == until else Reason.CONTRACT_EXPIRED
    else:
        reason = Reason.WARRANTY_UNKNOWN if asset is not None else Reason.ASSET_UNKNOWN
    return Entitlement(reason=reason, in_warranty=False, until=last)
