"""What every handler ends with."""

from datetime import datetime

from domain.workorder.events import WorkOrderEvent
from domain.workorder.model import WorkOrder
from domain.workorder.ports import WorkOrderUnitOfWork


def happen(uow: WorkOrderUnitOfWork, order: WorkOrder, event: WorkOrderEvent) -> None:
    """Let the work order become what was decided, and record it."""
    order.apply(event)
    uow.record(event)


def answer_offer(uow: WorkOrderUnitOfWork, order: WorkOrder, outcome: str, reason: str, at: datetime) -> None:
    """End the open offer, if there is one."""
    for offer in uow.work_orders.offers(order.id):
        if offer.outcome == "open":
            offer.outcome = outcome
            offer.reason = reason
            offer.answered_at = at
