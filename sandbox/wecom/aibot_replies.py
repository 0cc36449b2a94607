"""What an AI bot may answer: once through the `response_url` of a message, and once in the callback's answer.

Source: D101138, D101031; https://developer.work.weixin.qq.com/document/path/101138
"""

import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.wecom.call import Call, Route, dict_of, text_of
from sandbox.wecom.cards import INTERACTIVE, World, check_card, check_task_id
from sandbox.wecom.corp import HOUR_S, MINUTE_S, Corp, Window
from sandbox.wecom.errors import ApiError

_MARKDOWN_BYTES = 20_480
_PER_MINUTE, _PER_HOUR = 30, 1000


@dataclass
class Right:
    """The right to answer one message once."""

    chat: str
    issued_s: float
    used: bool = False


class Replies:
    """Checks and shows an AI bot's answers."""

    def __init__(self, corp: Corp, world: World) -> None:
        self._corp = corp
        self._world = world
        self._rights: dict[str, Right] = {}
        self._windows: dict[str, tuple[Window, Window]] = {}
        self.takes_cards = True

    def routes(self) -> dict[str, Route]:
        """Return the operations of this topic."""
        return {"aibot/response": Route(self.respond, token=False)}

    def issue(self, chat: str) -> str:
        """Return a new response code for a chat."""
        code = secrets.token_urlsafe(24)
        self._rights[code] = Right(chat, self._corp.now())
        return code

    def respond(self, call: Call) -> dict[str, Any]:
        """Show an answer in the chat of the message it belongs to; an hour, and once."""
        right = self._rights.get(call.query.get("response_code", ""))
        if right is None or right.used or self._corp.now() - right.issued_s > HOUR_S:
            raise ApiError(40058, "response_code is unknown, used or too old")
        self._count(right.chat)
        msgtype = text_of(call.body, "msgtype", missing=40008, wrong=40008)
        content = self._content(msgtype, call.body)
        right.used = True
        self.show(right.chat, msgtype, content, silent=call.silent)
        return {}

    def show(self, chat: str, msgtype: str, content: dict[str, Any], *, silent: bool = False) -> None:
        """Let a message of the bot appear."""
        if silent:
            self._corp.dropped(chat, "fault on demand", msgtype=msgtype)
            return
        task_id = str(content.get("task_id") or "")
        message = self._corp.posted("bot", msgtype, content, self._corp.next_id(), task_id)
        self._corp.chats.post(chat, message)

    def check_new_card(self, card: dict[str, Any]) -> None:
        """Refuse a card that the platform would refuse."""
        check_card(card, self._world)
        task_id = check_task_id(card, required=card.get("card_type") in INTERACTIVE)
        if task_id and task_id in self._corp.task_ids:
            raise ApiError(42014, "task_id was used before")
        self._corp.task_ids.add(task_id)

    def _content(self, msgtype: str, body: dict[str, Any]) -> dict[str, Any]:
        if msgtype not in ("markdown", "template_card"):
            raise ApiError(40008, msgtype)
        part = dict_of(body, msgtype)
        if msgtype == "markdown":
            text_of(part, "content", missing=44004, max_bytes=_MARKDOWN_BYTES)
            return part
        if not self.takes_cards:
            raise ApiError(40008, "this chat takes no cards")
        self.check_new_card(part)
        return part

    def _count(self, chat: str) -> None:
        minute, hour = self._windows.setdefault(chat, (Window(MINUTE_S), Window(HOUR_S)))
        now = self._corp.now()
        if minute.full(now, _PER_MINUTE) or hour.full(now, _PER_HOUR):
            raise ApiError(45009)
        minute.add(now)
        hour.add(now)
