"""The queries that run all day use their index, on tables with tens of thousands of rows."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event, insert, inspect, text

from adapters.storage.due import SqlDue
from adapters.storage.engine import Database
from adapters.storage.inbox import inbox_values
from adapters.storage.outbox import SqlOutbox
from adapters.storage.tables import InboxRow, OutboxRow
from domain.kernel.model import Base
from domain.people.model import Identity, Person
from domain.workorder.model import Offer, WorkOrder
from domain.workorder.status import Status
from tests.support import databases, storage
from tests.support.builders import AT, LI, inbound, person, work_order

ROWS = 20_000
BUSY = 200
"""Rows that are still to be done; the others are history."""


def outbox_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        yield {
            "message_key": f"m{number}",
            "audience": f"person:{number % 500}",
            "lane": f"person:{number % 500}|{number // 4}",
            "card": "note",
            "view": {"text": "您好"},
            "subject_id": None,
            "living": False,
            "state": "pending" if number >= ROWS - BUSY else "sent",
            "due_at": AT + timedelta(seconds=number % 60),
            "correlation_id": "c",
            "created_at": AT,
        }


def inbox_rows() -> Iterator[dict[str, object]]:
    same = inbox_values(inbound(), state="done", now=AT, correlation_id="c")
    for number in range(ROWS):
        state = "pending" if number >= ROWS - BUSY else "done"
        yield same | {"delivery_key": f"k{number}", "sender_key": f"wm{number % 700}", "state": state}


def columns_of(record: Base) -> dict[str, object]:
    return {name: getattr(record, name) for name in list(inspect(type(record)).columns.keys())}


def work_order_rows() -> Iterator[dict[str, object]]:
    history, busy = (columns_of(work_order(status)) for status in (Status.CANCELLED, Status.OFFERED))
    for number in range(ROWS):
        yield (busy if number >= ROWS - BUSY else history) | {
            "id": UUID(int=10_000 + number),
            "number": f"WO-20261124-{number:05d}",
            "source_key": f"k{number}",
            "requester_id": UUID(int=10_000 + number % 900),
            "assignee_id": UUID(int=10_000 + number % 300),
        }


def offer_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        yield {
            "id": UUID(int=number),
            "work_order_id": UUID(int=10_000 + number),
            "technician_id": LI,
            "offered_at": AT,
            "expires_at": AT,
            "outcome": "expired",
            "reason": "",
        }


def person_rows() -> Iterator[dict[str, object]]:
    same = columns_of(person(LI))
    for number in range(ROWS):
        yield same | {"id": UUID(int=10_000 + number), "mobile": f"{13_900_000_000 + number}"}


def identity_rows() -> Iterator[dict[str, object]]:
    for number in range(ROWS):
        key = UUID(int=10_000 + number)
        yield {"id": key, "person_id": key, "platform": "dingtalk", "user_id": f"u{number}", "bound_at": AT}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give one database for all plans, filled in bulk."""
    directory: Path = tmp_path_factory.mktemp("crowded")
    if request.param == "sqlite":
        url = databases.migrated_sqlite(directory, directory / "fixloop.db")
        with storage.opened(url) as database:
            _fill(database)
            yield database
        return
    server = request.getfixturevalue("postgres_url")
    with databases.empty_postgres(server) as url:
        databases._migrate(url)
        with storage.opened(url) as database:
            _fill(database)
            yield database


def _fill(database: Database) -> None:
    with database.engine.begin() as connection:
        for table, rows in (
            (Person, person_rows()),
            (Identity, identity_rows()),
            (WorkOrder, work_order_rows()),
            (Offer, offer_rows()),
            (OutboxRow, outbox_rows()),
            (InboxRow, inbox_rows()),
        ):
            connection.execute(insert(table), list(rows))
    with database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def plans(database: Database, work: Callable[[], object]) -> str:
    """Run the work and return the plan of every SELECT and UPDATE it made, with its own parameters."""
    statements: list[tuple[str, object]] = []

    def keep(connection, cursor, statement, parameters, context, executemany) -> None:
        statements.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", keep)
    work()
    event.remove(database.engine, "before_cursor_execute", keep)
    return "\n".join(
        _plan(database, *each) for each in statements if each[0].startswith(("SELECT", "UPDATE", "WITH"))
    )


def _plan(database: Database, statement: str, parameters: object) -> str:
    if database.engine.dialect.name == "sqlite":
        with database.engine.connect() as connection:
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
            return "\n".join(str(row[-1]) for row in found)
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", statement)))
    general = re.sub(r"%\((\w+)\)s", lambda name: f"${names.index(name[1]) + 1}", statement)
    with database.engine.connect() as connection:
        shown = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)  # type: ignore[arg-type]
        with_values = "\n".join(str(row[0]) for row in shown)
        cursor = connection.connection.cursor()
        # The plan for any value, which a prepared statement may get after a few runs.
        cursor.execute(f"EXPLAIN (GENERIC_PLAN) {general}".encode())
        return with_values + "\n" + "\n".join(str(row[0]) for row in cursor.fetchall())


def scanned(plan: str, table: str) -> list[str]:
    """Return the lines of a plan that read a whole table."""
    whole = re.compile(rf"\bSeq Scan on {table}\b|\bSCAN {table}(?:_\d+)?(?! USING)\b", re.IGNORECASE)
    return [line for line in plan.splitlines() if whole.search(line)]


def in_transaction(database: Database, ask) -> Callable[[], object]:
    def run() -> None:
        with storage.transaction(database) as uow:
            ask(uow)

    return run


def test_claiming_uses_the_index_of_due_rows_and_the_index_of_lanes(crowded: Database):
    plan = plans(crowded, lambda: SqlOutbox(crowded).claim(AT + timedelta(minutes=1), 60, 6))

    assert plan
    assert scanned(plan, "outbox") == []
    assert "ix_outbox_due" in plan
    assert "ix_outbox_lane" in plan


def test_an_idle_claim_uses_the_index_of_due_rows(crowded: Database):
    plan = plans(crowded, lambda: SqlOutbox(crowded).claim(AT - timedelta(minutes=1), 60, 6))

    assert scanned(plan, "outbox") == []
    assert "ix_outbox_due" in plan


def test_waking_uses_the_index_of_waiting_rows(crowded: Database):
    plan = plans(crowded, in_transaction(crowded, lambda uow: uow.wake_waiting("conversation:x")))

    assert "ix_outbox_waiting" in plan


def test_the_next_pending_delivery_is_found_by_its_index(crowded: Database):
    plan = plans(crowded, lambda: SqlDue(crowded).next_pending(AT))

    assert scanned(plan, "inbox") == []
    assert "ix_inbox_pending" in plan
    # PostgreSQL may join the few pending rows by hash instead.
    assert "ix_inbox_waiting_sender" in plan or "Anti Join" in plan


def test_held_words_are_released_by_their_index(crowded: Database):
    plan = plans(crowded, in_transaction(crowded, lambda uow: uow.release_held("wecom_external", "wm1")))

    assert "ix_inbox_waiting_sender" in plan


def test_due_work_orders_are_found_by_their_index(crowded: Database):
    plan = plans(crowded, lambda: SqlDue(crowded).due_work_orders(AT, 100))

    assert "ix_work_order_next_due" in plan


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("ix_work_order_assignee_status", lambda uow: uow.work_orders.open_of_assignee(UUID(int=10_007), 5)),
        ("ix_work_order_requester_created", lambda uow: uow.work_orders.of_requester(UUID(int=10_007), 5)),
        (
            "uq_work_order_number|sqlite_autoindex_work_order",
            lambda uow: uow.work_orders.by_number("WO-20261124-00007"),
        ),
        (
            "uq_identity_platform_user_id|sqlite_autoindex_identity",
            lambda uow: uow.people.by_identity("dingtalk", "u77"),
        ),
        ("ix_person_mobile", lambda uow: uow.people.by_mobile("13900000077")),
        ("ix_offer_work_order_technician", lambda uow: uow.work_orders.offers(UUID(int=10_007))),
    ],
)
def test_what_every_message_asks_is_found_by_its_index(crowded: Database, index: str, ask):
    plan = plans(crowded, in_transaction(crowded, ask))

    assert scanned(plan, "(work_order|identity|person|offer)") == []
    assert re.search(index, plan)


def test_reading_a_whole_table_would_be_noticed(crowded: Database):
    plan = plans(
        crowded, lambda: storage.rows(crowded, "SELECT seq FROM outbox WHERE card = :card", card="x")
    )

    assert len(scanned(plan, "outbox")) >= 1


def test_a_claim_takes_no_more_than_its_limit_of_a_crowded_outbox(crowded: Database):
    assert len(SqlOutbox(crowded).claim(AT + timedelta(minutes=1), 60, 6)) == 6
