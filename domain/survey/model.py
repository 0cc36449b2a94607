"""Tables of ratings and of follow-up tasks."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.kernel.model import Base
from domain.survey.events import FollowUpFinished, FollowUpPassedOn, FollowUpPutOff, FollowUpReminded

Change = FollowUpFinished | FollowUpPutOff | FollowUpPassedOn | FollowUpReminded
UNDONE = text("done_at IS NULL")
WATCHED = text("next_due_at IS NOT NULL")


class Kind(StrEnum):
    """Why the customer is asked afterwards."""

    ROUTINE = "routine"
    LOW_SCORE = "low_score"


class Result(StrEnum):
    """What the call brought; `withdrawn` means that nobody had to call any more."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"
    UNREACHABLE = "unreachable"
    WITHDRAWN = "withdrawn"


class Rating(Base):
    """What one reporter thought of one work order; who does not answer has no row."""

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("work_order_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    score: Mapped[int]
    nps: Mapped[int | None] = mapped_column(default=None)
    comment: Mapped[str] = mapped_column(Text, default="")
    rated_at: Mapped[datetime]


class FollowUp(Base):
    """One call that is owed to a customer; without an assignee it belongs to everybody who may call.

    Args:
        next_due_at: when the clock looks at it, or None where it need not any more.
        reminded: how often somebody was told that its time is over.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        Index(
            "ix_follow_up_assignee_due", "assignee_id", "due_at", postgresql_where=UNDONE, sqlite_where=UNDONE
        ),
        Index("ix_follow_up_due", "due_at", postgresql_where=UNDONE, sqlite_where=UNDONE),
        Index("ix_follow_up_next_due", "next_due_at", postgresql_where=WATCHED, sqlite_where=WATCHED),
        Index("ix_follow_up_work_order", "work_order_id"),
        Index(
            "uq_follow_up_undone",
            "work_order_id",
            "kind",
            unique=True,
            postgresql_where=UNDONE,
            sqlite_where=UNDONE,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    kind: Mapped[str] = mapped_column(String(20))
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    result: Mapped[str] = mapped_column(String(20), default="")
    score: Mapped[int | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(500), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    next_due_at: Mapped[datetime | None] = mapped_column(default=None)
    reminded: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def apply(self, event: Change) -> None:
        """Become what the event says; decides nothing."""
        match event:
            case FollowUpFinished():
                self.done_at, self.result = event.occurred_at, event.result
                self.score, self.note = event.score, event.note
                self.next_due_at = None
            case FollowUpPutOff():
                self.due_at, self.attempts = event.due_at, event.attempts
                self.next_due_at, self.reminded = event.due_at, 0
            case FollowUpPassedOn():
                self.assignee_id, self.next_due_at = event.to_id, event.next_due_at
            case FollowUpReminded():
                self.reminded, self.next_due_at = event.times, event.next_due_at
