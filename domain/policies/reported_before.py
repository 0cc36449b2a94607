"""Which work order a report may be about once more: the same rule at every door."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from domain.intake.duplicates import DuplicateRule, Report, is_duplicate
from domain.intake.rules import WITH_ABOUT
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.details import RequestDetails
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN, Status

LOOKED_AT = 30
OLDEST = timedelta(days=90)
"""A work order that has been open for longer is nobody's new fault."""


def reported_before(
    told: Report,
    *,
    customer_id: UUID | None,
    person_id: UUID | None,
    window_h: int,
    uow: EveryUnitOfWork,
    but: Collection[UUID] = (),
) -> Iterator[WorkOrder]:
    """Yield the work orders of the same customer, else person, that tell of the same fault, the newest first.

    Nobody learns anything of another customer's work orders.

    Args:
        window_h: how long after its end a work order may still be the same matter.
        but: work orders that are known to be another matter.

    Source: docs/reference/intake.md, rule RQ-5.
    """
    rule = DuplicateRule(closed_within_h=window_h)
    for order in neighbours(customer_id, person_id, told.at, uow):
        ruled_out = order.id in but or order.type in WITH_ABOUT or order.state is Status.CANCELLED
        if not ruled_out and is_duplicate(report_of(order, uow), told, rule):
            yield order


def neighbours(
    customer_id: UUID | None, person_id: UUID | None, at: datetime, uow: EveryUnitOfWork
) -> Sequence[WorkOrder]:
    """Return the work orders that a fault is compared with, the newest first."""
    if customer_id is not None:
        return uow.work_orders.of_customer(customer_id, at - OLDEST, LOOKED_AT)
    return uow.work_orders.of_requester(person_id, LOOKED_AT) if person_id is not None else ()


def report_of(order: WorkOrder, uow: EveryUnitOfWork) -> Report:
    """Return what a work order says, as of its report, or of its end where it is finished."""
    running = order.state in OPEN
    report = told_of(
        order.description,
        order.request,
        customer_id=order.customer_id,
        person_id=order.requester_id,
        asset_id=order.asset_id,
        at=order.created_at if running else order.completed_at or order.status_since,
        uow=uow,
    )
    return report.model_copy(update={"status": "open" if running else "closed"})


def told_of(
    words: str,
    facts: RequestDetails,
    *,
    customer_id: UUID | None,
    person_id: UUID | None,
    asset_id: UUID | None,
    at: datetime,
    uow: EveryUnitOfWork,
) -> Report:
    """Return what somebody says, in the form that can be compared."""
    person = uow.people.get(person_id) if person_id is not None else None
    name = uow.customers.get(customer_id).name if customer_id is not None else person and person.name
    return Report(
        at=at,
        customer=name or None,
        asset=uow.assets.get(asset_id).serial if asset_id is not None else None,
        device_type=facts.device_type or facts.device or None,
        address=facts.address or None,
        phone=facts.mobile or (person.mobile if person is not None else "") or None,
        text=words,
    )
