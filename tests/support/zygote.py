"""Starts products quickly: a process that has imported everything forks one for each line it reads.

Run as `python -m tests.support.zygote`. Each line is JSON:
`{"env": {…}, "process": "serve", "crash": "after:7"}`;
the answer is the child's process id. `crash` says where the child kills itself with SIGKILL:

- `before:N` / `after:N`: right before / after its N-th commit;
- `sent:N`: after the N-th message reached a platform and before that is marked;
- `armed:` before one of these: counting begins with SIGUSR1;
- empty: nowhere.
"""

import itertools
import json
import os
import signal
import sys
import threading
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from adapters.delivery import pump
from adapters.delivery.ports import Channel
from bootstrap import wiring
from bootstrap.platforms import Platforms, connect_platforms
from bootstrap.serving import run_scheduler, run_stream, run_web, serve
from bootstrap.settings import load_settings

RUNS = {"serve": serve, "web": run_web, "stream": run_stream, "scheduler": run_scheduler}
QUICK_TICK_S = 0.1
QUICK_PAUSE_S = 0.02


class _DiesAfterSending:
    """A rung that works, and now and then is the last thing its process did."""

    def __init__(self, channel: Channel, count: "_Count") -> None:
        self._channel = channel
        self._count = count

    def send(self, *args: Any, **kwargs: Any) -> Any:
        sent = self._channel.send(*args, **kwargs)
        self._count.up()
        return sent

    def update(self, *args: Any, **kwargs: Any) -> Any:
        sent = self._channel.update(*args, **kwargs)  # type: ignore[attr-defined]
        self._count.up()
        return sent


class _Count:
    """Kills the process when it has counted far enough."""

    def __init__(self, last: int, armed: bool) -> None:
        self._last = last
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._counts = armed

    def arm(self, *_: object) -> None:
        self._counts = True

    def up(self, *_: object) -> None:
        with self._lock:
            if self._counts and next(self._numbers) == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


def _arm(crash: str) -> None:
    kind, _, number = crash.removeprefix("armed:").partition(":")
    count = _Count(int(number or 0), armed=not crash.startswith("armed:"))
    signal.signal(signal.SIGUSR1, count.arm)
    if kind in ("before", "after"):
        event.listen(Session, f"{kind}_commit", count.up)
    elif kind == "sent":
        connect = connect_platforms

        def connect_and_count(*args: Any) -> Platforms:
            platforms = connect(*args)
            platforms.channels = {
                name: _DiesAfterSending(channel, count) for name, channel in platforms.channels.items()
            }
            return platforms

        setattr(wiring, "connect_platforms", connect_and_count)  # noqa: B010


def _become_product(order: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(order["env"])
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (0, 1, 2):
        os.dup2(log if stream else os.open(os.devnull, os.O_RDONLY), stream)
    wiring.DISPATCH_EVERY_S = wiring.INTAKE_EVERY_S = wiring.PARTS_EVERY_S = QUICK_TICK_S
    wiring.IDLE_PAUSE_S = pump.IDLE_PAUSE_S = QUICK_PAUSE_S
    _arm(order.get("crash", ""))
    RUNS[order.get("process", "serve")](load_settings())
    os._exit(0)


def main() -> None:
    """Fork one product for each line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # Nobody asks how a product ended.
    wiring.understander()  # Loaded once for all products.
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _become_product(json.loads(line))
        print(pid, flush=True)


if __name__ == "__main__":
    main()
