"""The queries about spare parts use their index, however long the ledger and the lists are."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import insert, text

from adapters.storage.dialect import table_of
from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from adapters.storage.part_index import replace_grams
from domain.parts.keys import code_key
from domain.parts.model.catalogue import Part, Place, Supplier
from domain.parts.model.documents import PartsRequest, Transfer
from domain.parts.model.stock import Reservation, StockBalance, StockEntry, StockLot
from domain.parts.model.supply import Purchase
from domain.parts.places import PlaceKind
from tests.contract.test_query_plans import in_transaction
from tests.support.builders import AT, LI, ZHAO, work_order
from tests.support.plans import crowded_database, plans, scanned

ROWS = 3_000
PLACES = 50
OPEN = 30
TODAY = AT.date()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with crowded_database(request, tmp_path_factory.mktemp("parts"), _fill) as database:
        yield database


def _fill(database: Database) -> None:
    with database.write() as session, session.begin():
        session.add_all(_place(number) for number in range(PLACES))
        session.add_all(
            Supplier(id=key(5, number), code=f"S{number}", name=f"厂{number}") for number in range(PLACES)
        )
        catalogue = [_part(number) for number in range(ROWS)]
        session.add_all(catalogue)
        for number in range(ROWS):
            order = work_order(id=key(3, number), number=f"WO-1-{number}")
            order.source_key = f"k{number}"
            session.add(order)
        replace_grams(session, catalogue)
        for model in (PartsRequest, StockBalance, StockLot, StockEntry, Reservation, Transfer, Purchase):
            session.execute(insert(table_of(model)), [_row(model, number) for number in range(ROWS)])
    with database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def key(kind: int, number: int) -> UUID:
    return UUID(int=kind * 1_000_000 + number)


def _place(number: int) -> Place:
    return Place(id=key(1, number), code=f"P{number}", name=f"库{number}", kind=PlaceKind.STORE.value)


def _part(number: int) -> Part:
    code = f"{6000 + number}-2RS"
    return Part(id=key(2, number), code=code, code_key=code_key(code), name=f"轴承{number}")


def _row(model: type, number: int) -> dict[str, object]:
    """Return one row that has what its table needs; a column that a table has not is left out."""
    live = number < OPEN
    states: dict[type, str] = {
        PartsRequest: "picking",
        Reservation: "held",
        Transfer: "offered",
        Purchase: "ordered",
    }
    moment = AT + timedelta(minutes=number)
    everything: dict[str, object] = {
        "id": key(4, number), "number": f"X-{number}", "part_id": key(2, number),
        "place_id": key(1, number % PLACES), "from_id": key(1, number % PLACES), "to_id": key(1, 0),
        "quantity": Decimal(1), "reserved": Decimal(0), "received": Decimal(0), "value_fen": 0,
        "price_fen": 0,
        "lot": f"SN-{number}", "lot_key": f"sn{number}", "piece": True, "kind": "issue",
        "work_order_id": key(3, number), "document_id": key(4, number), "request_id": key(4, number),
        "technician_id": LI if live else ZHAO, "receiver_id": LI, "sender_id": ZHAO, "requested_by": ZHAO,
        "supplier_id": key(5, number % PLACES), "promised_on": TODAY - timedelta(days=number),
        "closed_on": None if live else TODAY - timedelta(days=number - 2),
        "state": states.get(model, "") if live else "ended", "next_due_at": moment if live else None,
        "created_at": moment, "occurred_at": moment, "reason": "use", "actor_id": "x", "note": "", "rev": 1,
    }  # fmt: skip
    return {name: value for name, value in everything.items() if name in table_of(model).c}


@pytest.mark.parametrize(
    ("table", "ask"),
    [
        ("stock_balance", lambda uow: uow.stock.balances(key(2, 9))),
        ("stock_balance", lambda uow: uow.stock.at_place(key(1, 9), "", 20)),
        ("stock_balance", lambda uow: uow.stock.balance(key(2, 9), key(1, 9))),
        ("stock_lot", lambda uow: uow.stock.lots_called("SN-9")),
        ("stock_lot", lambda uow: uow.stock.lots_at(key(2, 9), key(1, 9))),
        ("stock_entry", lambda uow: uow.stock.entries_of_lot("SN-9", 5)),
        ("stock_entry", lambda uow: uow.stock.entries_of_document(key(4, 9))),
        ("stock_entry", lambda uow: uow.stock.cost_of(key(3, 9))),
        ("reservation", lambda uow: uow.stock.held_for(key(3, 9))),
        ("reservation", lambda uow: uow.stock.held_of(key(4, 9))),
        ("reservation", lambda uow: uow.stock.newest_held(key(2, 9), key(1, 9))),
        ("parts_request", lambda uow: uow.hand_overs.requests_for(key(3, 9))),
        ("parts_request", lambda uow: uow.hand_overs.requests_at([key(1, 9)], ["picking"], 20)),
        ("parts_request", lambda uow: uow.hand_overs.requests_of(LI, 20)),
        ("transfer", lambda uow: uow.hand_overs.offered_to(LI, [key(1, 0)], 20)),
        ("transfer", lambda uow: uow.hand_overs.offered_from([key(1, 9)], 20)),
        ("transfer", lambda uow: uow.hand_overs.offered(20)),
        ("transfer", lambda uow: uow.hand_overs.of_order(key(3, 9))),
        ("purchase", lambda uow: uow.supply.purchases(["ordered"], 20)),
        ("purchase", lambda uow: uow.supply.purchases_of(key(2, 9), ["ordered"])),
        ("purchase", lambda uow: uow.supply.purchases_for(key(3, 9))),
        ("purchase", lambda uow: uow.suppliers.records(TODAY, key(5, 9))),
        ("purchase", lambda uow: uow.suppliers.records(TODAY)),
        ("purchase", lambda uow: uow.suppliers.late_purchases(key(5, 9), TODAY, 8)),
        ("purchase", lambda uow: uow.suppliers.awaited(key(5, 9), "", 51)),
        ("part_gram", lambda uow: uow.parts.search("轴承 6204", 8)),
        ("part", lambda uow: uow.parts.search("轴承 6204", 8)),
        ("part", lambda uow: uow.parts.by_code("6204-2rs")),
    ],
)
def test_no_question_reads_a_whole_table(crowded: Database, table: str, ask):
    plan = plans(crowded, in_transaction(crowded, ask))

    assert plan
    assert scanned(plan, table) == []


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("ix_reservation_due", lambda due: due.due_reservations(AT, 100)),
        ("ix_transfer_due", lambda due: due.due_transfers(AT, 100)),
        ("ix_purchase_due", lambda due: due.due_purchases(AT, 100)),
    ],
)
def test_what_is_due_is_found_by_its_index(crowded: Database, index: str, ask):
    assert index in plans(crowded, lambda: ask(SqlDue(crowded)))
