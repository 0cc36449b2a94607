"""`fixloop stream`: the vendor's stream client in a thread of its own, watched and restarted."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any, Final

from dingtalk_stream import CallbackHandler, ChatbotMessage, Credential

from adapters.dingtalk.gateway import GatewayClient, GatewayDoor, GatewayRefused, Ticket
from adapters.dingtalk.handlers import (
    CardPressHandler,
    FrontDesk,
    Render,
    RobotMessageHandler,
    UnwantedEventHandler,
)
from adapters.dingtalk.logs import quiet_vendor_logs
from adapters.dingtalk.pace import Pace
from adapters.inbound import Receiver

ROBOT_TOPIC: Final = str(ChatbotMessage.TOPIC)
CARD_TOPIC: Final = str(CallbackHandler.TOPIC_CARD_CALLBACK)
_OPEN_LIMIT_S: Final = 15.0
_DRAIN_S: Final = 2.0
_CLOSE_S: Final = 1.0

_log = logging.getLogger(__name__)


class StreamSupervisor:
    """Keeps one stream connection alive until told to stop.

    Args:
        api_base: `scheme://host[:port]` of the new API.
        receiver: called on threads, several at a time.
        render: lays out the card an answer names.
        now: gives the present moment, aware UTC.
        silence_limit_s: a connection without any frame, pings included, for so long is dead.
        workers: threads for messages, and as many for presses.
        pending_limit: how many frames may wait for a thread before new ones are left to be delivered again.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        api_base: str,
        receiver: Receiver,
        render: Render,
        now: Callable[[], datetime],
        *,
        silence_limit_s: float = 120.0,
        workers: int = 8,
        pending_limit: int = 1000,
        pace: Pace | None = None,
    ) -> None:
        quiet_vendor_logs()
        self._credential = Credential(client_id, client_secret)
        self._door = GatewayDoor(client_id, client_secret, api_base, (ROBOT_TOPIC, CARD_TOPIC))
        self._new_desk = partial(FrontDesk, receiver, render, workers, pending_limit)
        self._now = now
        self._silence_limit_s = silence_limit_s
        self._pace = pace or Pace()
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop_asked: asyncio.Event | None = None
        self._connected = False
        self._last_frame_at: datetime | None = None
        self._last_frame_tick = 0.0

    @property
    def connected(self) -> bool:
        """Return whether a connection stands."""
        return self._connected

    @property
    def last_frame_at(self) -> datetime | None:
        """Return when the platform last sent anything, or None before the first frame."""
        return self._last_frame_at

    def start(self) -> None:
        """Begin to connect; returns at once."""
        if self._thread is not None and self._thread.is_alive():
            raise RuntimeError("the stream is running already")
        self._stopping.clear()
        self._thread = threading.Thread(target=self._work, name="dingtalk-stream", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 10.0) -> bool:
        """Answer what is in hand, disconnect, and return whether that was done in time."""
        self._stopping.set()
        loop, stop_asked = self._loop, self._stop_asked
        if loop is not None and stop_asked is not None:
            with contextlib.suppress(RuntimeError):  # The loop ended by itself.
                loop.call_soon_threadsafe(stop_asked.set)
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        try:
            asyncio.run(self._keep_connected())
        finally:
            self._connected = False

    async def _keep_connected(self) -> None:
        self._stop_asked = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        desk = self._new_desk()
        opener = ThreadPoolExecutor(1, "dingtalk-open")
        failures = 0
        try:
            while not self._stopping.is_set():
                try:
                    lived_s = await self._connect_once(desk, opener)
                except Exception:  # noqa: BLE001 - The edge: whatever broke, the stream is opened again.
                    _log.exception("a DingTalk stream connection ended by a defect")
                    lived_s = 0.0
                failures = self._pace.failures_after(failures, lived_s)
                await self._pause(self._pace.delay_s(failures))
        finally:
            opener.shutdown(wait=False, cancel_futures=True)
            await desk.close(_DRAIN_S)

    async def _connect_once(self, desk: FrontDesk, opener: ThreadPoolExecutor) -> float:
        """Return for how many seconds a connection stood; 0 for none."""
        ticket = await self._ticket(opener)
        if ticket is None:
            return 0.0
        client = GatewayClient(self._credential, ticket, self._note_frame)
        client.register_callback_handler(ROBOT_TOPIC, RobotMessageHandler(desk, self._now))
        client.register_callback_handler(CARD_TOPIC, CardPressHandler(desk, self._now))
        client.event_handler = UnwantedEventHandler()
        sdk = asyncio.create_task(client.start())
        try:
            return await self._watch(client, sdk)
        finally:
            self._connected = False
            await _leave(client, sdk)

    async def _ticket(self, opener: ThreadPoolExecutor) -> Ticket | None:
        asked = asyncio.get_running_loop().run_in_executor(opener, self._door.open)
        await self._until_stop_or({asked}, None)
        if not asked.done():
            asked.cancel()
            return None
        try:
            return asked.result()
        except GatewayRefused as error:
            _log.warning("the DingTalk gateway gave no ticket: %s", error.code)
            return None

    async def _watch(self, client: GatewayClient, sdk: asyncio.Task[None]) -> float:
        loop = asyncio.get_running_loop()
        opened = asyncio.create_task(client.opened.wait())
        await self._until_stop_or({opened, sdk}, _OPEN_LIMIT_S)
        opened.cancel()
        if not client.opened.is_set():
            _log.warning("the DingTalk gateway gave a ticket but no connection")
            return 0.0
        began = self._last_frame_tick = loop.time()
        self._connected = True
        _log.info("connected to the DingTalk gateway")
        closed = asyncio.create_task(client.websocket.wait_closed())
        while not closed.done() and not self._stopping.is_set():
            left_s = self._last_frame_tick + self._silence_limit_s - loop.time()
            if left_s <= 0:
                _log.warning("no frame for %.0f s: the connection is dead", self._silence_limit_s)
                client.websocket.transport.abort()
                break
            await self._until_stop_or({closed}, left_s)
        lived_s = loop.time() - began
        if self._stopping.is_set():
            await client.drain(_DRAIN_S)
        closed.cancel()
        _log.info("disconnected from the DingTalk gateway after %.0f s", lived_s)
        return lived_s

    def _note_frame(self) -> None:
        self._last_frame_at = self._now()
        self._last_frame_tick = asyncio.get_running_loop().time()

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            await self._until_stop_or(set(), seconds)

    async def _until_stop_or(self, awaited: set[Any], timeout_s: float | None) -> None:
        """Wait for the first of these, the stop, or the time."""
        assert self._stop_asked is not None
        stop = asyncio.create_task(self._stop_asked.wait())
        try:
            await asyncio.wait({stop, *awaited}, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.cancel()


async def _leave(client: GatewayClient, sdk: asyncio.Task[None]) -> None:
    """Close the connection and get out of the SDK's loop, which takes a cancellation for a network error.

    A second cancellation finds it asleep outside of its own `try`, and ends it.
    """
    socket = client.websocket
    if socket is not None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(socket.close(), _CLOSE_S)
        socket.transport.abort()
    for _ in range(20):
        await asyncio.wait({sdk}, timeout=0.05)
        if sdk.done():
            break
        sdk.cancel()
    if sdk.done() and not sdk.cancelled():
        sdk.exception()  # SessionOver; asking keeps asyncio from calling it unhandled.
