"""Wishes about ratings and follow-ups."""

from uuid import UUID

from pydantic import Field

from domain.kernel.messages import Command


class RateService(Command):
    """Somebody who reported the fault says how it went.

    Args:
        score: whatever was said; only 1 to 5 is taken.
    """

    rating_id: UUID
    work_order_id: UUID
    score: int
    comment: str = Field(default="", max_length=2000)


class ExtendRating(Command):
    """The same person says more.

    Args:
        nps: whatever was said; only 0 to 10 is taken.
    """

    rating_id: UUID
    work_order_id: UUID
    nps: int | None = None
    comment: str = Field(default="", max_length=2000)


class FinishFollowUp(Command):
    """The customer was called.

    Args:
        result: `solved`, `unsolved` or `unreachable`.
        seen_version: the version the pressed card showed; None for words.
    """

    follow_up_id: UUID
    result: str = Field(pattern="^(solved|unsolved|unreachable)$")
    score: int | None = None
    note: str = Field(default="", max_length=500)
    seen_version: int | None = None


class ReviewFollowUp(Command):
    """The clock looks at a follow-up: its time is over, or whoever was to call has left."""

    follow_up_id: UUID


class RecordFollowUp(Command):
    """The customer of a work order was called; finishes what is open, or is a call of its own."""

    work_order_id: UUID
    result: str = Field(pattern="^(solved|unsolved|unreachable)$")
    score: int | None = None
    note: str = Field(default="", max_length=500)


class PassOnFollowUp(Command):
    """Let somebody else call the customer."""

    follow_up_id: UUID
    person_id: UUID
    seen_version: int | None = None
