"""Faults a test can order: slow, broken, throttled or silent platforms."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One disturbance of one operation.

    Args:
        delay_s: wait so long before answering.
        status: answer this HTTP status with `body` instead of working (e.g. 502 and HTML).
        body: the body for `status`, sent as it is.
        content_type: the content type for `body`.
        error: answer this platform error instead of working: `{"errcode": 45009}` or
            `{"status": 400, "code": …}`.
        drop: work as usual towards the caller but deliver nothing to anybody (the silent drop).
        reset: do the work, then cut the connection before the answer.
    """

    delay_s: float = 0.0
    status: int = 0
    body: str = ""
    content_type: str = "text/html"
    error: dict[str, Any] = field(default_factory=dict)
    drop: bool = False
    reset: bool = False


class Faults:
    """A queue of faults per operation; an operation is named as its path, e.g. `message/send`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queued: dict[str, list[Fault]] = {}
        self._standing: dict[str, Fault] = {}

    def once(self, operation: str, fault: Fault, times: int = 1) -> None:
        """Disturb the next `times` calls of an operation."""
        with self._lock:
            self._queued.setdefault(operation, []).extend([fault] * times)

    def always(self, operation: str, fault: Fault | None) -> None:
        """Disturb every call until lifted with None."""
        with self._lock:
            if fault is None:
                self._standing.pop(operation, None)
            else:
                self._standing[operation] = fault

    def take(self, operation: str) -> Fault | None:
        """Return the fault for this call, waiting out its delay first."""
        with self._lock:
            queued = self._queued.get(operation)
            fault = queued.pop(0) if queued else self._standing.get(operation, self._standing.get("*"))
        if fault is not None and fault.delay_s:
            time.sleep(fault.delay_s)
        return fault
