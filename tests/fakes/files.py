"""Attachments in memory, for decisions and policies without a database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from domain.files.model import Attachment, File
from domain.kernel.errors import NotFound


class MemoryFiles:
    """The files port over dictionaries."""

    def __init__(self, *attachments: Attachment) -> None:
        self.attachments = {attachment.id: attachment for attachment in attachments}
        self.known: dict[str, File] = {}
        self.numbers: dict[UUID, str] = {}

    def get(self, attachment_id: UUID) -> Attachment:
        if attachment_id not in self.attachments:
            raise NotFound(what="附件")
        return self.attachments[attachment_id]

    def has(self, attachment_id: UUID) -> bool:
        return attachment_id in self.attachments

    def add(self, attachment: Attachment) -> None:
        self.attachments[attachment.id] = attachment

    def of_work_order(self, work_order_id: UUID) -> Sequence[Attachment]:
        return [each for each in self._in_order() if each.work_order_id == work_order_id]

    def reused_in(self, work_order_id: UUID) -> Mapping[UUID, str]:
        mine = [one for one in self.of_work_order(work_order_id) if one.reused_from is not None]
        return {one.id: self.numbers[one.reused_from] for one in mine if one.reused_from in self.numbers}

    def _of_draft(self, draft_id: UUID) -> Sequence[Attachment]:
        return [each for each in self._in_order() if each.draft_id == draft_id]

    def move_to_work_order(self, draft_id: UUID, work_order_id: UUID) -> Sequence[Attachment]:
        moved = self._of_draft(draft_id)
        for attachment in moved:
            attachment.work_order_id, attachment.draft_id = work_order_id, None
            if attachment.sha256 is not None:
                attachment.reused_from = self.first_use(
                    attachment.sha256, work_order_id, attachment.source_key
                )
        return moved

    def first_use(self, sha256: str, work_order_id: UUID, source_key: str = "") -> UUID | None:
        others = (
            each.id
            for each in self._in_order()
            if each.sha256 == sha256 and each.work_order_id not in (None, work_order_id)
            if not source_key or each.source_key != source_key
        )
        return next(others, None)

    def use(self, sha256: str, now: datetime) -> File | None:
        file = self.known.get(sha256)
        if file is None or file.is_over(now):
            return None
        file.expires_at = None
        return file

    def remember(self, file: File) -> None:
        self.known.setdefault(file.sha256, file)

    def _in_order(self) -> list[Attachment]:
        return sorted(self.attachments.values(), key=lambda each: (each.sent_at, each.id))
