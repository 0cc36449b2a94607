"""Wishes about files."""

from enum import StrEnum
from uuid import UUID, uuid5

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Command

_NAMES = UUID("5b1f0f6e-6d0a-5c0e-9a43-2f6f0f1f7a10")


class Medium(StrEnum):
    """What kind of thing a platform said it carries; the bytes may say otherwise."""

    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"


class MissingReason(StrEnum):
    """Why a file could not be fetched."""

    EXPIRED = "expired"
    """The platform has thrown it away (WeCom after three days)."""
    TOO_LARGE = "too_large"
    """It is larger than we keep."""
    REFUSED = "refused"
    """The platform will not give it to us."""


class KeepAttachment(Command):
    """Somebody sent a file for a work order or a draft; its bytes are fetched after the commit.

    Args:
        platform: `wecom`, `wecom_external` or `dingtalk`.
        media_ref: the platform's name of the file.
        sender_id: the person who sent it.
        sent_at: the platform's moment.
        conversation: the private chat in which the sender is asked again if it cannot be fetched; empty
            asks wherever the sender is reached.
        source_key: the message it came in (`Said.source_key`), which pictures of one message share.
        latitude: where it was taken or sent, in degrees, if the sender said so shortly before.
    """

    media: Medium
    platform: str
    media_ref: str = Field(min_length=1)
    sender_id: UUID
    sent_at: AwareDatetime
    conversation: str = ""
    work_order_id: UUID | None = None
    draft_id: UUID | None = None
    latitude: float | None = None
    longitude: float | None = None
    file_name: str = ""
    source_key: str = ""

    @property
    def attachment_id(self) -> UUID:
        """Return the id it will have: the same file of the same message for the same subject has the same."""
        subject = self.work_order_id or self.draft_id or ""
        return uuid5(_NAMES, f"{self.platform}|{self.idempotency_key}|{self.media_ref}|{subject}")


class AttachKeptFile(Command):
    """A file that is in the store already belongs to a work order; it was uploaded on a page.

    Args:
        source_key: the submission it came in.
        file_name: what its sender called it.
    """

    work_order_id: UUID
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    sender_id: UUID
    source_key: str
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    file_name: str = ""


class RecordFetchedFile(Command):
    """The bytes of an attachment are in the store."""

    attachment_id: UUID
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=1)
    mime: str


class RecordMissingFile(Command):
    """The bytes of an attachment can never be had."""

    attachment_id: UUID
    reason: MissingReason
