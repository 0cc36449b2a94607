"""Wishes of the technician in the field."""

from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Command
from domain.workorder.details import HoldReason
from domain.workorder.report import ServiceReport


class StepCommand(Command):
    """A technician takes a step.

    Args:
        seen_version: the version the pressed card showed; None for words.
        claimed_at: when it happened, for a step that is recorded afterwards.
        latitude, longitude: where the technician is, where the platform told.
    """

    work_order_id: UUID
    seen_version: int | None = None
    claimed_at: AwareDatetime | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)


class DepartForSite(StepCommand):
    """The technician sets out; `eta_at` is when they expect to arrive."""

    eta_at: AwareDatetime | None = None


class ArriveOnSite(StepCommand):
    """The technician has arrived."""


class StartWork(StepCommand):
    """The technician begins."""


class CompleteWork(StepCommand):
    """The technician is done and files the report."""

    report: ServiceReport


class AmendReport(Command):
    """The report is corrected after completion; the customer is asked again."""

    work_order_id: UUID
    report: ServiceReport


class HoldWorkOrder(Command):
    """The work has to wait for something."""

    work_order_id: UUID
    reason: HoldReason
    note: str = ""
    seen_version: int | None = None


class ResumeWorkOrder(Command):
    """What was waited for is there."""

    work_order_id: UUID
    seen_version: int | None = None
