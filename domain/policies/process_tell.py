"""What people are told of a process: a card for every task, news for whoever waits, an entry in the list."""

from collections.abc import Iterable
from datetime import datetime

from domain.approval.model import ProcessInstance, ProcessTask
from domain.approval.views import ApprovalNewsView, Remark
from domain.engine.process.definition import Milestone, Start
from domain.engine.process.events import (
    ApproversAsked,
    Commented,
    Copied,
    DataChanged,
    InstanceEnded,
    InstanceReturned,
    Nudged,
    ProcessEvent,
    TaskClosed,
    TaskOpened,
    TaskPassed,
    TaskReopened,
    TimeoutFired,
)
from domain.kernel.money import yuan
from domain.kernel.notices import Notice, person_audience, todo_audience
from domain.kernel.todo import TodoView, Urgency
from domain.policies.approval_page import with_page
from domain.policies.approval_views import approval_view, asker_of, remark_of, title_of
from domain.policies.parts_process import REQUEST_PROCESS
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_fields import AMOUNT
from domain.policies.process_stepping import data_of, definition_of, is_own
from domain.policies.views import name_of_actor

Shown = TaskOpened | TaskReopened | TaskClosed | TaskPassed


def show_task(event: Shown, uow: EveryUnitOfWork) -> None:
    """Bring a task's card to its approver, and the tally to everybody who is still asked beside them."""
    instance = uow.processes.get(event.instance_id)
    task_id = event.task.id if isinstance(event, TaskOpened) else event.task_id
    tasks = uow.processes.tasks(instance.id)
    task = next((one for one in tasks if one.id == task_id), None)
    if task is None:
        return
    heard = None
    if isinstance(event, TaskPassed):
        heard = remark_of(TaskPassed.__name__, event.payload(), event.actor_id, event.occurred_at, uow)
    _show(task, instance, uow, at=event.occurred_at, anew=not isinstance(event, TaskClosed), heard=heard)
    if isinstance(event, TaskPassed):
        _show_handed_on(event, task, instance, uow)
    if isinstance(event, TaskClosed):
        _close_todo(task, instance, uow)
        if event.outcome != "cancelled":
            for other in tasks:
                if other.closed_at is None and other.node == task.node and other.id != task.id:
                    _show(other, instance, uow, at=event.occurred_at, anew=False)


def show_waiting(event: ApproversAsked, uow: EveryUnitOfWork) -> None:
    """Let the card of whoever let others look first say that it waits for them."""
    instance = uow.processes.get(event.instance_id)
    for task in uow.processes.tasks(instance.id):
        if event.parent and task.no == event.parent and task.closed_at is not None:
            _show(task, instance, uow, at=event.occurred_at, anew=False)


def tell_overdue(event: TimeoutFired, uow: EveryUnitOfWork) -> None:
    """Put an overdue task on its approver's list of things to do, once, and remind them."""
    if event.do != "remind":
        return
    instance = uow.processes.get(event.instance_id)
    task = next(one for one in uow.processes.tasks(instance.id) if one.id == event.task_id)
    if task.closed_at is not None:
        return
    task.todo_at = task.todo_at or event.occurred_at
    _owe_todo(task, instance, uow, done=False)
    _tell(event, "reminded", [str(task.assignee_id)], instance, uow, node=task.title)


def tell_ended(event: InstanceEnded, uow: EveryUnitOfWork) -> None:
    """Tell whoever asked how it ended; who withdrew it knows, and a request for parts has its own card."""
    instance = uow.processes.get(event.instance_id)
    if event.status == "done" or is_own(instance) or instance.name == REQUEST_PROCESS:
        return
    asked_by = asker_of(instance)
    if asked_by != event.actor_id:
        _tell(event, event.status, [asked_by], instance, uow, text=said_with(event, instance, uow))


def tell_returned(event: InstanceReturned, uow: EveryUnitOfWork) -> None:
    """Tell whoever asked that it came back, and why."""
    if event.why not in ("return", "refusal"):
        return
    instance = uow.processes.get(event.instance_id)
    asked_by, text = asker_of(instance), event.comment or said_with(event, instance, uow)
    if asked_by != event.actor_id:
        _tell(event, _how_it_came_back(event, instance, uow), [asked_by], instance, uow, text=text)


def _how_it_came_back(event: InstanceReturned, instance: ProcessInstance, uow: EveryUnitOfWork) -> str:
    nodes = {node.id: node for node in definition_of(instance, uow).nodes}
    entry = nodes.get(event.entry)
    if isinstance(entry, Milestone):
        return "settle_again"
    if not isinstance(entry, Start):
        return "sent_back"
    return "refused_back" if event.why == "refusal" else "returned"


def tell_comment(event: Commented, uow: EveryUnitOfWork) -> None:
    """Bring what somebody said to everybody who takes part; an approver's words are a question."""
    instance = uow.processes.get(event.instance_id)
    open_tasks = [one for one in uow.processes.tasks(instance.id) if one.closed_at is None]
    approvers = [str(one.assignee_id) for one in open_tasks]
    news = "question" if event.actor_id in approvers else "comment"
    heard = Remark(name=name_of_actor(event.actor_id, uow), text=event.text, at=event.occurred_at)
    for task in open_tasks:
        _show(task, instance, uow, at=event.occurred_at, anew=False, heard=heard)
    others = [one for one in (asker_of(instance), *approvers) if one != event.actor_id]
    _tell(event, news, others if news == "comment" else others[:1], instance, uow, text=event.text)


def show_new_values(event: DataChanged, uow: EveryUnitOfWork) -> None:
    """Let everybody who is asked read what the subject is like now."""
    instance = uow.processes.get(event.instance_id)
    for task in uow.processes.tasks(instance.id):
        if task.closed_at is None:
            _show(task, instance, uow, at=event.occurred_at, anew=False)


def tell_copied(event: Copied, uow: EveryUnitOfWork) -> None:
    """Let people know who need not decide."""
    instance = uow.processes.get(event.instance_id)
    _tell(event, "copied", event.people, instance, uow, text=event.comment)


def tell_nudged(event: Nudged, uow: EveryUnitOfWork) -> None:
    """Remind whoever is to decide that somebody waits."""
    instance = uow.processes.get(event.instance_id)
    _tell(event, "expedited", event.people, instance, uow)


def _show(
    task: ProcessTask,
    instance: ProcessInstance,
    uow: EveryUnitOfWork,
    *,
    at: datetime,
    anew: bool,
    heard: Remark | None = None,
) -> None:
    """Owe an approver the card of their task.

    Args:
        heard: what was said just now, which no history has yet.
    """
    is_open, audience = task.closed_at is None, person_audience(str(task.assignee_id))
    if is_open and not anew and uow.changes_once(audience, task.id):
        return
    view = approval_view(task, uow)
    if heard is not None:
        view = view.model_copy(update={"remarks": (*view.remarks, heard)})
    if is_open:
        view = with_page(view, task, at, uow)
    uow.notify(
        Notice(
            audience=audience,
            card="approval",
            view=view.model_dump(mode="json"),
            dedupe_key=f"approval:{task.id}:{instance.rev}:{task.assignee_id}",
            subject_id=task.id,
            living=True,
            anew=anew,
            asks=is_open and anew,
            quiet=is_open and not anew,
        )
    )


def _show_handed_on(
    event: TaskPassed, task: ProcessTask, instance: ProcessInstance, uow: EveryUnitOfWork
) -> None:
    """Let the card of whoever had the task say who has it now."""
    view = approval_view(task, uow).model_copy(
        update={
            "actions": (),
            "decided": "delegated",
            "decided_by": name_of_actor(event.to, uow),
            "comment": event.comment,
        }
    )
    uow.notify(
        Notice(
            audience=person_audience(event.from_),
            card="approval",
            view=view.model_dump(mode="json"),
            dedupe_key=f"approval:{task.id}:{instance.rev}:{event.from_}",
            subject_id=task.id,
            living=True,
            quiet=True,
        )
    )
    if task.todo_at is not None:
        uow.notify(_todo(task, event.from_, instance, uow, done=True))
        _owe_todo(task, instance, uow, done=False)


def _close_todo(task: ProcessTask, instance: ProcessInstance, uow: EveryUnitOfWork) -> None:
    if task.todo_at is not None:
        task.todo_at = None
        _owe_todo(task, instance, uow, done=True)


def _owe_todo(task: ProcessTask, instance: ProcessInstance, uow: EveryUnitOfWork, *, done: bool) -> None:
    uow.notify(_todo(task, str(task.assignee_id), instance, uow, done=done))


def _todo(
    task: ProcessTask, person_id: str, instance: ProcessInstance, uow: EveryUnitOfWork, *, done: bool
) -> Notice:
    amount = data_of(instance).get(AMOUNT)
    cost = f"，{yuan(amount)} 元" if amount is not None else ""
    view = TodoView(
        subject=f"审批已到时限：{title_of(instance, uow)} {instance.number}{cost}",
        fields=(("审批节点", task.title),),
        due_at=task.due_at,
        urgency=Urgency.HIGH,
        done=done,
    )
    return Notice(
        audience=todo_audience(person_id),
        card="todo",
        view=view.model_dump(mode="json"),
        dedupe_key=f"approval-todo:{task.id}:{person_id}:{instance.rev}:{done}",
        subject_id=task.id,
        living=True,
    )


def _tell(
    event: ProcessEvent,
    news: str,
    people: Iterable[str],
    instance: ProcessInstance,
    uow: EveryUnitOfWork,
    *,
    node: str = "",
    text: str = "",
) -> None:
    view = ApprovalNewsView(
        news=news,
        number=instance.number,
        title=title_of(instance, uow),
        node=node,
        by=name_of_actor(event.actor_id, uow),
        text=text,
        amount_fen=data_of(instance).get(AMOUNT),
    )
    for person_id in dict.fromkeys(people):
        uow.notify(
            Notice(
                audience=person_audience(person_id),
                card="approval_news",
                view=view.model_dump(mode="json"),
                dedupe_key=f"approval-news:{instance.id}:{instance.rev}:{news}:{person_id}",
                subject_id=instance.id,
            )
        )


def said_with(event: ProcessEvent, instance: ProcessInstance, uow: EveryUnitOfWork) -> str:
    """Return what was said with the decision that led here; nobody's words are taken for another's."""
    now = [one for one in uow.processes.tasks(instance.id) if one.closed_at == event.occurred_at]
    return next((one.comment for one in now if one.closed_by == event.actor_id and one.comment), "")
