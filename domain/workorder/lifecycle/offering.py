"""Decisions until somebody has the work order, and about its early end."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.workorder.errors import MergeImpossible, ReasonMissing
from domain.workorder.events import (
    AssigneeLeft,
    OfferExpired,
    OfferExtended,
    TechniciansRecommended,
    WorkOrderAccepted,
    WorkOrderCancelled,
    WorkOrderDeclined,
    WorkOrderLeftUnassigned,
    WorkOrderMerged,
    WorkOrderOffered,
    WorkOrderRecalled,
)
from domain.workorder.lifecycle.state import REASON_LIMIT, WorkOrderState, held_by, seen
from domain.workorder.status import (
    LABEL,
    OPEN,
    UNDER_WAY,
    Action,
    Status,
    TransitionNotAllowed,
    next_status,
)


def offer(
    order: WorkOrderState,
    *,
    technician_id: UUID,
    actor_id: str,
    at: datetime,
    expires_at: datetime,
    reason: str,
    seen_version: int | None = None,
) -> WorkOrderOffered:
    """Decide to ask a technician.

    Raises:
        OutdatedPress: a dispatcher chose on a card that shows an older state.
        TransitionNotAllowed: somebody accepted already, or it is cancelled.
    """
    seen(order, seen_version)
    next_status(order.number, order.state, Action.OFFER)
    return WorkOrderOffered(
        occurred_at=at,
        actor_id=actor_id,
        work_order_id=order.id,
        technician_id=technician_id,
        expires_at=expires_at,
        reason=reason,
    )


def reassign(
    order: WorkOrderState,
    *,
    technician_id: UUID,
    actor_id: str,
    at: datetime,
    expires_at: datetime,
    reason: str,
    seen_version: int | None = None,
) -> WorkOrderOffered:
    """Decide to take the work order from its assignee and to ask another technician.

    Raises:
        OutdatedPress: the pressed card shows an older state.
        ReasonMissing: no reason was given.
        TransitionNotAllowed: nobody has accepted it, or the work is done.

    Source: docs/reference/work-order-lifecycle.md, rule WO-8.
    """
    seen(order, seen_version)
    next_status(order.number, order.state, Action.REASSIGN)
    if not reason.strip():
        raise ReasonMissing(example=f"转单 {order.number} 王强 车坏在路上")
    return WorkOrderOffered(
        occurred_at=at,
        actor_id=actor_id,
        work_order_id=order.id,
        technician_id=technician_id,
        expires_at=expires_at,
        reason=reason.strip()[:REASON_LIMIT],
        from_id=order.assignee_id,
    )


def recommend(
    order: WorkOrderState,
    *,
    at: datetime,
    candidates: Sequence[UUID],
    reasons: Sequence[str],
    rule: str,
    decide_by: datetime | None,
) -> TechniciansRecommended:
    """Decide to let a dispatcher choose."""
    next_status(order.number, order.state, Action.RECOMMEND)
    return TechniciansRecommended(
        occurred_at=at,
        actor_id="system",
        work_order_id=order.id,
        candidates=tuple(candidates),
        reasons=tuple(reasons),
        rule=rule,
        decide_by=decide_by,
    )


def leave_unassigned(
    order: WorkOrderState, *, at: datetime, asked: int, reason: str
) -> WorkOrderLeftUnassigned:
    """Decide that nobody is left to ask, or that a dispatcher shall decide."""
    next_status(order.number, order.state, Action.LEAVE_UNASSIGNED)
    return WorkOrderLeftUnassigned(
        occurred_at=at, actor_id="system", work_order_id=order.id, asked=asked, reason=reason
    )


def accept(
    order: WorkOrderState, *, actor_id: UUID, at: datetime, seen_version: int | None, holder: str
) -> WorkOrderAccepted | None:
    """Decide an acceptance; None when this technician had accepted already.

    Args:
        holder: the name of whoever is asked or has accepted, for the refusal.

    Raises:
        TakenByAnother: another technician accepted first.
        NotTheAssignee: it is offered to somebody else.
        OutdatedPress: the pressed card shows an older state.
        TransitionNotAllowed: it is not offered to anybody.

    Source: docs/reference/work-order-lifecycle.md, rule WO-3.
    """
    if order.state in UNDER_WAY and order.assignee_id == actor_id:
        return None
    held_by(order, actor_id, seen_version, holder)
    next_status(order.number, order.state, Action.ACCEPT)
    return WorkOrderAccepted(
        occurred_at=at, actor_id=str(actor_id), work_order_id=order.id, assignee_id=actor_id
    )


def may_decline(order: WorkOrderState, *, actor_id: UUID, seen_version: int | None, holder: str) -> None:
    """Refuse early, before the reason is asked.

    Raises:
        TakenByAnother, NotTheAssignee, OutdatedPress, TransitionNotAllowed: as for `accept`.
    """
    held_by(order, actor_id, seen_version, holder)
    next_status(order.number, order.state, Action.DECLINE)


def decline(
    order: WorkOrderState, *, actor_id: UUID, at: datetime, reason: str, seen_version: int | None, holder: str
) -> WorkOrderDeclined:
    """Decide a refusal by the technician who was asked.

    Raises:
        ReasonMissing: no reason was given.
        TakenByAnother, NotTheAssignee, OutdatedPress, TransitionNotAllowed: as for `accept`.

    Source: docs/reference/work-order-lifecycle.md, rule WO-4.
    """
    may_decline(order, actor_id=actor_id, seen_version=seen_version, holder=holder)
    if not reason.strip():
        raise ReasonMissing(example=f"拒单 {order.number} 今天在外地，赶不回来")
    return WorkOrderDeclined(
        occurred_at=at,
        actor_id=str(actor_id),
        work_order_id=order.id,
        technician_id=actor_id,
        reason=reason.strip()[:REASON_LIMIT],
    )


def expire(order: WorkOrderState, *, at: datetime, due_at: datetime | None) -> OfferExpired | None:
    """Decide that an offer ran out; None when it was answered or renewed meanwhile.

    Source: docs/reference/work-order-lifecycle.md, rule WO-5.
    """
    if order.state is not Status.OFFERED or order.assignee_id is None or due_at is None or due_at > at:
        return None
    next_status(order.number, order.state, Action.EXPIRE)
    return OfferExpired(
        occurred_at=at, actor_id="system", work_order_id=order.id, technician_id=order.assignee_id
    )


def extend(order: WorkOrderState, *, at: datetime, expires_at: datetime) -> OfferExtended:
    """Decide that an offer nobody could see has its whole time again.

    Raises:
        TransitionNotAllowed: it is not offered to anybody.

    Source: docs/reference/work-order-lifecycle.md, rule WO-7.
    """
    next_status(order.number, order.state, Action.EXTEND)
    assert order.assignee_id is not None, "an offered work order has somebody who was asked"
    return OfferExtended(
        occurred_at=at,
        actor_id="system",
        work_order_id=order.id,
        technician_id=order.assignee_id,
        expires_at=expires_at,
    )


def release(order: WorkOrderState, *, at: datetime) -> AssigneeLeft:
    """Decide that the work order goes back to the pool, because its assignee left.

    Raises:
        TransitionNotAllowed: nobody has it, or the work is done.

    Source: docs/reference/work-order-lifecycle.md, rule WO-21.
    """
    next_status(order.number, order.state, Action.RELEASE)
    assert order.assignee_id is not None, "a work order under way has an assignee"
    return AssigneeLeft(
        occurred_at=at, actor_id="system", work_order_id=order.id, assignee_id=order.assignee_id
    )


def recall(order: WorkOrderState, *, at: datetime, reason: str) -> WorkOrderRecalled:
    """Decide that the work order goes back to the pool, because its technician did not act in time.

    Raises:
        TransitionNotAllowed: nobody has it, or its technician is on the road or at work already.

    Source: docs/reference/sla.md, rule SLA-13.
    """
    if order.state not in (Status.OFFERED, Status.ACCEPTED) or order.assignee_id is None:
        raise TransitionNotAllowed(number=order.number, label=LABEL[order.state], next="联系技师")
    next_status(order.number, order.state, Action.RELEASE)
    return WorkOrderRecalled(
        occurred_at=at,
        actor_id="system",
        work_order_id=order.id,
        technician_id=order.assignee_id,
        reason=reason,
    )


def cancel(
    order: WorkOrderState, *, actor_id: str, at: datetime, reason: str, seen_version: int | None = None
) -> WorkOrderCancelled:
    """Decide a cancellation.

    Raises:
        OutdatedPress: the pressed card shows an older state.
        TransitionNotAllowed: it is over already.

    Source: docs/reference/work-order-lifecycle.md, rule WO-6.
    """
    seen(order, seen_version)
    next_status(order.number, order.state, Action.CANCEL)
    return WorkOrderCancelled(
        occurred_at=at,
        actor_id=actor_id,
        work_order_id=order.id,
        reason=reason.strip()[:REASON_LIMIT],
        departed=order.state in UNDER_WAY - {Status.ACCEPTED},
    )


def merge(order: WorkOrderState, into: WorkOrderState, *, actor_id: str, at: datetime) -> WorkOrderMerged:
    """Decide that one work order ends because another is about the same.

    Raises:
        MergeImpossible: it is the same one, or the other is not open.
        TransitionNotAllowed: it is not open itself.

    Source: docs/reference/work-order-lifecycle.md, rule WO-9.
    """
    if order.id == into.id or into.state not in OPEN:
        raise MergeImpossible(number=order.number, target=into.number)
    next_status(order.number, order.state, Action.MERGE)
    return WorkOrderMerged(
        occurred_at=at, actor_id=actor_id, work_order_id=order.id, into_id=into.id, into_number=into.number
    )
