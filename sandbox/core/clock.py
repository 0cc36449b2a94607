"""The sandbox's own clock, which a test may move."""

import threading
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """Real time plus an offset; moving it lets tokens, tickets and codes expire at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._offset = timedelta()

    def now(self) -> datetime:
        """Return the platform's present moment, aware UTC."""
        with self._lock:
            return datetime.now(UTC) + self._offset

    def now_s(self) -> int:
        """Return whole seconds since the epoch."""
        return int(self.now().timestamp())

    def now_ms(self) -> int:
        """Return milliseconds since the epoch."""
        return int(self.now().timestamp() * 1000)

    @property
    def ahead_s(self) -> float:
        """Return by how many seconds the platform's clock is ahead of real time."""
        with self._lock:
            return self._offset.total_seconds()

    def advance(self, seconds: float) -> None:
        """Move the platform's clock forward."""
        with self._lock:
            self._offset += timedelta(seconds=seconds)
