"""Figures of digests, each along an index, and the digests that were sent."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Select, case, func, select, text
from sqlalchemy.orm import Session, aliased

from domain.people.model import Person
from domain.policies.digest_ports import Cut
from domain.sla.definition import Kind
from domain.sla.digest import Attained, DigestLine
from domain.sla.model import DigestRow, SlaClock
from domain.workorder.model import WorkOrder

FAULT_CHARS = 30
SAMPLE = 5_000
"""Work orders of a week that top faults are counted from."""
LIMITED = (Kind.RESPONSE.value, Kind.ARRIVAL.value, Kind.RESOLUTION.value)
"""What counts as late: what was promised. Nodes and updates are our own affair."""
_UNFINISHED = text("work_order.status NOT IN ('closed', 'cancelled')")
_RUNNING = text("sla_clock.stopped_at IS NULL")
Q = TypeVar("Q", bound="Select[*tuple[Any, ...]]")


class SqlDigests:
    """The digests port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def new(self, cut: Cut, from_at: datetime, to_at: datetime) -> int:
        """Return how many work orders were registered in a period."""
        query = select(func.count()).select_from(WorkOrder)
        query = query.where(WorkOrder.created_at >= from_at, WorkOrder.created_at < to_at)
        return self._session.execute(_cut(query, cut)).scalar_one()

    def limits(self, cut: Cut, before: datetime) -> int:
        """Return how many open work orders have a limit that is due before a moment."""
        query = select(func.count(SlaClock.work_order_id.distinct())).select_from(SlaClock)
        query = query.join(WorkOrder, WorkOrder.id == SlaClock.work_order_id)
        query = query.where(_RUNNING, SlaClock.kind.in_(LIMITED), SlaClock.due_at < before)
        return self._session.execute(_cut(query, cut)).scalar_one()

    def lines(self, cut: Cut, now: datetime, before: datetime, limit: int) -> Sequence[DigestLine]:
        """Return open work orders with a limit due before a moment, late ones first, each once."""
        owner = aliased(Person)
        query = (
            select(SlaClock.kind, SlaClock.due_at, WorkOrder, owner.name)
            .join(WorkOrder, WorkOrder.id == SlaClock.work_order_id)
            .outerjoin(owner, owner.id == WorkOrder.assignee_id)
            .where(_RUNNING, SlaClock.kind.in_(LIMITED), SlaClock.due_at < before)
            .order_by(SlaClock.due_at >= now, WorkOrder.priority, SlaClock.due_at)
            .limit(limit * len(LIMITED))
        )
        found: dict[str, DigestLine] = {}
        for kind, due_at, order, name in self._session.execute(_cut(query, cut)):
            assert due_at is not None, "the query asks for limits that are due"
            found.setdefault(
                order.number,
                DigestLine(
                    work_order_id=order.id,
                    version=order.version,
                    number=order.number,
                    kind=kind,
                    priority=order.priority,
                    status=order.status,
                    fault=order.description[:FAULT_CHARS],
                    owner=name or "",
                    due_at=due_at,
                    late_s=int((now - due_at).total_seconds()),
                ),
            )
        return list(found.values())[:limit]

    def open_by_status(self, cut: Cut) -> dict[tuple[str, str], int]:
        """Return how many unfinished work orders there are, by (status, reason for a hold)."""
        query = select(WorkOrder.status, WorkOrder.hold_reason, func.count()).where(_UNFINISHED)
        query = query.group_by(WorkOrder.status, WorkOrder.hold_reason)
        return {(status, reason): count for status, reason, count in self._session.execute(_cut(query, cut))}

    def attained(self, cut: Cut, from_at: datetime, to_at: datetime) -> Sequence[Attained]:
        """Return how many limits that ended in a period were kept, by kind."""
        met = func.sum(case((SlaClock.state == "met", 1), else_=0))
        query = select(SlaClock.kind, met, func.count()).where(
            SlaClock.kind.in_(LIMITED),
            SlaClock.stopped_at >= from_at,
            SlaClock.stopped_at < to_at,
            SlaClock.state.in_(("met", "missed")),
        )
        if cut.region or cut.assignee_id is not None:
            query = _cut(query.join(WorkOrder, WorkOrder.id == SlaClock.work_order_id), cut)
        rows = {
            kind: (kept, ended) for kind, kept, ended in self._session.execute(query.group_by(SlaClock.kind))
        }
        return [
            Attained(kind=kind, met=int(rows[kind][0]), ended=rows[kind][1])
            for kind in LIMITED
            if kind in rows
        ]

    def top_faults(self, cut: Cut, since: datetime, limit: int) -> Sequence[tuple[str, int]]:
        """Return the most frequent faults since a moment: the device with its first symptom."""
        query = select(WorkOrder.details).where(WorkOrder.created_at >= since)
        query = query.order_by(WorkOrder.created_at.desc()).limit(SAMPLE)
        names = (_fault_name(details) for details in self._session.execute(_cut(query, cut)).scalars())
        return Counter(name for name in names if name).most_common(limit)

    def last(self, plan: str, audience: str, before: date) -> DigestRow | None:
        """Return the last digest before a day, or None."""
        query = select(DigestRow).where(
            DigestRow.plan == plan, DigestRow.audience == audience, DigestRow.day < before
        )
        return self._session.execute(query.order_by(DigestRow.day.desc()).limit(1)).scalar_one_or_none()

    def is_sent(self, plan: str, audience: str, day: date) -> bool:
        """Return whether a day's digest was sent."""
        return self._session.get(DigestRow, (plan, audience, day)) is not None

    def keep(self, row: DigestRow) -> None:
        """Keep a digest that is sent."""
        self._session.add(row)


def _cut(query: Q, cut: Cut) -> Q:
    if cut.region:
        query = query.where(WorkOrder.region == cut.region)
    if cut.assignee_id is not None:
        query = query.where(WorkOrder.assignee_id == cut.assignee_id)
    return query


def _fault_name(details: dict[str, Any]) -> str:
    device = str(details.get("device_type") or details.get("device") or "")
    symptoms = details.get("symptoms") or [details.get("fault_code") or ""]
    return f"{device} {symptoms[0]}".strip()
