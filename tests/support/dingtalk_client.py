"""The vendor's unmodified Stream client, connected to the played DingTalk."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from typing import Any

import dingtalk_stream

# Without this import an error inside the client kills it: it only does `import websockets`.
import websockets.exceptions  # noqa: F401
from dingtalk_stream import AckMessage, CallbackHandler, CallbackMessage, DingTalkStreamClient

from sandbox.dingtalk import DingtalkSandbox

ROBOT_TOPIC = dingtalk_stream.ChatbotMessage.TOPIC
CARD_TOPIC = CallbackHandler.TOPIC_CARD_CALLBACK
Answer = Callable[[dict[str, Any]], Any]


class Recorder(CallbackHandler):  # type: ignore[misc]
    """Keeps what arrives and answers what the test says."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[dict[str, Any]] = []
        self.answer: Answer = lambda _: {}

    async def process(self, message: CallbackMessage) -> tuple[int, Any]:
        self.received.append(message.data)
        return AckMessage.STATUS_OK, await asyncio.to_thread(self.answer, message.data)


class Client:
    """The vendor's client on a loop of its own, in a daemon thread."""

    def __init__(self, sandbox: DingtalkSandbox) -> None:
        DingTalkStreamClient.OPEN_CONNECTION_API = f"{sandbox.api_base}/v1.0/gateway/connections/open"
        credential = dingtalk_stream.Credential(sandbox.client_id, sandbox.client_secret)
        self.robot, self.card = Recorder(), Recorder()
        self._client = DingTalkStreamClient(credential, logging.getLogger("test.dingtalk"))
        self._client.register_callback_handler(ROBOT_TOPIC, self.robot)
        self._client.register_callback_handler(CARD_TOPIC, self.card)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self._task = self._loop.create_task(self._client.start())
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._task)
        rest = asyncio.all_tasks(self._loop)
        for task in rest:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*rest, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def stop(self) -> None:
        """End the client and its thread."""
        # The client swallows the first cancellation and sleeps; the second one gets through.
        while self._thread.is_alive():
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._task.cancel)
            self._thread.join(0.05)
