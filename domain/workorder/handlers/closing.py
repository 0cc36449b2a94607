"""Handlers of the end of the loop."""

from domain.workorder.closing_commands import (
    CloseWorkOrder,
    NoteFollowUp,
    NoteRating,
    OweFollowUp,
    RejectWork,
    ReopenWorkOrder,
    SettleWorkOrder,
    SignOffWork,
)
from domain.workorder.closing_events import FollowUpOwed, WorkOrderFollowedUp, WorkOrderRated
from domain.workorder.handlers.happen import happen
from domain.workorder.handlers.signing import bound
from domain.workorder.lifecycle import closing
from domain.workorder.model import WorkOrder
from domain.workorder.ports import WorkOrderUnitOfWork


def sign_off_work(cmd: SignOffWork, uow: WorkOrderUnitOfWork) -> None:
    """Accept the work."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = closing.sign_off(
        order,
        actor_id=cmd.actor_id,
        at=cmd.issued_at,
        skip_reason=cmd.skip_reason,
        by_customer=cmd.signature is not None or is_reporter(cmd.actor_id, order, uow),
        seen_version=cmd.seen_version,
        seen_report=cmd.seen_report,
        signature=bound(cmd.signature, order, uow),
    )
    happen(uow, order, event)


def reject_work(cmd: RejectWork, uow: WorkOrderUnitOfWork) -> None:
    """Send the technician back to work."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = closing.reject(
        order,
        actor_id=cmd.actor_id,
        at=cmd.issued_at,
        reason=cmd.reason,
        seen_version=cmd.seen_version,
        seen_report=cmd.seen_report,
    )
    happen(uow, order, event)


def settle_work_order(cmd: SettleWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Settle what it costs, or correct that; the same once more changes nothing."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = closing.settle(
        order,
        actor_id=cmd.actor_id,
        at=cmd.issued_at,
        amount_fen=cmd.amount_fen,
        payer=cmd.payer,
        note=cmd.note,
    )
    if (event.before_fen, event.before_payer, event.note) != (event.amount_fen, event.payer, ""):
        happen(uow, order, event)


def note_follow_up(cmd: NoteFollowUp, uow: WorkOrderUnitOfWork) -> None:
    """Note that the customer was asked afterwards."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = WorkOrderFollowedUp(
        occurred_at=cmd.issued_at,
        actor_id=cmd.actor_id,
        work_order_id=order.id,
        result=cmd.result,
        note=cmd.note,
        score=cmd.score,
        complete=cmd.complete,
    )
    happen(uow, order, event)


def owe_follow_up(cmd: OweFollowUp, uow: WorkOrderUnitOfWork) -> None:
    """Note that the customer is to be asked."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = FollowUpOwed(
        occurred_at=cmd.issued_at,
        actor_id=cmd.actor_id,
        work_order_id=order.id,
        kind=cmd.kind,
        due_at=cmd.due_at,
    )
    happen(uow, order, event)


def note_rating(cmd: NoteRating, uow: WorkOrderUnitOfWork) -> None:
    """Note how it went."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = WorkOrderRated(
        occurred_at=cmd.issued_at,
        actor_id=cmd.actor_id,
        work_order_id=order.id,
        score=cmd.score,
        lowest=cmd.lowest,
        comment=cmd.comment,
    )
    happen(uow, order, event)


def close_work_order(cmd: CloseWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Close the loop."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = closing.close(order, actor_id=cmd.actor_id, at=cmd.issued_at, skip_reason=cmd.skip_reason)
    happen(uow, order, event)


def reopen_work_order(cmd: ReopenWorkOrder, uow: WorkOrderUnitOfWork) -> None:
    """Begin again."""
    order = uow.work_orders.get(cmd.work_order_id)
    event = closing.reopen(
        order,
        actor_id=cmd.actor_id,
        at=cmd.issued_at,
        reason=cmd.reason,
        by_customer=is_reporter(cmd.actor_id, order, uow),
    )
    happen(uow, order, event)


def is_reporter(person_id: str, order: WorkOrder, uow: WorkOrderUnitOfWork) -> bool:
    """Return whether somebody reported this fault, first or together with others."""
    if str(order.requester_id) == person_id:
        return True
    reporters = uow.work_orders.reporters(order.id)
    return any(str(one.person_id) == person_id and one.left_at is None for one in reporters)
