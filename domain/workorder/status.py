"""Statuses, actions and the one table that joins them."""

from enum import StrEnum

from domain.kernel.errors import DomainError


class Status(StrEnum):
    """Where a work order stands."""

    NEW = "new"
    DISPATCHING = "dispatching"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What can be done to a work order."""

    OFFER = "offer"
    LEAVE_UNASSIGNED = "leave_unassigned"
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    EXTEND = "extend"
    CANCEL = "cancel"


OPEN = frozenset({Status.NEW, Status.DISPATCHING, Status.OFFERED, Status.ACCEPTED})

TRANSITIONS: dict[tuple[Status, Action], Status] = {
    (Status.NEW, Action.OFFER): Status.OFFERED,
    (Status.NEW, Action.LEAVE_UNASSIGNED): Status.DISPATCHING,
    (Status.NEW, Action.CANCEL): Status.CANCELLED,
    (Status.DISPATCHING, Action.OFFER): Status.OFFERED,
    (Status.DISPATCHING, Action.LEAVE_UNASSIGNED): Status.DISPATCHING,
    (Status.DISPATCHING, Action.CANCEL): Status.CANCELLED,
    (Status.OFFERED, Action.OFFER): Status.OFFERED,
    (Status.OFFERED, Action.ACCEPT): Status.ACCEPTED,
    (Status.OFFERED, Action.DECLINE): Status.DISPATCHING,
    (Status.OFFERED, Action.EXPIRE): Status.DISPATCHING,
    (Status.OFFERED, Action.EXTEND): Status.OFFERED,
    (Status.OFFERED, Action.CANCEL): Status.CANCELLED,
    (Status.ACCEPTED, Action.CANCEL): Status.CANCELLED,
}

LABEL = {
    Status.NEW: "待受理",
    Status.DISPATCHING: "待派工",
    Status.OFFERED: "待接单",
    Status.ACCEPTED: "已接单",
    Status.CANCELLED: "已取消",
}


class TransitionNotAllowed(DomainError):
    """工单 {number} 现在是“{label}”，不能再做这一步。回复“进度 {number}”可查看最新情况。"""

    code = "transition_not_allowed"


def next_status(number: str, status: Status, action: Action) -> Status:
    """Return where an action leads.

    Raises:
        TransitionNotAllowed: the table has no such row.

    Source: docs/reference/work-order-lifecycle.md, rule WO-1.
    """
    found = TRANSITIONS.get((status, action))
    if found is None:
        raise TransitionNotAllowed(number=number, label=LABEL[status])
    return found
