"""Decisions at the end of the loop: acceptance, settlement, close and reopening."""

from datetime import datetime, timedelta

from domain.workorder.closing_events import (
    WorkOrderClosed,
    WorkOrderReopened,
    WorkOrderSettled,
    WorkRejected,
    WorkSignedOff,
)
from domain.workorder.details import Payer
from domain.workorder.errors import (
    FollowUpMissing,
    OutdatedPress,
    ReasonMissing,
    ReopenedTooLate,
    SkipNotPermitted,
)
from domain.workorder.lifecycle.state import REASON_LIMIT, WorkOrderState, seen
from domain.workorder.signature import SignedReport
from domain.workorder.status import LABEL, Action, next_status

ACCEPTANCE_SKIPS = ("客户口头确认", "客户联系不上", "客户拒绝签字", "无需客户验收")
"""What may take the place of the customer's acceptance; further words may follow."""
FOLLOW_UP_SKIPS = ("客户要求免回访", "多次联系不上", "内部工单", "同一问题已回访")
"""What may take the place of the follow-up; further words may follow."""
REOPENED_WITHIN = timedelta(days=30)
"""A customer's word about a finished work order that is older begins a new request."""


def sign_off(
    order: WorkOrderState,
    *,
    actor_id: str,
    at: datetime,
    skip_reason: str,
    by_customer: bool,
    seen_version: int | None,
    seen_report: int | None = None,
    signature: SignedReport | None = None,
) -> WorkSignedOff:
    """Decide the acceptance of the work.

    Args:
        by_customer: somebody who reported the fault accepts, or signs on the technician's phone.
        seen_report: the version of the report that the customer saw; None for words.
        signature: what they drew.

    Raises:
        OutdatedPress: the pressed card shows an older state or another report.
        SkipNotPermitted: somebody else accepts without a permitted reason.
        TransitionNotAllowed: the work is not completed.

    Source: docs/reference/work-order-lifecycle.md, rule WO-14.
    """
    _seen(order, seen_version, seen_report)
    next_status(order.number, order.state, Action.SIGN_OFF)
    if not by_customer:
        _permitted(skip_reason, ACCEPTANCE_SKIPS)
    return WorkSignedOff(
        occurred_at=at,
        actor_id=actor_id,
        work_order_id=order.id,
        report_version=order.report_version,
        by_customer=by_customer,
        skip_reason="" if by_customer else skip_reason.strip()[:REASON_LIMIT],
        signer=signature.signer if signature is not None else "",
        signature=signature,
    )


def may_reject(order: WorkOrderState, seen_report: int | None) -> None:
    """Refuse early, before the reason is asked.

    Raises:
        OutdatedPress, TransitionNotAllowed: as for `reject`.
    """
    _seen(order, None, seen_report)
    next_status(order.number, order.state, Action.REJECT)


def reject(
    order: WorkOrderState,
    *,
    actor_id: str,
    at: datetime,
    reason: str,
    seen_version: int | None,
    seen_report: int | None = None,
) -> WorkRejected:
    """Decide that the work is not accepted; the technician has to go on.

    Raises:
        OutdatedPress: the pressed card shows an older state.
        ReasonMissing: no reason was given.
        TransitionNotAllowed: the work is not completed, or was accepted already.

    Source: docs/reference/work-order-lifecycle.md, rule WO-14.
    """
    _seen(order, seen_version, seen_report)
    next_status(order.number, order.state, Action.REJECT)
    if not reason.strip():
        raise ReasonMissing(example=f"不通过 {order.number} 还是不制冷")
    return WorkRejected(
        occurred_at=at,
        actor_id=actor_id,
        work_order_id=order.id,
        reason=reason.strip()[:REASON_LIMIT],
        times=order.rejections + 1,
    )


def settle(
    order: WorkOrderState, *, actor_id: str, at: datetime, amount_fen: int, payer: Payer, note: str
) -> WorkOrderSettled:
    """Decide the settlement, or its correction as long as the work order is not closed.

    Raises:
        TransitionNotAllowed: the work is not accepted yet, or the work order is closed already.

    Source: docs/reference/work-order-lifecycle.md, rule WO-15.
    """
    next_status(order.number, order.state, Action.SETTLE)
    return WorkOrderSettled(
        occurred_at=at,
        actor_id=actor_id,
        work_order_id=order.id,
        amount_fen=amount_fen,
        payer=payer.value,
        note=note.strip()[:REASON_LIMIT],
        before_fen=order.settled_fen,
        before_payer=order.payer,
    )


def close(order: WorkOrderState, *, actor_id: str, at: datetime, skip_reason: str) -> WorkOrderClosed:
    """Decide the close.

    Raises:
        FollowUpMissing: nobody asked the customer, and no reason was given.
        SkipNotPermitted: the reason is none of the permitted ones.
        TransitionNotAllowed: the work is not accepted and settled yet.

    Source: docs/reference/work-order-lifecycle.md, rule WO-16.
    """
    next_status(order.number, order.state, Action.CLOSE)
    reason = skip_reason.strip()
    if order.followed_up_at is None:
        if not reason:
            raise FollowUpMissing(number=order.number)
        _permitted(reason, FOLLOW_UP_SKIPS)
    return WorkOrderClosed(
        occurred_at=at,
        actor_id=actor_id,
        work_order_id=order.id,
        skip_reason=reason[:REASON_LIMIT] if order.followed_up_at is None else "",
    )


def reopen(
    order: WorkOrderState, *, actor_id: str, at: datetime, reason: str, by_customer: bool = False
) -> WorkOrderReopened:
    """Decide that a finished work order needs more work.

    Raises:
        ReasonMissing: no reason was given.
        ReopenedTooLate: a customer asks when it has been finished for long; a new request is better.
        TransitionNotAllowed: it is not finished.

    Source: docs/reference/work-order-lifecycle.md, rule WO-17.
    """
    next_status(order.number, order.state, Action.REOPEN)
    if by_customer and at - order.status_since > REOPENED_WITHIN:
        raise ReopenedTooLate(number=order.number, days=REOPENED_WITHIN.days)
    if not reason.strip():
        raise ReasonMissing(example=f"重开 {order.number} 昨天修好的今天又坏了")
    return WorkOrderReopened(
        occurred_at=at, actor_id=actor_id, work_order_id=order.id, reason=reason.strip()[:REASON_LIMIT]
    )


def _seen(order: WorkOrderState, seen_version: int | None, seen_report: int | None) -> None:
    """Refuse a press on a card of another report; where the report is known, nothing else matters."""
    if seen_report is None:
        seen(order, seen_version)
    elif seen_report != order.report_version:
        raise OutdatedPress(number=order.number, label=LABEL[order.state])


def _permitted(reason: str, permitted: tuple[str, ...]) -> None:
    if not reason.strip().startswith(permitted):
        raise SkipNotPermitted(reason=reason.strip() or "（空）", permitted="、".join(permitted))
