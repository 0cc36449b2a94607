"""Many people move parts at once: nobody waits in a circle, nothing is lost, and a crossing asks once."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest

from adapters.storage.engine import Database
from domain.approval.commands import AgreeTask
from domain.approval.model import ProcessTask
from domain.kernel.errors import ConcurrentUpdate, DomainError
from domain.parts.commands import (
    IssueParts,
    OfferParts,
    PartLine,
    RefuseParts,
    RequestParts,
    TakeParts,
    UseParts,
    WantedLine,
)
from domain.parts.model.supply import Purchase
from domain.parts.supply_commands import PlaceOrder, ReceivePurchase, SetStockRule
from domain.policies.parts_places import van_id
from tests.support import parts
from tests.support.builders import AT, LI, WANG, cause
from tests.support.stock_books import insist
from tests.support.stock_luck import OFTEN, WISHES
from tests.support.stock_player import Player
from tests.support.stockroom import BEARING, JOBS, MENG, SONG, STORE, fill, furnish, refusal_of
from tests.support.storage import at_once, decided, one, opened

THREADS, WISHED = 6, 30


@pytest.fixture
def firm(database_url: str) -> Iterator[Database]:
    with opened(database_url) as database:
        yield furnish(database)


def busy(database: Database, seed: int) -> list[str]:
    """Let one of several do this and that, and return what came of it; some live in a later hour."""
    luck, ended = Random(seed), []
    for step in range(WISHED):
        now = AT + timedelta(minutes=step, hours=luck.choice((0, 0, 0, 25, 73)))
        command = WISHES[luck.choice(OFTEN)](Player(database, luck, now))
        if command is None:
            continue
        try:
            refusal: DomainError | None = None
            decided(database, command)
        except ConcurrentUpdate:
            refusal = refusal_of(database, command)
        except DomainError as error:
            refusal = error
        ended.append(refusal.code if refusal is not None else "done")
    return ended


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_many_do_at_once_the_books_are_right(firm: Database, seed: int):
    fill(firm, Random(seed))

    ended = at_once(THREADS, lambda number: busy(firm, 100 * seed + number))

    insist(firm)
    assert sum(codes.count("done") for codes in ended) > THREADS * WISHED / 4


class Till:
    """The store that is kept above twenty bearings."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.said = 0
        parts.opening(database, BEARING, STORE, 20, 25_000)
        limits: dict[str, Any] = {"below": Decimal(20), "order_quantity": Decimal(10)}
        decided(database, SetStockRule(part_id=BEARING, place_id=STORE, **limits, **self.by(MENG)))

    def by(self, who: UUID):
        self.said += 1
        return cause(who, AT + timedelta(minutes=self.said), f"till:{self.said}")

    def asks(self, quantity: int) -> IssueParts:
        """Let Li ask for some, and return how the storekeeper lets them out."""
        request_id, line = UUID(int=5000 + self.said), PartLine(part_id=BEARING, quantity=Decimal(quantity))
        wanted = WantedLine(part_id=BEARING, quantity=line.quantity, place_id=STORE)
        decided(
            self.database,
            RequestParts(request_id=request_id, work_order_id=JOBS[0], lines=(wanted,), **self.by(LI)),
        )
        transfer_id = UUID(int=request_id.int + 1000)
        return IssueParts(request_id=request_id, transfer_id=transfer_id, lines=(line,), **self.by(SONG))

    def lets_out(self, quantity: int) -> None:
        """Let so many leave the store for Li's job, who takes and uses them."""
        issue = self.asks(quantity)
        decided(
            self.database,
            issue,
            TakeParts(transfer_id=issue.transfer_id, **self.by(LI)),
            UseParts(work_order_id=JOBS[0], lines=issue.lines, **self.by(LI)),
        )

    def buys(self) -> None:
        """Let what was asked for be approved, ordered and received."""
        player = Player(self.database, Random(0), AT)
        (task,) = player.all(ProcessTask, ProcessTask.closed_at.is_(None))
        (purchase,) = player.all(Purchase)
        expected = (AT + timedelta(days=2)).date()
        decided(
            self.database,
            AgreeTask(task_id=task.id, **self.by(MENG)),
            PlaceOrder(purchase_id=purchase.id, expected_on=expected, **self.by(SONG)),
            ReceivePurchase(purchase_id=purchase.id, quantity=Decimal(10), **self.by(SONG)),
        )

    @property
    def on_hand(self) -> int:
        return int(parts.on_hand(self.database, BEARING, STORE)[0])

    @property
    def requests(self) -> int:
        return int(one(self.database, "SELECT count(*) FROM purchase"))


def test_twenty_nineteen_eighteen_ten_more_nineteen_asks_twice(firm: Database):
    till = Till(firm)
    seen = [(till.on_hand, till.requests)]

    for step in (lambda: till.lets_out(1), lambda: till.lets_out(1), till.buys, lambda: till.lets_out(9)):
        step()
        seen.append((till.on_hand, till.requests))

    assert seen == [(20, 0), (19, 1), (18, 1), (28, 1), (19, 2)]
    insist(firm)


def test_six_who_let_out_one_each_at_once_cross_the_limit_once(firm: Database):
    till = Till(firm)
    issues = [till.asks(1) for _ in range(6)]

    refusals = at_once(6, lambda number: refusal_of(firm, issues[number]))

    assert refusals == [None] * 6
    assert (till.on_hand, till.requests) == (14, 1)
    assert one(firm, "SELECT count(*) FROM event WHERE name = 'StockLow'") == 1
    insist(firm)


def test_who_offers_and_who_refuses_do_not_wait_for_each_other(firm: Database):
    fill(firm, Random(0))
    line = PartLine(part_id=BEARING, quantity=Decimal(1))
    parts.opening(firm, BEARING, van_id(LI), 100)

    def offer(number: int) -> OfferParts:
        way: dict[str, Any] = {"from_id": van_id(LI), "to_id": van_id(WANG), "receiver_id": WANG}
        key, base = UUID(int=6000 + number), cause(LI, AT, f"offer:{number}")
        return OfferParts(transfer_id=key, kind="hand_over", lines=(line,), **way, **base)

    decided(firm, *(offer(number) for number in range(30)))

    def work(number: int) -> list[DomainError | None]:
        some = range(number // 2 * 10, number // 2 * 10 + 10)
        if number % 2:
            return [refusal_of(firm, offer(100 + one)) for one in some]
        keys = {one: UUID(int=6000 + one) for one in some}
        refused = [RefuseParts(transfer_id=keys[one], **cause(WANG, AT, f"no:{one}")) for one in some]
        return [refusal_of(firm, command) for command in refused]

    assert at_once(6, work) == [[None] * 10] * 6
    insist(firm)
