"""What the SLA area needs of storage."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.kernel.ports import UnitOfWork
from domain.sla.clocks import Calendars
from domain.sla.definition import SlaDocument
from domain.sla.model import SlaClock, SlaDocumentRow, SlaFiring, SlaMute, SlaSnooze
from domain.sla.views import StatementView


@dataclass(frozen=True)
class Published:
    """One version of the document with its calendars made ready to count."""

    version: int
    document: SlaDocument
    calendars: Calendars
    published_at: datetime


class SlaBook(Protocol):
    """Published documents, clocks and what was made of them."""

    def current(self) -> Published | None:
        """Return the newest version, or None where nothing was ever published: then no clock runs."""

    def version(self, number: int) -> Published:
        """Return one version."""

    def add_document(self, row: SlaDocumentRow) -> None:
        """Keep a new version."""

    def clocks(self, work_order_id: UUID) -> Sequence[SlaClock]:
        """Return every clock of a work order, oldest first; lock the work order before."""

    def add_clock(self, clock: SlaClock) -> None:
        """Keep a new clock."""

    def clock(self, clock_id: UUID) -> SlaClock | None:
        """Return one clock, or None."""

    def due_clocks(self, work_order_ids: Collection[UUID], now: datetime) -> Sequence[SlaClock]:
        """Return the clocks of these work orders with steps that are due; lock the work orders before."""

    def add_firings(self, firings: Sequence[SlaFiring]) -> None:
        """Keep what was fired."""

    def statement(self, on: str, from_at: datetime, to_at: datetime, late_s: int) -> StatementView:
        """Return the account of the steps that were due in a period.

        Args:
            on: what people call the period.
            late_s: from how many seconds on a step counts as late.
        """

    def number_of(self, work_order_id: UUID) -> str:
        """Return what people call a work order."""

    def mute(self, work_order_id: UUID) -> SlaMute | None:
        """Return the mute of a work order, or None; it may be over."""

    def muted(self, work_order_ids: Collection[UUID], at: datetime) -> Collection[UUID]:
        """Return those of the work orders that are muted at a moment."""

    def keep_mute(self, mute: SlaMute) -> None:
        """Keep a mute in place of an earlier one."""

    def drop_mute(self, work_order_id: UUID) -> None:
        """End a mute."""

    def keep_snooze(self, snooze: SlaSnooze) -> None:
        """Keep when somebody wants to be reminded, in place of an earlier wish."""

    def take_snooze(self, clock_id: UUID, person_id: UUID, now: datetime) -> SlaSnooze | None:
        """Remove and return a wish whose time has come, or None when somebody else did."""

    def up_since(self, name: str) -> datetime | None:
        """Return since when a kind of process lives without a gap, or None where it never did."""


class SlaUnitOfWork(UnitOfWork, Protocol):
    """One transaction that may look at clocks."""

    @property
    def sla(self) -> SlaBook:
        """Return the clocks and the documents they run by."""
