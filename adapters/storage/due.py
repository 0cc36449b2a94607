"""What is due, read by index and without a lock."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select

from adapters.storage.inbox import Inbox
from adapters.storage.parts_due import SqlPartsDue
from domain.approval.model import Absence, ProcessInstance, ProcessTask
from domain.groups.model import GroupRequest
from domain.intake.model import Draft
from domain.people.model import Person
from domain.sla.model import SlaClock, SlaSnooze
from domain.survey.model import FollowUp
from domain.workorder.model import WorkOrder


class SqlDue(SqlPartsDue):
    """Finds due work orders and pending deliveries."""

    def due_work_orders(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return work orders with `next_due_at` in the past, the longest due first."""
        with self._database.read() as session:
            query = select(WorkOrder.id).where(WorkOrder.next_due_at <= now)
            return session.execute(query.order_by(WorkOrder.next_due_at).limit(limit)).scalars().all()

    def due_drafts(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return requests with `ready_at` in the past, the longest due first."""
        with self._database.read() as session:
            query = select(Draft.id).where(Draft.ready_at <= now)
            return session.execute(query.order_by(Draft.ready_at).limit(limit)).scalars().all()

    def due_follow_ups(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return follow-ups that the clock has to look at, the longest due first."""
        with self._database.read() as session:
            query = select(FollowUp.id).where(FollowUp.next_due_at <= now)
            return session.execute(query.order_by(FollowUp.next_due_at).limit(limit)).scalars().all()

    def due_processes(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return processes with `next_due_at` in the past, the longest due first."""
        with self._database.read() as session:
            query = select(ProcessInstance.id).where(ProcessInstance.next_due_at <= now)
            return session.execute(query.order_by(ProcessInstance.next_due_at).limit(limit)).scalars().all()

    def absent_approvers(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return people whom something waits for though they are away now or have left."""
        away = and_(Absence.person_id == Person.id, Absence.from_at <= now, Absence.to_at > now)
        query = select(ProcessTask.assignee_id).distinct().join(Person, Person.id == ProcessTask.assignee_id)
        query = query.outerjoin(Absence, away).where(
            ProcessTask.closed_at.is_(None), or_(Person.active.is_(False), Absence.person_id.is_not(None))
        )
        with self._database.read() as session:
            return session.execute(query.limit(limit)).scalars().all()

    def due_group_messages(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return messages in groups with `due_at` in the past, the longest due first."""
        with self._database.read() as session:
            query = select(GroupRequest.id).where(GroupRequest.due_at <= now)
            return session.execute(query.order_by(GroupRequest.due_at).limit(limit)).scalars().all()

    def due_sla(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Return work orders with steps of a ladder that are due, the longest due first, each once."""
        with self._database.read() as session:
            query = select(SlaClock.work_order_id).where(SlaClock.next_at <= now)
            found = session.execute(query.order_by(SlaClock.next_at).limit(limit)).scalars()
            return list(dict.fromkeys(found))

    def due_snoozes(self, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
        """Return (clock, person) of reminders that were put off until now."""
        with self._database.read() as session:
            query = select(SlaSnooze.clock_id, SlaSnooze.person_id).where(SlaSnooze.due_at <= now)
            return [
                (clock, who) for clock, who in session.execute(query.order_by(SlaSnooze.due_at).limit(limit))
            ]

    def next_pending(self, now: datetime) -> int | None:
        """Return the oldest delivery to work off, or None."""
        with self._database.read() as session:
            return Inbox(session).next_pending(now)
