"""A storekeeper lets the parts of a request out; whoever asked has to take them.

Source: docs/reference/spare-parts.md, rules PA-5 and PA-6
"""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from domain.kernel.errors import NotFound
from domain.parts.commands import IssueParts
from domain.parts.errors import MoreThanRequested, NotRequested, ReceiverGone, RequestNotOpen
from domain.parts.events import PartsIssued
from domain.parts.keeping import take_from_reservation
from domain.parts.ledger import quantity_words
from domain.parts.model.documents import PartsRequest, PartsRequestLine
from domain.parts.moving import check_quantity
from domain.parts.places import Reason
from domain.parts.wording import part_name
from domain.policies.parts_places import insist_on_keeper, van_for
from domain.policies.parts_request_end import STATE_WORDS
from domain.policies.parts_tell import tell_job, words_of
from domain.policies.parts_transfers import Way, send
from domain.policies.ports import EveryUnitOfWork


def issue_parts(cmd: IssueParts, uow: EveryUnitOfWork) -> None:
    """Let parts of a request out; they are on their way until whoever asked takes them.

    Raises:
        NotKeeper: somebody else keeps the place.
        RequestNotOpen: it is not approved, or nothing of it is left to pick.
        NotRequested, MoreThanRequested: a part is not in the request, or not so much of it.
        LotNeeded, LotNotHere: the serial or batch is missing, or somewhere else.
        ReceiverGone: whoever asked left.
    """
    found = uow.hand_overs.find_request(cmd.request_id)
    if found is None:
        raise NotFound(what="领料")
    order = uow.work_orders.get(found.work_order_id) if found.work_order_id is not None else None
    if uow.hand_overs.find_transfer(cmd.transfer_id) is not None:
        return
    request = uow.hand_overs.request(found.id)
    place = uow.parts.place(request.place_id)
    insist_on_keeper(cmd.actor_id, place, uow)
    if request.state != "picking":
        raise RequestNotOpen(number=request.number, state=STATE_WORDS[request.state], action="出库")
    technician = uow.people.get(request.technician_id)
    if not technician.active:
        raise ReceiverGone(name=technician.name)
    lines = uow.hand_overs.request_lines(request.id)
    _take_from_lines(request, lines, cmd, uow)
    way = Way(Reason.ISSUE, place, van_for(technician, uow), technician.id, request.id, order)
    send(cmd.transfer_id, way, cmd.lines, "", cmd, uow)
    complete = all(line.issued == line.quantity for line in lines)
    if complete:
        request.state = "issued"
    uow.record(
        PartsIssued(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            request_id=request.id,
            work_order_id=request.work_order_id,
            transfer_id=cmd.transfer_id,
            complete=complete,
        )
    )
    words = words_of([(line.part_id, line.quantity, line.lot) for line in cmd.lines], uow)
    tell_job(order, "issued", words, cmd.actor_id, cmd.issued_at, uow)


def _take_from_lines(
    request: PartsRequest, lines: Sequence[PartsRequestLine], cmd: IssueParts, uow: EveryUnitOfWork
) -> None:
    """Count what is issued on the request's lines, and free what was kept for it."""
    total: dict[UUID, Decimal] = {}
    for said in cmd.lines:
        total[said.part_id] = total.get(said.part_id, Decimal(0)) + said.quantity
    for part_id, quantity in total.items():
        _insist_on_request(request, lines, part_id, quantity, uow)
    uow.stock.lock([(part_id, request.place_id) for part_id in total])
    for part_id, quantity in total.items():
        left = quantity
        for line in lines:
            share = min(left, line.quantity - line.issued) if line.part_id == part_id else Decimal(0)
            if share > 0:
                line.issued += share
                left -= share
                take_from_reservation(line.reservation_id, share, cmd.actor_id, cmd.issued_at, uow)


def _insist_on_request(
    request: PartsRequest,
    lines: Sequence[PartsRequestLine],
    part_id: UUID,
    quantity: Decimal,
    uow: EveryUnitOfWork,
) -> None:
    part = uow.parts.get(part_id)
    check_quantity(part, quantity)
    wanted = sum((line.quantity - line.issued for line in lines if line.part_id == part_id), start=Decimal(0))
    if all(line.part_id != part_id for line in lines):
        left = [(one.part_id, one.quantity - one.issued, "") for one in lines if one.quantity > one.issued]
        raise NotRequested(
            name=part_name(part), number=request.number, wanted="，".join(words_of(left, uow)) or "无"
        )
    if quantity > wanted:
        raise MoreThanRequested(
            number=request.number,
            name=part_name(part),
            wanted=quantity_words(wanted),
            quantity=quantity_words(quantity),
            unit=part.unit,
        )
