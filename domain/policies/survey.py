"""What follows from acceptance, rating and follow-up: who is asked afterwards, and when the loop closes."""

from typing import Any
from uuid import UUID, uuid5

from domain.kernel.messages import Cause, Event
from domain.kernel.notices import DESK, Notice, person_audience
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_orders import waits_before
from domain.policies.process_steps import Step
from domain.policies.survey_views import callers, follow_up_view
from domain.survey import rules
from domain.survey.events import (
    FollowUpCreated,
    FollowUpEvent,
    FollowUpFinished,
    FollowUpPassedOn,
    FollowUpReminded,
    RatingExtended,
    ServiceRated,
)
from domain.survey.handlers import create_follow_up, withdraw_follow_up
from domain.survey.model import FollowUp, Kind, Result
from domain.workorder.closing_commands import CloseWorkOrder, NoteFollowUp, NoteRating, OweFollowUp
from domain.workorder.closing_events import (
    WorkOrderClosed,
    WorkOrderFollowedUp,
    WorkOrderReopened,
    WorkOrderSettled,
    WorkSignedOff,
)
from domain.workorder.field_events import ReportAmended, WorkCompleted
from domain.workorder.handlers.closing import (
    close_work_order,
    note_follow_up,
    note_rating,
    owe_follow_up,
)
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status

PASSED_ON = "passed_on"
"""What stands on the card of somebody whose follow-up another one has now."""


def plan_follow_up(event: WorkSignedOff, uow: EveryUnitOfWork) -> None:
    """Owe the customer a call after every acceptance."""
    _create(event, Kind.ROUTINE, uow)


def keep_rating_on_work_order(event: ServiceRated, uow: EveryUnitOfWork) -> None:
    """Bring the rating to the work order, which counts as rated with the lowest; a low one is followed up.

    Source: docs/reference/work-order-lifecycle.md, rule WO-19.
    """
    lowest = min(one.score for one in uow.surveys.ratings(event.work_order_id))
    rated = NoteRating(
        work_order_id=event.work_order_id,
        score=event.score,
        lowest=lowest,
        comment=event.comment,
        **_cause(event),
    )
    note_rating(rated, uow)
    if rules.is_low(event.score):
        _create(event, Kind.LOW_SCORE, uow)


def bring_result_to_work_order(event: FollowUpFinished, uow: EveryUnitOfWork) -> None:
    """Note what the customer said; the last call without anything unsolved counts."""
    if event.result == Result.WITHDRAWN.value:
        return
    solved = event.result != Result.UNSOLVED.value
    complete = solved and not uow.surveys.open_follow_ups(event.work_order_id)
    noted = NoteFollowUp(
        work_order_id=event.work_order_id,
        result=event.result,
        note=event.note,
        score=event.score,
        complete=complete,
        **_cause(event),
    )
    note_follow_up(noted, uow)


def close_when_done(event: WorkOrderSettled | WorkOrderFollowedUp, uow: EveryUnitOfWork) -> None:
    """Close the loop with the last of settlement and follow-up; whoever did it closed it.

    Source: docs/reference/work-order-lifecycle.md, rule WO-16.
    """
    order = uow.work_orders.get(event.work_order_id)
    close_if_done(order, _cause(event), uow)


def close_if_done(order: WorkOrder, cause: Cause, uow: EveryUnitOfWork) -> None:
    """Close a work order that is settled and followed up, unless its process waits for a decision."""
    done = order.state is Status.SETTLED and order.followed_up_at is not None
    if done and not waits_before(order, Step.CLOSE, uow):
        close_work_order(CloseWorkOrder(work_order_id=order.id, **cause), uow)


def withdraw_follow_ups(event: WorkOrderReopened | WorkOrderClosed, uow: EveryUnitOfWork) -> None:
    """Spare the customer calls about a work order that goes on, or that was closed without one."""
    for task in uow.surveys.open_follow_ups(event.work_order_id):
        withdraw_follow_up(task, _cause(event), uow)


def show_follow_up(event: FollowUpEvent, uow: EveryUnitOfWork) -> None:
    """Bring the card of a follow-up to whoever is to call; a new one must be noticed."""
    task = uow.surveys.follow_up(event.follow_up_id)
    key = f"{task.id}:v{task.version}"
    calls = isinstance(event, FollowUpCreated | FollowUpPassedOn) or _is_first_reminder(event)
    show_task(task, key, uow, anew=calls)
    if isinstance(event, FollowUpPassedOn) and event.from_id is not None:
        view = follow_up_view(task, uow).model_dump(mode="json") | {"colleagues": [], "result": PASSED_ON}
        uow.notify(_card(task, event.from_id, view, key))


def show_what_was_added(event: RatingExtended, uow: EveryUnitOfWork) -> None:
    """Let whoever is to call read what the customer said since."""
    for task in uow.surveys.open_follow_ups(event.work_order_id):
        show_task(task, f"{task.id}:said:{event.occurred_at.timestamp()}", uow)


def show_desk_report(event: WorkCompleted | ReportAmended, uow: EveryUnitOfWork) -> None:
    """Show the service report to the desk's groups: one message, which a correction changes where it can.

    A reopened work order has a new one.

    Source: docs/reference/work-order-lifecycle.md, rule WO-11.
    """
    order = uow.work_orders.get(event.work_order_id)
    report = uow.work_orders.report(order.id, order.report_version)
    if report is None:
        return
    view = {
        "number": order.number,
        "version": report.version,
        "technician": uow.name_of(report.filed_by),
        "report": report.report,
        "visit": order.reopenings + 1,
        "amended": isinstance(event, ReportAmended),
    }
    uow.notify(
        Notice(
            audience=DESK,
            card="service_report",
            view=view,
            dedupe_key=f"{order.id}:report:{report.version}",
            subject_id=uuid5(order.id, f"report{order.reopenings or ''}"),
            living=True,
            quiet=isinstance(event, ReportAmended),
        )
    )


def show_task(task: FollowUp, key: str, uow: EveryUnitOfWork, *, anew: bool = False) -> None:
    """Bring the card of a follow-up to whoever has it, as it is now."""
    if task.assignee_id is not None:
        view = follow_up_view(task, uow).model_dump(mode="json")
        uow.notify(_card(task, task.assignee_id, view, key).model_copy(update={"anew": anew}))


def _is_first_reminder(event: FollowUpEvent) -> bool:
    return isinstance(event, FollowUpReminded) and event.times == 1


def _card(task: FollowUp, person_id: UUID, view: dict[str, Any], key: str) -> Notice:
    return Notice(
        audience=person_audience(str(person_id)),
        card="follow_up",
        view=view,
        dedupe_key=f"{key}:{person_id}",
        subject_id=task.id,
        living=True,
    )


def _create(event: WorkSignedOff | ServiceRated, kind: Kind, uow: EveryUnitOfWork) -> None:
    if any(task.kind == kind.value for task in uow.surveys.open_follow_ups(event.work_order_id)):
        return
    load = uow.surveys.open_tasks([person.id for person in callers(uow)])
    task = create_follow_up(event.work_order_id, kind, rules.least_busy(load), _cause(event), uow)
    owed = OweFollowUp(
        work_order_id=event.work_order_id, kind=kind.value, due_at=task.due_at, **_cause(event)
    )
    owe_follow_up(owed, uow)


def _cause(event: Event) -> Cause:
    return Cause(actor_id=event.actor_id, issued_at=event.occurred_at, idempotency_key="policy")
