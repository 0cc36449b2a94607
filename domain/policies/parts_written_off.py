"""Work that is done used what was taken for it, unless somebody said otherwise (自动核销).

Source: docs/reference/spare-parts.md, rule PA-7
"""

from decimal import Decimal
from uuid import UUID, uuid5

from domain.parts.commands import PartLine
from domain.parts.model.catalogue import Place
from domain.parts.places import Tracking
from domain.policies.parts_hand import never_used
from domain.policies.parts_reserve import free_job, lock_job
from domain.policies.parts_tell import spoken, tell_job, tell_parts_news, words_of
from domain.policies.parts_use import Doing, use_lines
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.field_events import WorkCompleted
from domain.workorder.model import WorkOrder

COMPLETED = "工单已完工"


def write_off(event: WorkCompleted, uow: EveryUnitOfWork) -> None:
    """Use on a job what its technician took for it and still has, and free what is kept for it.

    What they said not to have used stays in the van, also when the work is completed a second time.
    """
    order = uow.work_orders.get(event.work_order_id)
    if not order.has_parts:
        return
    technician_id, at = event.assignee_id, event.occurred_at
    van = uow.parts.van_of(technician_id)
    pieces = never_used(order, technician_id, uow) if van is not None else {}
    lock_job(order, [(part_id, van.id) for part_id, _ in pieces] if van is not None else (), uow)
    lines = _still_there(pieces, van, uow) if van is not None else []
    if van is not None and lines:
        document_id = uuid5(order.id, f"write-off:{event.report_version}:{at.isoformat()}")
        doing = Doing(order, van, technician_id, event.actor_id, at, document_id)
        use_lines(doing, lines, (), uow)
        words = words_of([(line.part_id, line.quantity, line.lot) for line in lines], uow)
        tell_job(order, "used", words, event.actor_id, at, uow, note="完工自动核销")
        _tell_technician(order, technician_id, lines, words, uow)
    free_job(order, COMPLETED, event.actor_id, at, uow)


def _still_there(pieces: dict[tuple[UUID, str], Decimal], van: Place, uow: EveryUnitOfWork) -> list[PartLine]:
    """Return as much of the pieces as the van really has."""
    lines: list[PartLine] = []
    for (part_id, lot), quantity in sorted(pieces.items()):
        balance = uow.stock.balance(part_id, van.id)
        there = balance.quantity - balance.reserved
        there -= sum((one.quantity for one in lines if one.part_id == part_id), start=Decimal(0))
        if uow.parts.get(part_id).tracking != Tracking.NONE.value:
            there = min(there, uow.stock.lot(part_id, lot, van.id).quantity)
        if there > 0:
            lines.append(PartLine(part_id=part_id, quantity=min(quantity, there), lot=lot))
    return lines


def _tell_technician(
    order: WorkOrder, technician_id: UUID, lines: list[PartLine], words: list[str], uow: EveryUnitOfWork
) -> None:
    first = lines[0]
    said = f"{spoken([(uow.parts.get(first.part_id), first.quantity)])} {first.lot}".rstrip()
    tell_parts_news(
        "written_off",
        [technician_id],
        f"{order.id}:{order.report_version}",
        uow,
        order=order,
        lines=words,
        facts={"undo": f"退料 {order.number} {said}"},
    )
