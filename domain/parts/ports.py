"""What the parts area needs of storage."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from domain.kernel.ports import UnitOfWork
from domain.parts.hand_over_ports import HandOvers
from domain.parts.model.catalogue import Part, Place, Supplier, UsualPart
from domain.parts.model.stock import Reservation, StockBalance, StockEntry, StockLot
from domain.parts.supplier_ports import Suppliers
from domain.parts.supply_ports import Supply


@dataclass(frozen=True)
class Spent:
    """What one part cost a job: what was used less what was taken back."""

    part_id: UUID
    lot: str
    quantity: Decimal
    value_fen: int


class Parts(Protocol):
    """The catalogue, and the places."""

    def get(self, part_id: UUID) -> Part:
        """Return one part.

        Raises:
            NotFound: there is none.
        """

    def read(self, part_ids: Collection[UUID]) -> None:
        """Read several parts at once, so that `get` has them already."""

    def by_code(self, text: str) -> Sequence[Part]:
        """Return the active parts with exactly this code or barcode, however it is spelled."""

    def search(self, text: str, limit: int) -> Sequence[Part]:
        """Return active parts by code, barcode, name and spec, best match first; also words that are near.

        An exact code comes first, then a common beginning of the code, then what shares the most letters.
        """

    def usual(self, fault_code: str) -> Sequence[UsualPart]:
        """Return the parts that a fault usually needs; none for an empty code."""

    def place(self, place_id: UUID) -> Place:
        """Return one place.

        Raises:
            NotFound: there is none.
        """

    def place_named(self, text: str) -> Place | None:
        """Return the active place of this code or name, or the only one whose name has the text, or None."""

    def stores(self) -> Sequence[Place]:
        """Return every active store, branch and bin, by code."""

    def van_of(self, person_id: UUID) -> Place | None:
        """Return somebody's van, or None."""

    def vans(self) -> Sequence[Place]:
        """Return every active van."""

    def kept_by(self, person_id: UUID) -> Sequence[Place]:
        """Return the active stores somebody keeps; a store without a keeper is kept by every storekeeper."""

    def add_place(self, place: Place) -> None:
        """Keep a new place."""

    def supplier(self, supplier_id: UUID) -> Supplier:
        """Return one supplier.

        Raises:
            NotFound: there is none.
        """

    def supplier_named(self, text: str) -> Supplier | None:
        """Return the supplier of this code or name, or the only one whose name has the text, or None."""


class Stock(Protocol):
    """Balances, lots, the ledger and reservations."""

    def lock(self, pairs: Collection[tuple[UUID, UUID]]) -> None:
        """Lock the balances of (part, place) in one order for everybody, so that nobody waits in a circle.

        Whoever needs the work order too has locked it before.
        """

    def balance(self, part_id: UUID, place_id: UUID) -> StockBalance:
        """Return one balance as it is now, locked until the transaction ends; a missing one is made, at 0."""

    def balances(self, part_id: UUID) -> Sequence[StockBalance]:
        """Return where a part is now, without a lock; places that have none are left out."""

    def at_place(self, place_id: UUID, after_code: str, limit: int) -> Sequence[StockBalance]:
        """Return what is at a place now, by the part's code, those behind a code, without a lock."""

    def lot(self, part_id: UUID, lot: str, place_id: UUID) -> StockLot:
        """Return one lot at a place, locked; a missing one is made, at 0."""

    def lots_at(self, part_id: UUID, place_id: UUID) -> Sequence[StockLot]:
        """Return the lots of a part at a place, without those that are gone."""

    def lots_called(self, lot: str) -> Sequence[StockLot]:
        """Return where a serial or batch is now, of whatever part, however it is spelled."""

    def add_entry(self, entry: StockEntry) -> None:
        """Write a movement."""

    def entries_of_lot(self, lot: str, limit: int) -> Sequence[StockEntry]:
        """Return the movements of a serial or batch, newest first, however it is spelled."""

    def entries_of_document(self, document_id: UUID) -> Sequence[StockEntry]:
        """Return the movements that belong to a request, hand-over, purchase or count, oldest first."""

    def spent_on(self, work_order_id: UUID) -> Sequence[Spent]:
        """Return what a job used, part by part and lot by lot, without what was taken back."""

    def cost_of(self, work_order_id: UUID) -> int:
        """Return what the parts of a job cost, in fen: the sum of the ledger."""

    def add_reservation(self, reservation: Reservation) -> None:
        """Keep a reservation."""

    def find_reservation(self, reservation_id: UUID) -> Reservation:
        """Return one reservation, without a lock.

        Raises:
            NotFound: there is none.
        """

    def reservation(self, reservation_id: UUID) -> Reservation:
        """Return one reservation as it is now, locked; its balance is locked before.

        Raises:
            NotFound: there is none.
        """

    def held_for(self, work_order_id: UUID) -> Sequence[Reservation]:
        """Return what is kept for a job now, oldest first, without a lock."""

    def held_of(self, request_id: UUID) -> Sequence[Reservation]:
        """Return what is kept for a request now, without a lock."""

    def newest_held(self, part_id: UUID, place_id: UUID) -> Sequence[Reservation]:
        """Return what is kept of a part at a place, newest first, locked."""


class PartsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over parts."""

    @property
    def parts(self) -> Parts:
        """Return the catalogue and the places."""

    @property
    def stock(self) -> Stock:
        """Return balances, lots, the ledger and reservations."""

    @property
    def hand_overs(self) -> HandOvers:
        """Return requests, hand-overs, old parts and parts in machines."""

    @property
    def supply(self) -> Supply:
        """Return reorder rules, purchases, counts and running numbers."""

    @property
    def suppliers(self) -> Suppliers:
        """Return suppliers and how they kept their word."""
