"""The product's clock on a stage: read from what the stage wrote when it moved its own."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters import clock

TOLERATED = timedelta(seconds=5)


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the process its real clock back afterwards."""
    monkeypatch.setattr(clock, "_now", clock._now)


def pace(file: Path, real_at: datetime, shown_at: datetime, speed: int) -> None:
    told = {"real_at": real_at.isoformat(), "shown_at": shown_at.isoformat(), "speed": speed}
    file.write_text(json.dumps(told), "utf-8")


@pytest.mark.usefixtures("real")
def test_what_was_shown_goes_on_at_its_speed(tmp_path: Path):
    file = tmp_path / "clock.json"
    shown_at = datetime(2030, 1, 1, tzinfo=UTC)
    pace(file, datetime.now(UTC) - timedelta(minutes=1), shown_at, 60)

    clock.follow(file)

    assert timedelta(hours=1) <= clock.utc_now() - shown_at < timedelta(hours=1) + 60 * TOLERATED


@pytest.mark.usefixtures("real")
def test_a_moved_clock_is_followed_at_once(tmp_path: Path):
    file, now = tmp_path / "clock.json", datetime.now(UTC)
    pace(file, now, now, 1)
    clock.follow(file)
    before = clock.utc_now()

    pace(file, now, now + timedelta(days=1), 1)

    assert clock.utc_now() - before >= timedelta(days=1)


def test_without_a_stage_it_is_the_real_time():
    assert abs(clock.utc_now() - datetime.now(UTC)) < TOLERATED
