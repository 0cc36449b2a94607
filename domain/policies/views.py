"""Work-order views, joined from every area for one viewer."""

from uuid import UUID

from domain.kernel.errors import NotFound
from domain.policies.parts_job import job_parts
from domain.policies.ports import EveryUnitOfWork
from domain.policies.repeats import repeat_of
from domain.workorder.details import Payer
from domain.workorder.lifecycle.closing import ACCEPTANCE_SKIPS
from domain.workorder.model import WorkOrder
from domain.workorder.signature import voided_signer
from domain.workorder.status import ENDED, OPEN, TRANSITIONS, UNDER_WAY, Action, Status
from domain.workorder.views import Choice, JobLine, Limit, ProgressLine, RequesterView, WorkOrderView

FAULT_SHOWN = 300
"""Characters of the customer's words that a card shows; the whole text stays on the work order."""

TECHNICIANS_ACTIONS: dict[Status, tuple[Action, ...]] = {
    Status.OFFERED: (Action.ACCEPT, Action.DECLINE),
    Status.ACCEPTED: (Action.DEPART, Action.HOLD, Action.REASSIGN),
    Status.EN_ROUTE: (Action.ARRIVE, Action.HOLD, Action.REASSIGN),
    Status.ON_SITE: (Action.START, Action.HOLD, Action.REASSIGN),
    Status.IN_PROGRESS: (Action.COMPLETE, Action.HOLD, Action.REASSIGN),
    Status.ON_HOLD: (Action.RESUME, Action.REASSIGN),
    Status.COMPLETED: (Action.AMEND,),
}
DESKS_ACTIONS: dict[Status, tuple[Action, ...]] = {
    Status.DISPATCHING: (Action.CANCEL,),
    Status.OFFERED: (Action.OFFER, Action.CANCEL),
    **dict.fromkeys(UNDER_WAY, (Action.REASSIGN, Action.HOLD, Action.CANCEL)),
    Status.ON_HOLD: (Action.RESUME, Action.REASSIGN, Action.CANCEL),
    Status.COMPLETED: (Action.REOPEN,),
    Status.SIGNED_OFF: (Action.SETTLE, Action.REOPEN),
    Status.SETTLED: (Action.CLOSE, Action.REOPEN),
    Status.CLOSED: (Action.REOPEN,),
}


def technician_view(
    order: WorkOrder, technician_id: UUID, remark: str, uow: EveryUnitOfWork
) -> WorkOrderView:
    """Return the work order as a technician sees it: contact and address only while it is theirs."""
    view = _common(order, remark, uow)
    if order.assignee_id != technician_id or order.state in ENDED:
        released = order.assignee_id != technician_id
        return view.model_copy(update={"released": released, "offer_expires_at": None})
    return view.model_copy(
        update={
            "contact": contact_of(order, uow),
            "address": address_of(order, uow),
            "map_url": _map_url(order),
            "actions": _possible(order, TECHNICIANS_ACTIONS),
            "choices": _technicians_choices(order, uow),
        }
    )


def _technicians_choices(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[Choice, ...]:
    """Return how to get parts while the work is under way: those that are kept for it, and others."""
    if order.state not in UNDER_WAY | {Status.ON_HOLD}:
        return ()
    kept = order.has_parts and any(one.request_id is None for one in uow.stock.held_for(order.id))
    reserved = Choice(label="领预留", verb="parts.reserved", choice="", words=f"领预留 {order.number}")
    ask = Choice(label="要配件", verb="parts.ask", choice="", words=f"要配件 {order.number} 名称 ×数量")
    return (reserved, ask) if kept else (ask,)


def desk_view(order: WorkOrder, remark: str, uow: EveryUnitOfWork) -> WorkOrderView:
    """Return the work order as the service desk's group sees it: no mobile number in a group."""
    return _common(order, remark, uow)


def desk_person_view(order: WorkOrder, remark: str, uow: EveryUnitOfWork) -> WorkOrderView:
    """Return the work order as a dispatcher sees it in person, with whom to choose from."""
    view = _common(order, remark, uow)
    reasons = tuple(
        f"{rank}. {uow.people.get(UUID(one['id'])).name}：{one['reason']}"
        for rank, one in enumerate(order.candidates, 1)
    )
    return view.model_copy(
        update={
            "contact": contact_of(order, uow),
            "address": address_of(order, uow),
            "choices": _desks_choices(order, uow),
            "remark": "\n".join((remark, *reasons)) if reasons else remark,
            "actions": _possible(order, DESKS_ACTIONS),
        }
    )


def _desks_choices(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[Choice, ...]:
    """Return whom to ask while nobody is, and why the work may count as accepted once it is done."""
    if order.state is Status.COMPLETED:
        return tuple(
            Choice(
                label=f"验收：{reason}",
                verb="wo.sign_off",
                choice=f"r{order.report_version}.{index}",
                words=f"验收 {order.number} {reason}",
            )
            for index, reason in enumerate(ACCEPTANCE_SKIPS)
        )
    named = tuple(
        Choice(
            label=f"派给{name}",
            verb="wo.offer",
            choice=UUID(one["id"]).hex,
            words=f"派单 {order.number} {name}",
        )
        for one in order.candidates
        for name in (uow.people.get(UUID(one["id"])).name,)
    )
    if order.state is not Status.DISPATCHING:
        return named
    return (*named, Choice(label="选技师", verb="wo.offer", choice="", words=f"派单 {order.number}"))


def requester_view(order: WorkOrder, person_id: UUID, uow: EveryUnitOfWork) -> RequesterView:
    """Return the work order as one of those who reported it sees it once the work is done.

    The price is shown to who has to pay it, and to nobody else.
    """
    report = uow.work_orders.report(order.id, order.report_version)
    facts = report.report if report is not None else {}
    waits = order.state is Status.COMPLETED
    corrected = waits and order.report_version > 1
    accepted = order.state in (Status.SIGNED_OFF, Status.SETTLED, Status.CLOSED)
    return RequesterView(
        work_order_id=order.id,
        number=order.number,
        version=order.version,
        status=order.state,
        fault=fault_shown(order.description),
        assignee_name=uow.name_of(order.assignee_id) if order.assignee_id else "",
        cause=str(facts.get("cause", "")),
        remedy=str(facts.get("remedy", "")),
        amount_fen=order.settled_fen if order.payer == Payer.CUSTOMER.value else None,
        report_version=order.report_version,
        actions=(Action.SIGN_OFF.value, Action.REJECT.value) if waits else (),
        scores=accepted and uow.surveys.rating_of(order.id, person_id) is None,
        voided_signer=voided_signer(uow.work_orders.history(order.id)) if corrected else "",
    )


def progress_line(order: WorkOrder, uow: EveryUnitOfWork) -> ProgressLine:
    """Return where a work order stands, for its requester or for staff."""
    held = order.state in UNDER_WAY or (order.state is Status.ON_HOLD and order.assignee_id is not None)
    assignee = uow.people.get(order.assignee_id) if held and order.assignee_id else None
    return ProgressLine(
        work_order_id=order.id,
        number=order.number,
        status=order.state,
        fault=fault_shown(order.description),
        assignee_name=assignee.name if assignee else "",
        assignee_mobile=assignee.mobile if assignee else "",
        hold_reason=order.hold_reason,
        eta_at=order.eta_at,
        since=order.status_since,
        reported_at=order.created_at,
    )


def job_line(order: WorkOrder, uow: EveryUnitOfWork) -> JobLine:
    """Return a work order as its technician needs it on the road."""
    return JobLine(
        number=order.number,
        status=order.state,
        fault=fault_shown(order.description),
        customer_name=customer_name(order, uow),
        contact=contact_of(order, uow),
        address=address_of(order, uow),
        offer_expires_at=order.offer_expires_at,
    )


def fault_shown(text: str) -> str:
    """Return the customer's words, cut to what a card shows."""
    return text if len(text) <= FAULT_SHOWN else text[:FAULT_SHOWN] + "…"


def name_of_actor(actor_id: str, uow: EveryUnitOfWork) -> str:
    """Return the name of who did something, or an empty text for the clock."""
    try:
        return uow.people.get(UUID(actor_id)).name
    except (ValueError, NotFound):
        return ""


def customer_name(order: WorkOrder, uow: EveryUnitOfWork) -> str:
    """Return whose fault it is, for staff."""
    if order.customer_id is not None:
        return uow.customers.get(order.customer_id).name
    return f"{uow.people.get(order.requester_id).name}（未登记客户）"


def address_of(order: WorkOrder, uow: EveryUnitOfWork) -> str:
    """Return where to go: what was said, else where the customer is."""
    if said := order.request.address:
        return said
    return uow.customers.get(order.customer_id).address if order.customer_id is not None else ""


def _possible(order: WorkOrder, table: dict[Status, tuple[Action, ...]]) -> tuple[str, ...]:
    wanted = table.get(order.state, ())
    return tuple(action.value for action in wanted if (order.state, action) in TRANSITIONS)


def _common(order: WorkOrder, remark: str, uow: EveryUnitOfWork) -> WorkOrderView:
    holder = uow.people.get(order.assignee_id) if order.assignee_id else None
    customer = uow.customers.get(order.customer_id) if order.customer_id else None
    return WorkOrderView(
        work_order_id=order.id,
        number=order.number,
        version=order.version,
        status=order.state,
        fault=fault_shown(order.description),
        customer_name=customer_name(order, uow),
        customer_level=customer.level if customer else "",
        priority=order.priority,
        type=order.type,
        about_number=order.request.about_number,
        repeat=repeat_of(order, uow),
        estimated_min=order.request.estimated_min,
        asset=uow.assets.name_of(order.asset_id),
        hold_reason=order.hold_reason,
        reporters=order.reporter_count,
        assignee_name=holder.name if holder else "",
        reported_at=order.created_at,
        offer_expires_at=order.offer_expires_at if order.state in OPEN else None,
        limits=_limits(order, uow),
        eta_at=order.eta_at,
        awaiting=order.awaiting,
        parts=job_parts(order, uow),
        remark=remark,
    )


def _limits(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[Limit, ...]:
    """Return the limits that run, the first due first."""
    running = [one for one in uow.sla.clocks(order.id) if one.is_open and one.target_s is not None]
    running.sort(key=lambda one: (one.due_at is None, one.due_at))
    return tuple(Limit(kind=one.kind, due_at=one.due_at) for one in running)


def contact_of(order: WorkOrder, uow: EveryUnitOfWork) -> str:
    """Return whom to ask for, and their number."""
    request = order.request
    requester = uow.people.get(order.requester_id)
    return f"{request.contact_name or requester.name} {request.mobile or requester.mobile}".strip()


def _map_url(order: WorkOrder) -> str:
    """Return what opens a map at the site; empty where nobody knows the place."""
    request = order.request
    if request.latitude is None or request.longitude is None:
        return ""
    return f"https://uri.amap.com/marker?position={request.longitude:.6f},{request.latitude:.6f}"
