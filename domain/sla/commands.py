"""Wishes about time: of the clock, of whoever is reminded, and of the business owner."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Command
from domain.sla.definition import SlaDocument


class FireDueSteps(Command):
    """The clock found work orders with steps that are due.

    Args:
        work_order_ids: one lot of them, the longest due first.
    """

    work_order_ids: tuple[UUID, ...] = Field(min_length=1)


class RemindAgain(Command):
    """The moment came that somebody put a reminder off to."""

    clock_id: UUID
    person_id: UUID


class Later(StrEnum):
    """Until when a reminder is put off."""

    HALF_HOUR = "30m"
    AFTER_LUNCH = "lunch"
    TOMORROW = "tomorrow"


class PutOffReminder(Command):
    """Somebody wants to be reminded of a work order later; nobody else is affected.

    Args:
        clock_id: the clock of the reminder; None for the one that is due first.
    """

    work_order_id: UUID
    clock_id: UUID | None = None
    later: Later


class MuteReminders(Command):
    """Nobody is to be reminded of a work order until a moment."""

    work_order_id: UUID
    until: AwareDatetime
    reason: str = Field(default="", max_length=200)


class UnmuteReminders(Command):
    """Reminders of a work order are wanted again."""

    work_order_id: UUID


class PublishSla(Command):
    """A business owner changes calendars, policies or ladders for what starts from now on."""

    document: SlaDocument
    note: str = Field(default="", max_length=500)


class AttachSla(Command):
    """Let an open work order run by the newest document: one that has no clocks gets them, late."""

    work_order_id: UUID


class SendDigest(Command):
    """The time of a digest came.

    Args:
        plan: its name in the document.
        audience: whom it is for: `desk`, `conversation:<address>` or `person:<id>`.
        day: which day's digest it is; each is sent once.
    """

    plan: str
    audience: str
    day: date
