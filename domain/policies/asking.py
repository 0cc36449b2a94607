"""Asking a technician whom somebody chose, whether nobody or somebody else has the work order."""

from datetime import datetime

from domain.kernel.messages import Cause
from domain.people.model import Person
from domain.workorder.board import HELD
from domain.workorder.commands import OfferWorkOrder, ReassignWorkOrder
from domain.workorder.errors import SameTechnician
from domain.workorder.model import WorkOrder


def asking(
    order: WorkOrder,
    technician: Person,
    *,
    expires_at: datetime,
    reason: str,
    cause: Cause,
    seen_version: int | None = None,
) -> OfferWorkOrder | ReassignWorkOrder:
    """Return the command that asks a technician.

    Raises:
        SameTechnician: it would be taken from them and given to them.
    """
    kind: type[OfferWorkOrder | ReassignWorkOrder] = OfferWorkOrder
    if order.state in HELD:
        if technician.id == order.assignee_id:
            raise SameTechnician(number=order.number, name=technician.name)
        kind = ReassignWorkOrder
    return kind(
        work_order_id=order.id,
        technician_id=technician.id,
        expires_at=expires_at,
        reason=reason,
        seen_version=seen_version,
        **cause,
    )
