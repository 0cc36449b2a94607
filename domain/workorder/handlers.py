"""Handlers of work-order commands: fetch, decide, apply, record."""

from datetime import datetime
from uuid import UUID, uuid4

from domain.kernel.localtime import local_day
from domain.workorder import lifecycle
from domain.workorder.commands import (
    AcceptWorkOrder,
    AddWorkOrderNote,
    CancelWorkOrder,
    DeclineWorkOrder,
    ExpireOffer,
    ExtendOffer,
    LeaveUnassigned,
    OfferWorkOrder,
    RegisterWorkOrder,
)
from domain.workorder.errors import WorkOrderNotFound
from domain.workorder.events import WorkOrderEvent, WorkOrderNoteAdded, WorkOrderRegistered
from domain.workorder.model import Offer, WorkOrder
from domain.workorder.ports import WorkOrderUnitOfWork
from domain.workorder.status import OPEN, Status


def register_work_order(cmd: RegisterWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Make one work order of one delivery; the unique `source_key` guards the rule.

    Source: docs/reference/work-order-lifecycle.md, rule WO-2.
    """
    number = uow.work_orders.next_number(local_day(cmd.issued_at))
    order = WorkOrder(
        id=cmd.work_order_id,
        number=number,
        type="repair",
        status=Status.NEW.value,
        customer_id=cmd.customer_id,
        asset_id=cmd.asset_id,
        requester_id=cmd.requester_id,
        assignee_id=None,
        description=cmd.description,
        region=cmd.region,
        origin=cmd.origin,
        source_key=cmd.source_key,
        created_at=cmd.issued_at,
        status_since=cmd.issued_at,
        offer_expires_at=None,
        next_due_at=cmd.issued_at,
    )
    uow.work_orders.add(order)
    uow.record(
        WorkOrderRegistered(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            work_order_id=order.id,
            number=number,
            requester_id=cmd.requester_id,
            customer_id=cmd.customer_id,
            asset_id=cmd.asset_id,
            description=cmd.description,
            origin=cmd.origin,
            source_key=cmd.source_key,
        )
    )


def offer_work_order(cmd: OfferWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Ask a technician; an offer still open to another one ends as withdrawn."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = lifecycle.offer(
        order,
        technician_id=cmd.technician_id,
        actor_id=cmd.actor_id,
        at=cmd.issued_at,
        expires_at=cmd.expires_at,
        reason=cmd.reason,
    )
    _answer_offer(uow, order, "withdrawn", "", cmd.issued_at)
    uow.work_orders.add_offer(
        Offer(
            id=uuid4(),
            work_order_id=order.id,
            technician_id=cmd.technician_id,
            offered_at=cmd.issued_at,
            expires_at=cmd.expires_at,
            outcome="open",
            reason="",
        )
    )
    _happen(uow, order, event)


def leave_unassigned(cmd: LeaveUnassigned, uow: WorkOrderUnitOfWork) -> None:
    """Leave the work order to a dispatcher."""
    order = uow.work_orders.get(cmd.work_order_id)
    asked = len(uow.work_orders.offers(order.id))
    _happen(uow, order, lifecycle.leave_unassigned(order, at=cmd.issued_at, asked=asked))


def accept_work_order(cmd: AcceptWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Give the work order to the technician who was asked."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = lifecycle.accept(
        order,
        actor_id=UUID(cmd.actor_id),
        at=cmd.issued_at,
        seen_version=cmd.seen_version,
        holder=uow.name_of(order.assignee_id),
    )
    if event is not None:
        _answer_offer(uow, order, "accepted", "", cmd.issued_at)
        _happen(uow, order, event)


def decline_work_order(cmd: DeclineWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Take the work order back from a technician who said no; the clock offers the next one."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = lifecycle.decline(
        order,
        actor_id=UUID(cmd.actor_id),
        at=cmd.issued_at,
        reason=cmd.reason,
        seen_version=cmd.seen_version,
        holder=uow.name_of(order.assignee_id),
    )
    _answer_offer(uow, order, "declined", event.reason, cmd.issued_at)
    _happen(uow, order, event)


def expire_offer(cmd: ExpireOffer, uow: WorkOrderUnitOfWork) -> None:
    """Take the work order back from a technician who did not answer."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = lifecycle.expire(order, at=cmd.issued_at, due_at=order.offer_expires_at)
    if event is not None:
        _answer_offer(uow, order, "expired", "", cmd.issued_at)
        _happen(uow, order, event)


def extend_offer(cmd: ExtendOffer, uow: WorkOrderUnitOfWork) -> None:
    """Begin an offer's time again, because its card has not arrived."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = lifecycle.extend(order, at=cmd.issued_at, expires_at=cmd.expires_at)
    for offer in uow.work_orders.offers(order.id):
        if offer.outcome == "open":
            offer.expires_at = cmd.expires_at
    _happen(uow, order, event)


def cancel_work_order(cmd: CancelWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """End the work order; only its requester or the service desk may."""
    order = uow.work_orders.get(cmd.work_order_id)
    if not cmd.by_desk and str(order.requester_id) != cmd.actor_id:
        raise WorkOrderNotFound(number=order.number)
    event = lifecycle.cancel(order, actor_id=cmd.actor_id, at=cmd.issued_at, reason=cmd.reason)
    _answer_offer(uow, order, "withdrawn", "", cmd.issued_at)
    _happen(uow, order, event)


def add_work_order_note(cmd: AddWorkOrderNote, uow: WorkOrderUnitOfWork) -> None:
    """Add words, a picture or a place to the time line of an open work order."""
    order = uow.work_orders.get(cmd.work_order_id)
    if order.state not in OPEN:
        raise WorkOrderNotFound(number=order.number)
    uow.record(
        WorkOrderNoteAdded(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            work_order_id=order.id,
            kind=cmd.kind,
            text=cmd.text,
            media_ref=cmd.media_ref,
        )
    )


def _answer_offer(
    uow: WorkOrderUnitOfWork, order: WorkOrder, outcome: str, reason: str, at: datetime
) -> None:
    for offer in uow.work_orders.offers(order.id):
        if offer.outcome == "open":
            offer.outcome = outcome
            offer.reason = reason
            offer.answered_at = at


def _happen(uow: WorkOrderUnitOfWork, order: WorkOrder, event: WorkOrderEvent) -> None:
    order.apply(event)
    uow.record(event)
