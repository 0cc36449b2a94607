"""What people and other systems see of how a supplier keeps their word.

Source: docs/reference/spare-parts.md, rule PA-15
"""

from datetime import date
from uuid import UUID

from domain.parts.document_views import LatePurchase, SupplierLine, SuppliersView, SupplierView
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Supplier
from domain.parts.model.supply import Purchase
from domain.parts.supplier_record import SupplierRecord
from domain.parts.wording import line_words
from domain.policies.ports import EveryUnitOfWork

LISTED = 20
LATE_SHOWN = 8


def record_of(supplier_id: UUID, today: date, uow: EveryUnitOfWork) -> SupplierRecord:
    """Return how a supplier kept their word within a year; with nothing in it where nothing was due."""
    found = uow.suppliers.records(today, supplier_id)
    return found[0] if found else SupplierRecord(supplier_id)


def record_words(supplier_id: UUID | None, today: date, uow: EveryUnitOfWork) -> str:
    """Return `近一年 10 单，准时 80%` for who decides or orders; nothing where it is too little."""
    if supplier_id is None:
        return ""
    found = record_of(supplier_id, today, uow)
    return f"近一年 {found.purchases} 单，准时 {found.on_time_percent}%" if found.enough else ""


def supplier_view(supplier: Supplier, today: date, uow: EveryUnitOfWork) -> SupplierView:
    """Return one supplier: how they kept their word, and what was late."""
    late = uow.suppliers.late_purchases(supplier.id, today, LATE_SHOWN)
    return SupplierView(
        line=_line(supplier, record_of(supplier.id, today, uow)),
        contact=supplier.contact,
        lead_days=supplier.lead_days,
        late=tuple(_late(one, today, uow) for one in late),
    )


def suppliers_view(today: date, uow: EveryUnitOfWork) -> SuppliersView:
    """Return the suppliers that had something due, the worst first; too little to judge by comes last."""
    found = sorted(
        uow.suppliers.records(today),
        key=lambda one: (not one.enough, one.on_time_percent, -(one.average_late_d or 0), -one.purchases),
    )
    lines = [_line(uow.parts.supplier(one.supplier_id), one) for one in found[:LISTED]]
    return SuppliersView(lines=tuple(lines), more=max(0, len(found) - LISTED))


def _line(supplier: Supplier, record: SupplierRecord) -> SupplierLine:
    return SupplierLine(
        code=supplier.code,
        name=supplier.name,
        purchases=record.purchases,
        on_time=record.on_time,
        on_time_percent=record.on_time_percent,
        average_late_d=record.average_late_d,
        late_now=record.late_now,
        enough=record.enough,
    )


def _late(purchase: Purchase, today: date, uow: EveryUnitOfWork) -> LatePurchase:
    assert purchase.promised_on is not None, "only what was promised can be late"
    over = purchase.closed_on is not None
    missing = purchase.quantity - purchase.received
    return LatePurchase(
        number=purchase.number,
        part=line_words(uow.parts.get(purchase.part_id), purchase.quantity),
        promised_on=purchase.promised_on,
        expected_on=None if over else purchase.expected_on,
        late_d=((purchase.closed_on or today) - purchase.promised_on).days,
        came_late=quantity_words(purchase.received_late) if purchase.received_late else "",
        missing=quantity_words(missing) if missing else "",
        open=not over,
    )
