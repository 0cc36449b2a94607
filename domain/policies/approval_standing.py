"""Where something that was asked for stands: its status, who decided what, and what was said."""

from domain.approval.model import ProcessInstance, ProcessTask
from domain.approval.views import Remark, RequestStep, RequestView
from domain.engine.process.events import Commented
from domain.policies.approval_views import asker_of, title_of
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_fields import AMOUNT
from domain.policies.process_stepping import RUNNING, data_of, is_own
from domain.policies.views import name_of_actor

DECIDED = frozenset({"agreed", "refused", "returned", "delegated", "resubmitted"})
"""Ends of a task that somebody decided on; the others only follow from these."""


def request_view(instance: ProcessInstance, uow: EveryUnitOfWork, *, lead: str = "") -> RequestView:
    """Return where a request stands, for whoever asked.

    Args:
        lead: what is said before it.
    """
    tasks = uow.processes.tasks(instance.id)
    waiting = [one for one in tasks if one.closed_at is None]
    returned = any(str(one.assignee_id) == asker_of(instance) for one in waiting)
    data = data_of(instance)
    said = reversed(uow.histories.facts([instance.id], [Commented.__name__]))
    order = None
    if instance.work_order_id is not None and not is_own(instance):
        order = uow.work_orders.find(instance.work_order_id)
    return RequestView(
        lead=lead,
        number=instance.number,
        title=title_of(instance, uow),
        order_number=order.number if order is not None else "",
        amount_fen=data.get(AMOUNT),
        reason=str(data.get("reason") or ""),
        status="returned" if returned and instance.status == RUNNING else instance.status,
        waits_for=tuple(uow.people.get(one.assignee_id).name for one in waiting),
        ended_at=instance.ended_at,
        steps=tuple(_step(one, uow) for one in sorted(tasks, key=_moment) if one.outcome in DECIDED),
        remarks=tuple(
            Remark(name=name_of_actor(one.actor_id, uow), text=str(one.payload["text"]), at=one.occurred_at)
            for one in said
            if one.payload["text"]
        ),
    )


def _moment(task: ProcessTask) -> tuple[float, int]:
    return (task.closed_at.timestamp() if task.closed_at is not None else 0, task.no)


def _step(task: ProcessTask, uow: EveryUnitOfWork) -> RequestStep:
    by = name_of_actor(task.closed_by, uow) if task.closed_by else uow.people.get(task.assignee_id).name
    return RequestStep(node=task.title, name=by, state=task.outcome, comment=task.comment, at=task.closed_at)
