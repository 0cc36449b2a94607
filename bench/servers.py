"""Web servers under measurement, each a process tree of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).parent.parent
READY_S = 60.0
PRODUCT = ("-m", "bootstrap.cli", "web")
BARE = ("-m", "bench.bare")


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Server:
    """A running server; `cpu_s` is what it and its workers have used so far."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self._process = process

    def cpu_s(self) -> float:
        """Return processor seconds of all of its processes; a database server is not one of them."""
        top = psutil.Process(self._process.pid)
        times = [one.cpu_times() for one in (top, *top.children(recursive=True))]
        return float(sum(one.user + one.system for one in times))


@contextmanager
def running(module: Sequence[str], settings: Mapping[str, str], folder: Path, name: str) -> Iterator[Server]:
    """Run a server until the block ends; its log stays in the folder until then.

    Raises:
        RuntimeError: it did not get ready; the text is its log.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("FIXLOOP_")}
    environment |= dict(settings) | {"PYTHONPATH": str(ROOT)}
    log = folder / f"{name}.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, *module], env=environment, cwd=folder, stdout=sink, stderr=sink
        )
    try:
        port = int(settings["FIXLOOP_PORT"])
        if not _gets_ready(port, process):
            raise RuntimeError(f"{name} did not get ready:\n{log.read_text()}")
        yield Server(port, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        troubles = [line for line in log.read_text().splitlines() if "ERROR" in line or "WARNING" in line]
        for line in troubles[-5:]:
            print(f"  log of {name}: {line[:150]}")


def _gets_ready(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return True
        except OSError:
            time.sleep(0.05)
    return False
