"""The Stream gateway: one-use tickets and the websocket server."""

import asyncio
import json
import logging
import random
import socket as sockets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from sandbox.core.clock import SandboxClock
from sandbox.core.journal import Journal
from sandbox.dingtalk import frames, ids
from sandbox.dingtalk.settings import Settings
from sandbox.dingtalk.state import PLATFORM

TICKET_TTL = timedelta(seconds=90)
Topics = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Ticket:
    """Admission of one socket, with what it subscribed to."""

    topics: Topics
    expires_at: datetime
    deaf: bool = False


@dataclass(eq=False)
class Socket:
    """One open Stream connection; a closing one is pushed nothing any more."""

    connection: ServerConnection
    topics: Topics
    id: str = field(default_factory=ids.guid)
    closing: bool = False

    def wants(self, frame_type: str, topic: str) -> bool:
        """Tell whether this frame may be pushed here."""
        return not self.closing and (frame_type == frames.SYSTEM or (frame_type, topic) in self.topics)


class Gateway:
    """A websocket server on a thread and loop of its own."""

    def __init__(self, settings: Settings, clock: SandboxClock, journal: Journal) -> None:
        self._settings, self._clock, self._journal = settings, clock, journal
        self._lock = threading.Lock()
        self._tickets: dict[str, Ticket] = {}
        self._admitted: dict[ServerConnection, Ticket] = {}
        self._sockets: list[Socket] = []
        self._half_open = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._bound: sockets.socket | None = sockets.create_server(("127.0.0.1", 0))
        self._port: int = self._bound.getsockname()[1]
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._thread: threading.Thread | None = None
        self.on_open: Callable[[Socket], None] = lambda _: None
        self.on_text: Callable[[Socket, str], None] = lambda *_: None

    @property
    def endpoint(self) -> str:
        """Return where a ticket is good; it has no query of its own."""
        return f"ws://127.0.0.1:{self._port}/connect"

    @property
    def half_open(self) -> bool:
        """Tell whether sockets look alive but neither read nor write, not even a pong."""
        return self._half_open

    @half_open.setter
    def half_open(self, on: bool) -> None:
        self._half_open = on
        for socket in self.open_sockets():
            self.soon(_pause if on else _resume, socket)

    def issue(self, subscriptions: list[dict[str, Any]], *, deaf: bool = False) -> str:
        """Return a ticket for one connection within 90 s; a deaf one will be pushed nothing."""
        topics = frozenset((str(each.get("type")), str(each.get("topic"))) for each in subscriptions)
        ticket = ids.guid()
        with self._lock:
            self._tickets[ticket] = Ticket(topics, self._clock.now() + TICKET_TTL, deaf)
        return ticket

    def open_sockets(self) -> list[Socket]:
        """Return the sockets that are open, also those told to go."""
        with self._lock:
            return list(self._sockets)

    def choose(self, frame_type: str, topic: str) -> Socket | None:
        """Return one of the sockets that subscribed to the topic, by chance."""
        fitting = [socket for socket in self.open_sockets() if socket.wants(frame_type, topic)]
        return random.choice(fitting) if fitting else None

    def send(self, socket: Socket, message: dict[str, Any] | str) -> None:
        """Send a frame, or text as it is, without waiting; a half-open socket swallows it."""
        if self._half_open or self._loop is None:
            return
        text = message if isinstance(message, str) else json.dumps(message, ensure_ascii=False)
        self.soon(self._start_sending, socket, text)

    def soon(self, call: Callable[..., Any], *args: Any, after_s: float = 0.0) -> None:
        """Run something on the gateway's loop, now or later."""
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        if after_s:
            loop.call_soon_threadsafe(loop.call_later, after_s, lambda: call(*args))
        else:
            loop.call_soon_threadsafe(call, *args)

    def disconnect(self, reason: str) -> None:
        """Tell every socket to reconnect, push nothing to it any more and cut it after the time of grace."""
        for socket in self.open_sockets():
            socket.closing = True
            self.send(socket, frames.disconnect_frame(reason, self._clock.now_ms()))
            self.soon(_abort, socket, after_s=self._settings.disconnect_grace_s)

    def drop_connections(self) -> None:
        """Cut every socket without a closing handshake."""
        for socket in self.open_sockets():
            socket.closing = True
            self.soon(_abort, socket)

    def start(self) -> None:
        """Begin to listen; the port stays the same over stop and start."""
        bound = self._bound or sockets.create_server(("127.0.0.1", self._port))
        self._bound = None
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(bound, ready)), name="dingtalk-gateway", daemon=True
        )
        self._thread.start()
        ready.wait(5)

    def stop(self) -> None:
        """Cut every socket and stop listening."""
        if self._thread is None:
            if self._bound is not None:
                self._bound.close()
                self._bound = None
            return
        self.drop_connections()
        self.soon(self._stopping.set)
        self._thread.join(5)
        self._thread = None

    async def _serve(self, bound: sockets.socket, ready: threading.Event) -> None:
        self._stopping = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        quiet = logging.getLogger("sandbox.dingtalk.websockets")
        quiet.setLevel(logging.CRITICAL)
        async with serve(
            self._attend,
            sock=bound,
            process_request=self._admit,
            ping_interval=None,
            close_timeout=1,
            logger=quiet,
        ):
            ready.set()
            await self._stopping.wait()
            self._loop = None

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Let a valid ticket in, once."""
        parts = urlsplit(request.path)
        ticket_id = parse_qs(parts.query).get("ticket", [""])[0]
        with self._lock:
            ticket = self._tickets.pop(ticket_id, None)
        if parts.path != "/connect":
            return connection.respond(HTTPStatus.NOT_FOUND, "not found\n")
        if ticket is None or ticket.expires_at <= self._clock.now():
            self._journal.add(PLATFORM, "dropped", reason="ticket unknown, used or expired")
            return connection.respond(HTTPStatus.UNAUTHORIZED, "ticket invalid\n")
        self._admitted[connection] = ticket
        return None

    async def _attend(self, connection: ServerConnection) -> None:
        """Serve one socket until it goes."""
        ticket = self._admitted.pop(connection)
        if self._settings.accept_then_close:
            self._journal.add(PLATFORM, "dropped", reason="accept_then_close")
            await connection.close(1000)
            return
        socket = Socket(connection, frozenset() if ticket.deaf else ticket.topics)
        with self._lock:
            self._sockets.append(socket)
        if self._half_open:
            _pause(socket)
        self._journal.add(PLATFORM, "connected", socket=socket.id, topics=sorted(ticket.topics))
        self.on_open(socket)
        try:
            async for text in connection:
                self.on_text(socket, text if isinstance(text, str) else text.decode(errors="replace"))
        except ConnectionClosed:
            pass
        finally:
            with self._lock:
                self._sockets.remove(socket)
            self._journal.add(PLATFORM, "disconnected", socket=socket.id)

    def _start_sending(self, socket: Socket, text: str) -> None:
        task = asyncio.ensure_future(self._send(socket, text))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, socket: Socket, text: str) -> None:
        try:
            await socket.connection.send(text)
        except ConnectionClosed:
            self._journal.add(PLATFORM, "dropped", reason="socket went while sending", socket=socket.id)


def _abort(socket: Socket) -> None:
    socket.connection.transport.abort()


def _pause(socket: Socket) -> None:
    socket.connection.transport.pause_reading()


def _resume(socket: Socket) -> None:
    if not socket.connection.transport.is_closing():
        socket.connection.transport.resume_reading()
