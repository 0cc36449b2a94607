"""The service desk's board: open work orders by node, and what every technician has today."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from cards.text import HOLD_LABEL, OFFERED_TO, PRIORITY_LABEL, STATUS_LABEL
from cards.text_desk import OFFERED_AGAIN, POOL_DESK
from cards.text_field import REASSIGNED
from cards.text_staff_pages import BOARD_REASON, BOARD_TITLE
from console.errors import NotOnThisPage, ReasonNeeded
from console.page import Body, Deed, Done, PageSpec, Visit
from domain.access.rights import Verb, may
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.kernel.links import Page
from domain.kernel.localtime import local_time, period
from domain.people.handlers import technician_reached
from domain.people.model import BOARD_ROLES
from domain.policies.asking import asking
from domain.policies.dispatch import best_candidates
from domain.policies.views import fault_shown
from domain.workorder.board import COLUMNS, HELD, BoardFilter, BoardLine, Day, belongs_to_day, in_order_of_day
from domain.workorder.commands import ReassignWorkOrder
from domain.workorder.details import TYPE_LABEL, OrderType
from domain.workorder.pool import NODE_LIMIT
from domain.workorder.status import UNASSIGNED, Status

EACH: Final = 60
"""Work orders shown of each node, the most urgent ones; the filters bring up the others."""
HELD_READ: Final = 1000
OFFERED: Final = 5
SHOWN_AGAIN_S: Final = 60
"""A board looks the same for so long where nothing happens."""
REASON_LIMIT = 200
_OFFERABLE = UNASSIGNED | {Status.OFFERED}


class Ask(Body):
    """Which technician is asked, and why where it is taken from somebody."""

    work_order_id: UUID
    version: int
    technician_id: UUID
    reason: str = Field(default="", max_length=REASON_LIMIT)


def page(bus: Bus, offer_timeout_s: int) -> PageSpec:
    """Return the page.

    Args:
        offer_timeout_s: how long a technician has for an answer.
    """
    timeout = timedelta(seconds=offer_timeout_s)

    def ask(visit: Visit, body: Ask) -> Done:
        return _ask(bus, timeout, visit, body)

    return PageSpec(page=Page.BOARD, title=BOARD_TITLE, data=_data, deeds={"ask": Deed(Ask, ask)})


def _ask(bus: Bus, timeout: timedelta, visit: Visit, body: Ask) -> Done:
    _insist(visit)
    order = visit.uow.work_orders.get(body.work_order_id)
    technician = technician_reached(body.technician_id.hex, visit.uow)
    again = order.state is Status.OFFERED and order.assignee_id == technician.id
    if order.state in HELD and not body.reason:
        raise ReasonNeeded(what="转单", example="客户改到明天，李强排不开")
    command = asking(
        order,
        technician,
        expires_at=visit.at + timeout,
        reason=body.reason or BOARD_REASON.format(name=visit.actor.name),
        cause=visit.cause(),
        seen_version=body.version,
    )
    bus.handle(command, visit.uow)
    words = OFFERED_AGAIN if again else OFFERED_TO
    words = REASSIGNED if isinstance(command, ReassignWorkOrder) else words
    return Done(words.format(number=order.number, name=technician.name))


def _data(visit: Visit) -> dict[str, Any]:
    _insist(visit)
    if "pick" in visit.wanted:
        return _pick(visit, visit.wanted["pick"])
    version = f"{visit.uow.board.newest_event()}-{int(visit.at.timestamp()) // SHOWN_AGAIN_S}"
    if visit.wanted.get("known") == version:
        return {"version": version, "same": True}
    technicians = sorted(visit.uow.people.technicians(), key=lambda one: (one.region, one.name))
    shared = {
        "version": version,
        "at": visit.at.isoformat(),
        "asks": may(visit.actor.roles, Verb.OFFER),
        "regions": list(visit.uow.board.regions()),
        "people": [{"id": str(one.person_id), "name": one.name} for one in technicians],
    }
    if visit.wanted.get("view") == "day":
        return {**shared, "days": _days(visit)}
    return {**shared, "columns": _columns(visit)}


def _insist(visit: Visit) -> None:
    """Refuse whoever may not see everybody's work; their role may be another one than when the link was made.

    Raises:
        NotPermitted: as said.
    """
    if not visit.actor.roles & BOARD_ROLES:
        raise NotPermitted(action=BOARD_TITLE)


def _columns(visit: Visit) -> list[dict[str, Any]]:
    lines = visit.uow.board.columns(_filter(visit.wanted), visit.at, EACH)
    columns = []
    for name, statuses in COLUMNS.items():
        own = [line for line in lines if line.status in statuses]
        totals = {line.status: line.total for line in own}
        columns.append(
            {
                "key": name.value,
                "label": STATUS_LABEL[name],
                "total": sum(totals.values()),
                "orders": [_order(line, visit.at) for line in own],
            }
        )
    return columns


def _filter(wanted: Mapping[str, str]) -> BoardFilter:
    """Return what is looked at; what cannot be read narrows to nothing, and never shows more."""
    try:
        technician = UUID(wanted["technician"]) if wanted.get("technician") else None
    except ValueError:
        technician = UUID(int=0)
    return BoardFilter(
        region=wanted.get("region", ""), assignee_id=technician, overdue=wanted.get("overdue") == "1"
    )


def _order(line: BoardLine, at: datetime) -> dict[str, Any]:
    stale_at = line.since + NODE_LIMIT[line.status]
    held = HOLD_LABEL.get(line.hold_reason, "") if line.hold_reason else ""
    return {
        "id": str(line.work_order_id),
        "number": line.number,
        "version": line.version,
        "status": STATUS_LABEL[line.status] + (f"（{held}）" if held else ""),
        "priority": line.priority,
        "urgency": PRIORITY_LABEL.get(line.priority, line.priority),
        "kind": "" if line.type == OrderType.REPAIR.value else TYPE_LABEL.get(line.type, line.type),
        "fault": line.fault,
        "customer": line.customer,
        "region": line.region,
        "owner": line.owner or POOL_DESK,
        "since": line.since.isoformat(),
        "created": line.created_at.isoformat(),
        "eta": line.eta_at.isoformat() if line.eta_at else "",
        "window": _window(line, at),
        "due": line.due_at.isoformat() if line.due_at else "",
        "stale": stale_at.isoformat(),
        "late": line.late(at),
        "does": _does(line.status),
    }


def _window(line: BoardLine, at: datetime) -> str:
    """Return `14:00–16:00` of today, and with its day of any other."""
    if line.appointment_from is None:
        return ""
    today = local_time(at).partition(" ")[0]
    return period(line.appointment_from, line.appointment_to).removeprefix(f"{today} ")


def _does(status: Status) -> str:
    """Return what the desk can do: offer it, or take it from whoever has it; nothing once it is done."""
    if status in _OFFERABLE:
        return "offer"
    return "reassign" if status in HELD else ""


def _days(visit: Visit) -> list[dict[str, Any]]:
    days = {
        one.person_id: Day(one.person_id, one.name, one.region, one.open_minutes)
        for one in visit.uow.people.technicians()
    }
    for line in visit.uow.board.held(HELD_READ):
        if line.owner_id in days and belongs_to_day(line, visit.at):
            days[line.owner_id].jobs.append(line)
    wanted = _filter(visit.wanted)
    shown = [day for day in days.values() if _is_wanted(day, wanted, visit.at)]
    shown.sort(key=lambda day: (-day.open_jobs, day.region, day.name))
    return [_day(day, visit.at) for day in shown]


def _is_wanted(day: Day, wanted: BoardFilter, at: datetime) -> bool:
    if wanted.assignee_id is not None and day.technician_id != wanted.assignee_id:
        return False
    if wanted.region and wanted.region not in day.region:
        return False
    return not wanted.overdue or any(line.late(at) for line in day.jobs)


def _day(day: Day, at: datetime) -> dict[str, Any]:
    clashes = day.clashes()
    jobs = sorted(day.jobs, key=in_order_of_day)
    return {
        "id": str(day.technician_id),
        "name": day.name,
        "region": day.region,
        "open": day.open_jobs,
        "minutes": day.open_minutes,
        "jobs": [{**_order(line, at), "clash": line.work_order_id in clashes} for line in jobs],
    }


def _pick(visit: Visit, order_id: str) -> dict[str, Any]:
    """Return whom one can choose for a work order: the best, and everybody else."""
    try:
        order = visit.uow.work_orders.find(UUID(order_id))
    except ValueError:
        order = None
    if order is None:
        raise NotOnThisPage
    best = best_candidates(order, OFFERED, visit.uow)
    names = {one.technician_id for one in best}
    others: Sequence[Any] = [
        one
        for one in sorted(visit.uow.people.technicians(), key=lambda one: one.name)
        if one.person_id not in names
    ]
    return {
        "id": str(order.id),
        "number": order.number,
        "version": order.version,
        "fault": fault_shown(order.description),
        "owner": visit.uow.name_of(order.assignee_id) if order.assignee_id else "",
        "does": _does(order.state),
        "best": [
            {"id": str(one.technician_id), "name": visit.uow.name_of(one.technician_id), "reason": one.reason}
            for one in best
        ],
        "others": [{"id": str(one.person_id), "name": one.name, "open": one.open_jobs} for one in others],
    }
