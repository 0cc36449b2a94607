"""The approver's page: a task with facts, photos, tally and way so far, and a decision with a remark."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from pydantic import Field

from cards.approval import approval
from cards.approval_lists import about, subject
from cards.text_approval import DONE, LABEL_TALLY, OTHER_STATE, QUICK_REASONS, STATE_LABEL
from cards.text_staff_pages import (
    TASK_BACK_ELSEWHERE,
    TASK_BACK_TO,
    TASK_ELSEWHERE,
    TASK_MODE,
    TASK_SEAT_OPEN,
    TASK_TITLE,
)
from console.errors import NotOnThisPage, ReasonNeeded
from console.page import Body, Deed, Done, PageSpec, Visit
from domain.approval.commands import (
    COMMENT_LIMIT,
    AgreeTask,
    AskInitiator,
    RefuseTask,
    ReturnTask,
    TaskCommand,
)
from domain.approval.model import ProcessTask
from domain.approval.views import ApprovalView, Seat
from domain.kernel.bus import Bus
from domain.kernel.links import Page
from domain.policies.approval_page import had, own_view, passed_nodes, photos_of
from domain.policies.approval_standing import request_view

ACTIONS: Final = ("agree", "refuse", "return", "ask")
"""What can be decided here; handing on and adding others needs names, which the chat understands."""
_MUST_SAY: Mapping[str, tuple[str, str]] = {
    "refuse": ("拒绝", QUICK_REASONS[0]),
    "return": ("退回", QUICK_REASONS[1]),
    "ask": ("提问", "这笔费用客户知道吗"),
}


class Decision(Body):
    """What an approver says with a decision.

    Args:
        version: of the page they saw; an amount that changed since is not agreed to.
        to: `initiator`, `previous` or the id of a step, for a return.
        straight: it comes straight back to them afterwards, for a return.
    """

    comment: str = Field(default="", max_length=COMMENT_LIMIT)
    version: int
    to: str = Field(default="initiator", max_length=64)
    straight: bool = False


def page(bus: Bus) -> PageSpec:
    """Return the page."""
    return PageSpec(
        page=Page.TASK,
        title=TASK_TITLE,
        data=_data,
        deeds={verb: Deed(Decision, _deed(bus, verb)) for verb in ACTIONS},
        shows=_photos,
    )


def _deed(bus: Bus, verb: str) -> Callable[[Visit, Decision], Done]:
    def decide(visit: Visit, body: Decision) -> Done:
        task = _task(visit)
        if verb in _MUST_SAY and not body.comment:
            what, example = _MUST_SAY[verb]
            raise ReasonNeeded(what=what, example=example)
        view = own_view(task, visit.actor, visit.uow)
        bus.handle(_command(verb, task, body, visit), visit.uow)
        words = DONE[verb].format(
            about=about(view.title, view.number, view.amount_fen),
            subject=subject(view.title, view.number, view.amount_fen),
            number=view.number,
            text=body.comment,
            to=view.initiator,
        )
        return Done(words)

    return decide


def _command(verb: str, task: ProcessTask, body: Decision, visit: Visit) -> TaskCommand:
    cause = visit.cause()
    match verb:
        case "agree":
            return AgreeTask(task_id=task.id, seen_rev=body.version, comment=body.comment, **cause)
        case "refuse":
            return RefuseTask(task_id=task.id, comment=body.comment, **cause)
        case "return":
            return ReturnTask(
                task_id=task.id, to=body.to, straight=body.straight, comment=body.comment, **cause
            )
    return AskInitiator(task_id=task.id, question=body.comment, **cause)


def _task(visit: Visit) -> ProcessTask:
    task = visit.uow.processes.task(visit.subject_id)
    if task is None or not had(task, visit.actor, visit.uow):
        raise NotOnThisPage
    return task


def _photos(visit: Visit) -> Collection[str]:
    return photos_of(visit.uow.processes.get(_task(visit).instance_id), visit.actor, visit.uow)


def _data(visit: Visit) -> dict[str, Any]:
    task = _task(visit)
    instance = visit.uow.processes.find(task.instance_id)
    assert instance is not None, "a task's instance is never removed"
    view = own_view(task, visit.actor, visit.uow)
    card, so_far = approval(view), request_view(instance, visit.uow)
    actions = [verb for verb in view.actions if verb in ACTIONS]
    seated = {(seat.at, seat.comment) for seat in view.seats if len(view.seats) > 1}
    return {
        "number": view.number,
        "title": view.title,
        "status": card.status,
        "tone": card.tone.value,
        "version": view.version,
        "facts": [list(pair) for pair in card.fields if pair[0] != LABEL_TALLY],
        "actions": actions,
        "hint": _hint(view, actions) or card.hint,
        "opinion_for": view.opinion_for,
        "reasons": list(QUICK_REASONS),
        "back_to": _back_to(task, visit) if "return" in actions else [],
        "mode": TASK_MODE[view.mode].format(needs=view.needs) if len(view.seats) > 1 else "",
        "tally": next((value for label, value in card.fields if label == LABEL_TALLY), ""),
        "seats": [_seat(seat) for seat in view.seats],
        "steps": [
            {
                "node": step.node,
                "name": step.name,
                "state": STATE_LABEL.get(step.state, OTHER_STATE),
                "comment": step.comment,
                "at": step.at.isoformat() if step.at else "",
            }
            for step in so_far.steps
            if (step.at, step.comment) not in seated
        ],
        "remarks": [{"name": one.name, "text": one.text, "at": one.at.isoformat()} for one in so_far.remarks],
        "photos": list(photos_of(instance, visit.actor, visit.uow)),
    }


def _hint(view: ApprovalView, actions: list[str]) -> str:
    """Return what can only be done in the chat, while anything can be done."""
    if "agree" in actions:
        return TASK_ELSEWHERE.format(number=view.number) if "delegate" in view.actions else ""
    return TASK_BACK_ELSEWHERE.format(number=view.number) if "resubmit" in view.actions else ""


def _seat(seat: Seat) -> dict[str, str]:
    return {
        "name": seat.name,
        "state": seat.state,
        "label": TASK_SEAT_OPEN if seat.state == "open" else STATE_LABEL.get(seat.state, OTHER_STATE),
        "comment": seat.comment,
        "at": seat.at.isoformat() if seat.at else "",
    }


def _back_to(task: ProcessTask, visit: Visit) -> list[dict[str, str]]:
    places = {**TASK_BACK_TO, **passed_nodes(task, visit.uow)}
    return [{"to": to, "label": label} for to, label in places.items()]
