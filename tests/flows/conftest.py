"""The loop of a flow test: once on SQLite, once on PostgreSQL."""

import logging
from collections.abc import Iterator

import pytest

from tests.support.loop import Loop


@pytest.fixture
def stage(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loop]:
    """Give the platforms, and a product that the test starts with settings of its own."""
    loop = Loop(database_url)
    # One clock for everybody, and no waiting where nothing is to be waited for.
    monkeypatch.setattr("bootstrap.wiring.utc_now", loop.clock.now)
    monkeypatch.setattr("bootstrap.wiring.DISPATCH_EVERY_S", 0.05)
    monkeypatch.setattr("bootstrap.wiring.IDLE_PAUSE_S", 0.02)
    monkeypatch.setattr("adapters.delivery.pump.IDLE_PAUSE_S", 0.02)
    # Ticks so quick overtake each other now and then; that is nothing to tell.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    logging.getLogger().addHandler(loop.errors)
    try:
        loop.start_platforms()
        yield loop
    finally:
        loop.stop()
        logging.getLogger().removeHandler(loop.errors)
    assert not loop.errors.seen, loop.errors.seen


@pytest.fixture
def loop(stage: Loop) -> Loop:
    """Give the whole loop, connected and at rest."""
    stage.start_product()
    return stage
