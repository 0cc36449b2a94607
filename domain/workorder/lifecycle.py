"""Decisions about a work order; they read, refuse or return an event, and change nothing."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.workorder.errors import NotTheAssignee, OutdatedPress, ReasonMissing, TakenByAnother
from domain.workorder.events import (
    OfferExpired,
    OfferExtended,
    WorkOrderAccepted,
    WorkOrderCancelled,
    WorkOrderDeclined,
    WorkOrderLeftUnassigned,
    WorkOrderOffered,
)
from domain.workorder.status import LABEL, Action, Status, next_status

REASON_LIMIT = 500
"""Characters of a reason that are kept."""


class WorkOrderState(Protocol):
    """A work order, read only."""

    @property
    def id(self) -> UUID: ...
    @property
    def number(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def state(self) -> Status: ...
    @property
    def assignee_id(self) -> UUID | None: ...


def offer(
    order: WorkOrderState,
    *,
    technician_id: UUID,
    actor_id: str,
    at: datetime,
    expires_at: datetime,
    reason: str,
) -> WorkOrderOffered:
    """Decide to ask a technician.

    Raises:
        TransitionNotAllowed: somebody accepted already, or it is cancelled.
    """
    next_status(order.number, order.state, Action.OFFER)
    return WorkOrderOffered(
        occurred_at=at,
        actor_id=actor_id,
        work_order_id=order.id,
        technician_id=technician_id,
        expires_at=expires_at,
        reason=reason,
    )


def leave_unassigned(order: WorkOrderState, *, at: datetime, asked: int) -> WorkOrderLeftUnassigned:
    """Decide that nobody is left to ask."""
    next_status(order.number, order.state, Action.LEAVE_UNASSIGNED)
    return WorkOrderLeftUnassigned(occurred_at=at, actor_id="system", work_order_id=order.id, asked=asked)


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
    if order.state is Status.ACCEPTED and order.assignee_id == actor_id:
        return None
    _hold(order, actor_id, seen_version, holder)
    next_status(order.number, order.state, Action.ACCEPT)
    return WorkOrderAccepted(
        occurred_at=at, actor_id=str(actor_id), work_order_id=order.id, assignee_id=actor_id
    )


def may_decline(order: WorkOrderState, *, actor_id: UUID, seen_version: int | None, holder: str) -> None:
    """Refuse early, before the reason is asked.

    Raises:
        TakenByAnother, NotTheAssignee, OutdatedPress, TransitionNotAllowed: as for `accept`.
    """
    _hold(order, actor_id, seen_version, holder)
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
        raise ReasonMissing(number=order.number)
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


def cancel(order: WorkOrderState, *, actor_id: str, at: datetime, reason: str) -> WorkOrderCancelled:
    """Decide a cancellation.

    Raises:
        TransitionNotAllowed: it is over already.

    Source: docs/reference/work-order-lifecycle.md, rule WO-6.
    """
    next_status(order.number, order.state, Action.CANCEL)
    return WorkOrderCancelled(
        occurred_at=at, actor_id=actor_id, work_order_id=order.id, reason=reason.strip()[:REASON_LIMIT]
    )


def _hold(order: WorkOrderState, actor_id: UUID, seen_version: int | None, holder: str) -> None:
    if order.state is Status.ACCEPTED and order.assignee_id != actor_id:
        raise TakenByAnother(number=order.number, holder=holder)
    if order.state is Status.OFFERED and order.assignee_id != actor_id:
        raise NotTheAssignee(number=order.number, holder=holder)
    if seen_version is not None and seen_version != order.version:
        raise OutdatedPress(number=order.number, label=LABEL[order.state])
