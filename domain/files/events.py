"""Facts about files."""

from uuid import UUID

from domain.files.commands import Medium, MissingReason
from domain.kernel.messages import Event


class AttachmentEvent(Event):
    """Something happened to an attachment."""

    attachment_id: UUID
    work_order_id: UUID | None
    draft_id: UUID | None

    @property
    def subject_id(self) -> UUID:
        """Return the attachment."""
        return self.attachment_id


class AttachmentAdded(AttachmentEvent):
    """Somebody sent a file; its bytes are still with the platform."""

    media: Medium
    sender_id: UUID
    source_key: str


class FileFetched(AttachmentEvent):
    """The bytes are kept; `reused_from` is another work order's earlier attachment with the same bytes."""

    sha256: str
    size: int
    mime: str
    sender_id: UUID
    reused_from: UUID | None


class FileMissing(AttachmentEvent):
    """The bytes cannot be had; the sender has to send the file again."""

    media: Medium
    sender_id: UUID
    conversation: str
    reason: MissingReason
