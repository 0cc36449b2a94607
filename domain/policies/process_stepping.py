"""Running processes: one step of the engine, what it changed in the tables, and what it recorded.

Whoever steps a process that is about a work order has locked the work order before, so that nobody waits for
each other.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from domain.approval.commands import COMMENT_LIMIT
from domain.approval.model import ProcessInstance, ProcessTask
from domain.approval.ports import PublishedProcess
from domain.engine import process as engine
from domain.engine.process import Definition, ProcessState, Task
from domain.engine.process.definition import Milestone
from domain.engine.process.events import (
    BranchChosen,
    TaskClosed,
    TaskDeferred,
    TaskOpened,
    TaskPassed,
    TaskReopened,
    TimeoutFired,
)
from domain.kernel.errors import DomainError, NotFound
from domain.kernel.messages import Command, Event
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_directory import RecordedDirectory
from domain.policies.process_fields import compile_rule
from domain.policies.views import name_of_actor

_OWN = UUID("8f5c4f36-6f0b-4b35-9d8a-0c2c2a9c5a11")
"""Makes the id of a work order's own process from the work order's."""

RUNNING = "running"
SYSTEM = "系统"
WHY_SHOWN = 300
HANDED_OVER_AT_ONCE = 500
"""Tasks of one person that go to somebody else in one go."""
_OF_TASKS = (TaskOpened, TaskDeferred, TaskClosed, TaskReopened, TaskPassed, TimeoutFired)
_PEOPLE = ("by", "assignee", "person", "initiator")
"""Facts of the engine's refusals that are people's ids."""


def own_id(work_order_id: UUID) -> UUID:
    """Return the id of a work order's own process."""
    return uuid5(_OWN, work_order_id.hex)


def begin(
    instance: ProcessInstance,
    published: PublishedProcess,
    data: Mapping[str, Any],
    at: datetime,
    uow: EveryUnitOfWork,
) -> None:
    """Start a process; the instance is kept with its first state."""
    state, events = engine.start(
        published.definition,
        instance_id=instance.id,
        initiator=str(instance.initiator_id),
        data=data,
        version=published.version,
        now=at,
        directory=RecordedDirectory(uow),
        compile=compile_rule,
    )
    _write_state(instance, state, at)
    uow.processes.add_instance(instance)
    _keep(instance, state, events, uow)


def step(
    instance: ProcessInstance, command: engine.Ask, at: datetime, uow: EveryUnitOfWork
) -> Sequence[Event]:
    """Let the engine decide one command, and keep what it decided.

    Raises:
        DomainError: the engine refuses.
    """
    try:
        state, events = engine.step(
            definition_of(instance, uow),
            state_of(instance),
            command,
            now=at,
            directory=RecordedDirectory(uow),
            compile=compile_rule,
        )
    except DomainError as refusal:
        people = {key: name_of_actor(str(refusal.facts[key]), uow) for key in _PEOPLE if key in refusal.facts}
        refusal.facts |= {key: name or SYSTEM for key, name in people.items()}
        raise
    if events:
        _write_state(instance, state, at)
        _keep(instance, state, events, uow)
    return events


def move(
    instance: ProcessInstance, to: PublishedProcess, actor_id: str, at: datetime, uow: EveryUnitOfWork
) -> None:
    """Let an instance go on by another version that it can go on by, and record it."""
    state, events = engine.move(
        definition_of(instance, uow),
        to.definition,
        state_of(instance),
        version=to.version,
        actor=actor_id,
        now=at,
    )
    instance.version = to.version
    _write_state(instance, state, at)
    _keep(instance, state, events, uow)


def hand_over(from_id: UUID, to: str, cmd: Command, uow: EveryUnitOfWork) -> None:
    """Give what waits for somebody to somebody else; what was decided since the tasks were read stays so."""
    replace = engine.Replace(actor=cmd.actor_id, person=str(from_id), to=to)
    tasks = uow.processes.open_tasks(from_id, HANDED_OVER_AT_ONCE)
    for instance_id in sorted({task.instance_id for task in tasks}):
        instance = locked(instance_id, uow)
        now = uow.processes.tasks(instance_id)
        if any(task.assignee_id == from_id and task.closed_at is None for task in now):
            step(instance, replace, cmd.issued_at, uow)


def locked(instance_id: UUID, uow: EveryUnitOfWork) -> ProcessInstance:
    """Return an instance to be stepped: first the work order is locked, then the instance."""
    found = uow.processes.find(instance_id)
    if found is None:
        raise NotFound(what="审批")
    if found.work_order_id is not None:
        uow.work_orders.get(found.work_order_id)
    return uow.processes.get(instance_id)


def locked_task(task_id: UUID, uow: EveryUnitOfWork) -> tuple[ProcessInstance, ProcessTask]:
    """Return a task as it is now, with its locked instance."""
    task = uow.processes.task(task_id)
    if task is None:
        raise NotFound(what="审批")
    instance = locked(task.instance_id, uow)
    (now,) = (one for one in uow.processes.tasks(instance.id) if one.id == task_id)
    return instance, now


def definition_of(instance: ProcessInstance, uow: EveryUnitOfWork) -> Definition:
    """Return the version that an instance keeps to."""
    published = uow.processes.version(instance.name, instance.version)
    assert published is not None, "a version that is used is never removed"
    return published.definition


def state_of(instance: ProcessInstance) -> ProcessState:
    """Return the engine's state of an instance."""
    return ProcessState.model_validate(instance.state)


def data_of(instance: ProcessInstance) -> Mapping[str, Any]:
    """Return the values its rules see, without reading the rest of the state."""
    values: Mapping[str, Any] = instance.state["data"]
    return values


def is_own(instance: ProcessInstance) -> bool:
    """Return whether it is a work order's own process, and no request about one."""
    return instance.work_order_id is not None and instance.id == own_id(instance.work_order_id)


def passed_steps(instance: ProcessInstance, uow: EveryUnitOfWork) -> frozenset[str]:
    """Return the milestones that were reached and are not open again."""
    passed = state_of(instance).passed
    nodes = definition_of(instance, uow).nodes
    return frozenset(node.step for node in nodes if isinstance(node, Milestone) and node.id in passed)


def last_step(instance: ProcessInstance, uow: EveryUnitOfWork) -> str:
    """Return the milestone that was reached last, or an empty text."""
    steps = {node.id for node in definition_of(instance, uow).nodes if isinstance(node, Milestone)}
    passed = state_of(instance).passed
    return max(steps & passed.keys(), key=lambda name: passed[name].no, default="")


def _write_state(instance: ProcessInstance, state: ProcessState, at: datetime) -> None:
    instance.state = json.loads(state.stored())
    instance.status, instance.next_due_at = state.status, state.next_due_at
    instance.ended_at = None if state.status == RUNNING else at


def _keep(
    instance: ProcessInstance, state: ProcessState, events: Sequence[Event], uow: EveryUnitOfWork
) -> None:
    """Bring the rows of tasks in step with what was decided, and record it."""
    rows = {task.id: task for task in uow.processes.tasks(instance.id)}
    titles = {node.id: node.title for node in definition_of(instance, uow).nodes}
    for event in events:
        if isinstance(event, BranchChosen):
            instance.why = _why(event)
        task = state.task(_task_of(event)) if isinstance(event, _OF_TASKS) else None
        if task is None:
            continue
        if task.id not in rows:
            rows[task.id] = ProcessTask(
                id=task.id,
                instance_id=instance.id,
                no=task.no,
                node=task.node,
                title=titles[task.node],
                opened_at=event.occurred_at,
                outcome="",
            )
            _write_task(rows[task.id], task, event)
            uow.processes.add_task(rows[task.id])
        else:
            _write_task(rows[task.id], task, event)
    for task in state.tasks:
        if task.status == "waiting" and task.id in rows and rows[task.id].closed_at is None:
            rows[task.id].closed_at, rows[task.id].outcome = events[-1].occurred_at, "waiting"
    for event in events:
        uow.record(event)


def _why(event: BranchChosen) -> str:
    """Return the rule that chose the way, with the values it saw."""
    values = "，".join(f"{label} {value}" for label, value in event.values)
    return (f"{event.rule}（{values}）" if values else event.rule)[:WHY_SHOWN]


def _task_of(event: Event) -> UUID:
    return event.task.id if isinstance(event, TaskOpened) else event.task_id  # type: ignore[attr-defined]


def _write_task(row: ProcessTask, task: Task, event: Event) -> None:
    comment = event.comment if isinstance(event, TaskClosed) else ""
    row.assignee_id = UUID(task.assignee)
    row.principal_id = UUID(task.principal) if task.principal else None
    row.due_at = task.due_at
    if task.status == "open":
        row.closed_at, row.outcome, row.closed_by, row.comment = None, "", "", ""
    elif row.closed_at is None:
        row.closed_at, row.outcome = event.occurred_at, task.outcome or "waiting"
        row.closed_by, row.comment = task.by, comment[:COMMENT_LIMIT]
