"""What a process can do by itself: the actions of its trigger nodes, each recorded with its outcome."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from domain.approval.model import ProcessInstance
from domain.approval.views import ApprovalNewsView
from domain.engine.process.events import TriggerFired
from domain.kernel.messages import Cause
from domain.kernel.notices import DESK, Notice, person_audience
from domain.people.model import Role
from domain.policies.approval_views import title_of
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.commands import AddWorkOrderNote, ChangePriority
from domain.workorder.details import Priority
from domain.workorder.handlers.sharing import add_work_order_note, change_priority
from domain.workorder.status import ENDED

Do = Callable[[TriggerFired, ProcessInstance, Cause, EveryUnitOfWork], None]


def fire_trigger(event: TriggerFired, uow: EveryUnitOfWork) -> None:
    """Do what a trigger node says."""
    instance = uow.processes.get(event.instance_id)
    key = f"trigger:{instance.id}:{event.node}:{instance.rev}"
    cause = Cause(actor_id=event.actor_id, issued_at=event.occurred_at, idempotency_key=key[:128])
    _DO[event.do](event, instance, cause, uow)


def _tell_role(event: TriggerFired, instance: ProcessInstance, cause: Cause, uow: EveryUnitOfWork) -> None:
    """Tell everybody of a role, or the service desk's groups, in the words of the definition."""
    role = str(event.with_.get("role") or "")
    people = uow.people.with_roles([Role(role)]) if role else ()
    audiences = [person_audience(str(one.id)) for one in people] or [DESK]
    view = ApprovalNewsView(
        news="told",
        number=instance.number,
        title=title_of(instance, uow),
        text=str(event.with_.get("text") or ""),
    )
    for audience in audiences:
        uow.notify(
            Notice(
                audience=audience,
                card="approval_news",
                view=view.model_dump(mode="json"),
                dedupe_key=f"{cause['idempotency_key']}:{audience}"[-200:],
                subject_id=instance.id,
            )
        )


def _raise_priority(
    event: TriggerFired, instance: ProcessInstance, cause: Cause, uow: EveryUnitOfWork
) -> None:
    """Give the work order a priority; one that has ended is left as it is."""
    order_id = _order_of(instance, uow)
    if order_id is not None:
        wanted = Priority(str(event.with_["priority"]))
        change_priority(
            ChangePriority(work_order_id=order_id, priority=wanted, reason=_why(event), **cause), uow
        )


def _note(event: TriggerFired, instance: ProcessInstance, cause: Cause, uow: EveryUnitOfWork) -> None:
    """Write a note on the work order."""
    order_id = _order_of(instance, uow)
    if order_id is not None:
        text = str(event.with_["text"])
        add_work_order_note(AddWorkOrderNote(work_order_id=order_id, kind="text", text=text, **cause), uow)


def _why(event: TriggerFired) -> str:
    return str(event.with_.get("reason") or "按流程规则调整")


def _order_of(instance: ProcessInstance, uow: EveryUnitOfWork) -> UUID | None:
    if instance.work_order_id is None:
        return None
    order = uow.work_orders.get(instance.work_order_id)
    return None if order.state in ENDED else order.id


_DO: Mapping[str, Do] = {"tell": _tell_role, "priority": _raise_priority, "note": _note}
TRIGGERS: Mapping[str, frozenset[str]] = {
    "tell": frozenset({"role", "text"}),
    "priority": frozenset({"priority", "reason"}),
    "note": frozenset({"text"}),
}
"""What can be done, and what has to be said with it."""


def wrong_settings(do: str, settings: Mapping[str, Any]) -> str:
    """Return what is wrong with what a trigger node says, in Chinese, or an empty text."""
    known = TRIGGERS[do]
    if unknown := sorted(settings.keys() - known):
        return f"不认识 {'、'.join(unknown)}，可以写：{'、'.join(sorted(known))}"
    if do == "priority" and settings.get("priority") not in {one.value for one in Priority}:
        return f"priority 要写 {'、'.join(one.value for one in Priority)} 之一"
    if do in ("tell", "note") and not settings.get("text"):
        return "缺少 text：要说的话"
    if settings.get("role") and settings["role"] not in {role.value for role in Role}:
        return f"没有“{settings['role']}”这个角色"
    return ""
