"""What people see of a process: one task, what waits for them, what they asked for."""

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.model import ProcessInstance, ProcessTask
from domain.approval.views import (
    ApprovalView,
    Remark,
    RequestLine,
    RequestListView,
    Seat,
    TaskLine,
    TaskListView,
)
from domain.engine.process import Approve, Node, ProcessState
from domain.engine.process.errors import DECISIONS as DECIDED
from domain.engine.process.events import Commented, TaskPassed
from domain.people.model import Person
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_fields import AMOUNT, ASKED_BY, LABEL
from domain.policies.process_stepping import RUNNING, data_of, definition_of, is_own, state_of
from domain.policies.views import name_of_actor

DECISIONS = ("agree", "refuse", "delegate", "return", "add", "ask")
RESUBMISSION = ("resubmit", "withdraw")
"""What can be done with a task that is back at whoever asked."""
OPINION = ("agree", "refuse", "ask")
"""What can be done by whoever is asked for an opinion only."""
HANDED_ON = "转交：{text}"
FAULT_SHOWN = 60
SHOWN = ("customer", "level", "region", "kind", "fault_code", "payer")
"""Fields that an approver reads beside amount and reason, in this order."""
REMARKS_SHOWN = 5
OWN_TITLE = "工单审批"


def approval_view(task: ProcessTask, uow: EveryUnitOfWork) -> ApprovalView:
    """Return one approver's task as it is now."""
    instance = uow.processes.get(task.instance_id)
    definition, state = definition_of(instance, uow), state_of(instance)
    # A task that is history may be of a node that the instance's version no longer has.
    node = next((one for one in definition.nodes if one.id == task.node), None)
    seated = _seated(task, state, uow.processes.tasks(instance.id))
    is_open, data, asked_by = task.closed_at is None, state.data, _entrusted_by(task, state, uow)
    return ApprovalView(
        task_id=task.id,
        instance_id=instance.id,
        work_order_id=instance.work_order_id,
        version=state.rev,
        number=instance.number,
        title=title_of(instance, uow),
        node=task.title,
        mode=node.mode if isinstance(node, Approve) else "any",
        needs=_needed(node, len(seated)),
        amount_fen=data.get(AMOUNT),
        before_fen=_before(node, state),
        reason=str(data.get("reason") or data.get("fault") or ""),
        initiator=name_of_actor(asker_of(instance), uow),
        fields=(*_about(instance, uow), *_fields(data)),
        seats=tuple(_seat(one, uow) for one in seated),
        remarks=_remarks(instance, {one.id for one in seated}, uow),
        opinion_for=asked_by,
        due_at=task.due_at,
        late=task.todo_at is not None,
        principal=uow.people.get(task.principal_id).name if task.principal_id is not None else "",
        why=instance.why,
        decided="" if is_open else task.outcome,
        decided_by="" if is_open else name_of_actor(task.closed_by, uow),
        decided_at=task.closed_at,
        comment=task.comment,
        ended="" if instance.status == RUNNING else instance.status,
        actions=_actions(node, asked_by) if is_open else (),
    )


def task_list(person: Person, limit: int, uow: EveryUnitOfWork) -> TaskListView:
    """Return what waits for somebody, the longest waiting first."""
    tasks = uow.processes.open_tasks(person.id, limit)
    lines = sorted((_task_line(task, uow) for task in tasks), key=lambda line: line.back)
    return TaskListView(lines=tuple(lines), total=uow.processes.count_open(person.id))


def request_list(person: Person, limit: int, uow: EveryUnitOfWork) -> RequestListView:
    """Return what somebody asked for, newest first."""
    lines = []
    for instance in uow.processes.of_initiator(person.id, limit):
        waiting = [one for one in uow.processes.tasks(instance.id) if one.closed_at is None]
        returned = any(one.assignee_id == person.id for one in waiting)
        status = "returned" if returned and instance.status == RUNNING else instance.status
        lines.append(
            RequestLine(
                instance_id=instance.id,
                number=instance.number,
                title=title_of(instance, uow),
                amount_fen=data_of(instance).get(AMOUNT),
                status=status,
                waits_for=tuple(uow.people.get(one.assignee_id).name for one in waiting),
                since=instance.ended_at or instance.created_at,
            )
        )
    return RequestListView(lines=tuple(lines))


def _task_line(task: ProcessTask, uow: EveryUnitOfWork) -> TaskLine:
    instance = uow.processes.find(task.instance_id)
    assert instance is not None, "a task's instance is never removed"
    data, definition = data_of(instance), definition_of(instance, uow)
    return TaskLine(
        task_id=task.id,
        number=instance.number,
        title=title_of(instance, uow),
        node=task.title,
        amount_fen=data.get(AMOUNT),
        reason=str(data.get("reason") or data.get("fault") or ""),
        initiator=name_of_actor(asker_of(instance), uow),
        back=not any(isinstance(node, Approve) and node.id == task.node for node in definition.nodes),
        opened_at=task.opened_at,
        due_at=task.due_at,
        late=task.todo_at is not None,
        principal=uow.people.get(task.principal_id).name if task.principal_id is not None else "",
    )


def asker_of(instance: ProcessInstance) -> str:
    """Return who asks, by id: of a work order's own process, whoever settled it last."""
    return str(data_of(instance).get(ASKED_BY) or instance.initiator_id)


def title_of(instance: ProcessInstance, uow: EveryUnitOfWork) -> str:
    """Return what people call what is asked for; the process of every work order has no name of its own."""
    return OWN_TITLE if is_own(instance) else definition_of(instance, uow).title


def _needed(node: Node | None, asked: int) -> int | None:
    """Return how many of those who were asked have to agree in a vote."""
    if not isinstance(node, Approve) or node.mode != "vote":
        return None
    if node.pass_count is not None:
        return min(node.pass_count, asked)
    return math.ceil((node.pass_share or 1) * asked)


def _before(node: Node | None, state: ProcessState) -> int | None:
    """Return the amount that was agreed to, where it was raised since."""
    if not isinstance(node, Approve) or node.again_when_raised != AMOUNT or node.id not in state.passed:
        return None
    return state.passed[node.id].watch


def _seated(task: ProcessTask, state: ProcessState, rows: Sequence[ProcessTask]) -> Sequence[ProcessTask]:
    """Return the tasks of the same pass through the node; an earlier pass is history."""
    found = state.task(task.id)
    if found is None:
        return [task]
    same = {one.id for one in state.tasks if one.node == found.node and one.run == found.run}
    return [one for one in rows if one.id in same]


def _seat(task: ProcessTask, uow: EveryUnitOfWork) -> Seat:
    name = uow.people.get(task.assignee_id).name
    if task.principal_id is not None:
        name = f"{name}（代 {uow.people.get(task.principal_id).name}）"
    state = "open" if task.closed_at is None else task.outcome
    return Seat(name=name, state=state, comment=task.comment, at=task.closed_at)


def _remarks(instance: ProcessInstance, seated: Collection[UUID], uow: EveryUnitOfWork) -> tuple[Remark, ...]:
    """Return what was said about it, newest last; what is said at the same step stands with its seats."""
    found = [
        Remark(
            name=uow.people.get(task.assignee_id).name,
            text=f"{DECIDED.get(task.outcome, '')}：{task.comment}",
            at=task.closed_at,
        )
        for task in uow.processes.tasks(instance.id)
        if task.comment and task.closed_at is not None and task.id not in seated
    ]
    for fact in uow.histories.facts([instance.id], [Commented.__name__, TaskPassed.__name__]):
        remark = remark_of(fact.name, fact.payload, fact.actor_id, fact.occurred_at, uow)
        found += [remark] if remark is not None else []
    return tuple(sorted(found, key=lambda remark: remark.at)[-REMARKS_SHOWN:])


def remark_of(
    name: str, payload: Mapping[str, Any], actor_id: str, at: datetime, uow: EveryUnitOfWork
) -> Remark | None:
    """Return what somebody said with an event, or None where they said nothing."""
    said = str(payload.get("text") or payload.get("comment") or "")
    if not said:
        return None
    words = said if name == Commented.__name__ else HANDED_ON.format(text=said)
    return Remark(name=name_of_actor(actor_id, uow), text=words, at=at)


def _entrusted_by(task: ProcessTask, state: ProcessState, uow: EveryUnitOfWork) -> str:
    """Return who wants no more than an opinion from this approver, or an empty text."""
    found = state.task(task.id)
    run = next((one for one in state.runs if found is not None and one.no == found.run), None)
    if found is None or run is None:
        return ""
    group = next((one for one in run.groups if one.no == found.group and one.where == "entrust"), None)
    parent = next((one for one in state.tasks if group is not None and one.no == group.parent), None)
    return name_of_actor(parent.assignee, uow) if parent is not None else ""


def _about(instance: ProcessInstance, uow: EveryUnitOfWork) -> tuple[tuple[str, str], ...]:
    """Return the work order a request is about; the process of a work order is called by its number."""
    if instance.work_order_id is None or is_own(instance):
        return ()
    order = uow.work_orders.find(instance.work_order_id)
    return (("工单", order.number), ("故障", order.description[:FAULT_SHOWN])) if order is not None else ()


def _fields(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((LABEL[key], str(data[key])) for key in SHOWN if data.get(key))


def _actions(node: Node | None, entrusted_by: str) -> tuple[str, ...]:
    if not isinstance(node, Approve):
        return RESUBMISSION
    return OPINION if entrusted_by else DECISIONS
