"""Purchases: asked, approved, ordered, followed up, received in parts, and the job that waits for them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from adapters.storage.engine import Database
from domain.kernel.errors import NotPermitted
from domain.parts.errors import (
    DatePast,
    LotsWrong,
    MoreThanOrdered,
    NotKeeper,
    PieceExists,
    PlaceUnknown,
    PurchaseWrong,
    QuantityWrong,
)
from domain.parts.model.supply import Purchase
from domain.parts.places import SUPPLIER_ID, Tracking
from domain.parts.supply_commands import EndPurchase, PlaceOrder, ReceivePurchase, ReviewPurchase
from domain.policies.supply_views import purchase_view, purchases_view
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status
from tests.support import parts
from tests.support.builders import AT, LI, NUMBER, ORDER, work_order
from tests.support.processes import WU
from tests.support.storage import one, transaction
from tests.support.supply import CANG, HE, Firm, firm

SOON = date(2026, 11, 27)


@pytest.fixture
def store(database: Database) -> Iterator[Firm]:
    """Give an empty store."""
    yield firm(database)
    parts.assert_books(database)


def approved(store: Firm, quantity: int = 10, **facts: Any) -> UUID:
    purchase_id = store.buy(quantity, **facts)
    store.agree()
    return purchase_id


def purchase(store: Firm, purchase_id: UUID) -> Purchase:
    with store.database.read() as session:
        return session.execute(select(Purchase).where(Purchase.id == purchase_id)).scalar_one()


def receive(store: Firm, purchase_id: UUID, quantity: int, actor_id: UUID = CANG, **facts: Any) -> None:
    store.do(ReceivePurchase, actor_id, purchase_id=purchase_id, quantity=quantity, **facts)


def test_it_is_approved_ordered_and_received_in_parts(store: Firm):
    purchase_id = approved(store)
    store.do(PlaceOrder, purchase_id=purchase_id, expected_on=SOON, price_fen=1900)
    receive(store, purchase_id, 4)
    receive(store, purchase_id, 6, price_fen=2100)

    found = purchase(store, purchase_id)
    assert (found.state, int(found.received)) == ("done", 10)
    assert found.next_due_at is None
    assert store.books() == (10, 0, 4 * 1900 + 6 * 2100)
    assert [fact["complete"] for fact in store.happened("PurchaseReceived")] == [False, True]
    assert [view["state"] for view in store.cards("purchase")] == ["approved", "ordered", "ordered", "done"]


def test_it_has_the_number_and_the_cost_of_its_approval(store: Firm):
    purchase_id = store.buy(10)

    with transaction(store.database) as uow:
        instance = uow.processes.find(purchase_id)
    assert instance is not None
    assert instance.number == purchase(store, purchase_id).number
    assert instance.state["data"]["amount_fen"] == 20_000
    assert "轴承 6204 ×10" in instance.state["data"]["reason"]


def test_said_twice_it_is_asked_for_once(store: Firm):
    store.buy(10)
    store.at -= timedelta(minutes=1)

    store.buy(10)

    assert one(store.database, "SELECT count(*) FROM purchase") == 1


def test_a_refused_purchase_is_not_ordered(store: Firm):
    purchase_id = store.buy()
    store.refuse()

    with pytest.raises(PurchaseWrong) as refused:
        store.do(PlaceOrder, purchase_id=purchase_id, expected_on=SOON)
    assert "已拒绝" in refused.value.message
    assert store.cards("purchase") == []


def test_where_nothing_is_published_nobody_is_asked(database: Database):
    store = firm(database, shipped=())

    assert purchase(store, store.buy()).state == "approved"


@pytest.mark.parametrize("quantity", [1.5, 0.001])
def test_half_a_piece_is_not_bought(store: Firm, quantity: float):
    with pytest.raises(QuantityWrong):
        store.buy(quantity=quantity)


@pytest.mark.parametrize("quantity", [0, -1, 10**9])
def test_nothing_and_too_much_are_no_commands(store: Firm, quantity: int):
    with pytest.raises(ValueError, match="quantity"):
        store.buy(quantity=quantity)


def test_nothing_is_bought_to_a_place_outside(store: Firm):
    with pytest.raises(PlaceUnknown):
        store.buy(place_id=SUPPLIER_ID)


def test_a_technician_does_not_buy(store: Firm):
    purchase_id = approved(store)

    with pytest.raises(NotPermitted):
        store.do(PlaceOrder, LI, purchase_id=purchase_id, expected_on=SOON)


def test_a_day_that_is_over_is_refused(store: Firm):
    purchase_id = approved(store)

    with pytest.raises(DatePast) as refused:
        store.do(PlaceOrder, purchase_id=purchase_id, expected_on=date(2026, 11, 23))
    assert "11月23日" in refused.value.message


def test_more_than_was_ordered_is_refused_with_what_to_do(store: Firm):
    purchase_id = approved(store)
    receive(store, purchase_id, 8)

    with pytest.raises(MoreThanOrdered) as refused:
        receive(store, purchase_id, 3)
    assert "还差 2个" in refused.value.message
    assert store.books()[0] == 8


def test_what_is_done_is_not_received_again(store: Firm):
    purchase_id = approved(store, 1)
    receive(store, purchase_id, 1)

    with pytest.raises(PurchaseWrong):
        receive(store, purchase_id, 1)
    assert store.books()[0] == 1


def test_another_keeper_does_not_receive(store: Firm):
    purchase_id = approved(store)

    with pytest.raises(NotKeeper):
        receive(store, purchase_id, 1, HE)
    receive(store, purchase_id, 1, WU)


@pytest.mark.parametrize("lots", [(), ("SN1",), ("SN1", "SN1"), ("SN1", "SN2", "SN3")])
def test_serials_are_needed_one_for_each_piece(store: Firm, lots: tuple[str, ...]):
    board = parts.part(store.database, "KB-10", "控制板", tracking=Tracking.SERIAL)
    purchase_id = approved(store, 2, part_id=board)

    with pytest.raises(LotsWrong):
        receive(store, purchase_id, 2, lots=lots)


def test_a_serial_that_is_somewhere_is_not_received_again(store: Firm):
    board = parts.part(store.database, "KB-10", "控制板", tracking=Tracking.SERIAL, price_fen=5000)
    store.stock(1, 5000, part=board, lot="SN1")
    purchase_id = approved(store, 2, part_id=board)

    with pytest.raises(PieceExists):
        receive(store, purchase_id, 2, lots=("SN1", "SN2"))
    receive(store, purchase_id, 2, lots=("SN3", "SN2"))
    assert store.has(board) == (3, 0, 15_000)


def test_whoever_buys_is_reminded_of_what_is_not_ordered_and_then_late(store: Firm):
    purchase_id = approved(store)
    for days in (1, 2):
        store.at += timedelta(days=days)
        store.do(ReviewPurchase, "system", purchase_id=purchase_id)
    store.do(PlaceOrder, purchase_id=purchase_id, expected_on=date(2026, 11, 30))
    due = purchase(store, purchase_id).next_due_at
    store.at += timedelta(days=4, hours=1)
    store.do(ReviewPurchase, "system", purchase_id=purchase_id)
    store.do(ReviewPurchase, "system", purchase_id=purchase_id)

    assert due is not None
    assert due.isoformat() == "2026-12-01T01:00:00+00:00"
    assert [fact["state"] for fact in store.happened("PurchaseReminded")] == ["approved", "ordered"]
    assert [who for who, _ in store.news("purchase_late")] == [str(CANG)]


def test_what_is_missing_is_not_waited_for_any_more(store: Firm):
    some, none = approved(store), store.buy(5)
    receive(store, some, 4)
    for purchase_id in (some, none):
        store.do(EndPurchase, purchase_id=purchase_id, reason="不要了")

    assert [purchase(store, one).state for one in (some, none)] == ["done", "cancelled"]
    assert store.tasks(WU) == []
    with pytest.raises(PurchaseWrong):
        receive(store, some, 1)


def test_the_list_shows_what_somebody_has_to_go_on_with(store: Firm):
    approved(store)

    with transaction(store.database, store.at) as uow:
        (line,) = purchases_view(uow).lines
        (found,) = uow.supply.purchases(("approved",), 1)
        view = purchase_view(found, store.at, uow)

    assert (line.text, line.state) == ("轴承 6204 ×10 → 中心仓", "approved")
    assert (view.missing, view.requested_by, view.actions) == ("10", "仓小库", ("receive",))


def held_job(store: Firm, **changes: Any) -> None:
    with store.database.write() as session, session.begin():
        session.add(work_order(Status.ON_HOLD, **changes))


def job(store: Firm) -> WorkOrder:
    with store.database.read() as session:
        return session.execute(select(WorkOrder).where(WorkOrder.id == ORDER)).scalar_one()


def changes(store: Firm) -> list[tuple[str, str, str]]:
    return [(one["what"], one["parts"], one["note"]) for one in store.happened("JobPartsChanged")]


def test_a_job_that_waits_sees_the_day_and_goes_on_when_all_is_there(store: Firm):
    held_job(store)
    purchase_id = approved(store, 3, work_order_id=ORDER)
    store.do(PlaceOrder, purchase_id=purchase_id, expected_on=SOON)
    receive(store, purchase_id, 1)
    between = job(store).status
    receive(store, purchase_id, 2)

    assert changes(store) == [
        ("ordered", "轴承 6204 ×3", "预计11月27日到货"),
        ("arrived", "轴承 6204 ×1", "中心仓"),
        ("arrived", "轴承 6204 ×2", "中心仓"),
    ]
    assert (between, job(store).status) == ("on_hold", "in_progress")
    assert store.books() == (3, 3, 6000)
    assert [view["facts"]["again"] for who, view in store.news("arrived")] == [f"领料 {NUMBER}"] * 2
    assert {who for who, _ in store.news("arrived")} == {str(LI)}


def test_a_job_held_for_the_customer_is_not_woken_by_parts(store: Firm):
    held_job(store, hold_reason="customer")
    receive(store, approved(store, 1, work_order_id=ORDER), 1)

    assert job(store).status == "on_hold"


def test_a_job_that_is_over_keeps_nothing(store: Firm):
    held_job(store)
    purchase_id = approved(store, 1, work_order_id=ORDER)
    with store.database.write() as session, session.begin():
        found = session.get(WorkOrder, ORDER)
        assert found is not None
        found.status = "cancelled"
    receive(store, purchase_id, 1)

    assert store.books() == (1, 0, 2000)


def test_a_job_and_its_technician_hear_that_nothing_comes(store: Firm):
    held_job(store)
    store.buy(1, work_order_id=ORDER)
    store.refuse()

    assert changes(store)[0][:2] == ("short", "轴承 6204 ×1")
    assert [who for who, _ in store.news("purchase_off")] == [str(LI)]
    assert store.at > AT
