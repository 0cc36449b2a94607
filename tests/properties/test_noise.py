"""Whatever arrives: never more than the limit in any rolling minute, none lost, the most urgent first."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from adapters.storage.engine import Database
from tests.support import databases, storage
from tests.support.noise import GROUP, HOOK, Group, Stage, breach

ARRIVALS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 30), st.integers(0, 3)), min_size=1, max_size=12
)
"""(seconds after the one before, how many at once, how urgent)."""
URGENCY = (0, 1, 2, 3)


@pytest.fixture(scope="module")
def database(run_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give one database for all examples."""
    made_at = tmp_path_factory.mktemp("noise") / "fixloop.db"
    with storage.opened(databases.migrated_sqlite(run_directory, made_at)) as opened:
        yield opened


def fresh(database: Database) -> Stage:
    with database.write() as session, session.begin():
        for table in ("delivery", "outbox", "card_copy", "fold_turn", "send_budget"):
            session.execute(text(f"DELETE FROM {table}"))
    return Stage(database)


def fullest_minute(*groups: Group) -> int:
    at = sorted(each.at for group in groups for each in group.messages.values())
    return max(sum(begin <= other < begin + timedelta(minutes=1) for other in at) for begin in at)


@pytest.mark.parametrize("audience", [HOOK, GROUP])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=ARRIVALS)
def test_reminders_keep_to_the_budget_and_none_is_lost(
    database: Database, audience: str, arrivals: list[tuple[int, int, int]]
):
    stage, urgency = fresh(database), dict[int, int]()
    for wait_s, count, level in arrivals:
        numbers = range(len(urgency), len(urgency) + count)
        urgency |= dict.fromkeys(numbers, level)
        stage.owe(*(breach(number, audience, urgency=level) for number in numbers))
        stage.run(after_s=wait_s)
    for _ in range(24):
        stage.run(after_s=5)

    groups = (stage.hook, stage.card, stage.text)
    assert sorted(stage.numbers(*groups)) == sorted(urgency)
    assert storage.rows(database, "SELECT DISTINCT state FROM outbox") == [("sent",)]
    assert fullest_minute(*groups) <= 18
    assert sum(group.refused for group in groups) == 0
    for group in groups:
        for message in group.messages.values():
            assert all(urgency[a] >= urgency[b] for a, b in pairwise(message.numbers))
