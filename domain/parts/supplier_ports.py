"""What the parts area needs of storage about suppliers."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from domain.parts.model.catalogue import Supplier
from domain.parts.model.supply import Purchase
from domain.parts.supplier_record import SupplierRecord


class Suppliers(Protocol):
    """Suppliers, how they kept their word within a year, and what they still owe us."""

    def records(self, today: date, supplier_id: UUID | None = None) -> Sequence[SupplierRecord]:
        """Return the record of one supplier, or of each that has one, by the purchases due within a year."""

    def late_purchases(self, supplier_id: UUID, today: date, limit: int) -> Sequence[Purchase]:
        """Return what was late within a year: first what is open, then the latest promised."""

    def awaited(self, supplier_id: UUID, after_number: str, limit: int) -> Sequence[Purchase]:
        """Return what was ordered of a supplier and is not complete, by number, those behind a number."""

    def by_code(self, code: str) -> Supplier | None:
        """Return the supplier of exactly this code, or None."""

    def called(self, text: str, limit: int) -> Sequence[Supplier]:
        """Return the suppliers whose name has a text, by code; every one for an empty text."""
