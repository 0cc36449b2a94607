"""How often somebody may ask us something."""

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

PER_MINUTE = 60
KEPT = 10_000
"""Names remembered at once; past that, those who rest are forgotten."""


class RateLimit:
    """So many requests a minute for each key, in this process."""

    def __init__(self, now: Callable[[], datetime], per_minute: int = PER_MINUTE) -> None:
        self._now = now
        self._per_minute = per_minute
        self._seen: dict[str, deque[datetime]] = {}
        self._lock = threading.Lock()

    def admit(self, name: str) -> int:
        """Count one request; return 0, or in how many seconds the next one is let in."""
        now = self._now()
        with self._lock:
            if len(self._seen) >= KEPT:
                self._forget(now)
            seen = self._seen.setdefault(name, deque())
            while seen and now - seen[0] >= timedelta(minutes=1):
                seen.popleft()
            if len(seen) < self._per_minute:
                seen.append(now)
                return 0
            return max(1, int((seen[0] + timedelta(minutes=1) - now).total_seconds()) + 1)

    def _forget(self, now: datetime) -> None:
        rested = [
            name for name, seen in self._seen.items() if not seen or now - seen[-1] >= timedelta(minutes=1)
        ]
        for name in rested:
            del self._seen[name]
