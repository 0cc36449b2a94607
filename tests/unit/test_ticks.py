"""What the clock does, and that one bad record never stops the others."""

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import pytest

from domain.dispatching.commands import DispatchWorkOrder
from domain.kernel.bus import Bus
from domain.kernel.errors import ConcurrentUpdate, NotFound
from domain.kernel.messages import Command
from scheduler.runner import CommandRunner
from scheduler.ticks import LOT, sweep_dispatch
from tests.support.builders import AT, ORDER, cause

COMMAND = DispatchWorkOrder(work_order_id=ORDER, offer_timeout_s=600, **cause("system"))


class Due:
    """Work orders whose moment has come."""

    def __init__(self, *found: UUID) -> None:
        self.found = found
        self.asked: list[tuple[datetime, int]] = []

    def due_work_orders(self, now: datetime, limit: int) -> Sequence[UUID]:
        self.asked.append((now, limit))
        return self.found


class Transactions:
    """Opens transactions and keeps how each of them ended."""

    def __init__(self) -> None:
        self.ends: list[str] = []
        self.channels: set[str] = set()

    @contextmanager
    def __call__(self, *, now: datetime, channel: str, correlation_id: str):
        self.channels.add(channel)
        self.ends.append("undone")
        yield self

    def commit(self) -> None:
        self.ends[-1] = "committed"

    def take_recorded(self) -> list[object]:
        return []


def runner(transactions: Transactions, *outcomes: Exception | None) -> CommandRunner:
    left = list(outcomes)

    def handle(command: Command, uow: object) -> None:
        if error := left.pop(0):
            raise error

    return CommandRunner(transactions, Bus({DispatchWorkOrder: handle}, {}, lambda command, uow: None))


def test_the_sweep_asks_for_what_is_due_now():
    due, run = Due(ORDER), list[Command]()

    sweep_dispatch(due, run.append, lambda: AT, 600)

    assert due.asked == [(AT, LOT)]
    assert [(type(each), each.actor_id, each.issued_at) for each in run] == [
        (DispatchWorkOrder, "system", AT)
    ]


def test_each_sweep_names_its_commands_anew_and_alike_for_every_copy():
    run: list[Command] = []

    for _ in range(2):
        sweep_dispatch(Due(ORDER), run.append, lambda: AT, 600)

    assert len({command.idempotency_key for command in run}) == 1
    assert len(run[0].idempotency_key) <= 128


def test_a_sweep_without_due_work_does_nothing():
    run: list[Command] = []

    sweep_dispatch(Due(), run.append, lambda: AT, 600)

    assert run == []


def test_one_bad_work_order_does_not_keep_the_others_waiting(caplog: pytest.LogCaptureFixture):
    done: list[UUID] = []

    def run(command: Command) -> None:
        assert isinstance(command, DispatchWorkOrder)
        if command.work_order_id == ORDER:
            raise RuntimeError("defect")
        done.append(command.work_order_id)

    sweep_dispatch(Due(ORDER, UUID(int=1), UUID(int=2)), run, lambda: AT, 600)

    assert done == [UUID(int=1), UUID(int=2)]
    assert str(ORDER) in caplog.text


def test_a_command_of_the_clock_is_committed():
    transactions = Transactions()

    runner(transactions, None).run(COMMAND)

    assert (transactions.ends, transactions.channels) == (["committed"], {"clock"})


def test_a_lost_race_is_run_once_more():
    transactions = Transactions()

    runner(transactions, ConcurrentUpdate(), None).run(COMMAND)

    assert transactions.ends == ["undone", "committed"]


def test_a_race_lost_twice_is_refused():
    transactions = Transactions()

    with pytest.raises(ConcurrentUpdate):
        runner(transactions, ConcurrentUpdate(), ConcurrentUpdate()).run(COMMAND)

    assert transactions.ends == ["undone", "undone"]


def test_a_refusal_is_not_run_again():
    transactions = Transactions()

    with pytest.raises(NotFound):
        runner(transactions, NotFound(what="工单")).run(COMMAND)

    assert transactions.ends == ["undone"]
