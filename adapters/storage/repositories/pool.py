"""The pool of open work orders: one query along the index of what is not ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, and_, or_, select, text
from sqlalchemy.orm import Session, aliased

from domain.assets.model import Customer
from domain.people.model import Person
from domain.workorder.model import WorkOrder
from domain.workorder.pool import PoolFilter, PoolLine, is_overdue, overdue_before
from domain.workorder.status import Status

FAULT_CHARS = 60
Q = TypeVar("Q", bound="Select[*tuple[Any, ...]]")
# Literal, because a parameter would hide from the planner that the partial index is enough.
UNFINISHED = text("work_order.status NOT IN ('closed', 'cancelled')")


class SqlPool:
    """The pool port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, wanted: PoolFilter, at: datetime, offset: int, limit: int) -> Sequence[PoolLine]:
        """Return open work orders, the most urgent first, then the oldest."""
        requester, owner = aliased(Person), aliased(Person)
        query = (
            select(WorkOrder, Customer.name, requester.name, owner.name)
            .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
            .join(requester, requester.id == WorkOrder.requester_id)
            .outerjoin(owner, owner.id == WorkOrder.assignee_id)
            .where(UNFINISHED)
            .order_by(WorkOrder.priority, WorkOrder.created_at, WorkOrder.id)
        )
        rows = self._session.execute(_narrowed(query, wanted, at).offset(offset).limit(limit))
        return [_line(order, customer or who, holder or "", at) for order, customer, who, holder in rows]


def _narrowed(query: Q, wanted: PoolFilter, at: datetime) -> Q:
    if wanted.statuses:
        query = query.where(WorkOrder.status.in_([status.value for status in wanted.statuses]))
    if wanted.type:
        query = query.where(WorkOrder.type == wanted.type)
    if wanted.customer_ids:
        query = query.where(WorkOrder.customer_id.in_(wanted.customer_ids))
    if wanted.assignee_id is not None:
        query = query.where(WorkOrder.assignee_id == wanted.assignee_id)
    if wanted.overdue:
        late = [
            and_(WorkOrder.status == status.value, WorkOrder.status_since < since)
            for status, since in overdue_before(at).items()
        ]
        query = query.where(or_(*late))
    return query


def _line(order: WorkOrder, customer: str, owner: str, at: datetime) -> PoolLine:
    fault = order.description
    return PoolLine(
        number=order.number,
        status=Status(order.status),
        priority=order.priority,
        type=order.type,
        fault=fault if len(fault) <= FAULT_CHARS else fault[:FAULT_CHARS] + "…",
        customer_name=customer,
        owner=owner,
        hold_reason=order.hold_reason,
        since=order.status_since,
        reported_at=order.created_at,
        overdue=is_overdue(Status(order.status), order.status_since, at),
    )
