"""The played AI bot (智能机器人) in webhook mode: what members say to it, and what it answers.

Source: D100719, D101027, D101031; https://developer.work.weixin.qq.com/document/path/100719
"""

import secrets
import threading
from collections.abc import Callable, Sequence
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from flask import Response

from sandbox.wecom.aibot_replies import Replies
from sandbox.wecom.aibot_wire import BotKeys, Told, Wire
from sandbox.wecom.call import Call, Route
from sandbox.wecom.cards import World
from sandbox.wecom.corp import MINUTE_S, Corp
from sandbox.wecom.errors import ApiError
from sandbox.wecom.presses import find_press

_MEDIA_S = 5 * MINUTE_S
_BLOCK = 32


class Aibot:
    """One bot of the corp; chats are `aibot:<chatid>` and `aibot:<userid>`.

    Args:
        corp: its members speak.
        world: what cards may point at.
        base_url: where this sandbox answers.
    """

    def __init__(self, corp: Corp, world: World, base_url: Callable[[], str]) -> None:
        self._corp = corp
        self._base_url = base_url
        self.keys = BotKeys()
        self.name = "售后助手"
        self.wire = Wire(corp, self.keys)
        self.replies = Replies(corp, world)
        self._groups: dict[str, list[str]] = {}
        self._entered: set[str] = set()
        self._files: dict[str, tuple[bytes, float]] = {}

    def routes(self) -> dict[str, Route]:
        """Return the operations of this topic."""
        media = Route(self._file, post=False, token=False)
        return {**self.replies.routes(), "aibot/media": media}

    # People.

    def add_group(self, members: Sequence[str]) -> str:
        """Put the bot into an internal group and return its chatid."""
        chatid = "wr" + secrets.token_hex(12)
        self._groups[chatid] = list(members)
        return chatid

    def says(self, userid: str, text: str, *, group: str = "", quoting: dict[str, Any] | None = None) -> str:
        """Write to the bot, in a group with its mention; return the msgid.

        Args:
            quoting: an earlier message, e.g. `{"msgtype": "text", "text": {"content": "…"}}`.
        """
        words = f"@{self.name} {text}" if group else text
        part = {"text": {"content": words}} | ({"quote": quoting} if quoting else {})
        return self._message(userid, group, "text", part, words)

    def sends(self, userid: str, msgtype: str, data: bytes = b"sandbox", *, words: str = "") -> str:
        """Send image, voice, file or video in the chat of two; a voice arrives as its words alone."""
        part = {"content": words} if msgtype == "voice" else {"url": self.keep_file(data)}
        return self._message(userid, "", msgtype, {msgtype: part}, f"[{msgtype}] {words}".strip())

    def sends_mixed(self, userid: str, parts: Sequence[str | bytes], *, group: str = "") -> str:
        """Send words and pictures (bytes) as one message, in a group with the bot's mention."""
        items = [self._item(part) for part in parts]
        if group:
            items.insert(0, self._item(f"@{self.name} "))
        line = " ".join(part if isinstance(part, str) else "[image]" for part in parts)
        return self._message(userid, group, "mixed", {"mixed": {"msg_item": items}}, line)

    def enters(self, userid: str) -> None:
        """Open the chat of two; the bot is told the first time a day."""
        day = f"{userid}:{self._corp.clock.now():%Y-%m-%d}"
        if day in self._entered:
            return
        self._entered.add(day)
        event = {"eventtype": "enter_chat", "enter_chat": {}}
        plain = self._plain(userid, "", "event") | {"event": event}
        self._send(Told(plain, "enter_chat", self.chat_id(userid, "")))

    def presses(self, userid: str, label: str, *, group: str = "", times: int = 1) -> None:
        """Press a button on the newest card of the chat that offers it now.

        Args:
            userid: who presses.
            label: the words on the button.
            group: the group it is shown in; empty for the chat of two.
            times: how often, before the card can change.

        Raises:
            LookupError: no card shows such a live button.
        """
        chat = self.chat_id(userid, group)
        with self._corp.lock:
            _, press = find_press(self._corp.chats.stored(chat), label, "", None)
        items = [
            {"question_key": question, "option_ids": {"option_id": options}}
            for question, options in press.selected.items()
        ]
        event = {
            "card_type": press.card_type,
            "event_key": press.key,
            "task_id": press.task_id,
            "selected_items": {"selected_item": items},
        }
        self._corp.journal.add(
            "wecom", "pressed", chat=chat, text=f"〔{label}〕", userid=userid, key=press.key
        )
        for _ in range(times):
            plain = self._plain(userid, group, "event")
            plain |= {"response_url": self.response_url(chat)}
            plain |= {"event": {"eventtype": "template_card_event", "template_card_event": event}}
            self._send(Told(plain, "template_card_event", chat))

    def chat_id(self, userid: str, group: str) -> str:
        """Return the name of a chat in the sandbox."""
        return f"aibot:{group or userid}"

    def keep_file(self, data: bytes) -> str:
        """Keep a file encrypted for five minutes and return its address."""
        name = secrets.token_hex(12)
        self._files[name] = (self._locked(data), self._corp.now() + _MEDIA_S)
        return f"{self._base_url()}/cgi-bin/aibot/media?id={name}"

    # The wire.

    def _message(self, userid: str, group: str, msgtype: str, part: dict[str, Any], line: str) -> str:
        if group and userid not in self._groups[group]:
            raise LookupError(f"{userid} is not a member of the group")
        if group and msgtype not in ("text", "mixed"):
            raise LookupError(f"{msgtype} reaches the bot in the chat of two only")
        chat = self.chat_id(userid, group)
        with self._corp.lock:
            shown = self._corp.posted(userid, "text", {"content": line}, self._corp.next_id())
            self._corp.chats.post(chat, shown, "said")
        plain = self._plain(userid, group, msgtype) | {"response_url": self.response_url(chat)} | part
        self._send(Told(plain, f"aibot:{msgtype}", chat))
        return str(plain["msgid"])

    def _plain(self, userid: str, group: str, msgtype: str) -> dict[str, Any]:
        member = self._corp.member(userid)
        if member is None:
            raise LookupError(f"no member {userid!r}; add_member first")
        where = {"chatid": group, "chattype": "group"} if group else {"chattype": "single"}
        return {
            "msgid": secrets.token_hex(16),
            "create_time": self._corp.clock.now_s(),
            "aibotid": self.keys.aibot_id,
            **where,
            "from": {"userid": member.userid},
            "msgtype": msgtype,
        }

    def _item(self, part: str | bytes) -> dict[str, Any]:
        if isinstance(part, str):
            return {"msgtype": "text", "text": {"content": part}}
        return {"msgtype": "image", "image": {"url": self.keep_file(part)}}

    def response_url(self, chat: str) -> str:
        """Return a new address at which one answer into a chat may be posted."""
        return f"{self._base_url()}/cgi-bin/aibot/response?response_code={self.replies.issue(chat)}"

    def _send(self, told: Told) -> None:
        if not self.keys.callback_url or self._corp.drop_callbacks:
            self._corp.dropped(told.chat, "no callback of the AI bot", what=told.what)
            return
        sealed = self.wire.seal(told.plain)
        for _ in range(1 + self._corp.duplicate_callbacks):
            threading.Thread(target=self._deliver, args=(told, sealed), daemon=True).start()

    def _deliver(self, told: Told, sealed: tuple[dict[str, str], bytes]) -> None:
        body = self.wire.attempt(told, sealed)
        if body is None:
            return
        try:
            with self._corp.lock:
                self._show_passive(told, self.wire.open(body))
        except (ApiError, ValueError) as error:
            self._corp.dropped(told.chat, f"passive answer refused: {error}")

    def _show_passive(self, told: Told, answer: dict[str, Any]) -> None:
        """Show what may be answered at once: a greeting, a stream or card, the pressed card's new state."""
        if not answer:
            return
        kind = answer.get("response_type") or answer.get("msgtype")
        allowed = {"enter_chat": ("text", "template_card"), "template_card_event": ("update_template_card",)}
        if kind not in allowed.get(told.what, ("stream", "template_card")):
            raise ValueError(f"{kind} cannot answer {told.what}")
        if kind == "update_template_card":
            self._update(told, answer.get("template_card") or {})
            return
        part = answer.get(str(kind)) or {}
        if kind == "template_card":
            self.replies.check_new_card(part)
        elif kind == "stream" and not part.get("finish"):
            raise ValueError("the sandbox asks for no more of a stream")
        self.replies.show(told.chat, "text" if kind == "text" else str(kind), part)

    def _update(self, told: Told, card: dict[str, Any]) -> None:
        task_id = told.plain["event"]["template_card_event"]["task_id"]
        if card.get("task_id") != task_id:
            raise ValueError("an update keeps the card's task_id")
        for message in self._corp.chats.stored(told.chat):
            if message.task_id == task_id:
                message.content = card
                self._corp.chats.journal_update(told.chat, message)

    def _file(self, call: Call) -> Response:
        data, until = self._files.get(call.query.get("id", ""), (b"", 0.0))
        if until <= self._corp.now():
            return Response("<Error>Request has expired</Error>", 403, content_type="application/xml")
        return Response(data, content_type="application/octet-stream")

    def _locked(self, data: bytes) -> bytes:
        """Encrypt as the platform does: AES-256-CBC, padded to 32, the key's beginning as its IV."""
        key = self.keys.crypto.key
        pad = _BLOCK - len(data) % _BLOCK
        encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
        return encryptor.update(data + bytes([pad]) * pad) + encryptor.finalize()
