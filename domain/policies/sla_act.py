"""What a step changes on the work order itself."""

from collections.abc import Collection
from datetime import datetime

from domain.intake.rules import stepped_up
from domain.kernel.messages import Cause
from domain.policies.ports import EveryUnitOfWork
from domain.sla.model import SlaClock
from domain.sla.steps import Do
from domain.workorder.commands import ChangePriority, RecallWorkOrder
from domain.workorder.details import Priority
from domain.workorder.handlers.offering import recall_work_order
from domain.workorder.handlers.sharing import change_priority
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN, Status

RAISED = "临近或超过时限，系统按规则提升"
RELEASED = "超过时限，系统按规则重新派单"
NOT_UNDER_WAY = (Status.OFFERED, Status.ACCEPTED)
"""Where a technician can still be replaced without anybody on the road."""


def change_order(
    order: WorkOrder, clock: SlaClock, wanted: Collection[Do], at: datetime, uow: EveryUnitOfWork
) -> str:
    """Raise the priority and take the work order back, as far as asked for; return the new priority."""
    cause = Cause(actor_id="system", issued_at=at, idempotency_key=f"sla:{clock.id}:{at.isoformat()}")
    raised = ""
    if Do.RAISE_PRIORITY in wanted and order.state in OPEN and order.priority != Priority.P1:
        raised = stepped_up(order.priority)
        change_priority(
            ChangePriority(work_order_id=order.id, priority=Priority(raised), reason=RAISED, **cause), uow
        )
    if Do.REASSIGN in wanted and order.state in NOT_UNDER_WAY:
        recall_work_order(RecallWorkOrder(work_order_id=order.id, reason=RELEASED, **cause), uow)
    return raised
