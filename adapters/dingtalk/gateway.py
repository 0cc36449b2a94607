"""The gateway: asking for a ticket, and the SDK's client for the one connection the ticket is good for.

Source: open-dingtalk/developerpedia learn/stream/protocol.
"""

import asyncio
import contextlib
import json
import logging
import platform
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import requests

# The SDK catches `websockets.exceptions.…` without importing that module; an HTML answer to the first open
# would then end it for good.
import websockets.exceptions
from dingtalk_stream import AckMessage, Credential, DingTalkStreamClient
from dingtalk_stream.frames import CallbackMessage, EventMessage, Headers, SystemMessage
from dingtalk_stream.version import VERSION_STRING

from adapters.dingtalk.logs import SDK_LOGGER

OPEN_PATH: Final = "/v1.0/gateway/connections/open"
_TIMEOUT_S: Final = (3.0, 8.0)
_NUMERIC_HEADERS: Final = ("time", "eventBornTime")

_log = logging.getLogger(__name__)


class GatewayRefused(Exception):
    """The gateway gave no ticket; `code` is its own, or `timeout`, `connection`, `not_json`, `http_…`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SessionOver(BaseException):
    """Leaves the SDK's endless loop after its one connection; it catches and retries every `Exception`."""


@dataclass(frozen=True)
class Ticket:
    """The right to one connection within 90 s; `secret` never reaches a log."""

    endpoint: str
    secret: str


class GatewayDoor:
    """Asks for tickets, with the body the SDK would send but with timeouts."""

    def __init__(self, client_id: str, client_secret: str, api_base: str, topics: tuple[str, ...]) -> None:
        self._client_id = client_id
        self._client_secret = client_secret
        self._url = api_base.rstrip("/") + OPEN_PATH
        self._topics = topics

    def open(self) -> Ticket:
        """Return a ticket; blocks for seconds at most.

        Raises:
            GatewayRefused: there is none now.
        """
        body = {
            "clientId": self._client_id,
            "clientSecret": self._client_secret,
            "subscriptions": [{"type": "CALLBACK", "topic": topic} for topic in self._topics],
            "ua": f"dingtalk-sdk-python/v{VERSION_STRING}-union",
            "localIp": _host_ip(),
        }
        agent = f"DingTalkStream/1.0 SDK/{VERSION_STRING} Python/{platform.python_version()}"
        headers = {"Accept": "application/json", "User-Agent": agent}
        try:
            response = requests.post(
                self._url, json=body, headers=headers, timeout=_TIMEOUT_S, allow_redirects=False
            )
        except requests.Timeout:
            raise GatewayRefused("timeout") from None
        except requests.RequestException:
            raise GatewayRefused("connection") from None
        return _ticket(response)


def _ticket(response: requests.Response) -> Ticket:
    try:
        answer = response.json()
    except ValueError:
        raise GatewayRefused("not_json" if response.ok else f"http_{response.status_code}") from None
    answer = answer if isinstance(answer, dict) else {}
    if response.status_code != 200:
        raise GatewayRefused(str(answer.get("code") or f"http_{response.status_code}")[:80])
    endpoint, secret = answer.get("endpoint"), answer.get("ticket")
    if not isinstance(endpoint, str) or not isinstance(secret, str) or not endpoint or not secret:
        raise GatewayRefused("no_ticket")
    return Ticket(endpoint, secret)


class GatewayClient(DingTalkStreamClient):  # type: ignore[misc]  # The SDK has no types.
    """The SDK's client, good for one connection; the supervisor makes a new one for the next.

    So an answer that comes late can only go to the connection its question came from.
    """

    def __init__(self, credential: Credential, ticket: Ticket, on_frame: Callable[[], None]) -> None:
        self.opened = asyncio.Event()
        self._socket: Any = None
        self._ticket: Ticket | None = ticket
        self._on_frame = on_frame
        self._answering: set[asyncio.Task[Any]] = set()
        super().__init__(credential, logging.getLogger(SDK_LOGGER))

    @property
    def websocket(self) -> Any:
        """Return the connection, or None before it stands."""
        return self._socket

    @websocket.setter
    def websocket(self, value: Any) -> None:
        # The SDK sets this once the connection stands; nothing else of it tells that moment.
        self._socket = value
        if value is not None:
            self.opened.set()

    def open_connection(self) -> dict[str, str]:
        """Hand the SDK the ticket that was fetched without blocking its loop; the second time, leave it."""
        ticket, self._ticket = self._ticket, None
        if ticket is None:
            raise SessionOver
        return {"endpoint": ticket.endpoint, "ticket": ticket.secret}

    async def background_task(self, json_message: Any) -> None:
        """Answer one frame, and be counted while doing so; the SDK itself keeps no hold on the task."""
        self._on_frame()
        task = asyncio.current_task()
        if task is not None:
            self._answering.add(task)
        try:
            await super().background_task(json_message)
        finally:
            if task is not None:
                self._answering.discard(task)

    async def drain(self, timeout_s: float) -> None:
        """Wait until every frame so far is answered."""
        if self._answering:
            await asyncio.wait(set(self._answering), timeout=timeout_s)

    async def route_message(self, json_message: Any) -> Any:
        """Refuse what the SDK would trip over or leave unanswered; the rest is the SDK's work."""
        code = _refusal(json_message, self.callback_handler_map)
        if code is None:
            return await super().route_message(_tidy(json_message))
        headers = json_message.get("headers") if isinstance(json_message, dict) else None
        message_id = headers.get("messageId") if isinstance(headers, dict) else None
        _log.warning("refused a frame that is not understood, code %s", code)
        if isinstance(message_id, str):
            with contextlib.suppress(websockets.exceptions.ConnectionClosed):
                await self._socket.send(json.dumps(acknowledgement(message_id, code, {}).to_dict()))
        return ""


def acknowledgement(message_id: str | None, code: int, data: Mapping[str, object]) -> Any:
    """Return the SDK's `AckMessage` for a frame."""
    ack = AckMessage()
    ack.code = code
    ack.headers.message_id = message_id
    ack.headers.content_type = Headers.CONTENT_TYPE_APPLICATION_JSON
    ack.message = "OK" if code == AckMessage.STATUS_OK else "refused"
    ack.data = data
    return ack


def _refusal(frame: Any, topics: Mapping[str, object]) -> int | None:
    """Return the code that refuses a frame, or None for one the SDK can route."""
    if not isinstance(frame, dict) or not isinstance(frame.get("headers"), dict):
        return int(AckMessage.STATUS_BAD_REQUEST)
    kind, data = frame.get("type"), frame.get("data")
    if isinstance(data, str) and data:
        try:
            json.loads(data)
        except ValueError:
            return int(AckMessage.STATUS_BAD_REQUEST)
    if kind == CallbackMessage.TYPE:
        return None if frame["headers"].get("topic") in topics else int(AckMessage.STATUS_NOT_IMPLEMENT)
    if kind in (SystemMessage.TYPE, EventMessage.TYPE):
        return None
    return int(AckMessage.STATUS_NOT_IMPLEMENT)


def _tidy(frame: dict[str, Any]) -> dict[str, Any]:
    """Return the frame without what would make the SDK's parser fail."""
    headers = dict(frame["headers"])
    for name in _NUMERIC_HEADERS:
        if not str(headers.get(name, "")).isdecimal():
            headers.pop(name, None)
    data = frame.get("data")
    if data is not None and not isinstance(data, str):
        data = json.dumps(data)
    return {**frame, "headers": headers, "data": data}


def _host_ip() -> str:
    """Return this machine's address as the SDK tells it; connecting a UDP socket sends nothing."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("8.8.8.8", 80))
            return str(probe.getsockname()[0])
    except OSError:
        return ""
