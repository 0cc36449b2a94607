"""Keeping what people send: the attachment at once, its bytes after the commit."""

from uuid import UUID

from domain.files.commands import (
    AttachKeptFile,
    KeepAttachment,
    Medium,
    RecordFetchedFile,
    RecordMissingFile,
)
from domain.files.events import AttachmentAdded, FileFetched, FileMissing
from domain.files.model import Attachment, File
from domain.files.ports import FilesUnitOfWork
from domain.kernel.errors import NotFound
from domain.kernel.messages import Cause
from domain.kernel.notices import Notice

NAME_LIMIT = 255
UPLOADED = "page"
"""The platform of what was uploaded on a page: nobody has to be asked for its bytes."""


def keep_attachment(cmd: KeepAttachment, uow: FilesUnitOfWork) -> None:
    """Keep an attachment and owe the fetching of its bytes; a repeat changes nothing."""
    if uow.files.has(cmd.attachment_id):
        return
    uow.files.add(_attachment(cmd))
    uow.record(_added(cmd))
    uow.notify(_fetching(cmd))


def share_attachment(attachment: Attachment, work_order_id: UUID, cause: Cause, uow: FilesUnitOfWork) -> None:
    """Let one more work order have the same file; what is not fetched yet is fetched for it too."""
    keep = KeepAttachment(
        media=attachment.medium,
        platform=attachment.platform,
        media_ref=attachment.media_ref,
        sender_id=attachment.sender_id,
        sent_at=attachment.sent_at,
        conversation=attachment.conversation,
        work_order_id=work_order_id,
        latitude=attachment.latitude,
        longitude=attachment.longitude,
        file_name=attachment.file_name,
        source_key=attachment.source_key,
        **cause,
    )
    if attachment.is_pending:
        keep_attachment(keep, uow)
    elif not uow.files.has(keep.attachment_id):
        kept = _attachment(keep)
        kept.sha256, kept.state, kept.failure = attachment.sha256, attachment.state, attachment.failure
        uow.files.add(kept)


def attach_kept_file(cmd: AttachKeptFile, uow: FilesUnitOfWork) -> None:
    """Let a work order have a file that is in the store; a repeat changes nothing.

    Raises:
        NotFound: nothing of this name was uploaded, or so long ago that it was given up.
    """
    file = uow.files.use(cmd.sha256, cmd.issued_at)
    if file is None:
        raise NotFound(what="这张照片")
    keep = KeepAttachment(
        media=Medium.IMAGE,
        platform=UPLOADED,
        media_ref=cmd.sha256,
        sender_id=cmd.sender_id,
        sent_at=cmd.issued_at,
        work_order_id=cmd.work_order_id,
        latitude=cmd.latitude,
        longitude=cmd.longitude,
        file_name=cmd.file_name,
        source_key=cmd.source_key,
        actor_id=cmd.actor_id,
        issued_at=cmd.issued_at,
        idempotency_key=cmd.idempotency_key,
    )
    if uow.files.has(keep.attachment_id):
        return
    uow.files.add(_attachment(keep))
    uow.record(_added(keep))
    fetched = RecordFetchedFile(
        attachment_id=keep.attachment_id,
        sha256=cmd.sha256,
        size=file.size,
        mime=file.mime,
        actor_id=cmd.actor_id,
        issued_at=cmd.issued_at,
        idempotency_key=cmd.idempotency_key,
    )
    record_fetched_file(fetched, uow)


def record_fetched_file(cmd: RecordFetchedFile, uow: FilesUnitOfWork) -> None:
    """Name the bytes of an attachment, and flag it where another work order showed them before."""
    attachment = uow.files.get(cmd.attachment_id)
    if not attachment.is_pending:
        return
    uow.files.remember(File(sha256=cmd.sha256, size=cmd.size, mime=cmd.mime, first_seen_at=cmd.issued_at))
    order_id = attachment.work_order_id
    event = FileFetched(
        occurred_at=cmd.issued_at,
        actor_id=cmd.actor_id,
        attachment_id=attachment.id,
        work_order_id=order_id,
        draft_id=attachment.draft_id,
        sha256=cmd.sha256,
        size=cmd.size,
        mime=cmd.mime,
        sender_id=attachment.sender_id,
        reused_from=uow.files.first_use(cmd.sha256, order_id, attachment.source_key) if order_id else None,
    )
    attachment.apply(event)
    uow.record(event)


def record_missing_file(cmd: RecordMissingFile, uow: FilesUnitOfWork) -> None:
    """Give up the bytes of an attachment."""
    attachment = uow.files.get(cmd.attachment_id)
    if not attachment.is_pending:
        return
    event = FileMissing(
        occurred_at=cmd.issued_at,
        actor_id=cmd.actor_id,
        attachment_id=attachment.id,
        work_order_id=attachment.work_order_id,
        draft_id=attachment.draft_id,
        media=attachment.medium,
        sender_id=attachment.sender_id,
        conversation=attachment.conversation,
        reason=cmd.reason,
    )
    attachment.apply(event)
    uow.record(event)


def _added(cmd: KeepAttachment) -> AttachmentAdded:
    return AttachmentAdded(
        occurred_at=cmd.issued_at,
        actor_id=cmd.actor_id,
        attachment_id=cmd.attachment_id,
        work_order_id=cmd.work_order_id,
        draft_id=cmd.draft_id,
        media=cmd.media,
        sender_id=cmd.sender_id,
        source_key=cmd.source_key,
    )


def _attachment(cmd: KeepAttachment) -> Attachment:
    return Attachment(
        id=cmd.attachment_id,
        work_order_id=cmd.work_order_id,
        draft_id=cmd.draft_id,
        media=cmd.media.value,
        platform=cmd.platform,
        media_ref=cmd.media_ref,
        sender_id=cmd.sender_id,
        conversation=cmd.conversation,
        sent_at=cmd.sent_at,
        latitude=cmd.latitude,
        longitude=cmd.longitude,
        file_name=cmd.file_name.replace("\x00", "")[:NAME_LIMIT],
        source_key=cmd.source_key,
        state="pending",
        failure="",
    )


def _fetching(cmd: KeepAttachment) -> Notice:
    """Return what is owed: the bytes, by whoever can ask the platform for them."""
    return Notice(
        audience=f"media:{cmd.platform}",
        card="fetch_media",
        view={
            "attachment_id": str(cmd.attachment_id),
            "media": cmd.media.value,
            "media_ref": cmd.media_ref,
            "sent_at": cmd.sent_at.isoformat(),
        },
        dedupe_key=f"fetch:{cmd.attachment_id}",
        subject_id=cmd.attachment_id,
    )
