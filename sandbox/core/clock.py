"""The sandbox's own clock, which a test may move."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Pace:
    """How the platform's time follows from real time since it was last moved.

    Args:
        real_at: when it was moved.
        shown_at: what the platform's clock showed then.
        speed: how many of its seconds pass in a real one.
    """

    real_at: datetime
    shown_at: datetime
    speed: int = 1

    def at(self, real: datetime) -> datetime:
        """Return what the platform's clock shows at a real moment."""
        return self.shown_at + (real - self.real_at) * self.speed


class SandboxClock:
    """Real time plus an offset, or faster; moving it lets tokens, tickets and codes expire at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        now = datetime.now(UTC)
        self._pace = Pace(now, now)
        self._listeners: list[Callable[[Pace], None]] = []

    def now(self) -> datetime:
        """Return the platform's present moment, aware UTC."""
        with self._lock:
            return self._pace.at(datetime.now(UTC))

    def now_s(self) -> int:
        """Return whole seconds since the epoch."""
        return int(self.now().timestamp())

    def now_ms(self) -> int:
        """Return milliseconds since the epoch."""
        return int(self.now().timestamp() * 1000)

    @property
    def pace(self) -> Pace:
        """Return how it goes since it was last moved."""
        with self._lock:
            return self._pace

    @property
    def ahead_s(self) -> float:
        """Return by how many seconds the platform's clock is ahead of real time."""
        with self._lock:
            real = datetime.now(UTC)
            return (self._pace.at(real) - real).total_seconds()

    def advance(self, seconds: float) -> None:
        """Move the platform's clock forward."""
        self._move(timedelta(seconds=seconds))

    def run(self, speed: int) -> None:
        """Let it go so many times as fast from now on; what it shows goes on from where it is."""
        self._move(timedelta(), speed)

    def listen(self, listener: Callable[[Pace], None]) -> None:
        """Tell the listener how the clock goes, now and whenever that changes, before anybody reads it."""
        with self._lock:
            self._listeners.append(listener)
            listener(self._pace)

    def _move(self, by: timedelta, speed: int | None = None) -> None:
        with self._lock:
            real = datetime.now(UTC)
            speed = self._pace.speed if speed is None else speed
            # The distance is kept as it is, so that whole hours stay whole hours.
            kept = speed == self._pace.speed == 1
            since = self._pace.real_at if kept else real
            self._pace = Pace(since, self._pace.at(since) + by, speed)
            for listener in self._listeners:
                listener(self._pace)
