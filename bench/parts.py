"""Spare parts: durable movements, a race for one piece, the search, and a balance over a long ledger."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID, uuid4

from adapters.storage.engine import Database
from adapters.storage.uow import SqlUnitOfWork
from bench import databases, machine, parts_fill
from bench.databases import NewDatabase
from bench.load import percentile
from bench.parts_fill import BEARING, BRANCH, LAST_PIECE, NOW, STORE
from domain.parts.commands import PartLine
from domain.parts.errors import NotEnough
from domain.parts.keeping import KEPT_FOR, reserve
from domain.parts.model.stock import Reservation
from domain.parts.moving import Why, move
from domain.parts.places import Reason
from tests.support.plans import plans, scanned

RIVALS = 50
THREADS = (1, 4)
ASKED = 1_000
FOUND = 8
LEDGER = ("stock_entry", "stock_balance")


def measure(database: str, new: NewDatabase, *, moves: int, parts: int, ledger: int) -> None:
    """Print the figures of one database; a wrong balance ends everything."""
    print(f"\n== Spare parts on {database}; load {machine.load()}")
    url = databases.prepared(new("parts"))
    opened = Database(url)
    try:
        parts_fill.stocked(opened, 10 * moves)
        for threads in THREADS:
            _movements(opened, moves, threads)
        _race(opened)
        begin = time.perf_counter()
        catalogue = parts_fill.searchable(opened, parts)
        databases.settle(url)
        print(f"   filled {parts:,} parts in {time.perf_counter() - begin:.0f} s")
        _search(opened, list(parts_fill.questions(catalogue, ASKED)))
        begin = time.perf_counter()
        parts_fill.moved_often(opened, ledger)
        databases.settle(url)
        print(f"   filled {ledger:,} movements of one part in {time.perf_counter() - begin:.0f} s")
        _balance(opened)
    finally:
        opened.close()


def _movements(opened: Database, count: int, threads: int) -> None:
    """Move a piece out of a store and the next one back, one transaction each, in so many threads."""
    each = count // threads

    def work(number: int) -> list[float]:
        ways = ((STORE, BRANCH), (BRANCH, STORE))
        return [_timed(partial(_moved, opened, *ways[(at + number) % 2])) for at in range(each)]

    before = _on_hand(opened)
    begin = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        waits = [one * 1000 for took in pool.map(work, range(threads)) for one in took]
    seconds = time.perf_counter() - begin
    if _on_hand(opened) != before:
        raise SystemExit(f"{before} pieces became {_on_hand(opened)}")
    print(
        f"   movements, {threads} at once {len(waits) / seconds:8,.0f} a second, durable  "
        f"p50 {percentile(waits, 50):6.2f} ms  p99 {percentile(waits, 99):6.2f} ms"
    )


def _race(opened: Database) -> None:
    """Let everybody reserve the last piece at once."""
    begin = threading.Barrier(RIVALS + 1)

    def rival(_number: int) -> bool:
        begin.wait()
        try:
            with _transaction(opened) as uow:
                kept = Reservation(
                    id=uuid4(),
                    part_id=LAST_PIECE,
                    place_id=STORE,
                    quantity=Decimal(1),
                    next_due_at=NOW + KEPT_FOR,
                    created_at=NOW,
                )
                reserve(kept, "bench", NOW, uow)
                uow.commit()
        except NotEnough:
            return False
        return True

    with ThreadPoolExecutor(RIVALS) as pool:
        answers = [pool.submit(rival, number) for number in range(RIVALS)]
        begin.wait()
        begun = time.perf_counter()
        won = sum(one.result() for one in answers)
        seconds = time.perf_counter() - begun
    if won != 1:
        raise SystemExit(f"{won} of {RIVALS} reserved the one piece")
    print(
        f"   {RIVALS} reserve one piece   last answer after {seconds:6.3f} s, one of them has it (target 1 s)"
    )


def _search(opened: Database, asked: list[str]) -> None:
    waits, found = [], 0
    for text in asked:
        with _transaction(opened) as uow:
            begin = time.perf_counter()
            found += bool(uow.parts.search(text, FOUND))
            waits.append((time.perf_counter() - begin) * 1000)
    print(
        f"   search               p50 {percentile(waits, 50):6.2f} ms  p99 {percentile(waits, 99):6.2f} ms"
        f"  (target 50 ms); {found:,} of {len(asked):,} questions found something"
    )


def _balance(opened: Database) -> None:
    def ask() -> None:
        with _transaction(opened) as uow:
            uow.stock.balances(BEARING)

    waits = [_timed(ask) * 1000 for _ in range(200)]
    plan = plans(opened, ask, generic=False)
    for table in LEDGER:
        if scanned(plan, table):
            raise SystemExit(f"the balance reads all of {table}:\n{plan}")
    print(f"   balance of a part    p50 {percentile(waits, 50):6.2f} ms  p99 {percentile(waits, 99):6.2f} ms")
    for line in plan.splitlines():
        print(f"      {line}")


def _moved(opened: Database, from_id: UUID, to_id: UUID) -> None:
    why = Why(reason=Reason.TRANSFER, actor_id="bench", at=NOW + timedelta(seconds=1))
    with _transaction(opened) as uow:
        move(PartLine(part_id=BEARING, quantity=Decimal(1)), from_id, to_id, why, uow)
        uow.commit()


def _on_hand(opened: Database) -> Decimal:
    with _transaction(opened) as uow:
        return sum((one.quantity for one in uow.stock.balances(BEARING)), Decimal(0))


def _transaction(opened: Database) -> SqlUnitOfWork:
    return SqlUnitOfWork(opened, desks=(), now=NOW, channel="bench", correlation_id="bench")


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
