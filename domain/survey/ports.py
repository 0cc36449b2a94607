"""What the survey area needs of storage."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.kernel.ports import UnitOfWork
from domain.survey.model import FollowUp, Rating


@dataclass(frozen=True)
class Job:
    """A work order as the survey needs it; `accepted_at` is None while its work is not accepted."""

    number: str
    accepted_at: datetime | None


class Surveys(Protocol):
    """The ratings and the follow-ups."""

    def job(self, work_order_id: UUID) -> Job:
        """Return the work order, locked until the transaction ends.

        Raises:
            NotFound: there is none.
        """

    def rating(self, rating_id: UUID) -> Rating:
        """Return one rating.

        Raises:
            NotFound: there is none.
        """

    def rating_of(self, work_order_id: UUID, person_id: UUID) -> Rating | None:
        """Return how one person rated a work order, or None."""

    def ratings(self, work_order_id: UUID) -> Sequence[Rating]:
        """Return every rating of a work order, oldest first."""

    def add_rating(self, rating: Rating) -> None:
        """Keep a new rating."""

    def follow_up(self, follow_up_id: UUID) -> FollowUp:
        """Return one follow-up, its work order locked first.

        Raises:
            NotFound: there is none.
        """

    def open_follow_ups(self, work_order_id: UUID) -> Sequence[FollowUp]:
        """Return what is still owed to the customer of a work order, oldest first."""

    def follow_ups_for(self, person_id: UUID, limit: int) -> Sequence[FollowUp]:
        """Return somebody's open follow-ups and those of nobody, the most urgent first."""

    def all_follow_ups(self, limit: int) -> Sequence[FollowUp]:
        """Return everybody's open follow-ups, the most urgent first."""

    def open_tasks(self, person_ids: Collection[UUID]) -> Mapping[UUID, int]:
        """Return how many follow-ups each of these people has open; 0 where there are none."""

    def add_follow_up(self, follow_up: FollowUp) -> None:
        """Keep a new follow-up."""


class SurveyUnitOfWork(UnitOfWork, Protocol):
    """One transaction over ratings and follow-ups."""

    @property
    def surveys(self) -> Surveys:
        """Return the ratings and the follow-ups."""
