"""The board's queries: all along the index of what is not ended, so that the past costs nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from adapters.storage.repositories.pool import FAULT_CHARS, UNFINISHED
from adapters.storage.tables import EventRow
from domain.assets.model import Customer
from domain.people.model import Person
from domain.sla.model import SlaClock
from domain.workorder.board import ON_BOARD, BoardFilter, BoardLine
from domain.workorder.model import WorkOrder
from domain.workorder.pool import overdue_before
from domain.workorder.status import Status

_STATUSES = sorted(status.value for status in ON_BOARD)


class SqlBoard:
    """The board port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def columns(self, wanted: BoardFilter, at: datetime, each: int) -> Sequence[BoardLine]:
        """Return the most urgent work orders of every node, at most so many of each."""
        urgent = (WorkOrder.priority, WorkOrder.created_at, WorkOrder.id)
        ranked = (
            select(
                WorkOrder.id.label("order_id"),
                func.row_number().over(partition_by=WorkOrder.status, order_by=urgent).label("rank"),
                func.count().over(partition_by=WorkOrder.status).label("total"),
            )
            .where(UNFINISHED, WorkOrder.status.in_(_STATUSES), *_conditions(wanted, at))
            .subquery()
        )
        query = (
            _lines(ranked.c.total)
            .join(ranked, ranked.c.order_id == WorkOrder.id)
            .where(ranked.c.rank <= each)
            .order_by(*urgent)
        )
        return [_line(row) for row in self._session.execute(query)]

    def held(self, limit: int) -> Sequence[BoardLine]:
        """Return what technicians were offered, have, and did and is not signed off yet."""
        query = _lines(literal(0)).where(
            UNFINISHED, WorkOrder.status.in_(_STATUSES), WorkOrder.assignee_id.is_not(None)
        )
        found = self._session.execute(query.order_by(WorkOrder.priority, WorkOrder.created_at).limit(limit))
        return [_line(row) for row in found]

    def regions(self) -> Sequence[str]:
        """Return the regions of open work orders, in order."""
        query = select(WorkOrder.region).where(UNFINISHED, WorkOrder.region != "").distinct()
        return sorted(self._session.execute(query).scalars())

    def newest_event(self) -> int:
        """Return the number of the newest event."""
        return self._session.execute(select(func.coalesce(func.max(EventRow.seq), 0))).scalar_one()


def _conditions(wanted: BoardFilter, at: datetime) -> list[Any]:
    found: list[Any] = []
    if wanted.region:
        found.append(WorkOrder.region == wanted.region)
    if wanted.assignee_id is not None:
        found.append(WorkOrder.assignee_id == wanted.assignee_id)
    if wanted.overdue:
        stands_long = [
            and_(WorkOrder.status == status.value, WorkOrder.status_since < since)
            for status, since in overdue_before(at).items()
        ]
        breached = exists().where(
            SlaClock.work_order_id == WorkOrder.id, SlaClock.stopped_at.is_(None), SlaClock.due_at < at
        )
        found.append(or_(breached, *stands_long))
    return found


def _lines(total: Any) -> Select[Any]:
    requester, owner = aliased(Person), aliased(Person)
    due = (
        select(func.min(SlaClock.due_at))
        .where(SlaClock.work_order_id == WorkOrder.id, SlaClock.stopped_at.is_(None))
        .correlate(WorkOrder)
        .scalar_subquery()
    )
    return (
        select(
            WorkOrder.id,
            WorkOrder.number,
            WorkOrder.version,
            WorkOrder.status,
            WorkOrder.priority,
            WorkOrder.type,
            func.substr(WorkOrder.description, 1, FAULT_CHARS + 1).label("fault"),
            func.coalesce(Customer.name, requester.name).label("customer"),
            WorkOrder.region,
            WorkOrder.assignee_id,
            func.coalesce(owner.name, "").label("owner"),
            WorkOrder.hold_reason,
            WorkOrder.status_since,
            WorkOrder.created_at,
            WorkOrder.eta_at,
            WorkOrder.completed_at,
            WorkOrder.details,
            due.label("due_at"),
            total.label("total"),
        )
        .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
        .join(requester, requester.id == WorkOrder.requester_id)
        .outerjoin(owner, owner.id == WorkOrder.assignee_id)
    )


def _line(row: Any) -> BoardLine:
    details = row.details or {}
    fault = " ".join(row.fault.split())
    return BoardLine(
        work_order_id=row.id,
        number=row.number,
        version=row.version,
        status=Status(row.status),
        priority=row.priority,
        type=row.type,
        fault=fault if len(row.fault) <= FAULT_CHARS else fault[:FAULT_CHARS] + "…",
        customer=row.customer,
        region=row.region,
        owner_id=row.assignee_id,
        owner=row.owner,
        hold_reason=row.hold_reason,
        since=row.status_since,
        created_at=row.created_at,
        eta_at=row.eta_at,
        completed_at=row.completed_at,
        appointment_from=_moment(details.get("appointment_from")),
        appointment_to=_moment(details.get("appointment_to")),
        estimated_min=details.get("estimated_min"),
        due_at=row.due_at,
        total=row.total,
    )


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
