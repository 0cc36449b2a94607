"""A fault reported by whoever stands before the machine: by its code, without an account.

Source: docs/reference/pages.md
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.assets.events import ReportedByLabel
from domain.assets.model import Asset
from domain.intake.commands import Limits
from domain.intake.rules import WITH_ABOUT
from domain.policies.ports import EveryUnitOfWork
from domain.policies.reported_before import reported_before, told_of
from domain.policies.request_facts import RequestFacts
from domain.workorder.details import OrderType
from domain.workorder.errors import ReportedTooOften
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN

SOURCE: Final = "page"
"""The `source` of a request that came by the code on a machine."""
MOST_PER_HOUR: Final = 5
"""One machine has not more faults than that in an hour; a joker at its code has."""
HOUR: Final = timedelta(hours=1)


def admit(asset: Asset, at: datetime, uow: EveryUnitOfWork) -> None:
    """Count a report by the code of a machine, or refuse what is too much for one, whoever sends it.

    Raises:
        ReportedTooOften: the code was used too often within an hour.
    """
    before = uow.histories.facts([asset.id], [ReportedByLabel.__name__])
    count = sum(1 for one in before if at - one.occurred_at < HOUR)
    if count >= MOST_PER_HOUR:
        raise ReportedTooOften(count=count)
    uow.record(ReportedByLabel(occurred_at=at, actor_id="system", asset_id=asset.id))


def open_order_of(
    words: str,
    facts: RequestFacts,
    asset: Asset,
    person_id: UUID | None,
    at: datetime,
    limits: Limits,
    uow: EveryUnitOfWork,
) -> WorkOrder | None:
    """Return the unfinished work order of this machine that is about the same fault, or None.

    Nobody is asked on the page, for that would tell a stranger what others reported; so only what is not
    repaired yet is joined, and a finished one is linked as a repeat failure.
    """
    if facts.type in WITH_ABOUT or facts.type is not OrderType.REPAIR:
        return None
    told = told_of(
        words,
        facts.details,
        customer_id=asset.customer_id,
        person_id=person_id,
        asset_id=asset.id,
        at=at,
        uow=uow,
    )
    found = reported_before(
        told,
        customer_id=asset.customer_id,
        person_id=person_id,
        window_h=limits.duplicate_window_h,
        uow=uow,
    )
    return next((one for one in found if one.state in OPEN and one.asset_id == asset.id), None)
