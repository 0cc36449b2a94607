"""Pushes through the sockets, and the ledger of their acknowledgements."""

import json
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from sandbox.core.clock import SandboxClock
from sandbox.core.journal import Journal
from sandbox.dingtalk import frames, ids
from sandbox.dingtalk.gateway import Gateway, Socket
from sandbox.dingtalk.settings import CARD_TOPIC, ROBOT_TOPIC, Settings
from sandbox.dingtalk.state import PLATFORM

REMEMBERED = 10_000
EVENT_WINDOW_S = 3.0


@dataclass(frozen=True)
class Ack:
    """The first acknowledgement of a push."""

    code: int
    latency_s: float
    data: Any
    late: bool


@dataclass(eq=False)
class Push:
    """One thing to deliver, over one or several frames.

    Args:
        window_s: an acknowledgement after it counts as late; 0 never.
        again_s: when it is pushed again without acknowledgement.
        opaque: what a ping must bring back.
    """

    frame_type: str
    topic: str
    data: Any
    window_s: float = 0.0
    again_s: tuple[float, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    opaque: str = ""
    attempts: int = 0
    redeliveries: int = 0
    ack: Ack | None = None
    acked: threading.Event = field(default_factory=threading.Event)

    @property
    def msg_id(self) -> str:
        """Return the business id, for the journal."""
        return str(self.data.get("msgId", "")) if isinstance(self.data, dict) else ""


@dataclass(frozen=True)
class Sent:
    """One frame on the wire that waits for its acknowledgement."""

    push: Push
    socket: Socket
    at: float


class Deliverer:
    """Pushes what the actors do to the product and judges its acknowledgements."""

    def __init__(self, settings: Settings, gateway: Gateway, clock: SandboxClock, journal: Journal) -> None:
        self._settings, self._gateway, self._clock, self._journal = settings, gateway, clock, journal
        self._lock = threading.Lock()
        self._sent: OrderedDict[str, Sent] = OrderedDict()
        gateway.on_open = self._ping_later
        gateway.on_text = self._received

    def robot(self, data: dict[str, Any]) -> bool:
        """Push a robot message; again later when nobody acknowledges it."""
        settings = self._settings
        again = (
            (settings.redeliver_after_s,) * settings.max_redeliveries if settings.redeliver_after_s else ()
        )
        return self.push(Push(frames.CALLBACK, ROBOT_TOPIC, data, again_s=again))

    def card(self, data: dict[str, Any]) -> Push | None:
        """Push a card callback; None when no socket takes it."""
        push = Push(frames.CALLBACK, CARD_TOPIC, data, window_s=self._settings.card_window_s)
        return push if self.push(push) else None

    def event(self, event_type: str, data: dict[str, Any]) -> bool:
        """Push an event of the corporation; again after 10 s and 30 s when nobody acknowledges it."""
        headers = frames.event_headers(self._settings, event_type, self._clock.now_ms())
        again = self._settings.event_redeliver_s
        return self.push(
            Push(frames.EVENT, "*", data, window_s=EVENT_WINDOW_S, again_s=again, headers=headers)
        )

    def raw(self, message: dict[str, Any] | str) -> bool:
        """Send any frame or text to one open socket, whatever it subscribed to."""
        socket = self._gateway.choose(frames.SYSTEM, "")
        if socket is None:
            self._journal.add(PLATFORM, "lost", reason="no socket is open", data=message)
            return False
        self._journal.add(PLATFORM, "callback", topic="raw", socket=socket.id, data=message)
        self._gateway.send(socket, message)
        return True

    def push(self, push: Push) -> bool:
        """Send a push to a subscribed socket, with the ordered duplicates; nothing is queued.

        Returns:
            False when no open socket subscribed to it: it is lost.
        """
        message_id = ids.push_id(self._clock.now_ms())
        if not self._send(push, message_id):
            self._journal.add(
                PLATFORM, "lost", reason="no subscribed socket is open", topic=push.topic, msg_id=push.msg_id
            )
            return False
        for _ in range(self._settings.duplicate_deliveries):
            self._send(push, self._next_id(message_id))
        if push.again_s:
            self._gateway.soon(self._again, push, message_id, after_s=push.again_s[0])
        return True

    def abandon(self, push: Push) -> None:
        """Record that the window of a push went by without acknowledgement."""
        self._note(push, None, no_ack=True)

    def _again(self, push: Push, message_id: str) -> None:
        """Deliver a push again that nobody acknowledged; a time without socket is a lost attempt."""
        if push.acked.is_set():
            return
        self._note(push, None, no_ack=True)
        push.redeliveries += 1
        message_id = self._next_id(message_id)
        if not self._send(push, message_id):
            self._journal.add(PLATFORM, "dropped", reason="no socket for redelivery", msg_id=push.msg_id)
        if push.redeliveries < len(push.again_s):
            self._gateway.soon(self._again, push, message_id, after_s=push.again_s[push.redeliveries])
        else:
            self._gateway.soon(self._give_up, push, after_s=push.again_s[-1])

    def _give_up(self, push: Push) -> None:
        if not push.acked.is_set():
            self._note(push, None, no_ack=True)

    def _next_id(self, message_id: str) -> str:
        new = self._settings.redeliver_new_message_id
        return ids.push_id(self._clock.now_ms()) if new else message_id

    def _send(self, push: Push, message_id: str, socket: Socket | None = None) -> bool:
        socket = socket or self._gateway.choose(push.frame_type, push.topic)
        if socket is None:
            return False
        push.attempts += 1
        message = frames.frame(
            push.frame_type,
            push.topic,
            push.data,
            app_id=self._settings.app_id,
            connection_id=socket.id,
            message_id=message_id,
            now_ms=self._clock.now_ms(),
        )
        message["headers"] |= push.headers
        with self._lock:
            self._sent[message_id] = Sent(push, socket, time.monotonic())
            while len(self._sent) > REMEMBERED:
                self._sent.popitem(last=False)
        if push.frame_type != frames.SYSTEM:
            self._journal.add(
                PLATFORM,
                "callback",
                topic=push.topic,
                message_id=message_id,
                msg_id=push.msg_id,
                attempt=push.attempts,
                socket=socket.id,
                data=push.data,
            )
        self._gateway.send(socket, message)
        return True

    def _ping_later(self, socket: Socket) -> None:
        self._gateway.soon(self._ping, socket, after_s=self._settings.ping_interval_s)

    def _ping(self, socket: Socket) -> None:
        if socket.closing or socket not in self._gateway.open_sockets():
            return
        opaque = ids.guid()
        push = Push(frames.SYSTEM, "ping", {"opaque": opaque}, opaque=opaque)
        self._send(push, ids.push_id(self._clock.now_ms()), socket)
        self._gateway.soon(self._give_up, push, after_s=self._settings.ping_interval_s)
        self._ping_later(socket)

    def _received(self, socket: Socket, text: str) -> None:
        """Enter one upstream text into the ledger."""
        try:
            message = json.loads(text)
            message_id = message["headers"].get("messageId")
            code = int(message["code"])
            data = message.get("data")
        except (ValueError, TypeError, KeyError, AttributeError):
            self._journal.add(PLATFORM, "ack", broken=True, raw=text[:1000])
            return
        if message_id is None and socket.closing:
            return
        with self._lock:
            sent = self._sent.get(str(message_id))
        if sent is None:
            self._journal.add(PLATFORM, "ack", code=code, data=data, message_id=message_id, unknown=True)
            return
        self._settle(sent, socket, code, _parsed(data), str(message_id))

    def _settle(self, sent: Sent, socket: Socket, code: int, data: Any, message_id: str) -> None:
        push = sent.push
        latency = time.monotonic() - sent.at
        ack = Ack(code, latency, data, late=bool(push.window_s) and latency > push.window_s)
        with self._lock:
            repeated = push.ack is not None
            if not repeated:
                push.ack = ack
        wrong = bool(push.opaque) and not (isinstance(data, dict) and data.get("opaque") == push.opaque)
        self._note(
            push,
            ack,
            message_id=message_id,
            other_socket=socket is not sent.socket,
            repeated=repeated,
            opaque_mismatch=wrong,
        )
        push.acked.set()

    def _note(self, push: Push, ack: Ack | None, **flags: Any) -> None:
        """Journal one line of the ledger; every flag that is not given is false."""
        ledger = {"no_ack": False, "other_socket": False, "repeated": False, "opaque_mismatch": False}
        self._journal.add(
            PLATFORM,
            "ack",
            topic=push.topic,
            msg_id=push.msg_id,
            code=ack.code if ack else 0,
            latency_s=ack.latency_s if ack else 0.0,
            data=ack.data if ack else None,
            late=ack.late if ack else False,
            attempt=push.attempts,
            **{"message_id": "", **ledger, **flags},
        )


def _parsed(data: Any) -> Any:
    """Return the content of an acknowledgement's data string; what is no JSON stays as it is."""
    try:
        return json.loads(data) if isinstance(data, str) else data
    except ValueError:
        return data
