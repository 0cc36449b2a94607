"""Decisions in the field: the technician's steps, holds and the report."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any
from uuid import UUID

from domain.kernel.localtime import local_time
from domain.workorder.details import HoldReason
from domain.workorder.errors import AlreadySettled, BackfillImpossible, ReasonMissing, ReportIncomplete
from domain.workorder.field_commands import ArriveOnSite, CompleteWork, DepartForSite, StepCommand
from domain.workorder.field_events import (
    ReportAmended,
    TechnicianArrived,
    TechnicianDeparted,
    WorkCompleted,
    WorkOrderHeld,
    WorkOrderResumed,
    WorkStarted,
)
from domain.workorder.lifecycle.state import REASON_LIMIT, WorkOrderState, held_by, seen
from domain.workorder.report import CheckItem, ServiceReport, missing_items, possible_hours
from domain.workorder.status import UNDER_WAY, Action, Status, next_status

BACKFILLED_AFTER = timedelta(minutes=15)
"""A step recorded later than this after it happened is flagged."""
FAR_M = 1000
"""An arrival farther from the site than this is flagged."""
DETOUR = 1.4
"""How much longer a road is than the line through the air."""
SPEED_KM_H = 30
"""How fast a technician gets on in a city."""
_EARTH_M = 6_371_000

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


def depart(
    order: WorkOrderState, step: DepartForSite, *, site: Place | None, holder: str
) -> TechnicianDeparted | None:
    """Decide a departure; None when this technician had departed already.

    Where the technician says nothing of the arrival, it is estimated from the way, if both ends are known.

    Raises:
        TakenByAnother, NotTheAssignee, OutdatedPress: as `held_by`.
        BackfillImpossible: the claimed time lies before the step before, or in the future.
        StepTooEarly, TransitionNotAllowed: as `next_status`.

    Source: docs/reference/work-order-lifecycle.md, rule WO-10.
    """
    if _taken_already(order, step, Status.EN_ROUTE):
        return None
    facts = _step(order, step, Action.DEPART, holder)
    place = _place(step)
    if step.eta_at is not None or site is None or place is None:
        return TechnicianDeparted(**facts, eta_at=step.eta_at)
    eta_at = (step.claimed_at or step.issued_at) + travel_time(distance_between(place, site))
    return TechnicianDeparted(**facts, eta_at=eta_at, eta_estimated=True)


def arrive(
    order: WorkOrderState, step: ArriveOnSite, *, site: Place | None, holder: str
) -> TechnicianArrived | None:
    """Decide an arrival, with the distance from the site where both places are known.

    Raises: as `depart`.
    """
    if _taken_already(order, step, Status.ON_SITE):
        return None
    facts = _step(order, step, Action.ARRIVE, holder)
    place = _place(step)
    distance_m = distance_between(site, place) if site is not None and place is not None else None
    return TechnicianArrived(
        **facts,
        distance_m=distance_m,
        far=distance_m is not None and distance_m > FAR_M,
        skipped_departure=order.state is Status.ACCEPTED,
    )


def start(order: WorkOrderState, step: StepCommand, *, holder: str) -> WorkStarted | None:
    """Decide the beginning of the work.

    Raises: as `depart`.
    """
    if _taken_already(order, step, Status.IN_PROGRESS):
        return None
    return WorkStarted(**_step(order, step, Action.START, holder))


def may_complete(order: WorkOrderState, *, actor_id: UUID, seen_version: int | None, holder: str) -> None:
    """Refuse early, before the report is asked for.

    Raises: as `depart`.
    """
    held_by(order, actor_id, seen_version, holder)
    next_status(order.number, order.state, Action.COMPLETE)


def complete(
    order: WorkOrderState, step: CompleteWork, *, checklist: Sequence[CheckItem], holder: str
) -> WorkCompleted | None:
    """Decide the completion.

    Raises:
        HoursOutOfRange: no visit takes so long.
        ReportIncomplete: the report misses something that is required.
        TakenByAnother, NotTheAssignee, OutdatedPress, BackfillImpossible, StepTooEarly,
            TransitionNotAllowed: as `depart`.

    Source: docs/reference/work-order-lifecycle.md, rule WO-11.
    """
    if _taken_already(order, step, Status.COMPLETED):
        return None
    facts = _step(order, step, Action.COMPLETE, holder)
    _insist_on_whole(step.report, checklist, order.number)
    return WorkCompleted(**facts, report_version=order.report_version + 1)


def may_amend(order: WorkOrderState, *, actor_id: UUID, seen_version: int | None, holder: str) -> None:
    """Refuse early, before the corrections are asked for.

    Raises:
        AlreadySettled: the work order is settled.
        OutdatedPress: the pressed card shows an older state.
        TransitionNotAllowed, NotTheAssignee: it is not completed, or somebody else did it.
    """
    held_by(order, actor_id, seen_version, holder)
    if order.state in (Status.SETTLED, Status.CLOSED):
        raise AlreadySettled(number=order.number)
    next_status(order.number, order.state, Action.AMEND)


def amend(
    order: WorkOrderState,
    *,
    actor_id: UUID,
    at: datetime,
    report: ServiceReport,
    checklist: Sequence[CheckItem],
    holder: str,
    signer: str = "",
) -> ReportAmended:
    """Decide a correction of the report; a signature on the old version is void.

    Args:
        signer: whose signature the old version has; empty for none.

    Raises:
        HoursOutOfRange: no visit takes so long.
        ReportIncomplete: the corrected report misses something that is required.
        AlreadySettled, TransitionNotAllowed, NotTheAssignee: as `may_amend`.

    Source: docs/reference/work-order-lifecycle.md, rule WO-11.
    """
    may_amend(order, actor_id=actor_id, seen_version=None, holder=holder)
    _insist_on_whole(report, checklist, order.number)
    return ReportAmended(
        occurred_at=at,
        actor_id=str(actor_id),
        work_order_id=order.id,
        version=order.report_version + 1,
        was_signed=order.state is Status.SIGNED_OFF,
        voided_signer=signer,
    )


def may_hold(order: WorkOrderState, seen_version: int | None) -> None:
    """Refuse early, before the reason is asked for.

    Raises:
        OutdatedPress: the pressed card shows an older state.
        TransitionNotAllowed: it waits already, or the work is done.
    """
    seen(order, seen_version)
    next_status(order.number, order.state, Action.HOLD)


def hold(
    order: WorkOrderState,
    *,
    actor_id: str,
    at: datetime,
    reason: HoldReason,
    note: str,
    seen_version: int | None,
) -> WorkOrderHeld:
    """Decide that the work waits.

    Raises:
        OutdatedPress, TransitionNotAllowed: as `may_hold`.

    Source: docs/reference/work-order-lifecycle.md, rule WO-13.
    """
    may_hold(order, seen_version)
    held_from = Status.DISPATCHING if order.state not in UNDER_WAY else order.state
    return WorkOrderHeld(
        occurred_at=at,
        actor_id=actor_id,
        work_order_id=order.id,
        reason=reason.value,
        note=note.strip()[:REASON_LIMIT],
        held_from=held_from.value,
    )


def resume(
    order: WorkOrderState, *, actor_id: str, at: datetime, seen_version: int | None
) -> WorkOrderResumed:
    """Decide that the work goes on where it stood; what nobody had accepted is dispatched.

    Raises:
        OutdatedPress: the pressed card shows an older state.
        TransitionNotAllowed: it is not held.
    """
    seen(order, seen_version)
    next_status(order.number, order.state, Action.RESUME)
    return WorkOrderResumed(occurred_at=at, actor_id=actor_id, work_order_id=order.id, status=order.held_from)


def reason_needed(text: str, example: str) -> str:
    """Return a reason, trimmed.

    Raises:
        ReasonMissing: there is none.
    """
    if not text.strip():
        raise ReasonMissing(example=example)
    return text.strip()[:REASON_LIMIT]


def distance_between(one: Place, other: Place) -> int:
    """Return the metres between two places along the surface of the earth."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * _EARTH_M * asin(sqrt(min(1.0, half))))


def travel_time(distance_m: int) -> timedelta:
    """Return how long a way takes, to the minute.

    Source: docs/reference/work-order-lifecycle.md, rule WO-10.
    """
    return timedelta(minutes=round(distance_m / 1000 * DETOUR / SPEED_KM_H * 60))


def _insist_on_whole(report: ServiceReport, checklist: Sequence[CheckItem], number: str) -> None:
    if report.hours is not None:
        possible_hours(report.hours)
    if missing := missing_items(report, checklist):
        raise ReportIncomplete(number=number, missing="、".join(missing))


def _place(step: StepCommand) -> Place | None:
    if step.latitude is None or step.longitude is None:
        return None
    return step.latitude, step.longitude


def _taken_already(order: WorkOrderState, step: StepCommand, status: Status) -> bool:
    return order.state is status and str(order.assignee_id) == step.actor_id


def _step(order: WorkOrderState, step: StepCommand, action: Action, holder: str) -> dict[str, Any]:
    """Check one step and return the facts every step has."""
    actor_id = UUID(step.actor_id)
    held_by(order, actor_id, step.seen_version, holder)
    next_status(order.number, order.state, action)
    claimed = step.claimed_at
    if claimed is not None and not order.status_since <= claimed <= step.issued_at:
        raise BackfillImpossible(claimed=local_time(claimed), before=local_time(order.status_since))
    return {
        "occurred_at": step.issued_at,
        "actor_id": step.actor_id,
        "work_order_id": order.id,
        "assignee_id": actor_id,
        "claimed_at": claimed,
        "backfilled": claimed is not None and step.issued_at - claimed > BACKFILLED_AFTER,
        "latitude": step.latitude,
        "longitude": step.longitude,
    }
