"""The only place that asks what time it is."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path


def _real_now() -> datetime:
    return datetime.now(UTC)


_now: Callable[[], datetime] = _real_now


def utc_now() -> datetime:
    """Return the present moment, aware UTC."""
    return _now()


def follow(file: Path) -> None:
    """Take the time of this process from a stage's clock from now on.

    Args:
        file: what the stage writes whenever its clock is moved: JSON with `real_at` and `shown_at`, when it
            was moved and what it showed then, and `speed`, how many of its seconds pass in a real one.
    """

    def staged_now() -> datetime:
        pace = json.loads(file.read_text("utf-8"))
        passed = _real_now() - datetime.fromisoformat(pace["real_at"])
        return datetime.fromisoformat(pace["shown_at"]) + passed * int(pace["speed"])

    global _now
    _now = staged_now
