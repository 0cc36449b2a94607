"""What the pump asks about reminders uses indexes, in an outbox with tens of thousands of rows."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from adapters.delivery.store import Owed
from adapters.storage.engine import Database
from adapters.storage.folds import SqlFolds
from adapters.storage.outbox import SqlOutbox
from adapters.storage.tables import OutboxRow
from tests.contract.test_query_plans import outbox_rows
from tests.support.builders import AT, owed
from tests.support.plans import crowded_database, plans, scanned

LATER = AT + timedelta(minutes=1)
AUDIENCE = "person:7"


def reminders() -> Iterator[dict[str, object]]:
    for number, row in enumerate(outbox_rows()):
        yield row | {
            "line": f"第 {number} 行" if number % 3 else "",
            "sent_at": None if row["state"] == "pending" else AT + timedelta(seconds=number),
        }


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give one outbox for all plans, filled in bulk."""
    with crowded_database(request, tmp_path_factory.mktemp("reminders"), _fill) as database:
        yield database


def _fill(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(insert(OutboxRow), list(reminders()))
        connection.execute(text("ANALYZE"))


def leader() -> Owed:
    return owed(audience=AUDIENCE, line="一行")


def test_claiming_reads_only_what_is_due(crowded: Database):
    plan = plans(crowded, lambda: SqlOutbox(crowded).claim(LATER, 60, 6))

    assert scanned(plan, "outbox") == []
    assert "ix_outbox_due" in plan
    assert "ix_outbox_lane" in plan


def test_gathering_reads_only_what_is_due(crowded: Database):
    plan = plans(crowded, lambda: SqlFolds(crowded).gather([leader()], LATER, 60))

    assert scanned(plan, "outbox") == []
    assert "ix_outbox_foldable" in plan or "ix_outbox_due" in plan


def test_what_an_audience_has_seen_lately_is_found_by_its_index(crowded: Database):
    plan = plans(crowded, lambda: SqlFolds(crowded).shown(AUDIENCE, AT))

    assert scanned(plan, "outbox") == []
    assert "ix_outbox_shown" in plan
