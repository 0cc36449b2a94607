"""SQLite's one writer at a time, one after the other, across threads and processes."""

import fcntl
import threading
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, event

_HELD = "writer's turn"


class WriterTurns:
    """A queue in front of `BEGIN IMMEDIATE`, where SQLite itself only polls with ever longer pauses.

    The queue is a courtesy, SQLite's own lock decides: whoever waited too long asks SQLite directly.
    See docs/adr/0018-sqlite-writers-take-turns.md.
    """

    def __init__(self, lock_file: Path, patience_s: float) -> None:
        self._lock_file = lock_file
        self._patience_s = patience_s
        self._threads = threading.Lock()

    def guard(self, engine: Engine) -> None:
        """Take turns back when a connection returns to its pool, however its transaction ended."""
        event.listen(engine, "checkin", self._give_back)

    def take(self, connection: Connection) -> None:
        """Wait for a turn; the connection keeps it until it returns to its pool."""
        held = connection.connection.record_info
        if held is None or _HELD in held or not self._threads.acquire(timeout=self._patience_s):
            return
        try:
            held[_HELD] = _locked(self._lock_file)
        except OSError:
            self._threads.release()
            raise

    def _give_back(self, _connection: object, record: Any) -> None:
        file = record.record_info.pop(_HELD, None)
        if file is not None:
            file.close()
            self._threads.release()


def _locked(path: Path) -> IO[bytes]:
    """Return the lock file, locked until it is closed; it is never removed, or two queues could form."""
    file = path.open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:
        file.close()
        raise
    return file
