"""Reorder rules: one alert and one purchase for every crossing, however many move stock at once."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from adapters.storage.engine import Database
from domain.kernel.errors import NotPermitted
from domain.parts.errors import QuantityWrong
from domain.parts.supply_commands import AdjustStock, ReceivePurchase, ScrapParts, SetStockRule
from tests.support import parts
from tests.support.builders import LI
from tests.support.processes import WU
from tests.support.storage import at_once, decided, one, transaction
from tests.support.supply import CANG, Firm, firm

REQUESTS = "SELECT count(*) FROM purchase"


@pytest.fixture
def store(database: Database) -> Iterator[Firm]:
    """Give a store with 20 bearings that are low below 20."""
    made = firm(database)
    made.stock(20, 40_000)
    made.rule(20)
    yield made
    parts.assert_books(database)


def requests(store: Firm) -> int:
    return int(one(store.database, REQUESTS))


def add(store: Firm, quantity: int) -> None:
    facts = {"part_id": store.bearing, "place_id": store.store, "quantity": quantity, "reason": "找到了"}
    store.do(AdjustStock, WU, **facts)


def test_a_crossing_asks_once_and_again_after_a_refill(store: Firm):
    asked = [requests(store)]

    for change in (-1, -1, 10, -9):
        store.use(-change) if change < 0 else add(store, change)
        asked.append(requests(store))

    assert asked == [0, 1, 1, 1, 2]
    assert [fact["quantity"] for fact in store.happened("StockLow")] == ["19", "19"]
    assert len(store.happened("StockRefilled")) == 1


def test_whoever_keeps_the_place_and_leads_is_told_once_and_that_it_is_over(store: Firm):
    store.use()
    store.use()
    add(store, 10)

    (keeper, low), (manager, _) = store.news("low")
    assert [keeper, manager] == [str(CANG), str(WU)]
    assert low["facts"] == {
        "part": "轴承 6204",
        "code": "6204",
        "place": "中心仓",
        "quantity": "19",
        "below": "20",
        "order": "10",
        "unit": "个",
    }
    assert [who for who, _ in store.news("refilled")] == [str(CANG), str(WU)]


def test_a_rule_that_orders_nothing_only_alerts(store: Firm):
    store.rule(20, order=0)

    store.use()

    assert (requests(store), len(store.news("low"))) == (0, 2)


def test_eight_who_take_the_last_spare_pieces_make_one_purchase(store: Firm):
    facts: dict[str, Any] = {"part_id": store.bearing, "place_id": store.store, "quantity": 1}
    facts["reason"] = "坏了"
    takes = [store.command(ScrapParts, **facts) for _ in range(8)]

    at_once(8, lambda number: decided(store.database, takes[number]))

    assert store.books()[0] == 12
    assert (requests(store), len(store.happened("StockLow"))) == (1, 1)


def test_a_rule_that_is_set_while_the_stock_is_low_fires_at_once(store: Firm):
    store.rule(25)
    store.rule(30)

    assert requests(store) == 1


def test_a_lower_limit_arms_the_rule_again(store: Firm):
    store.use()
    store.rule(15)
    store.use(4)
    before = requests(store)
    store.use()

    assert (before, requests(store)) == (1, 2)


def test_a_limit_of_nothing_ends_the_rule(store: Firm):
    store.rule(0)
    store.use(5)

    assert (requests(store), one(store.database, "SELECT count(*) FROM stock_rule")) == (0, 0)


@pytest.mark.parametrize("below", [1.5, 0.5])
def test_half_a_piece_is_no_limit(store: Firm, below: float):
    with pytest.raises(QuantityWrong):
        store.do(
            SetStockRule,
            WU,
            part_id=store.bearing,
            place_id=store.store,
            below=Decimal(str(below)),
        )


def test_a_technician_sets_no_limit(store: Firm):
    with pytest.raises(NotPermitted):
        store.do(SetStockRule, LI, part_id=store.bearing, place_id=store.store, below=1)


def test_a_purchase_that_arrives_arms_its_rule(store: Firm):
    store.use()
    store.agree()
    purchase_id = one(store.database, "SELECT id FROM purchase")
    store.do(ReceivePurchase, purchase_id=purchase_id, quantity=10)
    store.use(10)

    assert requests(store) == 2


def test_the_purchase_is_asked_for_in_the_name_of_the_keeper(store: Firm):
    store.use()

    with transaction(store.database) as uow:
        (purchase,) = uow.supply.purchases(("approving",), 5)
        (rule,) = uow.supply.rules(5)
    assert (purchase.requested_by, purchase.quantity, purchase.rule_id) == (CANG, Decimal(10), rule.id)
