"""What a technician needs on the road, as the page of a job shows it: the words are the card's own."""

import re
from collections.abc import Sequence
from typing import Any, Final

from cards.customer import contract_words
from cards.entitlement import entitlement_words
from cards.history import attempt_lines, installed_lines, order_lines, part_lines
from cards.text import ACTION_LABEL
from cards.text_closing import FLAGS
from cards.text_field import HOLD_CHOICE
from cards.text_job import JOB_ENDED, JOB_GONE
from cards.timeline import line_words
from cards.work_order import all_fields, work_order_card
from console.page import Visit
from console.pages import job_parts, job_report, job_sign
from console.pages.document import papers_url
from domain.files.commands import Medium
from domain.kernel.localtime import day_words, local_day, local_time
from domain.policies.history import asset_view, customer_view
from domain.policies.jobs import is_job_of, person_view
from domain.policies.timeline import timeline_view
from domain.workorder.model import WorkOrder
from domain.workorder.status import TRANSITIONS, UNDER_WAY, Action, Status
from domain.workorder.views import TimelineLine, WorkOrderView

FIVE_STEPS: Final = {
    Action.ACCEPT: "WorkOrderAccepted",
    Action.DEPART: "TechnicianDeparted",
    Action.ARRIVE: "TechnicianArrived",
    Action.START: "WorkStarted",
    Action.COMPLETE: "WorkCompleted",
}
"""The technician's steps, and the event that each of them leaves."""
_BEGINNINGS = frozenset({"WorkOrderAccepted", "WorkRejected"})
"""After these the steps begin anew."""
_ELSEWHERE = frozenset({"状态", "联系人", "地址", "设备", "备件", "以往处理"})
"""Rows of the card that have a place of their own on the page."""
_PHONE = re.compile(r"\+?\d[\d-]{5,}$")
LINES_SHOWN = 20
_TALKS = UNDER_WAY | {Status.ON_HOLD, Status.COMPLETED, Status.SIGNED_OFF}


def data(visit: Visit) -> dict[str, Any]:
    """Return the job; to whoever does not have it any more, nothing but that."""
    order = visit.uow.work_orders.find(visit.subject_id)
    assert order is not None, "links are made for work orders that exist"
    frame = {"owner": str(visit.actor.id), "now": visit.at.isoformat(), "number": order.number}
    if not is_job_of(order, visit.actor.id):
        gone = JOB_ENDED if order.assignee_id == visit.actor.id else JOB_GONE
        return frame | {"held": False, "message": gone}
    view = person_view(order, visit.actor, "", visit.at, visit.uow)
    lines = timeline_view(order, visit.actor, visit.at, visit.uow).lines
    return frame | {
        "held": True,
        "head": _head(order, view),
        "steps": _steps(order, lines),
        "actions": list(view.actions),
        "talks": order.state in _TALKS,
        "hold_reasons": [{"value": reason.value, "label": label} for reason, label in HOLD_CHOICE.items()],
        "asset": _asset(order, view, visit),
        "contracts": _contracts(order, visit),
        "before": list(view.before),
        "photos": _photos(order, visit),
        "lines": [line_words(line) for line in lines[-LINES_SHOWN:]],
        "parts": job_parts.shown(order, view.parts, visit),
        "report": job_report.shown(order, visit),
        "signed": job_sign.shown(order, visit),
        "papers_url": papers_url(order, visit),
    }


def shows(visit: Visit) -> Sequence[str]:
    """Return the pictures of the job, for whoever has it."""
    order = visit.uow.work_orders.find(visit.subject_id)
    if order is None or not is_job_of(order, visit.actor.id):
        return ()
    return [str(one["sha256"]) for one in _photos(order, visit)]


def _head(order: WorkOrder, view: WorkOrderView) -> dict[str, Any]:
    card = work_order_card(view)
    phone = _PHONE.search(view.contact)
    return {
        "status": order.status,
        "held_from": order.held_from,
        "label": card.status,
        "tone": card.tone.value,
        "fault": order.description,
        "contact": view.contact,
        "tel": phone.group() if phone else "",
        "address": view.address,
        "map_url": view.map_url,
        "rows": [[label, value] for label, value in all_fields(view) if value and label not in _ELSEWHERE],
        "version": order.version,
    }


def _steps(order: WorkOrder, lines: Sequence[TimelineLine]) -> list[dict[str, Any]]:
    """Return the five steps: from which status each leads where, and when it was taken."""
    begins = max((at for at, line in enumerate(lines) if line.name in _BEGINNINGS), default=0)
    accepted = {line.name: line for line in lines if line.name == FIVE_STEPS[Action.ACCEPT]}
    taken = accepted | {line.name: line for line in lines[begins:]}
    asked_anew = order.state in (Status.OFFERED, Status.DISPATCHING)
    return [
        {
            "name": action.value,
            "label": ACTION_LABEL[action.value],
            "from": [str(status) for status, other in TRANSITIONS if other is action],
            "to": next(to.value for (_, other), to in TRANSITIONS.items() if other is action),
            **_taken(None if asked_anew else taken.get(name)),
        }
        for action, name in FIVE_STEPS.items()
    ]


def _taken(line: TimelineLine | None) -> dict[str, str]:
    if line is None:
        return {"at": "", "flags": ""}
    flags = "，".join(text.format(**line.facts) for fact, text in FLAGS if line.facts.get(fact))
    return {"at": local_time(line.at), "flags": flags}


def _asset(order: WorkOrder, view: WorkOrderView, visit: Visit) -> dict[str, Any]:
    asset = visit.uow.assets.get(order.asset_id) if order.asset_id is not None else None
    found = asset_view(asset, visit.actor, local_day(visit.at), visit.uow) if asset is not None else None
    if found is None:
        return {"name": view.asset, "rows": [], "orders": [], "installed": [], "parts": [], "attempts": []}
    rows = (
        ("序列号", found.serial),
        ("类别", found.kind),
        ("型号", found.model),
        ("又叫", "、".join(found.nicknames)),
        ("安装", day_words(found.installed_on)),
        ("安装位置", found.site),
        *found.attributes,
        ("保修", entitlement_words(found.entitlement)),
    )
    earlier = [one for one in found.orders if one.number != order.number]
    return {
        "name": found.name,
        "rows": [[label, value] for label, value in rows if value],
        "orders": list(order_lines(earlier, with_asset=False)),
        "installed": list(installed_lines(found.installed)),
        "parts": list(part_lines(found.parts)),
        "attempts": list(attempt_lines([one for one in found.attempts if one.number != order.number])),
    }


def _contracts(order: WorkOrder, visit: Visit) -> list[str]:
    if order.customer_id is None:
        return []
    customer = visit.uow.customers.get(order.customer_id)
    view = customer_view(customer, visit.actor, local_day(visit.at), visit.uow)
    return list(map(contract_words, view.contracts)) if view is not None else []


def _photos(order: WorkOrder, visit: Visit) -> list[dict[str, Any]]:
    """Return each picture once: who sent it, when, and whether another work order showed it before."""
    reused = visit.uow.files.reused_in(order.id)
    found: dict[str, dict[str, Any]] = {}
    for one in visit.uow.files.of_work_order(order.id):
        if one.sha256 is None or one.medium is not Medium.IMAGE:
            continue
        by = visit.uow.people.get(one.sender_id).name
        words = f"{by} {local_time(one.sent_at)}"
        found.setdefault(
            one.sha256,
            {"sha256": one.sha256, "words": words, "reused": reused.get(one.id, "")},
        )
    return list(found.values())
