"""The job pack: what a technician needs on the road, joined from every area."""

from datetime import datetime, timedelta
from uuid import UUID

from domain.assets.entitlement import entitlement
from domain.kernel.links import Page
from domain.kernel.localtime import local_day
from domain.people.model import Person
from domain.policies import views
from domain.policies.past import attempts
from domain.policies.permitted import masked
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder
from domain.workorder.status import ENDED
from domain.workorder.views import WorkOrderView

LOOK_BACK = timedelta(days=365)
EARLIER = 3
"""Earlier work orders of the same asset whose remedies are shown."""


def is_job_of(order: WorkOrder, technician_id: UUID) -> bool:
    """Return whether this technician is asked for the work order or has it, and it is not over."""
    return order.assignee_id == technician_id and order.state not in ENDED


def job_view(
    order: WorkOrder, technician_id: UUID, remark: str, at: datetime, uow: EveryUnitOfWork
) -> WorkOrderView:
    """Return the work order as a technician sees it.

    While it is theirs, it tells who pays and what was tried, and leads to the page of the job.
    """
    view = views.technician_view(order, technician_id, remark, uow)
    if not is_job_of(order, technician_id):
        return view
    request = order.request
    return view.model_copy(
        update={
            "entitlement": _entitlement(order, uow),
            "appointment_from": request.appointment_from,
            "appointment_to": request.appointment_to,
            "before": _tried_before(order, uow),
            "page_url": uow.links.to(Page.JOB, technician_id, order.id, at),
        }
    )


def person_view(
    order: WorkOrder, person: Person, remark: str, at: datetime, uow: EveryUnitOfWork
) -> WorkOrderView:
    """Return the work order as the card of one member of staff shows it."""
    asked = {offer.technician_id for offer in uow.work_orders.offers(order.id)}
    if person.id in asked or person.id == order.assignee_id:
        view = job_view(order, person.id, remark, at, uow)
    else:
        view = views.desk_person_view(order, remark, uow)
    return masked(view, order, person, uow)


def _entitlement(order: WorkOrder, uow: EveryUnitOfWork) -> dict[str, object]:
    if order.customer_id is None:
        return {}
    day = local_day(order.created_at)
    asset = uow.assets.get(order.asset_id) if order.asset_id is not None else None
    found = entitlement(asset, uow.customers.contracts(order.customer_id, day), day)
    return found.model_dump(mode="json")


def _tried_before(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[str, ...]:
    if order.asset_id is None:
        return ()
    same = uow.work_orders.of_asset(order.asset_id, order.created_at - LOOK_BACK, EARLIER + 1)
    earlier = [one for one in same if one.id != order.id][:EARLIER]
    return tuple(f"{one.number} {one.text}" for one in attempts(earlier, False, uow))
