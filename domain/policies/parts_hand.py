"""What a technician has in hand for a job: taken, and neither used on it nor offered back.

Source: docs/reference/spare-parts.md, rule PA-7
"""

from decimal import Decimal
from uuid import UUID

from domain.parts.events import PartsUsed
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder

Pieces = dict[tuple[UUID, str], Decimal]
"""How many of a part, by part and serial or batch."""


def in_hand(
    order: WorkOrder, technician_id: UUID, uow: EveryUnitOfWork, *, with_coming: bool = False
) -> Pieces:
    """Return what a technician took for a job and still has.

    Args:
        with_coming: also what is offered to them now.
    """
    return _less(_taken(order, technician_id, uow, with_coming=with_coming), _spent(order, uow))


def never_used(order: WorkOrder, technician_id: UUID, uow: EveryUnitOfWork) -> Pieces:
    """Return what a technician took for a job and never said to have used, nor that they did not."""
    used = _spent(order, uow)
    said: Pieces = {}
    for fact in uow.histories.facts([order.id], [PartsUsed.__name__]):
        key = (UUID(fact.payload["part_id"]), str(fact.payload["lot"]))
        said[key] = said.get(key, Decimal(0)) + Decimal(fact.payload["quantity"])
    used |= {key: max(quantity, used.get(key, quantity)) for key, quantity in said.items()}
    return _less(_taken(order, technician_id, uow, with_coming=False), used)


def _taken(order: WorkOrder, technician_id: UUID, uow: EveryUnitOfWork, *, with_coming: bool) -> Pieces:
    van = uow.parts.van_of(technician_id)
    found: Pieces = {}
    if van is None:
        return found
    arrived = ("taken", "offered") if with_coming else ("taken",)
    for transfer in uow.hand_overs.of_order(order.id):
        sign = 0
        if transfer.to_id == van.id and transfer.state in arrived:
            sign = 1
        elif transfer.from_id == van.id and transfer.state in ("offered", "taken"):
            sign = -1
        if sign:
            for line in uow.hand_overs.transfer_lines(transfer.id):
                key = (line.part_id, line.lot)
                found[key] = found.get(key, Decimal(0)) + sign * line.quantity
    return found


def _spent(order: WorkOrder, uow: EveryUnitOfWork) -> Pieces:
    return {(one.part_id, one.lot): one.quantity for one in uow.stock.spent_on(order.id)}


def _less(pieces: Pieces, gone: Pieces) -> Pieces:
    left = {key: quantity - gone.get(key, Decimal(0)) for key, quantity in pieces.items()}
    return {key: quantity for key, quantity in left.items() if quantity > 0}
