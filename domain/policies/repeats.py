"""A fault that was repaired and is back: the same rule at every door.

Source: docs/reference/work-order-lifecycle.md, rule WO-12
"""

from uuid import UUID

from domain.intake.duplicates import DuplicateRule, is_duplicate
from domain.intake.rules import WITH_ABOUT
from domain.policies.ports import EveryUnitOfWork
from domain.policies.reported_before import LOOKED_AT, OLDEST, report_of, told_of
from domain.workorder.commands import RegisterWorkOrder
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status
from domain.workorder.views import Repeat


def earlier(cmd: RegisterWorkOrder, uow: EveryUnitOfWork) -> UUID | None:
    """Return the finished work order of the same fault on the same machine that did not last, or None."""
    if cmd.asset_id is None or cmd.type in WITH_ABOUT:
        return None
    told = told_of(
        cmd.fault_words or cmd.description,
        cmd.details,
        customer_id=cmd.customer_id,
        person_id=cmd.requester_id,
        asset_id=cmd.asset_id,
        at=cmd.issued_at,
        uow=uow,
    )
    rule = DuplicateRule(closed_within_h=24 * cmd.repeat_failure_d)
    for order in uow.work_orders.of_asset(cmd.asset_id, cmd.issued_at - OLDEST, LOOKED_AT):
        if order.completed_at is None or order.state is Status.CANCELLED or order.type in WITH_ABOUT:
            continue
        if order.id not in cmd.unlike and is_duplicate(report_of(order, uow), told, rule):
            return order.id
    return None


def repeat_of(order: WorkOrder, uow: EveryUnitOfWork) -> Repeat | None:
    """Return which repair did not last, for staff; without a lock, for it is only read."""
    before = uow.work_orders.find(order.earlier_id) if order.earlier_id is not None else None
    if before is None:
        return None
    done_at = before.completed_at
    return Repeat(number=before.number, days=(order.created_at - done_at).days if done_at else None)
