"""The loop of a flow test, on SQLite; where it leans on the database, on PostgreSQL as well."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.filled import unfilled
from tests.support.loop import Loop

HERE = Path(__file__).parent

ON_BOTH = frozenset(
    f"test_{name}"
    for name in (
        "approvals",
        "closing",
        "countersigning",
        "confirming",
        "dispatch",
        "faults",
        "group_waiting",
        "intake",
        "kf",
        "presses",
        "races",
        "repeat_failures",
        "repeats",
        "story",
        "todo",
        "two_platforms",
    )
)
"""Flows in which several want the same row at once, or the whole loop is played.

What the others ask of storage has contract tests, which run on both.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [item for item in items if not _is_left_out(item)]


def _is_left_out(item: pytest.Item) -> bool:
    on_postgresql = "[postgresql" in item.name and "database_url" in getattr(item, "fixturenames", ())
    return on_postgresql and item.path.parent == HERE and item.path.stem not in ON_BOTH


@pytest.fixture
def stage(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loop]:
    """Give the platforms, and a product that the test starts with settings of its own."""
    loop = Loop(database_url)
    # One clock for everybody, and no waiting where nothing is to be waited for.
    monkeypatch.setattr("bootstrap.wiring.utc_now", loop.clock.now)
    monkeypatch.setattr("bootstrap.wiring.DISPATCH_EVERY_S", 0.05)
    monkeypatch.setattr("bootstrap.wiring.FOLLOW_UPS_EVERY_S", 0.1)
    monkeypatch.setattr("bootstrap.wiring.PROCESSES_EVERY_S", 0.05)
    monkeypatch.setattr("bootstrap.wiring.ABSENCES_EVERY_S", 0.1)
    monkeypatch.setattr("bootstrap.wiring.PARTS_EVERY_S", 0.1)
    monkeypatch.setattr("bootstrap.wiring.SLA_EVERY_S", 0.05)
    monkeypatch.setattr("bootstrap.wiring.SNOOZE_EVERY_S", 0.05)
    monkeypatch.setattr("bootstrap.wiring.DIGEST_EVERY_S", 3600.0)
    monkeypatch.setattr("bootstrap.wiring.IDLE_PAUSE_S", 0.02)
    monkeypatch.setattr("adapters.delivery.pump.IDLE_PAUSE_S", 0.02)
    loop.news.is_awaited_by_the_product(monkeypatch)
    # Ticks so quick overtake each other now and then; that is nothing to tell.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    logging.getLogger().addHandler(loop.errors)
    try:
        loop.start_platforms()
        yield loop
        assert not (left := unfilled(loop.outbox())), left
    finally:
        loop.stop()
        logging.getLogger().removeHandler(loop.errors)
    assert not loop.errors.seen, loop.errors.seen


@pytest.fixture
def loop(stage: Loop) -> Loop:
    """Give the whole loop, connected and at rest."""
    stage.start_product()
    return stage
