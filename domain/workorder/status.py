"""Statuses, actions and the one table that joins them."""

from enum import StrEnum

from domain.kernel.errors import DomainError
from domain.workorder.errors import ReopenCancelled, StepTooEarly


class Status(StrEnum):
    """Where a work order stands."""

    NEW = "new"
    DISPATCHING = "dispatching"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    SIGNED_OFF = "signed_off"
    SETTLED = "settled"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What can be done to a work order."""

    OFFER = "offer"
    RECOMMEND = "recommend"
    LEAVE_UNASSIGNED = "leave_unassigned"
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    EXTEND = "extend"
    RELEASE = "release"
    REASSIGN = "reassign"
    DEPART = "depart"
    ARRIVE = "arrive"
    START = "start"
    COMPLETE = "complete"
    HOLD = "hold"
    RESUME = "resume"
    SIGN_OFF = "sign_off"
    REJECT = "reject"
    AMEND = "amend"
    SETTLE = "settle"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"
    MERGE = "merge"


UNASSIGNED = frozenset({Status.NEW, Status.DISPATCHING})
UNDER_WAY = frozenset({Status.ACCEPTED, Status.EN_ROUTE, Status.ON_SITE, Status.IN_PROGRESS})
"""A technician took it on and works towards its completion."""
OPEN = frozenset({*UNASSIGNED, Status.OFFERED, *UNDER_WAY, Status.ON_HOLD})
"""The fault is not repaired yet."""
DONE = frozenset({Status.COMPLETED, Status.SIGNED_OFF, Status.SETTLED})
"""Repaired, but not closed."""
ENDED = frozenset({Status.CLOSED, Status.CANCELLED})

_HOLDABLE = (*sorted(UNASSIGNED), Status.OFFERED, *sorted(UNDER_WAY))

TRANSITIONS: dict[tuple[Status, Action], Status] = {
    (Status.NEW, Action.OFFER): Status.OFFERED,
    (Status.NEW, Action.RECOMMEND): Status.DISPATCHING,
    (Status.NEW, Action.LEAVE_UNASSIGNED): Status.DISPATCHING,
    (Status.DISPATCHING, Action.OFFER): Status.OFFERED,
    (Status.DISPATCHING, Action.RECOMMEND): Status.DISPATCHING,
    (Status.DISPATCHING, Action.LEAVE_UNASSIGNED): Status.DISPATCHING,
    (Status.OFFERED, Action.OFFER): Status.OFFERED,
    (Status.OFFERED, Action.ACCEPT): Status.ACCEPTED,
    (Status.OFFERED, Action.DECLINE): Status.DISPATCHING,
    (Status.OFFERED, Action.EXPIRE): Status.DISPATCHING,
    (Status.OFFERED, Action.EXTEND): Status.OFFERED,
    (Status.OFFERED, Action.RELEASE): Status.DISPATCHING,
    (Status.ACCEPTED, Action.DEPART): Status.EN_ROUTE,
    (Status.ACCEPTED, Action.ARRIVE): Status.ON_SITE,
    (Status.EN_ROUTE, Action.ARRIVE): Status.ON_SITE,
    (Status.ON_SITE, Action.START): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Action.COMPLETE): Status.COMPLETED,
    (Status.COMPLETED, Action.AMEND): Status.COMPLETED,
    (Status.COMPLETED, Action.SIGN_OFF): Status.SIGNED_OFF,
    (Status.COMPLETED, Action.REJECT): Status.ACCEPTED,
    (Status.COMPLETED, Action.REOPEN): Status.DISPATCHING,
    (Status.SIGNED_OFF, Action.AMEND): Status.COMPLETED,
    (Status.SIGNED_OFF, Action.SETTLE): Status.SETTLED,
    (Status.SIGNED_OFF, Action.REOPEN): Status.DISPATCHING,
    (Status.SETTLED, Action.SETTLE): Status.SETTLED,
    (Status.SETTLED, Action.CLOSE): Status.CLOSED,
    (Status.SETTLED, Action.REOPEN): Status.DISPATCHING,
    (Status.CLOSED, Action.REOPEN): Status.DISPATCHING,
    # A held work order goes on where it was; one that nobody had accepted is dispatched again.
    (Status.ON_HOLD, Action.RESUME): Status.DISPATCHING,
    **{(status, Action.HOLD): Status.ON_HOLD for status in _HOLDABLE},
    **{(status, Action.REASSIGN): Status.OFFERED for status in (*sorted(UNDER_WAY), Status.ON_HOLD)},
    **{(status, Action.RELEASE): Status.DISPATCHING for status in (*sorted(UNDER_WAY), Status.ON_HOLD)},
    **{(status, Action.CANCEL): Status.CANCELLED for status in (*_HOLDABLE, Status.ON_HOLD)},
    **{(status, Action.MERGE): Status.CANCELLED for status in (*_HOLDABLE, Status.ON_HOLD)},
}

LABEL = {
    Status.NEW: "待受理",
    Status.DISPATCHING: "待派工",
    Status.OFFERED: "待接单",
    Status.ACCEPTED: "已接单",
    Status.EN_ROUTE: "已出发",
    Status.ON_SITE: "已到达",
    Status.IN_PROGRESS: "处理中",
    Status.ON_HOLD: "挂起",
    Status.COMPLETED: "待验收",
    Status.SIGNED_OFF: "待结算",
    Status.SETTLED: "待回访",
    Status.CLOSED: "已关闭",
    Status.CANCELLED: "已取消",
}

STEP_LABEL = {
    Action.ACCEPT: "接单",
    Action.DEPART: "出发",
    Action.ARRIVE: "到达",
    Action.START: "开始处理",
    Action.COMPLETE: "完工",
}
_STEPS = tuple(STEP_LABEL)
_AWAITED = {
    Status.OFFERED: Action.ACCEPT,
    Status.ACCEPTED: Action.DEPART,
    Status.EN_ROUTE: Action.ARRIVE,
    Status.ON_SITE: Action.START,
    Status.IN_PROGRESS: Action.COMPLETE,
}


_SEE = "回复“进度 {number}”查看最新情况"
_NEXT = {
    Status.OFFERED: "看下一步：接单 {number}",
    Status.ACCEPTED: "看下一步：出发 {number}",
    Status.EN_ROUTE: "看下一步：到达 {number}",
    Status.ON_SITE: "看下一步：开始处理 {number}",
    Status.IN_PROGRESS: "看下一步：完工 {number}",
    Status.ON_HOLD: "先恢复：恢复 {number}",
    Status.COMPLETED: "等客户验收；报告要改请回复：修改报告 {number}",
    Status.SIGNED_OFF: "先结算：结算 {number} 金额 付款方",
    Status.SETTLED: "先回访：回访 {number} 已解决 客户满意",
}
_NEXT_OF = {
    (Status.COMPLETED, Action.CLOSE): "先请客户验收，再结算、回访，之后自动关单",
    (Status.COMPLETED, Action.SETTLE): "先请客户验收；客户已口头确认的，请回复：验收 {number} 客户口头确认",
}
_LEADS_ON = frozenset({*STEP_LABEL, Action.SETTLE, Action.CLOSE, Action.HOLD, Action.RESUME})
"""Steps of whoever works on it; to others the next one is no business of theirs."""


class TransitionNotAllowed(DomainError):
    """工单 {number} 现在是“{label}”，不能再做这一步。请{next}。"""

    code = "transition_not_allowed"


def next_status(number: str, status: Status, action: Action) -> Status:
    """Return where an action leads.

    Raises:
        StepTooEarly: one of the technician's steps before this one was not taken yet.
        ReopenCancelled: it was cancelled, which nothing undoes.
        TransitionNotAllowed: the table has no such row.

    Source: docs/reference/work-order-lifecycle.md, rule WO-1.
    """
    found = TRANSITIONS.get((status, action))
    if found is not None:
        return found
    awaited = _AWAITED.get(status)
    if awaited is not None and action in _STEPS and _STEPS.index(action) > _STEPS.index(awaited):
        raise StepTooEarly(
            number=number, label=LABEL[status], step=STEP_LABEL[action], missing=STEP_LABEL[awaited]
        )
    if (status, action) == (Status.CANCELLED, Action.REOPEN):
        raise ReopenCancelled(number=number)
    raise TransitionNotAllowed(
        number=number, label=LABEL[status], next=_next_of(status, action).format(number=number)
    )


def _next_of(status: Status, action: Action) -> str:
    """Return what can be done instead."""
    found = _NEXT_OF.get((status, action))
    return found or (_NEXT.get(status, _SEE) if action in _LEADS_ON else _SEE)
