"""What people see of stock that runs low, of purchases and of counts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.kernel.localtime import local_day
from domain.parts.document_views import CountLineView, CountView, PurchaseView
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part
from domain.parts.model.supply import CountLine, Purchase, StockCount
from domain.parts.places import Tracking
from domain.parts.views import DocumentLine, DocumentsView, PartLineView
from domain.parts.wording import line_words, part_name
from domain.policies.ports import EveryUnitOfWork
from domain.policies.supplier_views import record_words
from domain.policies.supply_differences import differences_of

LISTED = 20
MISSING_SHOWN = 10
DIFFERENCES_SHOWN = 30
OPEN_PURCHASES = ("approving", "approved", "ordered")
RECEIVABLE = ("approved", "ordered")
DECIDED = ("approving", "approved")
"""Where a supplier can still be chosen."""


def order_number_of(work_order_id: UUID | None, uow: EveryUnitOfWork) -> str:
    """Return the number of a job, or an empty text for none."""
    order = uow.work_orders.find(work_order_id) if work_order_id is not None else None
    return order.number if order is not None else ""


def purchases_view(uow: EveryUnitOfWork, states: Sequence[str] = OPEN_PURCHASES) -> DocumentsView:
    """Return the purchases that somebody has to go on with, oldest first."""
    found = uow.supply.purchases(states, LISTED + 1)
    lines = [
        DocumentLine(
            number=one.number,
            text=f"{_missing_words(one, uow)} → {uow.parts.place(one.place_id).name}",
            state=one.state,
            since=one.created_at,
            due_on=one.expected_on,
        )
        for one in found[:LISTED]
    ]
    return DocumentsView(kind="purchases", lines=tuple(lines), more=max(0, len(found) - LISTED))


def purchase_view(purchase: Purchase, at: datetime, uow: EveryUnitOfWork) -> PurchaseView:
    """Return one purchase as it is at a moment, for whoever buys."""
    part = uow.parts.get(purchase.part_id)
    supplier_id = purchase.supplier_id or part.supplier_id
    awaited = purchase.state == "ordered"
    late = awaited and purchase.expected_on is not None
    in_one_tap = purchase.state in RECEIVABLE and part.tracking == Tracking.NONE.value
    return PurchaseView(
        purchase_id=purchase.id,
        version=purchase.rev,
        number=purchase.number,
        part=PartLineView(
            part_id=part.id,
            code=part.code,
            name=part.name,
            spec=part.spec,
            unit=part.unit,
            quantity=quantity_words(purchase.quantity),
            price_fen=purchase.price_fen,
        ),
        place=uow.parts.place(purchase.place_id).name,
        received=quantity_words(purchase.received),
        missing=quantity_words(purchase.quantity - purchase.received),
        supplier=uow.parts.supplier(supplier_id).name if supplier_id is not None else "",
        supplier_record=record_words(supplier_id, local_day(at), uow) if purchase.state in DECIDED else "",
        shipped=quantity_words(purchase.shipped) if awaited and purchase.shipped else "",
        shipment=purchase.shipment if awaited else "",
        expected_on=purchase.expected_on,
        order_number=order_number_of(purchase.work_order_id, uow),
        requested_by=uow.people.get(purchase.requested_by).name,
        reason=purchase.reason,
        state=purchase.state,
        late=late and purchase.expected_on is not None and purchase.expected_on < local_day(at),
        actions=("receive",) if in_one_tap else (),
    )


def count_view(count: StockCount, uow: EveryUnitOfWork, last: str = "") -> CountView:
    """Return a count: while it runs only what was entered, afterwards what differs.

    Args:
        last: what was entered just now, in words.
    """
    lines = uow.supply.count_lines(count.id)
    entered = [line for line in lines if line.counted is not None]
    view = CountView(
        count_id=count.id,
        version=count.rev,
        number=count.number,
        place=uow.parts.place(count.place_id).name,
        state=count.state,
        started_by=uow.people.get(count.started_by).name,
        started_at=count.started_at,
        entered=len(entered),
        total=len(lines),
        last=last,
    )
    if count.state in ("counting", "cancelled"):
        missing = [line for line in lines if line.counted is None][:MISSING_SHOWN]
        return view.model_copy(update={"missing": tuple(_named(line, uow) for line in missing)})
    found = differences_of(count.id, uow)
    shown = []
    for one in found[:DIFFERENCES_SHOWN]:
        part = uow.parts.get(one.part_id)
        shown.append(
            CountLineView(
                code=part.code,
                name=part.name,
                lot=one.lot,
                unit=part.unit,
                booked=quantity_words(one.booked),
                counted=quantity_words(one.counted),
                difference=quantity_words(one.quantity),
                value_fen=one.value_fen,
            )
        )
    value_fen = sum(one.value_fen for one in found)
    return view.model_copy(update={"lines": tuple(shown), "value_fen": value_fen})


def _named(line: CountLine, uow: EveryUnitOfWork) -> str:
    part: Part = uow.parts.get(line.part_id)
    return " ".join(filter(None, (part_name(part), line.lot)))


def _missing_words(purchase: Purchase, uow: EveryUnitOfWork) -> str:
    return line_words(uow.parts.get(purchase.part_id), purchase.quantity - purchase.received)
