"""Handlers until somebody has the work order: fetch, decide, apply, record."""

from uuid import UUID, uuid4

from domain.kernel.localtime import local_day
from domain.workorder.commands import (
    AcceptWorkOrder,
    CancelWorkOrder,
    DeclineWorkOrder,
    ExpireOffer,
    ExtendOffer,
    LeaveUnassigned,
    OfferWorkOrder,
    ReassignWorkOrder,
    RecallWorkOrder,
    RecommendTechnicians,
    RegisterWorkOrder,
    ReleaseWorkOrder,
)
from domain.workorder.events import WorkOrderOffered, WorkOrderRegistered
from domain.workorder.handlers.happen import answer_offer, happen
from domain.workorder.lifecycle import offering
from domain.workorder.model import Offer, WorkOrder
from domain.workorder.ports import WorkOrderUnitOfWork
from domain.workorder.status import Status


def register_work_order(cmd: RegisterWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Make one work order of one delivery; the unique `source_key` guards the rule.

    Source: docs/reference/work-order-lifecycle.md, rule WO-2.
    """
    number = uow.work_orders.next_number(local_day(cmd.issued_at))
    order = _new_order(cmd, number)
    uow.work_orders.add(order)
    uow.record(
        WorkOrderRegistered(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            work_order_id=order.id,
            number=number,
            type=cmd.type.value,
            priority=cmd.priority.value,
            details=cmd.details.model_dump(mode="json"),
            earlier_id=cmd.earlier_id,
            requester_id=cmd.requester_id,
            customer_id=cmd.customer_id,
            asset_id=cmd.asset_id,
            description=cmd.description,
            origin=cmd.origin,
            source_key=cmd.source_key,
        )
    )


def _new_order(cmd: RegisterWorkOrder, number: str) -> WorkOrder:
    return WorkOrder(
        id=cmd.work_order_id,
        number=number,
        type=cmd.type.value,
        priority=cmd.priority.value,
        details=cmd.details.model_dump(mode="json"),
        earlier_id=cmd.earlier_id,
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
        held_from="",
        hold_reason="",
        report_version=0,
        rejections=0,
        reopenings=0,
        reporter_count=1,
        desk_asked=False,
        candidates=[],
        awaiting="",
        payer="",
    )


def offer_work_order(cmd: OfferWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Ask a technician; an offer still open to another one ends as withdrawn."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = offering.offer(
        order,
        technician_id=cmd.technician_id,
        actor_id=cmd.actor_id,
        at=cmd.issued_at,
        expires_at=cmd.expires_at,
        reason=cmd.reason,
        seen_version=cmd.seen_version,
    )
    _ask(uow, order, event)


def reassign_work_order(cmd: ReassignWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Ask another technician in place of the one who has the work order."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = offering.reassign(
        order,
        technician_id=cmd.technician_id,
        actor_id=cmd.actor_id,
        at=cmd.issued_at,
        expires_at=cmd.expires_at,
        reason=cmd.reason,
        seen_version=cmd.seen_version,
    )
    _ask(uow, order, event)


def recommend_technicians(cmd: RecommendTechnicians, uow: WorkOrderUnitOfWork) -> None:
    """Let a dispatcher choose among the best."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = offering.recommend(
        order,
        at=cmd.issued_at,
        candidates=cmd.candidates,
        reasons=cmd.reasons,
        rule=cmd.rule,
        decide_by=cmd.decide_by,
    )
    happen(uow, order, event)


def leave_unassigned(cmd: LeaveUnassigned, uow: WorkOrderUnitOfWork) -> None:
    """Leave the work order to a dispatcher."""
    order = uow.work_orders.get(cmd.work_order_id)
    asked = len(uow.work_orders.offers(order.id))
    event = offering.leave_unassigned(order, at=cmd.issued_at, asked=asked, reason=cmd.reason)
    happen(uow, order, event)


def accept_work_order(cmd: AcceptWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Give the work order to the technician who was asked."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = offering.accept(
        order,
        actor_id=UUID(cmd.actor_id),
        at=cmd.issued_at,
        seen_version=cmd.seen_version,
        holder=uow.name_of(order.assignee_id),
    )
    if event is not None:
        answer_offer(uow, order, "accepted", "", cmd.issued_at)
        happen(uow, order, event)


def decline_work_order(cmd: DeclineWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Take the work order back from a technician who said no; the clock offers the next one."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = offering.decline(
        order,
        actor_id=UUID(cmd.actor_id),
        at=cmd.issued_at,
        reason=cmd.reason,
        seen_version=cmd.seen_version,
        holder=uow.name_of(order.assignee_id),
    )
    answer_offer(uow, order, "declined", event.reason, cmd.issued_at)
    happen(uow, order, event)


def expire_offer(cmd: ExpireOffer, uow: WorkOrderUnitOfWork) -> None:
    """Take the work order back from a technician who did not answer."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = offering.expire(order, at=cmd.issued_at, due_at=order.offer_expires_at)
    if event is not None:
        answer_offer(uow, order, "expired", "", cmd.issued_at)
        happen(uow, order, event)


def extend_offer(cmd: ExtendOffer, uow: WorkOrderUnitOfWork) -> None:
    """Begin an offer's time again, because its card has not arrived."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = offering.extend(order, at=cmd.issued_at, expires_at=cmd.expires_at)
    for offer in uow.work_orders.offers(order.id):
        if offer.outcome == "open":
            offer.expires_at = cmd.expires_at
    happen(uow, order, event)


def release_work_order(cmd: ReleaseWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Take the work order back from somebody who left; the clock offers it to the next one."""
    order = uow.work_orders.get(cmd.work_order_id)
    happen(uow, order, offering.release(order, at=cmd.issued_at))


def recall_work_order(cmd: RecallWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Take the work order back from somebody who did not act in time; the clock offers it to the next one."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = offering.recall(order, at=cmd.issued_at, reason=cmd.reason)
    answer_offer(uow, order, "recalled", cmd.reason, cmd.issued_at)
    happen(uow, order, event)


def cancel_work_order(cmd: CancelWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """End the work order."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = offering.cancel(
        order, actor_id=cmd.actor_id, at=cmd.issued_at, reason=cmd.reason, seen_version=cmd.seen_version
    )
    answer_offer(uow, order, "withdrawn", "", cmd.issued_at)
    happen(uow, order, event)


def _ask(uow: WorkOrderUnitOfWork, order: WorkOrder, event: WorkOrderOffered) -> None:
    answer_offer(uow, order, "withdrawn", "", event.occurred_at)
    uow.work_orders.add_offer(
        Offer(
            id=uuid4(),
            work_order_id=order.id,
            technician_id=event.technician_id,
            offered_at=event.occurred_at,
            expires_at=event.expires_at,
            outcome="open",
            reason="",
        )
    )
    happen(uow, order, event)
