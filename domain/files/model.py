"""Tables of files and of their use as attachments."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.files.commands import Medium
from domain.files.events import AttachmentEvent, FileFetched, FileMissing
from domain.kernel.model import Base

OF_WORK_ORDER = text("work_order_id IS NOT NULL")
OF_DRAFT = text("draft_id IS NOT NULL")
FETCHED = text("sha256 IS NOT NULL")
UNUSED = text("expires_at IS NOT NULL")


class AttachmentState(StrEnum):
    """How far the fetching is."""

    PENDING = "pending"
    KEPT = "kept"
    FAILED = "failed"


class File(Base):
    """One sequence of bytes in the store, named by its hash and kept once.

    `expires_at` is when it is taken away, because it was uploaded and nothing uses it; empty for good as soon
    as something does.
    """

    __tablename__ = "file"
    __table_args__ = (
        Index("ix_file_expires_at", "expires_at", postgresql_where=UNUSED, sqlite_where=UNUSED),
    )

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    mime: Mapped[str] = mapped_column(String(100))
    first_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(default=None)

    def is_over(self, now: datetime) -> bool:
        """Return whether it waited in vain for something to use it."""
        return self.expires_at is not None and self.expires_at <= now


class Attachment(Base):
    """One file that somebody sent, and the work order or draft it belongs to.

    `sha256` is empty until fetched. `reused_from` is the earliest attachment of another work order with the
    same bytes. `source_key` is the message it came in.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        Index(
            "ix_attachment_work_order",
            "work_order_id",
            "sent_at",
            postgresql_where=OF_WORK_ORDER,
            sqlite_where=OF_WORK_ORDER,
        ),
        Index("ix_attachment_draft", "draft_id", "sent_at", postgresql_where=OF_DRAFT, sqlite_where=OF_DRAFT),
        Index("ix_attachment_sha256", "sha256", "sent_at", postgresql_where=FETCHED, sqlite_where=FETCHED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    work_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)
    draft_id: Mapped[UUID | None] = mapped_column(default=None)
    sha256: Mapped[str | None] = mapped_column(ForeignKey("file.sha256"), default=None)
    media: Mapped[str] = mapped_column(String(10))
    platform: Mapped[str] = mapped_column(String(20))
    media_ref: Mapped[str] = mapped_column(Text)
    sender_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    conversation: Mapped[str] = mapped_column(String(400), default="")
    sent_at: Mapped[datetime]
    latitude: Mapped[float | None] = mapped_column(default=None)
    longitude: Mapped[float | None] = mapped_column(default=None)
    file_name: Mapped[str] = mapped_column(String(255), default="")
    source_key: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(10), default=AttachmentState.PENDING.value)
    failure: Mapped[str] = mapped_column(String(20), default="")
    reused_from: Mapped[UUID | None] = mapped_column(default=None)

    @property
    def medium(self) -> Medium:
        """Return the kind as its enumeration."""
        return Medium(self.media)

    @property
    def is_pending(self) -> bool:
        """Return whether the bytes are still with the platform."""
        return self.state == AttachmentState.PENDING.value

    @property
    def is_kept(self) -> bool:
        """Return whether the bytes are in the store."""
        return self.state == AttachmentState.KEPT.value

    def apply(self, event: AttachmentEvent) -> None:
        """Become what the event says; decides nothing."""
        match event:
            case FileFetched():
                self.state = AttachmentState.KEPT.value
                self.sha256 = event.sha256
                self.reused_from = event.reused_from
            case FileMissing():
                self.state = AttachmentState.FAILED.value
                self.failure = event.reason.value
