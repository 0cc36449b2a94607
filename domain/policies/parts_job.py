"""The parts of one job on its cards: what is kept, asked for, on its way, in the van, used, or not to be had.

Source: docs/reference/spare-parts.md, rules PA-4 and PA-5
"""

from decimal import Decimal
from uuid import UUID

from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part
from domain.parts.wording import line_words, part_name
from domain.policies.parts_choice import fits, free_at, model_of, on_order_words
from domain.policies.parts_hand import in_hand
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN

REQUESTED = {"approving": "待审批", "picking": "待出库"}


def job_parts(order: WorkOrder, uow: EveryUnitOfWork) -> tuple[str, ...]:
    """Return one line for every part of a job and where it stands; a job that never had any asks nothing."""
    if not order.has_parts:
        return ()
    lines: list[str] = []
    seen: set[UUID] = set()
    _kept(order, lines, seen, uow)
    _requested(order, lines, seen, uow)
    _on_the_way(order, lines, seen, uow)
    for one in uow.stock.spent_on(order.id):
        if one.quantity > 0:
            lines.append(f"{line_words(uow.parts.get(one.part_id), one.quantity, [one.lot])}：已用")
            seen.add(one.part_id)
    if order.state in OPEN:
        _missing(order, lines, seen, uow)
    return tuple(lines)


def _kept(order: WorkOrder, lines: list[str], seen: set[UUID], uow: EveryUnitOfWork) -> None:
    for one in uow.stock.held_for(order.id):
        if one.request_id is not None:
            continue
        part, place = uow.parts.get(one.part_id), uow.parts.place(one.place_id)
        free = next((free for at, free in free_at(part.id, uow) if at.id == place.id), Decimal(0))
        there = quantity_words(free + one.quantity)
        lines.append(f"{line_words(part, one.quantity)}：{place.name}可用 {there}，已预留")
        seen.add(part.id)


def _requested(order: WorkOrder, lines: list[str], seen: set[UUID], uow: EveryUnitOfWork) -> None:
    for request in uow.hand_overs.requests_for(order.id):
        if request.state not in REQUESTED:
            continue
        place = uow.parts.place(request.place_id).name
        for line in uow.hand_overs.request_lines(request.id):
            seen.add(line.part_id)
            if line.quantity > line.issued:
                words = line_words(uow.parts.get(line.part_id), line.quantity - line.issued)
                lines.append(f"{words}：{place}{REQUESTED[request.state]}")


def _on_the_way(order: WorkOrder, lines: list[str], seen: set[UUID], uow: EveryUnitOfWork) -> None:
    """Tell what waits to be taken, and what somebody has in their van."""
    holders: set[UUID] = set()
    for transfer in uow.hand_overs.of_order(order.id):
        if transfer.receiver_id is not None:
            holders.add(transfer.receiver_id)
        if transfer.state != "offered":
            continue
        receiver_id = transfer.receiver_id
        to = uow.people.get(receiver_id).name if receiver_id else uow.parts.place(transfer.to_id).name
        for line in uow.hand_overs.transfer_lines(transfer.id):
            words = line_words(uow.parts.get(line.part_id), line.quantity, [line.lot])
            lines.append(f"{words}：交接中，等{to}收下")
            seen.add(line.part_id)
    for person_id in sorted(holders):
        for (part_id, lot), quantity in in_hand(order, person_id, uow).items():
            words = line_words(uow.parts.get(part_id), quantity, [lot])
            lines.append(f"{words}：在{uow.people.get(person_id).name}车上")
            seen.add(part_id)


def _missing(order: WorkOrder, lines: list[str], seen: set[UUID], uow: EveryUnitOfWork) -> None:
    """Tell what the fault usually needs and nobody has, and what was bought for the job."""
    bought = {one.part_id: one.quantity - one.received for one in uow.supply.purchases_for(order.id)}
    fault_code = order.request.fault_code
    usual = {one.part_id: one.quantity for one in uow.parts.usual(fault_code)} if fault_code else {}
    model = model_of(order, uow)
    for part_id, quantity in (usual | {key: left for key, left in bought.items() if left > 0}).items():
        part = uow.parts.get(part_id)
        if part_id in seen or not part.active or not fits(part, model):
            continue
        lines.append(_short_line(part, quantity, uow))


def _short_line(part: Part, quantity: Decimal, uow: EveryUnitOfWork) -> str:
    free = max((free for _, free in free_at(part.id, uow)), default=Decimal(0))
    if free >= quantity:
        return f"{line_words(part, quantity)}：未领用，有货"
    coming = on_order_words(part.id, uow)
    return f"{part_name(part)} 暂缺" + (f"，{coming}" if coming else "，没有在途采购")
