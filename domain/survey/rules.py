"""What may be rated, who is asked afterwards, and until when."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from domain.survey.errors import (
    AlreadyRated,
    FollowedUpTooEarly,
    FollowUpChanged,
    FollowUpDone,
    RatedTooEarly,
    ScoreOutOfRange,
)
from domain.survey.model import Kind

SCORES = (1, 5)
NPS = (0, 10)
LOW_SCORE = 2
"""A score that is no better than this is followed up on its own."""
NPS_WITHIN = timedelta(minutes=30)
"""How long a recommendation or a comment is taken for part of a rating."""
CORRECTED_WITHIN = timedelta(minutes=10)
DUE_WITHIN = {Kind.ROUTINE: timedelta(hours=24), Kind.LOW_SCORE: timedelta(hours=4)}
"""How soon a customer is asked."""
TRIES = 3
"""After so many calls that nobody answered, the customer counts as not to be reached."""
TRIED_AGAIN_AFTER = timedelta(hours=4)
RAISED_AFTER = timedelta(hours=4)
"""How long after its time limit a call that is still owed is brought to manager and desk."""


class Job(Protocol):
    """A work order as the survey needs it."""

    @property
    def number(self) -> str: ...
    @property
    def accepted_at(self) -> datetime | None: ...


class Rated(Protocol):
    """An earlier rating, read only."""

    @property
    def score(self) -> int: ...
    @property
    def rated_at(self) -> datetime: ...


class Task(Protocol):
    """A follow-up, read only."""

    @property
    def done_at(self) -> datetime | None: ...
    @property
    def version(self) -> int: ...
    @property
    def attempts(self) -> int: ...


def in_range(said: int, limits: tuple[int, int], example: str) -> int:
    """Return a score that somebody may give.

    Raises:
        ScoreOutOfRange: it is below or above.
    """
    lowest, highest = limits
    if not lowest <= said <= highest:
        raise ScoreOutOfRange(said=said, lowest=lowest, highest=highest, example=example)
    return said


def may_rate(job: Job, earlier: Rated | None, score: int, at: datetime) -> None:
    """Insist that this score may be given now.

    The first rating of a person counts; it may be corrected for a while, and anew after another acceptance.

    Raises:
        ScoreOutOfRange: it is not 1 to 5.
        RatedTooEarly: the work is not accepted.
        AlreadyRated: this person rated it, and the time for a correction is over.
    """
    in_range(score, SCORES, f"评价 {job.number} 5分")
    if job.accepted_at is None:
        raise RatedTooEarly(number=job.number)
    if earlier is None or at - earlier.rated_at <= CORRECTED_WITHIN:
        return
    if job.accepted_at <= earlier.rated_at:
        raise AlreadyRated(number=job.number, score=earlier.score)


def is_low(score: int) -> bool:
    """Return whether a score needs a call."""
    return score <= LOW_SCORE


def may_finish(task: Task, number: str, seen_version: int | None) -> None:
    """Insist that a follow-up is open and looks as its card showed.

    Raises:
        FollowUpDone: it is finished.
        FollowUpChanged: the pressed card shows an older state.
    """
    if task.done_at is not None:
        raise FollowUpDone(number=number)
    if seen_version is not None and seen_version != task.version:
        raise FollowUpChanged(number=number)


def may_follow_up(job: Job) -> None:
    """Insist that there is something to ask the customer about.

    Raises:
        FollowedUpTooEarly: the work is not accepted.
    """
    if job.accepted_at is None:
        raise FollowedUpTooEarly(number=job.number)


def is_put_off(task: Task) -> bool:
    """Return whether a customer who did not answer is tried again."""
    return task.attempts + 1 < TRIES


def next_look(due_at: datetime, reminded: int) -> datetime | None:
    """Return when the clock looks at an open follow-up: at its limit, some hours later, and never again."""
    return {0: due_at, 1: due_at + RAISED_AFTER}.get(reminded)


def least_busy(open_tasks: Mapping[UUID, int]) -> UUID | None:
    """Return who has the fewest open follow-ups, or None where there is nobody."""
    return min(open_tasks, key=lambda one: (open_tasks[one], str(one)), default=None)
