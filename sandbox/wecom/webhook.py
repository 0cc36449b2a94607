"""Group robots: `webhook/send` and `webhook/upload_media`, called with a key and no token.

Source: D99110; https://developer.work.weixin.qq.com/document/path/99110
"""

import base64
import binascii
import hashlib
import secrets
from typing import Any

from sandbox.wecom.bodies import Bodies
from sandbox.wecom.call import Call, Route, dict_of, text_of
from sandbox.wecom.cards import NOTICES, World, advice, check_card
from sandbox.wecom.corp import MINUTE_S, Corp, Window
from sandbox.wecom.errors import ApiError
from sandbox.wecom.media import Media, is_image

_MOST = 20
_TEXT_BYTES = 2048
_MARKDOWN_BYTES = 4096
_IMAGE_BYTES = 2 * 1024 * 1024


class Webhook:
    """The one robot of the played corp's service group."""

    def __init__(self, corp: Corp, media: Media, world: World) -> None:
        self._corp = corp
        self._media = media
        self._world = world
        self._bodies = Bodies(media)
        self._window = Window(MINUTE_S)

    def routes(self) -> dict[str, Route]:
        """Return the operations of this topic."""
        return {
            "webhook/send": Route(self.send, token=False),
            "webhook/upload_media": Route(self.upload, token=False, upload=True),
        }

    def send(self, call: Call) -> dict[str, Any]:
        """Show a message in the group; nothing ever comes back from it."""
        self._check_key(call)
        now = self._corp.now()
        if self._window.full(now, _MOST, calendar=self._corp.webhook_calendar_minute):
            raise ApiError(45009)
        msgtype = text_of(call.body, "msgtype", missing=40008, wrong=40008)
        content = self._content(msgtype, call)
        self._window.add(now)
        chat = f"group:{self._corp.webhook_key}"
        if call.silent:
            self._corp.dropped(chat, "fault on demand", msgtype=msgtype)
        else:
            self._corp.chats.post(chat, self._corp.posted("bot", msgtype, content, secrets.token_urlsafe(12)))
        return {}

    def upload(self, call: Call) -> dict[str, Any]:
        """Store a file for this robot only; emptiness is seen before the key."""
        if call.file is None:
            raise ApiError(44001)
        self._check_key(call)
        return self._media.receive(call, ("file", "voice"), scope=self._corp.webhook_key)

    def _check_key(self, call: Call) -> None:
        if call.query.get("key") != self._corp.webhook_key:
            raise ApiError(93000)

    def _content(self, msgtype: str, call: Call) -> dict[str, Any]:
        if msgtype == "news":
            return self._bodies.check("news", call.body)
        if msgtype not in ("text", "markdown", "markdown_v2", "image", "file", "voice", "template_card"):
            raise ApiError(40008, msgtype)
        part = dict_of(call.body, msgtype)
        if msgtype == "text":
            return self._text(part)
        if msgtype in ("markdown", "markdown_v2"):
            text_of(part, "content", missing=44004, max_bytes=_MARKDOWN_BYTES)
        elif msgtype == "image":
            _check_image(part)
        elif msgtype == "template_card":
            check_card(part, self._world, NOTICES)
            call.notes.extend(advice(part))
        else:
            return self._bodies.media(part, msgtype, self._corp.webhook_key)
        return part

    def _text(self, part: dict[str, Any]) -> dict[str, Any]:
        content = text_of(part, "content", missing=44004, max_bytes=_TEXT_BYTES)
        mentioned = [*_names(part, "mentioned_list"), *_names(part, "mentioned_mobile_list")]
        return {**part, "content": " ".join([content, *(f"@{name.lstrip('@')}" for name in mentioned)])}


def _names(part: dict[str, Any], key: str) -> list[str]:
    value = part.get(key) or []
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ApiError(40058, key)
    return value


def _check_image(part: dict[str, Any]) -> None:
    try:
        content = base64.b64decode(text_of(part, "base64"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ApiError(40058, "base64") from error
    if len(content) > _IMAGE_BYTES:
        raise ApiError(45001)
    if not is_image(content):
        raise ApiError(40123, "JPG or PNG")
    if hashlib.md5(content).hexdigest() != text_of(part, "md5").lower():
        raise ApiError(40058, "md5")
