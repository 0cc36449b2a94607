"""The time line of a work order as one viewer may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.access.rights import Field, sees
from domain.kernel.errors import NotFound
from domain.kernel.localtime import local_time
from domain.kernel.money import yuan
from domain.people.model import STAFF_ROLES, Person, Role
from domain.policies.ports import EveryUnitOfWork
from domain.policies.relation import relation_to
from domain.workorder.details import Payer
from domain.workorder.model import WorkOrder
from domain.workorder.timeline import REPORTER, STAFF, Recorded, segments, totals
from domain.workorder.views import NodeTotal, TimelineLine, TimelineView

INTERNAL = frozenset(
    {
        "WorkOrderOffered",
        "WorkOrderDeclined",
        "OfferExpired",
        "AssigneeLeft",
        "WorkOrderRecalled",
        "OfferExtended",
        "TechniciansRecommended",
        "WorkOrderLeftUnassigned",
        "PriorityChanged",
        "OrderTypeChanged",
        "EstimateChanged",
        "DecisionAwaited",
        "JobPartsChanged",
        "FollowUpOwed",
        "EscalationProposed",
        "EscalationConfirmed",
        "EscalationDeclined",
        "StepFired",
        "RemindersMuted",
        "RemindersUnmuted",
    }
)
"""What happened among ourselves."""
CLOCKWORK = frozenset(
    {
        "ClockStarted",
        "ClockPaused",
        "ClockResumed",
        "ClockRestarted",
        "ClockStopped",
        "ClockCancelled",
        "ClockRetargeted",
        "ReminderPutOff",
        "PartsUsed",
        "UsedTakenBack",
    }
)
"""What clocks do by themselves; “为什么超时” tells what came of it. Of parts, the job's own events tell."""
NOTES = "WorkOrderNoteAdded"
_NAMES = frozenset({"technician_id", "assignee_id", "from_id", "person_id"})
_MOMENTS = frozenset({"until", "expires_at", "eta_at", "claimed_at", "due_at"})
_OURS = {
    "WorkOrderRegistered": frozenset({"earlier_id"}),
    "WorkOrderFollowedUp": frozenset({"note", "score"}),
    "WorkOrderSettled": frozenset({"note"}),
    "TechnicianArrived": frozenset({"far", "skipped_departure"}),
    "WorkOrderRated": frozenset({"comment"}),
    "ReporterJoined": frozenset({"words"}),
}
"""Facts of an event that a customer does not read."""


@dataclass(frozen=True)
class _Sight:
    """What one viewer may see of one work order."""

    viewer_id: str
    internal: bool
    cost: bool
    staff: bool


def timeline_view(
    order: WorkOrder, viewer: Person, at: datetime, uow: EveryUnitOfWork, *, only_totals: bool = False
) -> TimelineView:
    """Return what happened, and where the time went until `at` or until its end.

    Source: docs/reference/work-order-lifecycle.md, rule WO-18.
    """
    history = uow.work_orders.history(order.id)
    relation = relation_to(order, viewer, uow)
    sight = _Sight(
        viewer_id=str(viewer.id),
        internal=sees(viewer.roles, Field.INTERNAL_NOTES, relation),
        cost=sees(viewer.roles, Field.COST, relation),
        staff=bool(viewer.roles & STAFF_ROLES),
    )
    shown = [] if only_totals else [one for one in history if _is_shown(one, sight, uow)]
    seen = _seen_before(order, uow) if sight.internal and shown else {}
    spent = totals(segments(history, at))
    return TimelineView(
        number=order.number,
        status=order.state,
        lines=tuple(_line(one, sight, seen, uow) for one in shown),
        totals=tuple(NodeTotal(node=node, seconds=seconds) for node, seconds in spent.items()),
        seconds=sum(spent.values()),
    )


def _is_shown(one: Recorded, sight: _Sight, uow: EveryUnitOfWork) -> bool:
    if one.name in CLOCKWORK:
        return False
    if sight.internal:
        return True
    if one.name == NOTES:
        actor = _person(one.actor_id, uow)
        return actor is not None and not actor.roles & STAFF_ROLES
    return one.name not in INTERNAL


def _seen_before(order: WorkOrder, uow: EveryUnitOfWork) -> Mapping[str, Mapping[str, str]]:
    """Return what our own people read of each file that is no new one, by the platform's name of it."""
    found: dict[str, Mapping[str, str]] = {}
    shown: set[str] = set()
    earlier = uow.files.reused_in(order.id)
    for file in uow.files.of_work_order(order.id):
        if file.id in earlier:
            found[file.media_ref] = {"reused_in": earlier[file.id]}
        elif file.sha256 in shown:
            found[file.media_ref] = {"sent_before": "same"}
        shown |= {file.sha256} if file.sha256 is not None else set()
    return found


def _line(
    one: Recorded, sight: _Sight, seen: Mapping[str, Mapping[str, str]], uow: EveryUnitOfWork
) -> TimelineLine:
    payload = one.payload | one.payload.get("report", {})
    hidden = (
        frozenset() if sight.staff or one.actor_id == sight.viewer_id else _OURS.get(one.name, frozenset())
    )
    facts = {key: _words(key, value, uow) for key, value in payload.items() if key not in hidden}
    if one.name == "WorkOrderSettled":
        if not _may_read_price(payload["payer"], sight):
            facts["amount_fen"] = ""
        if not _may_read_price(payload.get("before_payer", ""), sight):
            facts["before_fen"] = ""
    if one.name == NOTES:
        facts |= seen.get(str(payload.get("media_ref", "")), {})
    return TimelineLine(
        at=one.occurred_at,
        who=_who(one.actor_id, sight, uow),
        channel=one.channel,
        name=one.name,
        facts=facts,
    )


def _may_read_price(payer: str, sight: _Sight) -> bool:
    return sight.cost or (not sight.staff and payer == Payer.CUSTOMER.value)


def _words(key: str, value: Any, uow: EveryUnitOfWork) -> str:
    """Return one fact in words; what is nothing, false or a structure has none."""
    if value is None or value is False or value == "" or isinstance(value, dict):
        return ""
    if key == "earlier_id":
        earlier = uow.work_orders.find(UUID(str(value)))
        return earlier.number if earlier is not None else ""
    if key in _NAMES:
        return person_name(str(value), uow)
    if key == "candidates":
        return "、".join(person_name(one, uow) for one in value)
    if key in _MOMENTS:
        return local_time(datetime.fromisoformat(value))
    if key in ("amount_fen", "before_fen"):
        return yuan(value)
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _who(actor_id: str, sight: _Sight, uow: EveryUnitOfWork) -> str:
    """Return who did it: a customer reads technicians by name, and of everybody else what they are."""
    actor = _person(actor_id, uow)
    if actor is None:
        return ""
    if sight.staff or actor_id == sight.viewer_id or Role.TECHNICIAN in actor.roles:
        return actor.name
    return STAFF if actor.roles & STAFF_ROLES else REPORTER


def person_name(person_id: str, uow: EveryUnitOfWork) -> str:
    """Return somebody's name, or an empty text for nobody."""
    person = _person(person_id, uow)
    return person.name if person is not None else ""


def _person(person_id: str, uow: EveryUnitOfWork) -> Person | None:
    """Return who it is; the clock and whoever is not known any more are nobody."""
    try:
        return uow.people.get(UUID(person_id))
    except (ValueError, NotFound):
        return None
