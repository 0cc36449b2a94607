"""A process that goes on lets its work order go on, and its cards say what is waited for."""

from domain.approval.model import ProcessInstance
from domain.engine.process.errors import DECISIONS
from domain.engine.process.events import InstanceEnded, NodeEntered, TaskClosed, TaskOpened, TaskPassed
from domain.kernel.messages import Cause
from domain.kernel.notices import DESK, Notice
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_stepping import is_own
from domain.policies.process_steps import Step
from domain.policies.survey import close_if_done
from domain.policies.views import name_of_actor
from domain.workorder.events import DecisionAwaited
from domain.workorder.handlers.happen import happen
from domain.workorder.model import WorkOrder
from domain.workorder.status import UNASSIGNED

AWAITED_SHOWN = 300
DECIDED = ("agreed", "refused", "returned")


def go_on_with_step(event: NodeEntered, uow: EveryUnitOfWork) -> None:
    """Do what only waited for this milestone's turn."""
    if not event.step:
        return
    instance = uow.processes.get(event.instance_id)
    if instance.work_order_id is None:
        return
    order = uow.work_orders.get(instance.work_order_id)
    if event.step == Step.DISPATCH and order.state in UNASSIGNED and order.next_due_at is None:
        order.next_due_at = event.occurred_at
    elif event.step == Step.CLOSE:
        key = f"process:{instance.id}:{instance.rev}"
        close_if_done(
            order, Cause(actor_id=event.actor_id, issued_at=event.occurred_at, idempotency_key=key), uow
        )


def show_what_is_awaited(
    event: TaskOpened | TaskClosed | TaskPassed | InstanceEnded, uow: EveryUnitOfWork
) -> None:
    """Let the work order say what it waits for, and keep on its time line who decided what."""
    instance = uow.processes.get(event.instance_id)
    if instance.work_order_id is None or not is_own(instance):
        return
    order = uow.work_orders.get(instance.work_order_id)
    awaiting = _awaited(instance, uow)
    decided = _decision(event, uow) if isinstance(event, TaskClosed) else ""
    if decided or awaiting != order.awaiting:
        comment = event.comment if isinstance(event, TaskClosed) else ""
        happen(
            uow,
            order,
            DecisionAwaited(
                occurred_at=event.occurred_at,
                actor_id=event.actor_id,
                work_order_id=order.id,
                awaiting=awaiting,
                asked="" if decided else awaiting,
                decided=decided,
                comment=comment,
            ),
        )
    if isinstance(event, InstanceEnded) and event.status == "refused":
        _tell_desk_refused(order, event, uow)


def _awaited(instance: ProcessInstance, uow: EveryUnitOfWork) -> str:
    """Return the steps that wait, each with who is asked, as far as a card has room."""
    asked: dict[str, list[str]] = {}
    for task in uow.processes.tasks(instance.id):
        if task.closed_at is None:
            asked.setdefault(task.title, []).append(uow.people.get(task.assignee_id).name)
    return "；".join(f"{title}（{'、'.join(names)}）" for title, names in asked.items())[:AWAITED_SHOWN]


def _decision(event: TaskClosed, uow: EveryUnitOfWork) -> str:
    """Return what one approver decided in words; empty for what only follows from another's decision."""
    if event.outcome not in DECIDED:
        return ""
    instance = uow.processes.get(event.instance_id)
    task = next(one for one in uow.processes.tasks(instance.id) if one.id == event.task_id)
    return f"{task.title}：{name_of_actor(event.by, uow) or '到时限自动'} {DECISIONS[event.outcome]}"


def _tell_desk_refused(order: WorkOrder, event: InstanceEnded, uow: EveryUnitOfWork) -> None:
    """Let the service desk decide by hand on a work order whose process was refused."""
    uow.notify(
        Notice(
            audience=DESK,
            card="news",
            view={"kind": "process_refused", "number": order.number, "facts": {}},
            dedupe_key=f"{order.id}:process_refused:{event.occurred_at.timestamp()}",
            subject_id=order.id,
        )
    )
