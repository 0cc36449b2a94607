"""How many pictures of the work a service report has.

Source: docs/reference/work-order-lifecycle.md, rule WO-11
"""

from uuid import UUID

from domain.files.commands import Medium
from domain.files.model import Attachment
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.closing_events import WorkOrderReopened
from domain.workorder.model import WorkOrder

REOPENED = WorkOrderReopened.__name__


def photos_of(
    order: WorkOrder, technician_id: UUID, uow: EveryUnitOfWork, *, amends: bool
) -> tuple[Attachment, ...]:
    """Return the pictures that this technician sent for the report, each once, oldest first.

    After a rejection only new ones count: the old ones show what was not accepted. After a reopening only
    those of this visit do. The same picture counts once, however often it is sent.

    Args:
        amends: a filed report is corrected, so that its own pictures still count.
    """
    opened = [one.occurred_at for one in uow.work_orders.history(order.id) if one.name == REOPENED]
    since = max([*opened, *([order.completed_at] if order.completed_at and not amends else [])], default=None)
    sent = [
        one
        for one in uow.files.of_work_order(order.id)
        if one.medium is Medium.IMAGE and one.sender_id == technician_id
    ]
    old = {one.sha256 or one.id for one in sent if since is not None and one.sent_at <= since}
    new: dict[object, Attachment] = {}
    for one in sent:
        if (one.sha256 or one.id) not in old:
            new.setdefault(one.sha256 or one.id, one)
    return tuple(new.values())
