"""Lists about parts: what is on its way, what old parts are owed, what was asked for, what runs low.

Source: docs/reference/spare-parts.md, rule PA-8
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from domain.kernel.localtime import local_day
from domain.parts.ledger import quantity_words
from domain.parts.model.documents import OldPart, PartsRequest, Transfer
from domain.parts.model.supply import StockRule
from domain.parts.views import DocumentLine, DocumentsView, LowLine, LowStockView
from domain.parts.wording import line_words
from domain.people.model import Person
from domain.policies.parts_tell import words_of
from domain.policies.ports import EveryUnitOfWork

LISTED = 12
BOUGHT = ("approving", "approved", "ordered")
NOT_BACK = ("owed", "sent")
OVERDUE = "overdue"
"""What an old part is called in a list that is owed for too long."""


def transit_list(
    reader: Person, kept: Collection[UUID] | None, uow: EveryUnitOfWork, limit: int = LISTED
) -> DocumentsView:
    """Return the hand-overs that nobody took yet: a reader's own and their stores', or everybody's.

    Args:
        kept: the stores the reader keeps; None for who sees everything.
    """
    if kept is None:
        found = uow.hand_overs.offered(limit + 1)
    else:
        van = uow.parts.van_of(reader.id)
        sources = [*kept, *([van.id] if van is not None else [])]
        both = [
            *uow.hand_overs.offered_to(reader.id, kept, limit + 1),
            *uow.hand_overs.offered_from(sources, limit + 1),
        ]
        found = sorted({one.id: one for one in both}.values(), key=lambda one: one.created_at)
    lines = tuple(_transfer_line(one, reader, kept or (), uow) for one in found[:limit])
    return DocumentsView(kind="transit", lines=lines, more=max(0, len(found) - limit))


def old_list(
    technician: Person | None, at: datetime, uow: EveryUnitOfWork, limit: int = LISTED
) -> DocumentsView:
    """Return old parts that did not come back: one technician's, or everybody's, the first due first."""
    found = uow.hand_overs.old_parts(technician.id if technician is not None else None, NOT_BACK, limit + 1)
    lines = tuple(_old_line(one, at, uow, named=technician is None) for one in found[:limit])
    return DocumentsView(kind="old", lines=lines, more=max(0, len(found) - limit))


def parts_request_list(person: Person, uow: EveryUnitOfWork, limit: int = LISTED) -> DocumentsView:
    """Return what somebody asked for, newest first."""
    found = uow.hand_overs.requests_of(person.id, limit + 1)
    lines = tuple(_request_line(one, uow) for one in found[:limit])
    return DocumentsView(kind="requests", lines=lines, more=max(0, len(found) - limit))


def low_list(uow: EveryUnitOfWork, limit: int = LISTED) -> LowStockView:
    """Return what is below its safety stock now."""
    found = uow.supply.rules(limit + 1)
    lines = tuple(_low_line(one, uow) for one in found[:limit])
    return LowStockView(lines=lines, more=max(0, len(found) - limit))


def _transfer_line(
    transfer: Transfer, reader: Person, kept: Collection[UUID], uow: EveryUnitOfWork
) -> DocumentLine:
    source, target = uow.parts.place(transfer.from_id), uow.parts.place(transfer.to_id)
    parts = [(line.part_id, line.quantity, line.lot) for line in uow.hand_overs.transfer_lines(transfer.id)]
    mine = transfer.receiver_id == reader.id or (transfer.receiver_id is None and transfer.to_id in kept)
    words = f"收下 {transfer.number}" if mine else ""
    if not mine and transfer.sender_id == reader.id:
        words = f"撤回交接 {transfer.number}"
    return DocumentLine(
        number=transfer.number,
        text=f"{'，'.join(words_of(parts, uow))}，{source.name} → {target.name}",
        state=transfer.state,
        since=transfer.created_at,
        words=words,
    )


def _old_line(old: OldPart, at: datetime, uow: EveryUnitOfWork, *, named: bool) -> DocumentLine:
    part = line_words(uow.parts.get(old.part_id), old.quantity, (old.lot,))
    order = uow.work_orders.find(old.work_order_id)
    about = f"，{order.number}" if order is not None else ""
    who = f"{uow.people.get(old.technician_id).name}：" if named else ""
    return DocumentLine(
        number=old.number,
        text=f"{who}{part}{about}",
        state=OVERDUE if old.state == "owed" and old.due_at < at else old.state,
        since=old.created_at,
        due_on=local_day(old.due_at),
        words=f"还旧件 {old.number}" if old.state == "owed" and not named else "",
    )


def _request_line(request: PartsRequest, uow: EveryUnitOfWork) -> DocumentLine:
    lines = [(line.part_id, line.quantity, "") for line in uow.hand_overs.request_lines(request.id)]
    order = uow.work_orders.find(request.work_order_id) if request.work_order_id is not None else None
    return DocumentLine(
        number=request.number,
        text="，".join(words_of(lines, uow)) + (f"，{order.number}" if order is not None else "，备车"),
        state=request.state,
        since=request.created_at,
        words=f"取消领料 {request.number}" if request.state in ("approving", "picking") else "",
    )


def _low_line(rule: StockRule, uow: EveryUnitOfWork) -> LowLine:
    part, place = uow.parts.get(rule.part_id), uow.parts.place(rule.place_id)
    here = [one.quantity for one in uow.stock.balances(part.id) if one.place_id == place.id]
    bought = _bought(rule, uow)
    return LowLine(
        code=part.code,
        name=part.name,
        place=place.name,
        quantity=quantity_words(here[0]) if here else "0",
        below=quantity_words(rule.below),
        unit=part.unit,
        purchase=bought[0] if bought else "",
    )


def _bought(rule: StockRule, uow: EveryUnitOfWork) -> Sequence[str]:
    running = uow.supply.purchases_of(rule.part_id, BOUGHT)
    return [one.number for one in running if one.place_id == rule.place_id]
