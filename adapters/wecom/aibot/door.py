"""The AI bot's callback address, free of any web framework."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from adapters.inbound import Answer, Inbound, PressContent, Receiver
from adapters.wecom.aibot.bodies import update_of, welcome_of
from adapters.wecom.aibot.inbound import read_message, to_inbound
from adapters.wecom.aibot.payloads import Message
from adapters.wecom.aibot.ports import ReplyUrl, ReplyUrls
from adapters.wecom.client import HOST
from adapters.wecom.crypto import CallbackCrypto, CallbackRefused
from adapters.wecom.envelope import read_envelope
from adapters.wecom.xml import CallbackMalformed, Tree
from cards.spec import Card, Note

log = logging.getLogger(__name__)

REPLY_LIFE = timedelta(minutes=55)
"""The page says an hour; five minutes are left for the way."""

Render = Callable[[str, Mapping[str, object]], Card | Note]


class AibotDoor:
    """Let in what is proven to come from WeCom, and answer at once only what can be answered no other way.

    Args:
        crypto: checks, opens and closes; an AI bot's messages name no receiver.
        aibot_id: the only bot whose messages are let in.
        corp_id: whose members people are.
        api_base: where answers may be posted, `scheme://host[:port]`.
        home_url: where a press on a notice leads.
        receiver: takes in messages and presses.
        replies: keeps the address each message may be answered at.
        render: lays out the card of an answer.
        now: the clock.
    """

    def __init__(
        self,
        crypto: CallbackCrypto,
        *,
        aibot_id: str,
        corp_id: str,
        api_base: str,
        home_url: str,
        receiver: Receiver,
        replies: ReplyUrls,
        render: Render,
        now: Callable[[], datetime],
    ) -> None:
        self._crypto = crypto
        self._aibot_id = aibot_id
        self._corp_id = corp_id
        self._hosts = {urlsplit(base)[:2] for base in (api_base, HOST)}
        self._home_url = home_url
        self._receiver = receiver
        self._replies = replies
        self._render = render
        self._now = now

    def greet(self, query: Mapping[str, str]) -> str:
        """Return the plain text of `echostr`, the whole answer to a URL verification.

        Raises:
            CallbackRefused: answer 403.
        """
        try:
            return self._crypto.open(query, query.get("echostr", ""), self._now())
        except CallbackRefused as error:
            log.warning("AI bot URL verification refused: %s", error)
            raise

    def accept(self, query: Mapping[str, str], body: bytes) -> str:
        """Take in one callback; the returned body is sent with 200 once everything is durable.

        Raises:
            CallbackRefused: answer 403.
            CallbackMalformed: answer 400.
            Exception: it could not be made durable; answer 500, and the platform delivers it again.
        """
        try:
            message, tree = self._open(query, body)
        except (CallbackRefused, CallbackMalformed) as error:
            log.warning("AI bot callback refused: %s: %s", type(error).__name__, error)
            raise
        if message.msgtype == "stream":  # It asks how a stream goes on; we never begin one.
            return ""
        inbound = to_inbound(message, tree, self._corp_id, self._now())
        self._keep_reply(message, inbound)
        answer = self._passive(inbound, self._receiver.receive(inbound))
        if answer is None:
            return ""
        text = json.dumps(answer, ensure_ascii=False)
        return json.dumps(self._crypto.close(text, query["nonce"], self._now()))

    def _open(self, query: Mapping[str, str], body: bytes) -> tuple[Message, Tree]:
        now = self._now()
        self._crypto.check_query(query, now)
        encrypt, _ = read_envelope(body)
        message, tree = read_message(self._crypto.open(query, encrypt, now))
        if message.aibotid != self._aibot_id:
            raise CallbackRefused("aibotid")
        return message, tree

    def _keep_reply(self, message: Message, inbound: Inbound) -> None:
        """Keep the address of the answer, unless it leads away from the platform."""
        if not message.response_url:
            return
        if urlsplit(message.response_url)[:2] not in self._hosts:
            log.warning("AI bot: a response_url leads elsewhere and is not used")
            return
        now = self._now()
        reply = ReplyUrl(inbound.delivery_key, message.response_url)
        self._replies.keep(reply, inbound.conversation, now + REPLY_LIFE, now)

    def _passive(self, inbound: Inbound, answer: Answer) -> dict[str, Any] | None:
        """Return a greeting or a pressed card's new state; everything else is owed by the outbox."""
        if not answer.card:
            return None
        content, shown = self._render(answer.card, answer.view), inbound.content
        if isinstance(content, Note):
            return welcome_of(content) if inbound.content.kind == "entered" else None
        if isinstance(shown, PressContent) and shown.card_ref:
            return update_of(content, task_id=shown.card_ref, home_url=self._home_url)
        return None
