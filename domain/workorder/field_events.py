"""Facts from the field: the technician's steps, holds and the service report."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from domain.workorder.events import WorkOrderEvent


class FieldStep(WorkOrderEvent):
    """A technician took a step.

    Args:
        claimed_at: when it is said to have happened, where that is not now.
        backfilled: it was recorded noticeably later than it happened.
        latitude, longitude: where the technician was, in degrees.
    """

    assignee_id: UUID
    claimed_at: AwareDatetime | None = None
    backfilled: bool = False
    latitude: float | None = None
    longitude: float | None = None


class TechnicianDeparted(FieldStep):
    """The technician is on the way.

    Args:
        eta_at: when they arrive; None when nobody can say.
        eta_estimated: `eta_at` was computed from the distance, because the technician did not say.
    """

    eta_at: AwareDatetime | None = None
    eta_estimated: bool = False


class TechnicianArrived(FieldStep):
    """The technician is on site.

    Args:
        distance_m: from the site, where both places are known.
        far: so far that somebody should ask.
        skipped_departure: “出发” was never pressed.
    """

    distance_m: int | None = None
    far: bool = False
    skipped_departure: bool = False


class WorkStarted(FieldStep):
    """The work began."""


class WorkCompleted(FieldStep):
    """The work is done and waits for the customer's acceptance."""

    report_version: int


class WorkOrderHeld(WorkOrderEvent):
    """The work stands still and says why."""

    reason: str
    note: str = ""
    held_from: str


class WorkOrderResumed(WorkOrderEvent):
    """The work goes on where it stood."""

    status: str


class ReportFiled(WorkOrderEvent):
    """A version of the service report was filed; earlier versions are kept."""

    version: int
    report: dict[str, Any]


class ReportAmended(WorkOrderEvent):
    """The report was changed after completion, so the customer is asked again.

    Args:
        was_signed: the version before was accepted.
        voided_signer: who had signed it; the signature does not count any more.
    """

    version: int
    was_signed: bool
    voided_signer: str = ""
