"""What is done with a frame: take it in durably on a thread, then acknowledge it, in time."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final

from dingtalk_stream import AckMessage, CallbackHandler, EventHandler

from adapters.dingtalk import cards
from adapters.dingtalk.gateway import acknowledgement
from adapters.dingtalk.inbound import Frame, card_press, robot_message
from adapters.inbound import Answer, Inbound, PressContent, Receiver
from cards.spec import Card, Note

PRESS_LIMIT_S: Final = 1.7
"""The platform waits 2 s for the answer to a press (event-callback-card)."""
_OK: Final = AckMessage.STATUS_OK
_BAD: Final = AckMessage.STATUS_BAD_REQUEST
_BROKEN: Final = AckMessage.STATUS_SYSTEM_EXCEPTION

Render = Callable[[str, Mapping[str, object]], Card | Note]
Response = dict[str, object]

_log = logging.getLogger(__name__)


class Overloaded(Exception):
    """Too much is waiting already; the platform shall deliver it again."""


class FrontDesk:
    """Runs the receiver on threads: presses have their own, because somebody waits for them.

    Args:
        workers: threads for messages, and as many for presses.
        pending_limit: how many frames may wait before new ones are left to the platform.
    """

    def __init__(self, receiver: Receiver, render: Render, workers: int, pending_limit: int) -> None:
        self._receiver = receiver
        self._render = render
        self._pending_limit = pending_limit
        self._pending: set[asyncio.Future[Response]] = set()
        self._messages = ThreadPoolExecutor(workers, "dingtalk-message")
        self._presses = ThreadPoolExecutor(workers, "dingtalk-press")

    def take_message(self, inbound: Inbound) -> asyncio.Future[Response]:
        """Begin to take in a robot message; its answer goes through the outbox."""
        return self._begin(self._messages, lambda: self._message_response(inbound))

    def take_press(self, inbound: Inbound) -> asyncio.Future[Response]:
        """Begin to take in a press; the result is what the pressed card shows now."""
        return self._begin(self._presses, lambda: self._press_response(inbound))

    async def close(self, timeout_s: float) -> None:
        """Give what runs a last moment and forget what waits; the platform delivers that again."""
        self._messages.shutdown(wait=False, cancel_futures=True)
        self._presses.shutdown(wait=False, cancel_futures=True)
        if self._pending:
            _, late = await asyncio.wait(set(self._pending), timeout=timeout_s)
            for work in late:
                work.cancel()

    def _begin(self, pool: ThreadPoolExecutor, work: Callable[[], Response]) -> asyncio.Future[Response]:
        if len(self._pending) >= self._pending_limit:
            raise Overloaded
        future = asyncio.get_running_loop().run_in_executor(pool, work)
        self._pending.add(future)
        future.add_done_callback(self._pending.discard)
        return future

    def _message_response(self, inbound: Inbound) -> Response:
        self._receiver.receive(inbound)
        return {}

    def _press_response(self, inbound: Inbound) -> Response:
        answer = self._receiver.receive(inbound)
        ref = inbound.content.card_ref if isinstance(inbound.content, PressContent) else ""
        try:
            return self._fresh_card(answer, ref)
        except Exception:  # noqa: BLE001 - The press is durable; without a picture of it the outbox still updates the card.
            _log.exception("a pressed card could not be rendered, card %r", answer.card)
            return {}

    def _fresh_card(self, answer: Answer, card_ref: str) -> Response:
        template = cards.template_of(card_ref)
        if not answer.card or template is None:
            return {}
        card = self._render(answer.card, answer.view)
        if not isinstance(card, Card):
            return {}
        return {
            "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
            "cardData": {"cardParamMap": cards.encode(card, template)},
        }


class RobotMessageHandler(CallbackHandler):  # type: ignore[misc]  # The SDK has no types.
    """Acknowledges a robot message only once it is durable; without an acknowledgement it comes again."""

    def __init__(self, desk: FrontDesk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._desk = desk
        self._now = now

    async def raw_process(self, callback_message: Any) -> Any:
        """Return the acknowledgement, or None where there shall be none."""
        message_id = callback_message.headers.message_id
        try:
            inbound = robot_message(_data(callback_message), _frame(callback_message), self._now())
        except ValueError as error:
            _log.warning("a robot message was not readable: %s", type(error).__name__)
            return acknowledgement(message_id, _BAD, {"response": None})
        try:
            await self._desk.take_message(inbound)
        except Exception:  # noqa: BLE001 - The edge: whatever failed, it is not durable, so it is not acknowledged.
            _log.exception("a robot message was not taken in: %s", inbound.delivery_key)
            return None
        return acknowledgement(message_id, _OK, {"response": None})


class CardPressHandler(CallbackHandler):  # type: ignore[misc]  # The SDK has no types.
    """Answers a press with the fresh card, or in time with nothing: the outbox updates the card later."""

    def __init__(self, desk: FrontDesk, now: Callable[[], datetime], limit_s: float = PRESS_LIMIT_S) -> None:
        super().__init__()
        self._desk = desk
        self._now = now
        self._limit_s = limit_s

    async def raw_process(self, callback_message: Any) -> Any:
        """Return the acknowledgement with the response."""
        message_id = callback_message.headers.message_id
        try:
            inbound = card_press(_data(callback_message), _frame(callback_message), self._now())
        except ValueError as error:
            _log.warning("a press was not readable: %s", type(error).__name__)
            return acknowledgement(message_id, _BAD, {"response": {}})
        try:
            work = self._desk.take_press(inbound)
            done, _ = await asyncio.wait({work}, timeout=self._limit_s)
            if not done:
                work.add_done_callback(_tell_late_failure)
                _log.warning("a press takes longer than %.1f s: %s", self._limit_s, inbound.delivery_key)
                return acknowledgement(message_id, _OK, {"response": {}})
            return acknowledgement(message_id, _OK, {"response": work.result()})
        except Exception:  # noqa: BLE001 - The edge: the presser shall see that it did not work.
            _log.exception("a press was not taken in: %s", inbound.delivery_key)
            return acknowledgement(message_id, _BROKEN, {"response": {}})


class UnwantedEventHandler(EventHandler):  # type: ignore[misc]  # The SDK has no types.
    """Acknowledges events nobody subscribed to; the SDK would send the event's own data back."""

    async def raw_process(self, event_message: Any) -> Any:
        """Return the documented acknowledgement, so that the event does not come again."""
        return acknowledgement(
            event_message.headers.message_id, _OK, {"status": "SUCCESS", "message": "ignored"}
        )


def _data(callback_message: Any) -> Mapping[str, Any]:
    if not isinstance(callback_message.data, dict):
        raise ValueError("data is not an object")
    return callback_message.data


def _frame(callback_message: Any) -> Frame:
    headers = callback_message.headers
    return Frame.model_validate({"messageId": headers.message_id, "time": headers.time})


def _tell_late_failure(work: asyncio.Future[Response]) -> None:
    if not work.cancelled() and work.exception() is not None:
        _log.error("a press that was answered early failed", exc_info=work.exception())
