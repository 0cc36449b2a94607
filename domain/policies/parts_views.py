"""What readers are shown of requests and hand-overs."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from domain.access.rights import Verb, may
from domain.parts.document_views import HandOverView, PartsRequestView
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part
from domain.parts.model.documents import PartsRequest, Transfer
from domain.parts.places import Tracking
from domain.parts.views import PartLineView
from domain.people.model import Person
from domain.policies.parts_places import keeper_words, keeps
from domain.policies.parts_short import Lack, lack_of
from domain.policies.ports import EveryUnitOfWork

LOTS_SHOWN = 20


def part_line(
    part: Part, quantity: Decimal, *, done: Decimal | None = None, lots: Iterable[str] = ()
) -> PartLineView:
    """Return so much of a part as cards show it."""
    return PartLineView(
        part_id=part.id,
        code=part.code,
        name=part.name,
        spec=part.spec,
        unit=part.unit,
        quantity=quantity_words(quantity),
        done=quantity_words(done) if done else "",
        lots=tuple(lot for lot in lots if lot),
    )


def request_view(
    request: PartsRequest, reader: Person, uow: EveryUnitOfWork, remark: str = ""
) -> PartsRequestView:
    """Return a request as its storekeeper picks it, or as whoever asked for it follows it."""
    place = uow.parts.place(request.place_id)
    order = uow.work_orders.find(request.work_order_id) if request.work_order_id is not None else None
    lines = uow.hand_overs.request_lines(request.id)
    is_open = request.state in ("approving", "picking")
    for_keeper = reader.id != request.technician_id and may(reader.roles, Verb.KEEP_STOCK)
    picks = request.state == "picking" and for_keeper and keeps(reader, place, uow)
    shown, needs_lot = [], False
    for line in lines:
        part, left = uow.parts.get(line.part_id), line.quantity - line.issued
        tracked = part.tracking != Tracking.NONE.value
        needs_lot = needs_lot or (tracked and left > 0)
        here = uow.stock.lots_at(part.id, place.id)[:LOTS_SHOWN] if picks and tracked and left else ()
        shown.append(part_line(part, line.quantity, done=line.issued, lots=(one.lot for one in here)))
    lack = lack_of(request, uow) if picks else Lack()
    actions = (["issue"] if picks and not needs_lot and not lack.missing else []) + (
        ["cancel"] if is_open and reader.id == request.technician_id else []
    )
    return PartsRequestView(
        request_id=request.id,
        version=request.rev,
        number=request.number,
        order_number=order.number if order is not None else "",
        asset=uow.assets.name_of(order.asset_id) if order is not None else "",
        technician=uow.people.get(request.technician_id).name,
        place=place.name,
        lines=tuple(shown),
        state=request.state,
        reason=request.reason,
        asked=_asked(request, uow),
        asked_at=request.created_at,
        actions=tuple(actions),
        lacks=lack.missing,
        some=lack.some,
        for_keeper=for_keeper,
        remark=remark,
    )


def _asked(request: PartsRequest, uow: EveryUnitOfWork) -> tuple[str, ...]:
    """Return who has to approve a request now."""
    if request.state != "approving":
        return ()
    tasks = [one for one in uow.processes.tasks(request.id) if one.closed_at is None]
    return tuple(dict.fromkeys(uow.people.get(one.assignee_id).name for one in tasks))


def hand_over_view(transfer: Transfer, reader: Person, uow: EveryUnitOfWork) -> HandOverView:
    """Return a hand-over as its receiver, its sender or anybody else sees it."""
    source, target = uow.parts.place(transfer.from_id), uow.parts.place(transfer.to_id)
    order = uow.work_orders.find(transfer.work_order_id) if transfer.work_order_id is not None else None
    receiver = uow.people.get(transfer.receiver_id) if transfer.receiver_id is not None else None
    actions: tuple[str, ...] = ()
    if transfer.state == "offered":
        actions = _actions(transfer, reader.id, takes=_takes(transfer, reader, uow))
    return HandOverView(
        transfer_id=transfer.id,
        version=transfer.rev,
        number=transfer.number,
        kind=transfer.kind,
        sender=uow.people.get(transfer.sender_id).name,
        receiver=receiver.name if receiver is not None else keeper_words(target, uow),
        from_place=source.name,
        to_place=target.name,
        order_number=order.number if order is not None else "",
        lines=tuple(
            part_line(uow.parts.get(line.part_id), line.quantity, lots=(line.lot,))
            for line in uow.hand_overs.transfer_lines(transfer.id)
        ),
        state=transfer.state,
        reason=transfer.reason,
        back_at=transfer.next_due_at if transfer.kind != "transfer" else None,
        ended_at=transfer.ended_at,
        actions=actions,
    )


def _takes(transfer: Transfer, reader: Person, uow: EveryUnitOfWork) -> bool:
    if transfer.receiver_id is not None:
        return transfer.receiver_id == reader.id
    return keeps(reader, uow.parts.place(transfer.to_id), uow)


def _actions(transfer: Transfer, reader_id: UUID, *, takes: bool) -> tuple[str, ...]:
    return (("take", "refuse") if takes else ()) + (("recall",) if transfer.sender_id == reader_id else ())
