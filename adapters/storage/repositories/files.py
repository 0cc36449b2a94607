"""Attachments and the files behind them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from adapters.storage.dialect import dialect_of, insert_for
from domain.files.model import Attachment, AttachmentState, File
from domain.kernel.errors import NotFound
from domain.workorder.model import WorkOrder

T = TypeVar("T", Attachment, File)


class SqlFiles:
    """The files port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, attachment_id: UUID) -> Attachment:
        """Return one attachment, locked, or raise NotFound."""
        found = self._locked(select(Attachment).where(Attachment.id == attachment_id))
        if not found:
            raise NotFound(what="附件")
        return found[0]

    def has(self, attachment_id: UUID) -> bool:
        """Return whether there is an attachment of this id."""
        return self._session.get(Attachment, attachment_id) is not None

    def add(self, attachment: Attachment) -> None:
        """Keep a new attachment."""
        self._session.add(attachment)

    def of_work_order(self, work_order_id: UUID) -> Sequence[Attachment]:
        """Return a work order's attachments in the order in which they were sent."""
        return self._in_order(select(Attachment).where(Attachment.work_order_id == work_order_id))

    def reused_in(self, work_order_id: UUID) -> Mapping[UUID, str]:
        """Return the number of the other work order that showed each of these attachments' bytes before."""
        earlier = aliased(Attachment)
        query = (
            select(Attachment.id, WorkOrder.number)
            .join(earlier, Attachment.reused_from == earlier.id)
            .join(WorkOrder, WorkOrder.id == earlier.work_order_id)
            .where(Attachment.work_order_id == work_order_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def move_to_work_order(self, draft_id: UUID, work_order_id: UUID) -> Sequence[Attachment]:
        """Give a draft's attachments to a work order, flag reused ones, and return them.

        One that is being fetched at this moment is waited for, so that either side sees the other's change.
        """
        moved = self._locked(
            select(Attachment)
            .where(Attachment.draft_id == draft_id)
            .order_by(Attachment.sent_at, Attachment.id)
        )
        for attachment in moved:
            attachment.work_order_id = work_order_id
            attachment.draft_id = None
            if attachment.sha256 is not None:
                attachment.reused_from = self.first_use(
                    attachment.sha256, work_order_id, attachment.source_key
                )
        self._session.flush()
        return moved

    def first_use(self, sha256: str, work_order_id: UUID, source_key: str = "") -> UUID | None:
        """Return the earliest attachment of any other work order with these bytes, or None."""
        query = (
            select(Attachment.id)
            .where(Attachment.sha256 == sha256, Attachment.state == AttachmentState.KEPT.value)
            .where(Attachment.work_order_id.is_not(None), Attachment.work_order_id != work_order_id)
            .where(or_(Attachment.source_key == "", Attachment.source_key != source_key))
            .order_by(Attachment.sent_at, Attachment.id)
            .limit(1)
        )
        return self._session.execute(query).scalar_one_or_none()

    def use(self, sha256: str, now: datetime) -> File | None:
        """Return a file that something uses from now on, so that it stays for good; None where there is none.

        What is being taken away at this moment is waited for, and is none then.
        """
        file = self._session.get(File, sha256)
        if file is None or file.expires_at is None:
            return file
        unused = self._locked(select(File).where(File.sha256 == sha256))
        if not unused or unused[0].is_over(now):
            return None
        unused[0].expires_at = None
        return unused[0]

    def remember(self, file: File) -> None:
        """Keep what is known of a file, locked; a known one only lives longer."""
        values = {
            "sha256": file.sha256,
            "size": file.size,
            "mime": file.mime,
            "first_seen_at": file.first_seen_at,
            "expires_at": file.expires_at,
        }
        adding = insert_for(dialect_of(self._session), File)
        for_longer = or_(adding.excluded.expires_at.is_(None), adding.excluded.expires_at > File.expires_at)
        statement = adding.on_conflict_do_update(
            index_elements=["sha256"],
            set_={"expires_at": adding.excluded.expires_at},
            where=and_(File.expires_at.is_not(None), for_longer),
        )
        self._session.execute(statement, values)

    def _locked(self, query: Select[T]) -> Sequence[T]:
        options = {"populate_existing": True}
        return self._session.execute(query.with_for_update(), execution_options=options).scalars().all()

    def _in_order(self, query: Select[Attachment]) -> Sequence[Attachment]:
        return self._session.execute(query.order_by(Attachment.sent_at, Attachment.id)).scalars().all()
