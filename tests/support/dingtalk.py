"""The played DingTalk with what a test needs around it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from adapters.dingtalk.client import DingtalkClient
from adapters.dingtalk.pace import Pace
from adapters.dingtalk.stream import StreamSupervisor
from adapters.inbound import Receiver
from sandbox.core.clock import SandboxClock
from sandbox.core.faults import Faults
from sandbox.core.journal import Entry, Journal
from sandbox.dingtalk import DingtalkSandbox
from tests.fakes.dingtalk import real_now, render
from tests.fakes.tokens import MemoryTokens

LI = "0166512345678"
WANG = "manager7675"
OPEN = "gateway/open"
QUICK = Pace(first_s=0.05, max_s=0.2, stable_s=30.0)


@dataclass
class Platform:
    """One sandbox, its clock, its journal and its faults."""

    sandbox: DingtalkSandbox
    clock: SandboxClock
    journal: Journal
    faults: Faults
    group: str

    def client(self, **changes: Any) -> DingtalkClient:
        """Return a client of the played app with a token store of its own."""
        sandbox = self.sandbox
        parts: dict[str, Any] = {
            "client_id": sandbox.client_id,
            "client_secret": sandbox.client_secret,
            "api_base": sandbox.api_base,
            "oapi_base": sandbox.oapi_base,
            "tokens": MemoryTokens(),
            "now": self.clock.now,
        }
        return DingtalkClient(**(parts | changes))

    @contextmanager
    def stream(
        self, receiver: Receiver, *, connect: bool = True, **options: Any
    ) -> Iterator[StreamSupervisor]:
        """Run a supervisor against this platform, and stop it."""
        sandbox = self.sandbox
        supervisor = StreamSupervisor(
            sandbox.client_id,
            sandbox.client_secret,
            sandbox.api_base,
            receiver,
            render,
            real_now,
            **({"pace": QUICK} | options),
        )
        supervisor.start()
        try:
            if connect:
                sandbox.wait_connected(5)
                wait_until(lambda: supervisor.connected, "the supervisor knows that it is connected")
            yield supervisor
        finally:
            assert supervisor.stop(5)

    def calls(self, operation: str) -> list[Entry]:
        """Return the calls of one operation so far."""
        return [entry for entry in self.journal.entries("call") if entry.data["operation"] == operation]

    def ack(self, timeout_s: float = 5.0, **facts: Any) -> Entry:
        """Wait for the first acknowledgement with these facts."""

        def look() -> Entry | None:
            entries = self.journal.entries("ack")
            return next((e for e in entries if facts.items() <= e.data.items()), None)

        return self.journal.wait_for(look, timeout_s, f"an acknowledgement with {facts}")


@contextmanager
def platform() -> Iterator[Platform]:
    """Play DingTalk with two technicians and a group of both."""
    clock, faults = SandboxClock(), Faults()
    journal = Journal(clock)
    sandbox = DingtalkSandbox(clock, journal, faults)
    sandbox.add_user(LI, "李工", "13800000001")
    sandbox.add_user(WANG, "王工", "13800000002")
    group = sandbox.add_group("华东售后", [LI, WANG])
    sandbox.start()
    try:
        yield Platform(sandbox, clock, journal, faults, group)
    finally:
        sandbox.stop()


def wait_until(look: Callable[[], object], what: str, timeout_s: float = 5.0) -> None:
    """Wait until something holds."""
    pause = threading.Event()
    deadline = time.monotonic() + timeout_s
    while not look():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not seen within {timeout_s:g} s: {what}")
        pause.wait(0.01)
