"""The AI bot's rung: one answer to one message, through the address that came with it.

Source: https://developer.work.weixin.qq.com/document/path/101138
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from adapters.delivery.ports import Address, DeliveryError, Failure, Sent
from adapters.wecom.aibot.bodies import body_of, words_of
from adapters.wecom.aibot.inbound import KIND
from adapters.wecom.aibot.ports import ReplyUrl, ReplyUrls
from adapters.wecom.client import Api
from cards.spec import Card, Note

_BUSY = frozenset({"-1", "connection"})


class AibotChannel:
    """Answers in the chat the bot was spoken to; what it cannot say there goes to the member's app chat.

    The bot cannot begin to speak in webhook mode, so everything else ends with a PERMANENT failure and the
    ladder goes on.

    Args:
        client: calls the platform.
        replies: the addresses that came with messages.
        home_url: where a press on a notice leads.
        now: the clock.
    """

    def __init__(self, client: Api, replies: ReplyUrls, home_url: str, now: Callable[[], datetime]) -> None:
        self._client = client
        self._replies = replies
        self._home_url = home_url
        self._now = now

    def send(self, to: Address, content: Card | Note, *, message_key: str) -> Sent:
        """Answer with markdown or a card; an address that answered is used up, whatever became of it.

        Raises:
            DeliveryError: PERMANENT without an address that works; LIMITED beyond 30 answers a minute.
        """
        if to.kind != KIND:
            raise DeliveryError("bad_address", Failure.PERMANENT, detail=to.kind)
        if isinstance(content, Note) and content.files:
            raise DeliveryError("no_files_here", Failure.PERMANENT)
        reply = self._replies.take(str(to), self._now())
        if reply is None:
            raise DeliveryError("no_response_url", Failure.PERMANENT)
        try:
            self._answer(reply, content, message_key)
        except DeliveryError as error:
            if error.failure is Failure.LIMITED or error.code in _BUSY or error.code.startswith("http_5"):
                self._replies.give_back(reply)
                raise
            raise DeliveryError(error.code, Failure.PERMANENT) from None
        return Sent(ref=message_key)

    def _answer(self, reply: ReplyUrl, content: Card | Note, message_key: str) -> None:
        """Post, and once more in words where a card is refused for good: not every chat may take cards."""
        body = body_of(content, task_id=message_key, home_url=self._home_url)
        try:
            self._post(reply, body)
        except DeliveryError as error:
            if body["msgtype"] != "template_card" or error.failure is not Failure.PERMANENT:
                raise
            self._post(reply, words_of(content))

    def _post(self, reply: ReplyUrl, body: dict[str, Any]) -> None:
        self._client.post_url(reply.url, body)
