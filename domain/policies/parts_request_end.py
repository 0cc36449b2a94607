"""How a request for parts goes on and ends: approved, refused, called off, or all of it handed over.

Source: docs/reference/spare-parts.md, rule PA-5
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from domain.engine import process as engine
from domain.engine.process.events import InstanceEnded
from domain.parts.events import PartsApproved, PartsRefused, PartsRequestCancelled
from domain.parts.model.documents import PartsRequest
from domain.policies.parts_picking import free_all
from domain.policies.parts_process import APPROVED, REQUEST_PROCESS
from domain.policies.parts_tell import tell_job, tell_parts_news, words_of
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_stepping import RUNNING, step
from domain.policies.process_tell import said_with
from domain.policies.views import name_of_actor
from domain.workorder.model import WorkOrder
from domain.workorder.status import DONE, LABEL

WAITING = ("approving", "picking")
"""States of a request of which nothing, or not all, left the store."""
STATE_WORDS: Mapping[str, str] = {
    "approving": "待审批",
    "picking": "待出库",
    "issued": "已出库",
    "refused": "未通过审批",
    "cancelled": "已取消",
    "closed": "已完成",
}


def follow_approval(event: InstanceEnded, uow: EveryUnitOfWork) -> None:
    """Let an approved request be picked, and free what was kept for a refused one."""
    instance = uow.processes.get(event.instance_id)
    if instance.name != REQUEST_PROCESS:
        return
    request = uow.hand_overs.request(instance.id)
    if request.state != "approving":
        return
    order = uow.work_orders.get(request.work_order_id) if request.work_order_id is not None else None
    if event.status == APPROVED:
        approve(request, event.actor_id, event.occurred_at, uow)
        words = request_words(request, uow)
        tell_job(order, "approved", words, event.actor_id, event.occurred_at, uow, note=request.number)
        return
    outcome = "refused" if event.status == "refused" else "withdrawn"
    request.state = "refused"
    free_all(uow.stock.held_of(request.id), "released", event.actor_id, event.occurred_at, uow)
    uow.record(
        PartsRefused(
            occurred_at=event.occurred_at,
            actor_id=event.actor_id,
            request_id=request.id,
            work_order_id=request.work_order_id,
            outcome=outcome,
        )
    )
    words = request_words(request, uow)
    tell_job(order, "refused", words, event.actor_id, event.occurred_at, uow)
    if event.actor_id != str(request.technician_id):
        text = event.comment or said_with(event, instance, uow)
        tell_parts_news(
            "refused",
            [request.technician_id],
            str(request.id),
            uow,
            number=request.number,
            order=order,
            lines=words,
            facts={"by": name_of_actor(event.actor_id, uow), "text": text},
        )


def end_request(
    request_id: UUID,
    why: str,
    order: WorkOrder | None,
    actor_id: str,
    at: datetime,
    uow: EveryUnitOfWork,
    *,
    outcome: str = "released",
    silent: bool = False,
) -> None:
    """End what still waits of a request, with its approval; whoever asked is told why.

    Args:
        order: its job, locked already.
        outcome: what becomes of what was kept: `released` or `expired`.
        silent: the caller tells whoever asked.
    """
    instance = uow.processes.lock(request_id)
    request = uow.hand_overs.request(request_id)
    if request.state not in WAITING:
        return
    words = request_words(request, uow)
    is_partly_out = any(line.issued for line in uow.hand_overs.request_lines(request.id))
    request.state = "issued" if is_partly_out else "cancelled"
    free_all(uow.stock.held_of(request.id), outcome, actor_id, at, uow)
    close_if_done(request, uow)
    uow.record(
        PartsRequestCancelled(
            occurred_at=at, actor_id=actor_id, request_id=request.id, work_order_id=request.work_order_id
        )
    )
    tell_job(order, "freed", words, actor_id, at, uow, note=why)
    if instance is not None and instance.status == RUNNING:
        step(instance, engine.Terminate(actor=actor_id, reason=why), at, uow)
    if not silent and actor_id != str(request.technician_id):
        tell_parts_news(
            "cancelled",
            [request.technician_id],
            str(request.id),
            uow,
            number=request.number,
            order=order,
            lines=words,
            facts={"by": name_of_actor(actor_id, uow), "why": why},
        )


def close_if_done(request: PartsRequest, uow: EveryUnitOfWork) -> None:
    """Close a request whose parts all left the store and none of them is on its way any more."""
    if request.state != "issued":
        return
    if all(one.state != "offered" for one in uow.hand_overs.of_request(request.id)):
        request.state = "closed"


def request_words(request: PartsRequest, uow: EveryUnitOfWork) -> list[str]:
    """Return what a request still waits for, else all of it, in words."""
    lines = uow.hand_overs.request_lines(request.id)
    left = [(line.part_id, line.quantity - line.issued, "") for line in lines if line.quantity > line.issued]
    return words_of(left or [(line.part_id, line.quantity, "") for line in lines], uow)


def job_label(order: WorkOrder) -> str:
    """Return what a job that is over is called after “已经”."""
    label = LABEL[order.state].removeprefix("已")
    return f"完工（{label}）" if order.state in DONE else label


def approve(request: PartsRequest, actor_id: str, at: datetime, uow: EveryUnitOfWork) -> None:
    request.state = "picking"
    uow.record(
        PartsApproved(
            occurred_at=at, actor_id=actor_id, request_id=request.id, work_order_id=request.work_order_id
        )
    )
