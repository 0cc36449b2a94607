"""Everybody at once: receipts, scrapped pieces, corrections, reservations, a count and a changed rule."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from adapters.storage.engine import Database
from domain.approval.commands import AgreeTask
from domain.kernel.messages import Command
from domain.parts.commands import RequestParts
from domain.parts.supply_commands import (
    AdjustStock,
    EnterCount,
    ReceivePurchase,
    ScrapParts,
    SetStockRule,
    StartCount,
    SubmitCount,
)
from domain.workorder.status import Status
from tests.support import parts
from tests.support.builders import LI, ORDER, work_order
from tests.support.processes import WU
from tests.support.storage import at_once, decided, one
from tests.support.supply import Firm, firm


@pytest.fixture
def store(database: Database) -> Iterator[Firm]:
    """Give a store that is just not low, with a purchase under way and a count that waits for approval."""
    made = firm(database)
    with database.write() as session, session.begin():
        session.add(work_order(Status.ACCEPTED))
    made.stock(20, 40_000)
    made.rule(20)
    yield made
    parts.assert_books(database)


def counted(store: Firm, quantity: int) -> None:
    count_id = uuid4()
    store.do(StartCount, count_id=count_id, place_id=store.store)
    store.do(EnterCount, count_id=count_id, part_id=store.bearing, quantity=quantity)
    store.do(SubmitCount, count_id=count_id)


def rivals(store: Firm) -> list[Command]:
    purchase_id = store.buy(4)
    store.agree()
    counted(store, 18)
    (task_id,) = store.tasks(WU)
    here = {"part_id": store.bearing, "place_id": store.store}
    made = [store.command(ScrapParts, **here, quantity=1, reason="坏了") for _ in range(3)]
    made += [store.command(ReceivePurchase, purchase_id=purchase_id, quantity=1) for _ in range(3)]
    made += [store.command(AdjustStock, WU, **here, quantity=2, reason="找到了")]
    made += [store.command(SetStockRule, WU, **here, below=21, order_quantity=5)]
    made += [store.command(AgreeTask, WU, task_id=task_id)]
    lines = [{"part_id": store.bearing, "quantity": 1}]
    made += [
        store.command(RequestParts, LI, request_id=uuid4(), work_order_id=ORDER, lines=lines)
        for _ in range(3)
    ]
    return made


def test_whatever_happens_at_once_the_books_are_right_and_nobody_waits_in_a_circle(store: Firm):
    commands = rivals(store)

    at_once(len(commands), lambda number: decided(store.database, commands[number]))

    # 20 - 3 scrapped + 3 received + 2 found - 2 missed by the count.
    assert store.books()[:2] == (20, 3)
    low, filled = len(store.happened("StockLow")), len(store.happened("StockRefilled"))
    assert low - filled == 1, "below 21 the rule is not armed"
    assert one(store.database, "SELECT count(*) FROM purchase WHERE rule_id IS NOT NULL") == low
