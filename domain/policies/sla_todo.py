"""Overdue work stands on the list of whoever has it, once, until its clock stops or somebody else has it."""

from collections.abc import Iterable
from datetime import datetime

from domain.kernel.notices import Notice, todo_audience
from domain.kernel.todo import TodoView, Urgency
from domain.policies.ports import EveryUnitOfWork
from domain.policies.sla_audience import Superiors, holder
from domain.policies.views import customer_name
from domain.sla.model import SlaClock
from domain.sla.wording import kind_label
from domain.workorder.model import WorkOrder

URGENCY = {"P1": Urgency.URGENT, "P2": Urgency.HIGH, "P3": Urgency.NORMAL, "P4": Urgency.LOW}


def put_todo(
    order: WorkOrder, clock: SlaClock, at: datetime, superiors: Superiors, uow: EveryUnitOfWork
) -> None:
    """Put it on the list of whoever has the work order, else of the dispatchers."""
    person_id = holder(order)
    people = [person_id] if person_id is not None else [one.id for one in superiors.at(1, order.region)]
    clock.todos = list(dict.fromkeys([*clock.todos, *(str(one) for one in people)]))
    for person in clock.todos:
        _owe(order, clock, person, at, uow, done=False)


def close_todos(order: WorkOrder, clocks: Iterable[SlaClock], at: datetime, uow: EveryUnitOfWork) -> None:
    """Take it off the lists of those who have nothing to do with it any more."""
    has_it = holder(order)
    for clock in clocks:
        kept = [one for one in clock.todos if clock.is_open and has_it is not None and one == str(has_it)]
        for person in set(clock.todos) - set(kept):
            _owe(order, clock, person, at, uow, done=True)
        if kept != clock.todos:
            clock.todos = kept


def _owe(
    order: WorkOrder, clock: SlaClock, person: str, at: datetime, uow: EveryUnitOfWork, *, done: bool
) -> None:
    view = TodoView(
        subject=f"工单 {order.number} {kind_label(clock.kind)}已到时限：{order.description[:60]}",
        fields=(("客户", customer_name(order, uow)), ("优先级", order.priority)),
        due_at=clock.due_at,
        urgency=URGENCY.get(order.priority, Urgency.NORMAL),
        done=done,
    )
    uow.notify(
        Notice(
            audience=todo_audience(person),
            card="todo",
            view=view.model_dump(mode="json"),
            dedupe_key=f"sla-todo:{clock.id}:{clock.episode}:{person}:{at.isoformat()}:{done}"[-200:],
            subject_id=clock.id,
            living=True,
        )
    )
