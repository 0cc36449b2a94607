"""Links from chat to a page: each is for one person and one purpose, and ends by itself."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID


class Page(StrEnum):
    """What a link lets its person do; its subject is what the page is about."""

    STATUS = "status"
    """A customer looks at a work order and sends words; harmless when forwarded."""
    ACCEPTANCE = "acceptance"
    """A customer accepts, signs and rates the work of a work order."""
    JOB = "job"
    """A technician works on a work order."""
    STORE = "store"
    """A storekeeper picks, issues, receives and counts in a place."""
    TASK = "task"
    """An approver decides one task of a process."""
    BOARD = "board"
    """The service desk sees every open work order; its subject is the person themselves."""
    DOCUMENT = "document"
    """Somebody reads the documents of a work order."""
    REPORT = "report"
    """Anybody reports a fault of one asset; reached by the label on the machine, never by a signed link."""


LIFETIME: Final = {
    Page.STATUS: timedelta(days=90),
    Page.ACCEPTANCE: timedelta(days=14),
    Page.JOB: timedelta(days=30),
    Page.STORE: timedelta(days=2),
    Page.TASK: timedelta(days=14),
    Page.BOARD: timedelta(days=1),
    Page.DOCUMENT: timedelta(days=90),
}
"""How long a link is good for, counted from the end of the day it was made on."""


class Links(Protocol):
    """Makes links to pages."""

    def to(self, page: Page, person_id: UUID, subject_id: UUID, now: datetime) -> str:
        """Return the address of a page; the same one for the same person, subject and day."""

    def of_label(self, label: str) -> str:
        """Return the address behind the code on a machine."""


class NoLinks:
    """Where nobody reads what is shown, nothing links to a page."""

    def to(self, page: Page, person_id: UUID, subject_id: UUID, now: datetime) -> str:
        """Return no address."""
        return ""

    def of_label(self, label: str) -> str:
        """Return no address."""
        return ""
