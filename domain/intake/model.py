"""The table of drafts: requests that are still being talked about, and what became of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.intake.data import LIVE, DraftData, DraftState
from domain.kernel.model import Base

DUE = text("ready_at IS NOT NULL")
IS_LIVE = text("state IN ('open', 'asking', 'summary')")
AT_WORK_ORDER = text("work_order_id IS NOT NULL")


class Draft(Base):
    """One request before it is a work order; at most one is live for each sender.

    Args:
        person_id: the speaker.
        requester_id: whom it is for.
        source: `chat`, `group`, `agent` or `api`.
        ready_at: when the clock must look again: the end of the collecting window, a reminder, the end.
        work_order_id: the first work order it became or joined.
    """

    __tablename__ = "draft"
    __table_args__ = (
        Index("uq_draft_live", "sender_key", unique=True, postgresql_where=IS_LIVE, sqlite_where=IS_LIVE),
        Index("ix_draft_ready", "ready_at", postgresql_where=DUE, sqlite_where=DUE),
        Index("ix_draft_person_live", "person_id", postgresql_where=IS_LIVE, sqlite_where=IS_LIVE),
        Index("ix_draft_sender_updated", "sender_key", "updated_at"),
        Index(
            "ix_draft_work_order",
            "work_order_id",
            "person_id",
            postgresql_where=AT_WORK_ORDER,
            sqlite_where=AT_WORK_ORDER,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    sender_key: Mapped[str] = mapped_column(String(500))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    requester_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    conversation: Mapped[str] = mapped_column(String(300))
    in_group: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(20), default="chat")
    state: Mapped[str] = mapped_column(String(12))
    data: Mapped[dict[str, Any]]
    ready_at: Mapped[datetime | None] = mapped_column(default=None)
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    source_key: Mapped[str] = mapped_column(String(200), unique=True)
    work_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def standing(self) -> DraftState:
        """Return the state as its enumeration."""
        return DraftState(self.state)

    @property
    def is_live(self) -> bool:
        """Return whether the request is still being talked about."""
        return self.standing in LIVE

    @property
    def known(self) -> DraftData:
        """Return what the draft knows."""
        return DraftData.model_validate(self.data)

    def keep(self, data: DraftData) -> None:
        """Know this from now on."""
        self.data = data.model_dump(mode="json")
