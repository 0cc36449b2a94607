"""The load generator: one thread, raw sockets, one request in flight on each kept-alive connection."""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

READ = 64 * 1024


@dataclass
class Load:
    """What one run of requests gave.

    Args:
        wall_s: from the first byte sent to the last one received.
        client_cpu_s: processor time the generator itself took.
        waits_s: one latency for each request.
        failed: answers other than 200.
        reconnects: connections the server closed; their requests were sent again.
    """

    wall_s: float = 0.0
    client_cpu_s: float = 0.0
    waits_s: list[float] = field(default_factory=list)
    failed: int = 0
    reconnects: int = 0

    @property
    def per_s(self) -> float:
        """Return requests per second."""
        return len(self.waits_s) / self.wall_s

    def percentile_ms(self, percent: float) -> float:
        """Return a latency in milliseconds that so many percent of the requests did not exceed."""
        return percentile(self.waits_s, percent) * 1000


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


class _Connection:
    def __init__(self, port: int) -> None:
        self._port = port
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._request, self._answer = b"", b""
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        self._request, self._answer = request, b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def reconnected(self) -> "_Connection":
        """Return a new connection with the same request under way."""
        self.socket.close()
        again = _Connection(self._port)
        again.send(self._request)
        again.sent_at = self.sent_at
        return again

    def read(self) -> bool | None:
        """Return whether the answer was 200, or None while it is not complete.

        Raises:
            ConnectionError: the server closed.
        """
        part = self.socket.recv(READ)
        if not part:
            raise ConnectionError
        self._answer += part
        head, end, body = self._answer.partition(b"\r\n\r\n")
        if not end:
            return None
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        return head.startswith(b"HTTP/1.1 200") if len(body) >= length else None


def run(port: int, requests: Sequence[bytes], clients: int) -> Load:
    """Send every request once and return how long each took."""
    load, waiting = Load(), iter(requests)
    selector = selectors.DefaultSelector()
    connections = [_Connection(port) for _ in range(min(clients, len(requests)))]
    wall, cpu = time.perf_counter(), time.process_time()
    for connection in connections:
        connection.send(next(waiting))
        selector.register(connection.socket, selectors.EVENT_READ, connection)
    open_connections = len(connections)
    while open_connections:
        for key, _ in selector.select():
            open_connections -= _step(selector, key.data, waiting, load)
    load.wall_s, load.client_cpu_s = time.perf_counter() - wall, time.process_time() - cpu
    selector.close()
    return load


def _step(
    selector: selectors.BaseSelector, connection: _Connection, waiting: Iterator[bytes], load: Load
) -> int:
    """Read on one connection and send the next request on it; 1 when there is none left, else 0."""
    try:
        ok = connection.read()
    except ConnectionError:
        selector.unregister(connection.socket)
        connection = connection.reconnected()
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        load.reconnects += 1
        return 0
    if ok is None:
        return 0
    load.waits_s.append(time.perf_counter() - connection.sent_at)
    load.failed += not ok
    request = next(waiting, None)
    if request is not None:
        connection.send(request)
        return 0
    selector.unregister(connection.socket)
    connection.socket.close()
    return 1
