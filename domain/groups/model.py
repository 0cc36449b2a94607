"""The table of messages that were addressed to the robot in a group."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.groups.events import GroupMessageResolved
from domain.groups.outcome import Outcome
from domain.kernel.model import Base

DUE = text("due_at IS NOT NULL")


class GroupRequest(Base):
    """One message to the robot in a group, as the draft card in the group shows it.

    Args:
        group_key: the group, whoever speaks in it.
        conversation: where the card is shown.
        private: the speaker's own chat, where news of an order go.
        original_ref: the platform's id of the message.
        details: what was understood, as `domain.workorder.details.RequestDetails` keeps it.
        technician_id: who is asked to have a look, where the message says so.
        due_at: when the clock must look again, while nobody decided.
        reminders: how often it looked: the group was reminded, then the service desk was asked.
        linked: the work order it was added to was joined by the speaker, so that leaving undoes it.
    """

    __tablename__ = "group_request"
    __table_args__ = (
        Index("ix_group_request_group_created", "group_key", "created_at"),
        Index("ix_group_request_due", "due_at", postgresql_where=DUE, sqlite_where=DUE),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20))
    group_key: Mapped[str] = mapped_column(String(300))
    conversation: Mapped[str] = mapped_column(String(300))
    private: Mapped[str] = mapped_column(String(300))
    speaker_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(Text)
    source_key: Mapped[str] = mapped_column(String(200), unique=True)
    original_ref: Mapped[str] = mapped_column(String(128))
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"), default=None)
    asset_id: Mapped[UUID | None] = mapped_column(ForeignKey("asset.id"), default=None)
    priority: Mapped[str] = mapped_column(String(2), default="P3")
    type: Mapped[str] = mapped_column(String(30), default="repair")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    technician_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    work_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)
    linked: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    reminders: Mapped[int] = mapped_column(default=0)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def outcome(self) -> Outcome:
        """Return the state as its enumeration."""
        return Outcome(self.state)

    def apply(self, event: GroupMessageResolved) -> None:
        """Become what the event says; decides nothing."""
        self.state, self.due_at = event.outcome.value, None
        self.linked = event.joined
        if event.outcome is not Outcome.NOT_A_REQUEST:
            self.work_order_id = event.work_order_id
