"""Ratings and follow-ups."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from domain.kernel.errors import NotFound
from domain.survey.model import FollowUp, Rating
from domain.survey.ports import Job
from domain.workorder.model import WorkOrder


class SqlSurveys:
    """The surveys port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def job(self, work_order_id: UUID) -> Job:
        """Return the work order, locked until the transaction ends."""
        query = select(WorkOrder.number, WorkOrder.signed_off_at).where(WorkOrder.id == work_order_id)
        row = self._session.execute(query.with_for_update()).one_or_none()
        if row is None:
            raise NotFound(what="工单")
        return Job(*row)

    def rating(self, rating_id: UUID) -> Rating:
        """Return one rating, or raise NotFound."""
        rating = self._session.get(Rating, rating_id)
        if rating is None:
            raise NotFound(what="评价")
        return rating

    def rating_of(self, work_order_id: UUID, person_id: UUID) -> Rating | None:
        """Return how one person rated a work order, or None."""
        query = select(Rating).where(Rating.work_order_id == work_order_id, Rating.person_id == person_id)
        return self._session.execute(query).scalar_one_or_none()

    def ratings(self, work_order_id: UUID) -> Sequence[Rating]:
        """Return every rating of a work order, oldest first."""
        query = select(Rating).where(Rating.work_order_id == work_order_id)
        return self._session.execute(query.order_by(Rating.rated_at, Rating.id)).scalars().all()

    def add_rating(self, rating: Rating) -> None:
        """Keep a new rating."""
        self._session.add(rating)

    def follow_up(self, follow_up_id: UUID) -> FollowUp:
        """Return one follow-up as it is after its work order was locked, as everybody locks them."""
        query = select(FollowUp.work_order_id).where(FollowUp.id == follow_up_id)
        work_order_id = self._session.execute(query).scalar_one_or_none()
        if work_order_id is None:
            raise NotFound(what="回访任务")
        self.job(work_order_id)
        task = self._session.get(FollowUp, follow_up_id, populate_existing=True)
        assert task is not None, "a follow-up is never deleted"
        return task

    def open_follow_ups(self, work_order_id: UUID) -> Sequence[FollowUp]:
        """Return what is still owed to the customer of a work order, oldest first."""
        query = select(FollowUp).where(FollowUp.work_order_id == work_order_id, FollowUp.done_at.is_(None))
        return self._session.execute(query.order_by(FollowUp.created_at, FollowUp.id)).scalars().all()

    def follow_ups_for(self, person_id: UUID, limit: int) -> Sequence[FollowUp]:
        """Return somebody's open follow-ups and those of nobody, the most urgent first."""
        whose = or_(FollowUp.assignee_id == person_id, FollowUp.assignee_id.is_(None))
        query = select(FollowUp).where(whose, FollowUp.done_at.is_(None)).limit(limit)
        return self._session.execute(query.order_by(FollowUp.due_at, FollowUp.id)).scalars().all()

    def all_follow_ups(self, limit: int) -> Sequence[FollowUp]:
        """Return everybody's open follow-ups, the most urgent first."""
        query = select(FollowUp).where(FollowUp.done_at.is_(None)).limit(limit)
        return self._session.execute(query.order_by(FollowUp.due_at, FollowUp.id)).scalars().all()

    def open_tasks(self, person_ids: Collection[UUID]) -> Mapping[UUID, int]:
        """Return how many follow-ups each of these people has open."""
        query = (
            select(FollowUp.assignee_id, func.count())
            .where(FollowUp.assignee_id.in_(person_ids), FollowUp.done_at.is_(None))
            .group_by(FollowUp.assignee_id)
        )
        found = {row[0]: row[1] for row in self._session.execute(query)}
        return {person_id: found.get(person_id, 0) for person_id in person_ids}

    def add_follow_up(self, follow_up: FollowUp) -> None:
        """Keep a new follow-up."""
        self._session.add(follow_up)
