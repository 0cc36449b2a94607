"""Asking the next technician: joins the work order, the people and the pool rule."""

from datetime import timedelta

from domain.dispatching.commands import DispatchWorkOrder
from domain.dispatching.rules import choose
from domain.kernel.messages import Cause
from domain.kernel.notices import person_audience
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.commands import ExpireOffer, ExtendOffer, LeaveUnassigned, OfferWorkOrder
from domain.workorder.handlers import expire_offer, extend_offer, leave_unassigned, offer_work_order
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status


def dispatch_work_order(cmd: DispatchWorkOrder, uow: EveryUnitOfWork) -> None:
    """End an offer that ran out, then ask the next technician or leave it to a dispatcher.

    An offer whose card is still on its way has its time again: nobody is passed over for a platform's fault.

    Everything is checked again under the lock, so any number of schedulers may find the same work order.

    Source: docs/reference/work-order-lifecycle.md, rules WO-5, WO-7 and DI-1.
    """
    cause = Cause(actor_id=cmd.actor_id, issued_at=cmd.issued_at, idempotency_key=cmd.idempotency_key)
    expires_at = cmd.issued_at + timedelta(seconds=cmd.offer_timeout_s)
    order = uow.work_orders.get(cmd.work_order_id)
    if order.next_due_at is None or order.next_due_at > cmd.issued_at:
        return
    if _card_not_arrived(order, uow):
        extend_offer(ExtendOffer(work_order_id=order.id, expires_at=expires_at, **cause), uow)
        return
    expire_offer(ExpireOffer(work_order_id=cmd.work_order_id, **cause), uow)
    if order.state not in (Status.NEW, Status.DISPATCHING):
        return
    asked = {offer.technician_id for offer in uow.work_orders.offers(order.id)}
    choice = choose(uow.people.technicians(), region=order.region, asked=asked)
    if choice is None:
        leave_unassigned(LeaveUnassigned(work_order_id=order.id, **cause), uow)
        return
    offer_work_order(
        OfferWorkOrder(
            work_order_id=order.id,
            technician_id=choice.technician_id,
            expires_at=expires_at,
            reason=choice.reason,
            **cause,
        ),
        uow,
    )


def _card_not_arrived(order: WorkOrder, uow: EveryUnitOfWork) -> bool:
    if order.state is not Status.OFFERED or order.assignee_id is None:
        return False
    return uow.is_owed(person_audience(str(order.assignee_id)), order.id)
