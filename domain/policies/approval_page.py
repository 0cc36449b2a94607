"""What an approver sees of a task where there is room: its photos, and where it can go back to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.access.rights import Verb, may
from domain.approval.model import ProcessInstance, ProcessTask
from domain.approval.views import ApprovalView
from domain.engine.process.events import Commented, TaskPassed
from domain.files.commands import Medium
from domain.kernel.links import Page
from domain.people.model import Person
from domain.policies.approval_views import approval_view
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_stepping import data_of
from domain.policies.relation import relation_to

PHOTOS_SHOWN = 30


def had(task: ProcessTask, person: Person, uow: EveryUnitOfWork) -> bool:
    """Return whether a task is, or once was, somebody's."""
    if person.id in (task.assignee_id, task.principal_id):
        return True
    passed = uow.histories.facts([task.instance_id], [TaskPassed.__name__])
    return any(
        str(one.payload.get("task_id")) == str(task.id) and str(one.payload.get("from_")) == str(person.id)
        for one in passed
    )


def own_view(task: ProcessTask, person: Person, uow: EveryUnitOfWork) -> ApprovalView:
    """Return a task for somebody who has it, or had it: then only who has it now."""
    view = approval_view(task, uow)
    if task.assignee_id == person.id:
        return view
    holder = uow.people.get(task.assignee_id).name
    return view.model_copy(
        update={"actions": (), "decided": "delegated", "decided_by": holder, "comment": ""}
    )


def with_page(view: ApprovalView, task: ProcessTask, at: datetime, uow: EveryUnitOfWork) -> ApprovalView:
    """Return a task with the page of whoever has it; shown to nobody else."""
    return view.model_copy(update={"page_url": uow.links.to(Page.TASK, task.assignee_id, task.id, at)})


def photos_of(instance: ProcessInstance, person: Person, uow: EveryUnitOfWork) -> Sequence[str]:
    """Return the sha256 names of what was handed in with it, said with it, and sent for its work order."""
    found = [str(one) for one in data_of(instance).get("files", ())]
    for fact in reversed(uow.histories.facts([instance.id], [Commented.__name__])):
        found += [str(one) for one in fact.payload.get("files", ())]
    found += _of_order(instance.work_order_id, person, uow)
    return list(dict.fromkeys(found))[:PHOTOS_SHOWN]


def _of_order(work_order_id: UUID | None, person: Person, uow: EveryUnitOfWork) -> list[str]:
    order = uow.work_orders.find(work_order_id) if work_order_id is not None else None
    if order is None or not may(person.roles, Verb.SEE, relation_to(order, person, uow)):
        return []
    return [
        one.sha256
        for one in uow.files.of_work_order(order.id)
        if one.is_kept and one.sha256 is not None and one.medium is Medium.IMAGE
    ]


def passed_nodes(task: ProcessTask, uow: EveryUnitOfWork) -> dict[str, str]:
    """Return the steps that were passed before, by id with their titles: a task can be sent back there."""
    return {
        one.node: one.title
        for one in uow.processes.tasks(task.instance_id)
        if one.closed_at is not None and one.node != task.node
    }
