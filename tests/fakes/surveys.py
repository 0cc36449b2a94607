"""Ratings and follow-ups in memory."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from domain.kernel.errors import NotFound
from domain.survey.model import FollowUp, Rating
from domain.survey.ports import Job
from domain.workorder.model import WorkOrder


class MemorySurveys:
    """The surveys port over lists."""

    def __init__(self, orders: Mapping[UUID, WorkOrder]) -> None:
        self._orders = orders
        self.rated: list[Rating] = []
        self.tasks: list[FollowUp] = []

    def job(self, work_order_id: UUID) -> Job:
        order = self._orders[work_order_id]
        return Job(order.number, order.signed_off_at)

    def rating(self, rating_id: UUID) -> Rating:
        for rating in self.rated:
            if rating.id == rating_id:
                return rating
        raise NotFound(what="评价")

    def rating_of(self, work_order_id: UUID, person_id: UUID) -> Rating | None:
        return next((one for one in self.ratings(work_order_id) if one.person_id == person_id), None)

    def ratings(self, work_order_id: UUID) -> Sequence[Rating]:
        return [one for one in self.rated if one.work_order_id == work_order_id]

    def add_rating(self, rating: Rating) -> None:
        self.rated.append(rating)

    def follow_up(self, follow_up_id: UUID) -> FollowUp:
        for task in self.tasks:
            if task.id == follow_up_id:
                return task
        raise NotFound(what="回访任务")

    def open_follow_ups(self, work_order_id: UUID) -> Sequence[FollowUp]:
        return [one for one in self.tasks if one.work_order_id == work_order_id and one.done_at is None]

    def follow_ups_for(self, person_id: UUID, limit: int) -> Sequence[FollowUp]:
        undone = [one for one in self.tasks if one.done_at is None]
        mine = [one for one in undone if one.assignee_id in (person_id, None)]
        return sorted(mine, key=lambda one: one.due_at)[:limit]

    def all_follow_ups(self, limit: int) -> Sequence[FollowUp]:
        return sorted((one for one in self.tasks if one.done_at is None), key=lambda one: one.due_at)[:limit]

    def open_tasks(self, person_ids: Collection[UUID]) -> Mapping[UUID, int]:
        undone = [one.assignee_id for one in self.tasks if one.done_at is None]
        return {person_id: undone.count(person_id) for person_id in person_ids}

    def add_follow_up(self, follow_up: FollowUp) -> None:
        follow_up.version = 1
        self.tasks.append(follow_up)
