"""What must be true of the stock at any moment: right books, one holder, costs, what is under way."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from adapters.storage.engine import Database
from domain.parts.model.catalogue import Place
from domain.parts.model.documents import PartsRequest, PartsRequestLine, Transfer, TransferLine
from domain.parts.model.stock import Reservation, StockBalance, StockEntry, StockLot
from domain.parts.places import OUTSIDE, TRANSIT_ID, Reason
from tests.support.parts import assert_books
from tests.support.storage import transaction

T = TypeVar("T")
LEFT_BY: dict[str, tuple[str, ...]] = {
    Reason.USE.value: ("customer",),
    Reason.SCRAP.value: ("scrap",),
    Reason.COUNT.value: ("difference",),
    Reason.ADJUST.value: ("difference",),
    Reason.REPAIR.value: ("scrap",),
}
"""The ways out of our stock."""


class Books:
    """The stock as it is at one moment; every table is read once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: dict[type[Any], Sequence[Any]] = {}

    def all(self, model: type[T]) -> Sequence[T]:
        """Return every row of a table."""
        if model not in self._read:
            with self._database.read() as session:
                self._read[model] = session.execute(select(model)).scalars().all()
        return self._read[model]


def insist(database: Database) -> None:
    """Insist on everything."""
    assert_books(database)
    books = Books(database)
    insist_on_value(books)
    insist_on_one_holder(books)
    insist_on_costs(books, database)
    insist_on_transit(books)
    insist_on_reservations(books)


def insist_on_value(books: Books) -> None:
    """Insist that what came in from outside is what went outside and what is on hand, part by part."""
    outside = {place.id for place in books.all(Place) if place.kind in OUTSIDE}
    quantities: Counter[UUID] = Counter()
    values: Counter[UUID] = Counter()
    for entry in books.all(StockEntry):
        sign = (entry.from_id in outside) - (entry.to_id in outside)
        quantities[entry.part_id] += int(sign * entry.quantity * 1000)
        values[entry.part_id] += sign * entry.value_fen
    for balance in books.all(StockBalance):
        quantities[balance.part_id] -= int(balance.quantity * 1000)
        values[balance.part_id] -= balance.value_fen
        assert balance.quantity or not balance.value_fen, balance
    assert not any(quantities.values()), quantities
    assert not any(values.values()), values


def insist_on_one_holder(books: Books) -> None:
    """Insist that every piece that ever came is at one place of ours or left, by its own last movement."""
    kinds = {place.id: place.kind for place in books.all(Place)}
    at: dict[tuple[UUID, str], UUID] = {}
    pieces = {(lot.part_id, lot.lot) for lot in books.all(StockLot) if lot.piece}
    for entry in sorted(books.all(StockEntry), key=lambda one: one.seq):
        piece = (entry.part_id, entry.lot)
        if piece not in pieces:
            continue
        assert at.get(piece, entry.from_id) == entry.from_id or kinds[entry.from_id] in OUTSIDE, entry.seq
        assert kinds[entry.from_id] not in OUTSIDE or kinds[at.get(piece, entry.from_id)] in OUTSIDE, (
            entry.seq
        )
        assert kinds[entry.to_id] not in OUTSIDE or kinds[entry.to_id] in LEFT_BY[entry.reason], entry.seq
        at[piece] = entry.to_id
    here = {piece: place for piece, place in at.items() if kinds[place] not in OUTSIDE}
    lots = [lot for lot in books.all(StockLot) if lot.piece and lot.quantity]
    assert {(lot.part_id, lot.lot): lot.place_id for lot in lots} == here
    assert len(lots) == len(here)


def insist_on_costs(books: Books, database: Database) -> None:
    """Insist that a job costs what the ledger says it used, to the fen, and never less than nothing."""
    spent: Counter[UUID] = Counter()
    used: Counter[tuple[UUID, UUID, str]] = Counter()
    for entry in books.all(StockEntry):
        if entry.reason in (Reason.USE.value, Reason.UNUSE.value):
            assert entry.work_order_id is not None
            sign = 1 if entry.reason == Reason.USE.value else -1
            spent[entry.work_order_id] += sign * entry.value_fen
            used[entry.work_order_id, entry.part_id, entry.lot] += int(sign * entry.quantity * 1000)
    assert all(count >= 0 for count in (*spent.values(), *used.values())), (spent, used)
    with transaction(database) as uow:
        for job_id, value_fen in spent.items():
            lines = uow.stock.spent_on(job_id)
            assert uow.stock.cost_of(job_id) == value_fen == sum(line.value_fen for line in lines)
            assert {(job_id, one.part_id, one.lot): int(one.quantity * 1000) for one in lines} == {
                key: quantity for key, quantity in used.items() if key[0] == job_id and quantity
            }


def insist_on_transit(books: Books) -> None:
    """Insist that what is offered, and nothing else, stands in transit: pieces, lots and value."""
    offered = {one.id for one in books.all(Transfer) if one.state == "offered"}
    quantities: Counter[UUID] = Counter()
    values: Counter[UUID] = Counter()
    lots: Counter[tuple[UUID, str]] = Counter()
    for line in books.all(TransferLine):
        if line.transfer_id in offered:
            quantities[line.part_id] += int(line.quantity * 1000)
            values[line.part_id] += line.value_fen
            if line.lot:
                lots[line.part_id, line.lot] += int(line.quantity * 1000)
    there = [one for one in books.all(StockBalance) if one.place_id == TRANSIT_ID and one.quantity]
    assert {one.part_id: int(one.quantity * 1000) for one in there} == quantities
    assert {one.part_id: one.value_fen for one in there} == values
    assert {
        (lot.part_id, lot.lot): int(lot.quantity * 1000)
        for lot in books.all(StockLot)
        if lot.place_id == TRANSIT_ID and lot.quantity
    } == lots
    ends = Counter(entry.document_id for entry in books.all(StockEntry) if entry.from_id == TRANSIT_ID)
    begins = Counter(entry.document_id for entry in books.all(StockEntry) if entry.to_id == TRANSIT_ID)
    assert {one: begins[one] for one in begins if one not in offered} == dict(ends)


def insist_on_reservations(books: Books) -> None:
    """Insist that nothing is kept for a request that is over, and nothing was issued beyond it."""
    requests = {one.id: one.state for one in books.all(PartsRequest)}
    for kept in books.all(Reservation):
        assert kept.state != "held" or kept.quantity > 0
        assert kept.state != "held" or requests.get(kept.request_id or UUID(int=0)) not in _OVER, kept.id
    for line in books.all(PartsRequestLine):
        assert Decimal(0) <= line.issued <= line.quantity


_OVER = ("refused", "cancelled", "issued", "closed")
