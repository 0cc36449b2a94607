"""Work-order views, joined from every area for one viewer."""

from uuid import UUID

from domain.people.model import Person
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder
from domain.workorder.status import TRANSITIONS, Action, Status
from domain.workorder.views import JobLine, ProgressLine, WorkOrderView

FAULT_SHOWN = 300
"""Characters of the customer's words that a card shows; the whole text stays on the work order."""


def technician_view(
    order: WorkOrder, technician_id: UUID, remark: str, uow: EveryUnitOfWork
) -> WorkOrderView:
    """Return the work order as a technician sees it: contact and address only while it is theirs."""
    theirs = order.assignee_id == technician_id and order.state is not Status.CANCELLED
    requester = uow.people.get(order.requester_id) if theirs else None
    actions = tuple(
        action.value
        for action in (Action.ACCEPT, Action.DECLINE)
        if theirs and (order.state, action) in TRANSITIONS
    )
    view = _common(order, remark, uow)
    return view.model_copy(
        update={
            "contact": _contact(requester) if requester else "",
            "address": _address(order, uow) if theirs else "",
            "actions": actions,
            "released": not theirs,
            "offer_expires_at": order.offer_expires_at if theirs else None,
        }
    )


def desk_view(order: WorkOrder, remark: str, uow: EveryUnitOfWork) -> WorkOrderView:
    """Return the work order as the service desk's group sees it: no mobile number in a group."""
    return _common(order, remark, uow)


def progress_line(order: WorkOrder, uow: EveryUnitOfWork) -> ProgressLine:
    """Return where a work order stands, for its requester or for staff."""
    accepted = order.state is Status.ACCEPTED and order.assignee_id is not None
    assignee = uow.people.get(order.assignee_id) if accepted and order.assignee_id else None
    return ProgressLine(
        number=order.number,
        status=order.state,
        fault=_shown(order),
        assignee_name=assignee.name if assignee else "",
        assignee_mobile=assignee.mobile if assignee else "",
        since=order.status_since,
        reported_at=order.created_at,
    )


def job_line(order: WorkOrder, uow: EveryUnitOfWork) -> JobLine:
    """Return a work order as its technician needs it on the road."""
    return JobLine(
        number=order.number,
        status=order.state,
        fault=_shown(order),
        customer_name=_customer_name(order, uow),
        contact=_contact(uow.people.get(order.requester_id)),
        address=_address(order, uow),
        offer_expires_at=order.offer_expires_at,
    )


def fault_shown(text: str) -> str:
    """Return the customer's words, cut to what a card shows."""
    return text if len(text) <= FAULT_SHOWN else text[:FAULT_SHOWN] + "…"


def _shown(order: WorkOrder) -> str:
    return fault_shown(order.description)


def _common(order: WorkOrder, remark: str, uow: EveryUnitOfWork) -> WorkOrderView:
    holder = uow.people.get(order.assignee_id) if order.assignee_id else None
    return WorkOrderView(
        work_order_id=order.id,
        number=order.number,
        version=order.version,
        status=order.state,
        fault=_shown(order),
        customer_name=_customer_name(order, uow),
        asset=uow.assets.name_of(order.asset_id),
        assignee_name=holder.name if holder else "",
        reported_at=order.created_at,
        offer_expires_at=order.offer_expires_at,
        remark=remark,
    )


def _customer_name(order: WorkOrder, uow: EveryUnitOfWork) -> str:
    if order.customer_id is not None:
        return uow.customers.get(order.customer_id).name
    requester: Person = uow.people.get(order.requester_id)
    return f"{requester.name}（未登记客户）"


def _contact(requester: Person) -> str:
    return f"{requester.name} {requester.mobile}".strip()


def _address(order: WorkOrder, uow: EveryUnitOfWork) -> str:
    return uow.customers.get(order.customer_id).address if order.customer_id is not None else ""
