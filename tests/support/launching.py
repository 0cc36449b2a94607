"""Products that start within a blink and die on command."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


class Product:
    """One forked product."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def poll(self) -> int | None:
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return -1
        return None

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def arm(self) -> None:
        """Let it count from now on, if its end was announced with `armed:`."""
        self._send(signal.SIGUSR1)

    def wait(self, timeout: float | None = None) -> int | None:
        deadline = time.monotonic() + (timeout or 30)
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("product", timeout or 30)
            time.sleep(0.01)
        return -1

    def _send(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self._pid, number)


class Zygote:
    """A process that has imported the product and forks it on demand."""

    def __init__(self) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FIXLOOP_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
            env=kept,
        )
        self.crash = ""
        self.newest: Product | None = None

    def __call__(self, environment: Mapping[str, str], log_file: Path, process: str = "serve") -> Product:
        """Fork a product that dies where `crash` says."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {
            "env": dict(environment),
            "log": str(log_file),
            "process": process,
            "crash": self.crash,
        }
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        self.newest = Product(int(self._process.stdout.readline()))
        return self.newest

    def close(self) -> None:
        """End the zygote; forked products end on their own."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()
