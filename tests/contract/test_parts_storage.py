"""The ports of spare parts on the real storage, on both databases."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from domain.kernel.errors import ConcurrentUpdate, NotFound
from domain.parts.commands import PartLine
from domain.parts.model.documents import (
    InstalledPart,
    OldPart,
    PartsRequest,
    PartsRequestLine,
    Transfer,
    TransferLine,
)
from domain.parts.model.stock import Reservation
from domain.parts.model.supply import CountLine, Purchase, StockCount, StockRule
from domain.parts.moving import Why, move
from domain.parts.places import CUSTOMER_ID, OUTSIDE, TRANSIT_ID, Reason, Tracking
from domain.parts.ports import Spent
from tests.support import parts
from tests.support.builders import AT, FREEZER, LATER, LI, ORDER, WANG, ZHAO, work_order
from tests.support.storage import transaction

FIRST, SECOND = UUID(int=7001), UUID(int=7002)
WORDS = ["轴承6204", "6204 轴承", "深沟球轴承", "6204-2RS", "62042rs", "深沟求轴承", "轴承", "６２０４"]


@pytest.fixture
def bearing(database: Database) -> UUID:
    parts.part(database, "V-24", "电磁阀", spec="24V", barcode="6901234567892")
    return parts.part(database, "6204-2RS", "深沟球轴承", price_fen=1000)


@pytest.fixture
def store(database: Database) -> UUID:
    return parts.store(database, keeper_id=ZHAO)


def with_order(database: Database) -> UUID:
    with database.write() as session, session.begin():
        session.add(work_order())
    return ORDER


def found(database: Database, text: str) -> list[str]:
    with transaction(database) as uow:
        return [part.code for part in uow.parts.search(text, 5)]


@pytest.mark.parametrize("text", WORDS)
def test_a_part_is_found_by_code_and_by_words_in_any_order(database: Database, bearing: UUID, text: str):
    assert found(database, text) == ["6204-2RS"]


@pytest.mark.parametrize("text", ["", " ", "×", "螺丝"])
def test_nothing_and_what_nobody_has_find_nothing(database: Database, bearing: UUID, text: str):
    assert found(database, text) == []


def test_an_exact_code_comes_before_its_beginning_and_that_before_words(database: Database):
    for code, name in (("6204-ZZ", "轴承"), ("6204", "轴承"), ("X1", "6204 的密封圈"), ("7305", "轴承")):
        parts.part(database, code, name)

    assert found(database, "6204") == ["6204", "6204-ZZ", "X1"]


def test_an_inactive_part_is_not_found(database: Database):
    parts.part(database, "6204", active=False)

    assert found(database, "6204") == []


def test_a_barcode_is_found_however_it_is_spelled(database: Database, bearing: UUID):
    with transaction(database) as uow:
        assert [part.code for part in uow.parts.by_code("690-1234 567892")] == ["V-24"]
        assert [part.code for part in uow.parts.by_code("v24")] == ["V-24"]
        assert uow.parts.by_code("-") == []


def test_the_world_outside_is_there_and_places_are_found(database: Database, store: UUID):
    van = parts.van(database)
    branch = parts.branch(database)

    with transaction(database) as uow:
        assert (uow.parts.place(CUSTOMER_ID).kind in OUTSIDE, uow.parts.place(TRANSIT_ID).name) == (
            True,
            "在途",
        )
        assert [place.id for place in uow.parts.stores()] == [store, branch]
        assert uow.parts.van_of(LI) is uow.parts.vans()[0] is uow.parts.place(van)
        assert uow.parts.van_of(WANG) is None
        assert [place.id for place in uow.parts.kept_by(WANG)] == [branch]
        assert [place.id for place in uow.parts.kept_by(ZHAO)] == [store, branch]
        for text, expected in (("ck", store), ("中心仓", store), ("浦东", branch), ("仓", None), ("", None)):
            place = uow.parts.place_named(text)
            assert (place.id if place else None) == expected
        with pytest.raises(NotFound):
            uow.parts.place(UUID(int=1))


def test_stock_is_read_by_part_and_by_place(database: Database, bearing: UUID, store: UUID):
    valve = parts.part_id("V-24")
    parts.opening(database, bearing, store, 20, 20_001)
    parts.opening(database, valve, store, 3)

    with transaction(database) as uow:
        assert [(one.place_id, one.quantity) for one in uow.stock.balances(bearing)] == [(store, Decimal(20))]
        assert [one.part_id for one in uow.stock.at_place(store, "", 9)] == [bearing, valve]
        assert [one.part_id for one in uow.stock.at_place(store, "6204-2RS", 9)] == [valve]
        assert uow.stock.balance(bearing, TRANSIT_ID).quantity == 0
        assert len(uow.stock.balances(bearing)) == 1
    parts.assert_books(database)


def test_a_piece_moves_there_and_back_in_one_transaction(database: Database, store: UUID):
    pump = parts.part(database, "PUMP", tracking=Tracking.SERIAL)
    van = parts.van(database)
    parts.opening(database, pump, store, 1, 500, lot="SN-1")
    why = Why(reason=Reason.TRANSFER, actor_id=str(LI), at=AT, document_id=FIRST)

    with transaction(database) as uow:
        for way in ((store, van), (van, store), (store, van)):
            move(PartLine(part_id=pump, quantity=Decimal(1), lot="SN-1"), *way, why, uow)
        uow.commit()

    with transaction(database) as uow:
        assert [one.place_id for one in uow.stock.lots_called("sn 1")] == [van]
        assert [one.lot for one in uow.stock.lots_at(pump, van)] == ["SN-1"]
        assert [one.to_id for one in uow.stock.entries_of_lot("sn1", 2)] == [van, store]
        assert [one.from_id for one in uow.stock.entries_of_document(FIRST)] == [store, van, store]
    parts.assert_books(database)


def test_a_job_costs_what_it_used_less_what_came_back(database: Database, bearing: UUID, store: UUID):
    job = with_order(database)
    parts.opening(database, bearing, store, 3, 1000)
    line = PartLine(part_id=bearing, quantity=Decimal(1))

    with transaction(database) as uow:
        use = Why(reason=Reason.USE, actor_id=str(LI), at=AT, work_order_id=job)
        back = Why(reason=Reason.UNUSE, actor_id=str(LI), at=AT, work_order_id=job)
        costs = [move(line, store, CUSTOMER_ID, use, uow) for _ in range(2)]
        move(line, CUSTOMER_ID, store, back, uow, value_fen=costs[1])

        assert uow.stock.spent_on(job) == [Spent(bearing, "", Decimal(1), costs[0])]
        assert uow.stock.cost_of(job) == costs[0] == 333


def test_a_request_is_written_before_its_reservations_or_after(
    database: Database, bearing: UUID, store: UUID
):
    job = with_order(database)
    parts.opening(database, bearing, store, 3, 1000)

    with transaction(database) as uow:
        kept = Reservation(
            id=SECOND, part_id=bearing, place_id=store, quantity=Decimal(2), request_id=FIRST,
            work_order_id=job, next_due_at=AT, created_at=AT,
        )  # fmt: skip
        request = PartsRequest(
            id=FIRST, number="SP-1", work_order_id=job, technician_id=LI, place_id=store, state="picking",
            created_at=AT,
        )  # fmt: skip
        line = PartsRequestLine(
            request_id=FIRST, no=1, part_id=bearing, quantity=Decimal(2), price_fen=1, reservation_id=SECOND
        )
        uow.hand_overs.add_request(request, [line])
        uow.stock.balance(bearing, store).reserved += 2
        uow.stock.add_reservation(kept)
        uow.commit()

    with transaction(database) as uow:
        assert [one.id for one in uow.stock.held_for(job)] == [SECOND]
        assert [one.id for one in uow.stock.held_of(FIRST)] == [SECOND]
        assert [one.id for one in uow.stock.newest_held(bearing, store)] == [SECOND]
        assert uow.hand_overs.request(FIRST) is uow.hand_overs.find_request(FIRST)
        assert [one.no for one in uow.hand_overs.request_lines(FIRST)] == [1]
        assert uow.hand_overs.request_numbered("SP-1") is uow.hand_overs.requests_for(job)[0]
        assert [one.id for one in uow.hand_overs.requests_at([store], ["picking"], 9)] == [FIRST]
        assert [one.id for one in uow.hand_overs.requests_of(LI, 9)] == [FIRST]
    assert SqlDue(database).due_reservations(AT, 9) == [SECOND]
    assert SqlDue(database).due_reservations(AT - timedelta(seconds=1), 9) == []
    parts.assert_books(database)


def test_hand_overs_are_found_by_who_has_to_take_them(database: Database, bearing: UUID, store: UUID):
    van = parts.van(database)

    with transaction(database) as uow:
        for key, receiver, to in ((FIRST, LI, van), (SECOND, None, store)):
            transfer = Transfer(
                id=key, number=f"DB-{key.int}", kind="transfer", from_id=store, to_id=to, sender_id=ZHAO,
                receiver_id=receiver, next_due_at=LATER, created_at=AT,
            )  # fmt: skip
            line = TransferLine(transfer_id=key, no=1, part_id=bearing, quantity=Decimal(1))
            uow.hand_overs.add_transfer(transfer, [line])
        uow.commit()

    with transaction(database) as uow:
        book = uow.hand_overs
        assert [one.id for one in book.offered_to(LI, [], 9)] == [FIRST]
        assert [one.id for one in book.offered_to(ZHAO, [store], 9)] == [SECOND]
        assert [one.id for one in book.offered_from([store], 9)] == [FIRST, SECOND]
        assert len(book.transfer_lines(FIRST)) == 1
        book.transfer(FIRST).state = "taken"
        assert [one.id for one in book.offered(9)] == [SECOND]
        assert book.transfer_numbered("DB-7001") is book.find_transfer(FIRST)
    assert SqlDue(database).due_transfers(LATER, 9) == [FIRST, SECOND]


def test_old_and_installed_parts_are_kept(database: Database, bearing: UUID, store: UUID):
    job = with_order(database)

    with transaction(database) as uow:
        book = uow.hand_overs
        book.add_old_part(OldPart(
            id=FIRST, number="JJ-1", part_id=bearing, quantity=Decimal(1), work_order_id=job,
            technician_id=LI, due_at=LATER, next_due_at=AT, created_at=AT,
        ))  # fmt: skip
        book.add_installed(InstalledPart(
            id=SECOND, asset_id=FREEZER, part_id=bearing, lot="SN 1", quantity=Decimal(1), work_order_id=job,
            installed_by=LI, installed_at=AT,
        ))  # fmt: skip
        uow.commit()

    with transaction(database) as uow:
        book = uow.hand_overs
        assert [one.id for one in book.old_parts(LI, ["owed"], 9)] == [FIRST]
        assert [one.id for one in book.old_parts(None, ["owed", "sent"], 9)] == [FIRST]
        assert book.old_parts_of(job) == [book.old_part(FIRST)] == [book.old_part_numbered("JJ-1")]
        assert [one.lot_key for one in book.installed_in(FREEZER, 9)] == ["sn1"]
        assert len(book.installed_by(job)) == 1
    assert SqlDue(database).due_old_parts(AT, 9) == [FIRST]


def test_a_rule_is_dropped_though_it_asked_for_something(database: Database, bearing: UUID, store: UUID):
    with transaction(database) as uow:
        rule = StockRule(id=FIRST, part_id=bearing, place_id=store, below=Decimal(20), armed=False)
        uow.supply.add_rule(rule)
        uow.supply.add_purchase(Purchase(
            id=SECOND, number="SP-2", part_id=bearing, place_id=store, quantity=Decimal(5), state="ordered",
            expected_on=date(2026, 12, 1), rule_id=FIRST, requested_by=ZHAO, next_due_at=AT, created_at=AT,
        ))  # fmt: skip
        uow.commit()
    assert SqlDue(database).due_purchases(AT, 9) == [SECOND]

    with transaction(database) as uow:
        assert uow.supply.rules(9) == uow.supply.rules_of(bearing) == [uow.supply.rule(bearing, store)]
        uow.supply.drop_rule(uow.supply.rules(9)[0])
        uow.commit()

    with transaction(database) as uow:
        assert uow.supply.rule(bearing, store) is None
        assert uow.supply.purchase(SECOND).rule_id is None
        assert uow.supply.purchases(["ordered"], 9) == uow.supply.purchases_of(bearing, ["ordered"])
        assert uow.supply.purchase_numbered("SP-2") is uow.supply.find_purchase(SECOND)


def counting(key: UUID, place: UUID) -> StockCount:
    return StockCount(id=key, number=f"SP-{key.int}", place_id=place, started_by=ZHAO, started_at=AT)


def test_a_count_freezes_the_books(database: Database, bearing: UUID, store: UUID):
    oil = parts.part(database, "OIL", "压缩机油", tracking=Tracking.BATCH)
    parts.opening(database, bearing, store, 20, 20_001)
    parts.opening(database, oil, store, 2, 1000, lot="A")
    parts.opening(database, oil, store, 1, 0, lot="B")

    with transaction(database) as uow:
        uow.supply.add_count(counting(FIRST, store))
        assert uow.supply.freeze(uow.supply.count(FIRST)) == 3
        uow.supply.add_count_line(CountLine(
            count_id=FIRST, part_id=parts.part_id("V-24"), lot="", booked=Decimal(0), booked_fen=0,
        ))  # fmt: skip
        lines = [(one.lot, one.booked, one.booked_fen) for one in uow.supply.count_lines(FIRST)]
        expected: list[tuple[str, Any, int]] = [("", 20, 20_001), ("A", 2, 667), ("B", 1, 333), ("", 0, 0)]
        assert lines == expected
        assert uow.supply.count_line(FIRST, oil, "C") is None
        uow.commit()


def test_a_place_is_counted_once_at_a_time(database: Database, store: UUID):
    with transaction(database) as uow:
        uow.supply.add_count(counting(FIRST, store))
        uow.commit()

    with transaction(database) as uow:
        assert uow.supply.counts_of(ZHAO) == [uow.supply.running_count(store)]
        assert uow.supply.count_numbered("SP-7001") is uow.supply.find_count(FIRST)
        with pytest.raises(ConcurrentUpdate):
            uow.supply.add_count(counting(SECOND, store))


def test_every_kind_of_document_has_its_own_numbers(database: Database):
    with transaction(database) as uow:
        numbers = [uow.supply.next_number(kind, AT.date()) for kind in ("DB", "DB", "JJ")]

    assert numbers == ["DB-20261124-0001", "DB-20261124-0002", "JJ-20261124-0001"]
