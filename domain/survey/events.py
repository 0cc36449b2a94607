"""Facts about ratings and follow-ups."""

from uuid import UUID

from pydantic import AwareDatetime

from domain.kernel.messages import Event


class RatingEvent(Event):
    """Something happened to a rating."""

    rating_id: UUID
    work_order_id: UUID
    person_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return the rating."""
        return self.rating_id


class ServiceRated(RatingEvent):
    """A reporter said how it went, from 1 (bad) to 5 (good).

    Args:
        before: the score that this one corrects, or None for the first one.
    """

    score: int
    comment: str = ""
    before: int | None = None


class RatingExtended(RatingEvent):
    """A reporter said more: whether they would recommend us (0 to 10), or why they rated so."""

    nps: int | None = None
    comment: str = ""


class FollowUpEvent(Event):
    """Something happened to a follow-up."""

    follow_up_id: UUID
    work_order_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return the follow-up."""
        return self.follow_up_id


class FollowUpCreated(FollowUpEvent):
    """A customer is to be asked afterwards; without an assignee any agent may do it."""

    kind: str
    assignee_id: UUID | None
    due_at: AwareDatetime


class FollowUpFinished(FollowUpEvent):
    """The customer was asked, or need not be asked any more.

    Args:
        result: `solved`, `unsolved`, `unreachable` or `withdrawn`.
        score: what the customer said on the phone, from 1 to 5, where they did.
    """

    kind: str
    result: str
    score: int | None = None
    note: str = ""


class FollowUpPutOff(FollowUpEvent):
    """The customer could not be reached and is tried again later."""

    due_at: AwareDatetime
    attempts: int


class FollowUpPassedOn(FollowUpEvent):
    """Somebody else is to ask the customer.

    Args:
        to_id: None where nobody is left to call; then it belongs to everybody who may.
        next_due_at: when the clock looks at it again.
        left: whoever had it is not there any more.
    """

    from_id: UUID | None
    to_id: UUID | None
    next_due_at: AwareDatetime | None = None
    left: bool = False


class FollowUpReminded(FollowUpEvent):
    """The time for a call is over, and it is still owed.

    Args:
        times: 1 for whoever is to call, 2 for their manager and the service desk.
        next_due_at: when the clock looks at it again, or None after the last time.
    """

    kind: str
    due_at: AwareDatetime
    times: int
    next_due_at: AwareDatetime | None
