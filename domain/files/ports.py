"""What the files area needs of storage."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.files.model import Attachment, File
from domain.kernel.ports import UnitOfWork


class Files(Protocol):
    """The attachments and the files behind them."""

    def get(self, attachment_id: UUID) -> Attachment:
        """Return one attachment, locked until the transaction ends.

        Raises:
            NotFound: there is none.
        """

    def has(self, attachment_id: UUID) -> bool:
        """Return whether there is an attachment of this id."""

    def add(self, attachment: Attachment) -> None:
        """Keep a new attachment."""

    def of_work_order(self, work_order_id: UUID) -> Sequence[Attachment]:
        """Return a work order's attachments in the order in which they were sent."""

    def reused_in(self, work_order_id: UUID) -> Mapping[UUID, str]:
        """Return the number of the other work order that showed each of these attachments' bytes before."""

    def move_to_work_order(self, draft_id: UUID, work_order_id: UUID) -> Sequence[Attachment]:
        """Give a draft's attachments to a work order, flag reused ones, and return them."""

    def first_use(self, sha256: str, work_order_id: UUID, source_key: str = "") -> UUID | None:
        """Return the earliest attachment of any other work order with these bytes, or None.

        Args:
            source_key: a message whose files may belong to several work orders: its own do not count.
        """

    def use(self, sha256: str, now: datetime) -> File | None:
        """Return a file that something uses from now on, so that it stays for good; None where there is none.

        What was uploaded and whose time is over is none, whether it was taken away already or not.
        """

    def remember(self, file: File) -> None:
        """Keep what is known of a file, locked until the transaction ends; a known one only lives longer."""


class FilesUnitOfWork(UnitOfWork, Protocol):
    """One transaction over files."""

    @property
    def files(self) -> Files:
        """Return the attachments and the files behind them."""
