"""What is to be picked for a request, what was, and what may be."""

from decimal import Decimal

from bot.ports import BotUnitOfWork
from bot.store_finding import LISTED
from bot.store_task import Task
from cards.store import PickingView
from domain.parts.errors import LotNotHere, NotRequested
from domain.parts.model.catalogue import Part
from domain.parts.model.documents import PartsRequest
from domain.parts.places import Tracking
from domain.parts.wording import line_words, part_name
from domain.policies.parts_short import lack_of
from domain.policies.parts_views import part_line


def picking_view(task: Task, last: str, uow: BotUnitOfWork) -> PickingView:
    """Return how far a picking is."""
    request = uow.hand_overs.request(task.document_id)
    order = uow.work_orders.find(request.work_order_id) if request.work_order_id is not None else None
    lines, lots_needed, complete = [], False, True
    for line in uow.hand_overs.request_lines(request.id):
        part = uow.parts.get(line.part_id)
        picked = line.issued + task.of_part(part.id)
        tracked = part.tracking != Tracking.NONE.value
        lots_needed = lots_needed or (tracked and line.issued < line.quantity)
        complete = complete and picked >= line.quantity
        own = tuple(one.lot for one in task.lines if one.part_id == part.id and one.lot)
        here = [one.lot for one in uow.stock.lots_at(part.id, request.place_id)] if tracked else []
        lots = own or tuple(here[:LISTED])
        lines.append(part_line(part, line.quantity, done=picked, lots=lots))
    lack = lack_of(request, uow)
    return PickingView(
        request_id=request.id,
        version=request.rev,
        number=request.number,
        order_number=order.number if order is not None else "",
        technician=uow.people.get(request.technician_id).name,
        place=uow.parts.place(request.place_id).name,
        lines=tuple(lines),
        last=last,
        picked=bool(task.lines),
        complete=complete,
        lots_needed=lots_needed,
        lacks=lack.missing,
        some=lack.some,
    )


def left_of(task: Task, request: PartsRequest, part: Part, uow: BotUnitOfWork) -> Decimal:
    """Return how many of a part are still to be picked.

    Raises:
        NotRequested: none was asked for.
    """
    lines = uow.hand_overs.request_lines(request.id)
    own = [line for line in lines if line.part_id == part.id]
    if not own:
        wanted = [
            line_words(uow.parts.get(line.part_id), line.quantity - line.issued)
            for line in lines
            if line.issued < line.quantity
        ]
        raise NotRequested(name=part_name(part), number=request.number, wanted="，".join(wanted))
    return sum((line.quantity - line.issued for line in own), Decimal(0)) - task.of_part(part.id)


def insist_here(part: Part, lot: str, request: PartsRequest, uow: BotUnitOfWork) -> None:
    found = [one for one in uow.stock.lots_called(lot) if one.part_id == part.id and one.quantity > 0]
    if any(one.place_id == request.place_id for one in found):
        return
    where = f"它在{uow.parts.place(found[0].place_id).name}。" if found else "库存里没有这个号，请核对标签。"
    raise LotNotHere(name=part_name(part), lot=lot, place=uow.parts.place(request.place_id).name, where=where)
