"""Replicas, people and power cuts at the same due steps: each fires once, and nothing is lost."""

from datetime import timedelta
from functools import partial

import pytest

from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from adapters.storage.uow import SqlUnitOfWork
from domain.kernel.bus import Bus
from domain.kernel.errors import ConcurrentUpdate, DomainError
from domain.kernel.messages import Command
from domain.registry import make_bus
from domain.workorder.commands import AcceptWorkOrder
from scheduler.runner import CommandRunner
from scheduler.sla import sweep_sla
from tests.support.builders import AT, LI, cause
from tests.support.power import PowerCut, dying
from tests.support.sla import DUE, clock, document, keep, order_id
from tests.support.storage import DESKS, at_once, one, opened, rows, transaction

ORDERS = 60
LATER = AT + timedelta(minutes=35)
"""When all three steps of every clock are due."""
STEPS = ["80%", "100%", "150%"]


def sweep(database: Database, at=LATER, bus: Bus | None = None) -> None:
    """Let one replica's tick run."""

    def begun(*, now, channel, correlation_id) -> SqlUnitOfWork:
        return SqlUnitOfWork(database, desks=DESKS, now=now, channel=channel, correlation_id=correlation_id)

    sweep_sla(SqlDue(database), CommandRunner(begun, bus or make_bus()).run, lambda: at)


def due_clocks(database: Database, count: int = ORDERS) -> None:
    keep(database, document())
    keep(database, orders=count, clocks=[clock(number) for number in range(count)])


def fired(database: Database, number: int) -> list[str]:
    query = (
        "SELECT f.step FROM sla_firing f JOIN sla_clock c ON c.id = f.clock_id "
        "JOIN work_order w ON w.id = c.work_order_id WHERE w.number = :number ORDER BY f.seq"
    )
    return [step for (step,) in rows(database, query, number=f"W{number:05d}")]


def told(database: Database) -> list[tuple[str, str]]:
    found = rows(database, "SELECT audience, message_key FROM outbox WHERE card = 'reminder'")
    return [(audience, key) for audience, key in found]


def accepted(database: Database, number: int) -> str:
    """Accept as the inbound path does: a lost race is run again."""
    command = AcceptWorkOrder(work_order_id=order_id(number), **cause(LI, LATER, f"accept:{number}"))
    for _ in range(5):
        try:
            with transaction(database, LATER) as uow:
                make_bus().handle(command, uow)
                uow.commit()
        except ConcurrentUpdate:
            continue
        except DomainError as refusal:
            return refusal.code
        return "done"
    return "lost"


def test_after_downtime_every_missed_step_fires_once_and_in_order(database: Database):
    due_clocks(database, 1)

    sweep(database)
    sweep(database)

    assert fired(database, 0) == STEPS
    stamps = rows(database, "SELECT late_s, late_reason FROM sla_firing ORDER BY seq")
    assert [tuple(each) for each in stamps] == [
        (19 * 60, "downtime"),
        (15 * 60, "downtime"),
        (5 * 60, "downtime"),
    ]


def test_two_replicas_fire_every_step_once(database: Database, database_url: str):
    due_clocks(database)
    replicas = (database, Database(database_url))

    at_once(2, lambda number: sweep(replicas[number]))
    sweep(database)

    replicas[1].close()
    assert all(fired(database, number) == STEPS for number in range(ORDERS))
    keys = told(database)
    assert len(keys) == len(set(keys))
    assert one(database, "SELECT count(*) FROM event WHERE name = 'StepFired'") == len(STEPS) * ORDERS
    assert one(database, "SELECT count(*) FROM sla_clock WHERE next_at IS NOT NULL") == 0


def test_two_replicas_tell_as_much_as_one_alone(database: Database, database_url: str):
    due_clocks(database)
    replicas = (database, Database(database_url))

    at_once(2, lambda number: sweep(replicas[number], DUE))

    replicas[1].close()
    assert [audience for audience, _ in told(database)] == [f"person:{LI}"] * ORDERS


def test_an_answer_beside_the_sweep_neither_deadlocks_nor_is_lost(database: Database, database_url: str):
    due_clocks(database, 20)
    replicas = (database, Database(database_url))
    ended: list[str] = []

    def work(number: int) -> None:
        if number < 2:
            sweep(replicas[number])
        else:
            ended.extend(accepted(database, order) for order in range(20))

    at_once(3, work)
    sweep(database)

    replicas[1].close()
    assert set(ended) == {"done"}
    assert {tuple(fired(database, number)) for number in range(20)} <= {(), tuple(STEPS)}
    assert one(database, "SELECT count(*) FROM sla_clock WHERE kind = 'response' AND state = 'missed'") == 20


def test_nothing_fires_after_the_answer(database: Database):
    due_clocks(database, 2)
    assert accepted(database, 0) == "done"

    sweep(database, LATER + timedelta(minutes=1))

    assert (fired(database, 0), fired(database, 1)) == ([], STEPS)


def test_work_orders_that_somebody_works_on_wait_for_the_next_tick(postgresql_url: str):
    with opened(postgresql_url) as database:
        due_clocks(database, 3)

        with transaction(database) as uow:
            uow.work_orders.get(order_id(1))
            sweep(database)
            assert [fired(database, number) for number in range(3)] == [STEPS, [], STEPS]
        sweep(database)

        assert fired(database, 1) == STEPS


@pytest.mark.parametrize(("moment", "kept"), [("after_flush", 0), ("before_commit", 0), ("after_commit", 30)])
def test_a_scheduler_that_dies_inside_a_lot_loses_and_doubles_nothing(
    database: Database, moment: str, kept: int
):
    due_clocks(database, 10)

    with pytest.raises(PowerCut):
        dying(moment, partial(sweep, database))
    assert one(database, "SELECT count(*) FROM sla_firing") == kept
    sweep(database)

    assert all(fired(database, number) == STEPS for number in range(10))
    assert len(told(database)) == len(set(told(database))) == one(database, "SELECT count(*) FROM outbox")


def test_one_work_order_that_cannot_be_decided_keeps_nobody_waiting(database: Database):
    due_clocks(database, 5)
    with database.write() as session, session.begin():
        session.connection().exec_driver_sql(
            "UPDATE sla_clock SET document = 99 WHERE id IN (SELECT c.id FROM sla_clock c JOIN work_order w "
            "ON w.id = c.work_order_id WHERE w.number = 'W00002')"
        )

    sweep(database)

    assert [fired(database, number) for number in range(5)] == [STEPS, STEPS, [], STEPS, STEPS]


def test_a_tick_that_comes_with_an_older_clock_fires_nothing_early(database: Database):
    due_clocks(database, 1)

    sweep(database, DUE)
    sweep(database, DUE - timedelta(minutes=10))
    sweep(database, DUE + timedelta(seconds=239))

    assert fired(database, 0) == ["80%"]


def test_a_command_of_a_stale_list_fires_nothing(database: Database):
    due_clocks(database, 1)
    commands: list[Command] = []
    sweep_sla(SqlDue(database), commands.append, lambda: LATER)
    accepted(database, 0)

    with transaction(database, LATER) as uow:
        make_bus().handle(commands[0], uow)
        uow.commit()

    assert fired(database, 0) == []
