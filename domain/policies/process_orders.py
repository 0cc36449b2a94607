"""The work order's own process: begun with it, moved by what happens to it, and what it holds up."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.approval.errors import WaitsForApproval
from domain.approval.model import ProcessInstance
from domain.approval.ports import PublishedProcess
from domain.engine import process as engine
from domain.engine.process import Definition, ProcessState
from domain.engine.process.definition import Approve, Milestone
from domain.kernel.messages import Command
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_fields import ASKED_BY, ORDER, facts_of_order
from domain.policies.process_stepping import (
    RUNNING,
    begin,
    definition_of,
    own_id,
    passed_steps,
    state_of,
    step,
)
from domain.policies.process_steps import ENDS, GATES, REACHES, REVISITS, STEP_WORDS, Step
from domain.policies.sla_audience import Superiors
from domain.workorder.closing_events import WorkOrderSettled
from domain.workorder.events import WorkOrderEvent, WorkOrderRegistered
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status

REFUSED = "refused"
DONE = "done"
"""How a process ended that may go on, because its work order was reopened."""
PREFIX, DEFAULT = "order_", "order_default"
"""A type of work order has the process `order_<type>`, else the default one."""


def follow_order(event: WorkOrderEvent, uow: EveryUnitOfWork) -> None:
    """Move the work order's own process after what happened; a work order without one is left alone.

    Source: docs/reference/processes.md, rule PR-2
    """
    order = uow.work_orders.get(event.work_order_id)
    if isinstance(event, WorkOrderRegistered):
        _begin(order, event, uow)
        return
    instance = uow.processes.lock(own_id(order.id)) if _concerns(event) else None
    if instance is None:
        return
    if order.state is Status.CANCELLED:
        _end(instance, event, uow)
        return
    if instance.status != RUNNING and not (instance.status == DONE and type(event) in REVISITS):
        return
    data = facts_of_order(order, uow)
    if isinstance(event, WorkOrderSettled):
        data[ASKED_BY] = event.actor_id
        _settled(instance, event, data, uow)
        return
    back = REVISITS.get(type(event))
    if back is not None:
        step(instance, engine.Revisit(actor=event.actor_id, step=back, data=data), event.occurred_at, uow)
    for reached in REACHES.get(type(event), ()):
        step(instance, engine.Reach(actor=event.actor_id, step=reached, data=data), event.occurred_at, uow)


def _settled(
    instance: ProcessInstance, event: WorkOrderSettled, data: Mapping[str, Any], uow: EveryUnitOfWork
) -> None:
    """Go on after a settlement; a corrected one is asked about again only where it was raised.

    While somebody is still asked about the earlier amount, the way is chosen anew with the new one.
    """
    standing = {run.node for run in state_of(instance).runs}
    nodes = definition_of(instance, uow).nodes
    is_asked = any(isinstance(node, Approve) and node.id in standing for node in nodes)
    is_correction = Step.SETTLE in passed_steps(instance, uow)
    if is_correction and not is_asked:
        step(instance, engine.Change(actor=event.actor_id, data=data), event.occurred_at, uow)
        return
    if is_correction:
        revisit = engine.Revisit(actor=event.actor_id, step=Step.SETTLE, data=data)
        step(instance, revisit, event.occurred_at, uow)
    reach = engine.Reach(actor=event.actor_id, step=Step.SETTLE, data=data)
    step(instance, reach, event.occurred_at, uow)


def hold_back(command: Command, uow: EveryUnitOfWork) -> None:
    """Refuse what has to wait for a decision that the work order's process puts before it.

    Raises:
        WaitsForApproval: somebody has to decide first.
    """
    gate = GATES.get(type(command))
    if gate is None:
        return
    order = uow.work_orders.get(command.work_order_id)  # type: ignore[attr-defined]
    waits = waits_before(order, gate, uow)
    if waits:
        raise WaitsForApproval(
            number=order.number,
            node="、".join(title for title, _ in waits),
            waits_for="、".join(dict.fromkeys(name for _, names in waits for name in names)) or "时间到",
            step=STEP_WORDS[gate],
        )


def waits_before(order: WorkOrder, gate: Step, uow: EveryUnitOfWork) -> Sequence[tuple[str, tuple[str, ...]]]:
    """Return what is waited for before a milestone: nodes by title, with who is asked there."""
    instance = uow.processes.find(own_id(order.id))
    if instance is None or instance.status != RUNNING:
        return []
    definition = definition_of(instance, uow)
    state = state_of(instance)
    nodes = engine.waits_for(definition, state, gate) or _sent_back(definition, state, gate)
    if not nodes:
        return []
    asked = [task for task in uow.processes.tasks(instance.id) if task.closed_at is None]
    titles = {node.id: node.title for node in definition.nodes}
    return [
        (titles[node], tuple(uow.people.get(task.assignee_id).name for task in asked if task.node == node))
        for node in nodes
    ]


def is_refused_before(order: WorkOrder, gate: Step, uow: EveryUnitOfWork) -> bool:
    """Return whether its process was refused and so never came to a milestone: people go on by hand."""
    instance = uow.processes.find(own_id(order.id))
    if instance is None or instance.status != REFUSED:
        return False
    return gate not in passed_steps(instance, uow)


def process_of(order: WorkOrder, uow: EveryUnitOfWork) -> PublishedProcess | None:
    """Return the process that a new work order of this type follows, or None where none is published."""
    return uow.processes.first_current((f"{PREFIX}{order.type}", DEFAULT))


def _begin(order: WorkOrder, event: WorkOrderRegistered, uow: EveryUnitOfWork) -> None:
    published = process_of(order, uow)
    if published is None or published.definition.about != ORDER:
        return
    instance = ProcessInstance(
        id=own_id(order.id),
        number=order.number,
        name=published.definition.name,
        version=published.version,
        work_order_id=order.id,
        initiator_id=who_answers(order.region, order.requester_id, Superiors(uow)),
        created_at=event.occurred_at,
        ended_at=None,
        why="",
    )
    begin(instance, published, facts_of_order(order, uow), event.occurred_at, uow)


def _concerns(event: WorkOrderEvent) -> bool:
    return isinstance(event, ENDS) or type(event) in REACHES or type(event) in REVISITS


def who_answers(region: str, requester_id: UUID, superiors: Superiors) -> UUID:
    """Return who answers for a work order in its process: its region's dispatcher, else who reported it."""
    near = superiors.at(1, region)
    return near[0].id if near else requester_id


def _end(instance: ProcessInstance, event: WorkOrderEvent, uow: EveryUnitOfWork) -> None:
    if instance.status == RUNNING:
        reason = "工单已取消"
        step(instance, engine.Terminate(actor=event.actor_id, reason=reason), event.occurred_at, uow)


def _sent_back(definition: Definition, state: ProcessState, gate: Step) -> tuple[str, ...]:
    """Return the settlement where it has to be done again before the close, because it was refused."""
    steps = {node.id: node.step for node in definition.nodes if isinstance(node, Milestone)}
    awaited = {run.node: steps.get(run.node, "") for run in state.runs}
    return tuple(node for node, one in awaited.items() if gate is Step.CLOSE and one == Step.SETTLE)
