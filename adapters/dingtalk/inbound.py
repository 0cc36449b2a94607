"""What DingTalk's stream pushes, read tolerantly: fields come and go, and change between number and text.

Source: robot-message-type, event-callback-card, interactive-mode; developerpedia learn/bot/message.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import Field

from adapters.dingtalk import beside
from adapters.dingtalk.beside import media_ref
from adapters.dingtalk.lenient import Lenient, Object, Text, as_object, as_text, storable
from adapters.inbound import (
    Content,
    Inbound,
    MediaContent,
    Platform,
    PressContent,
    Sender,
    TextContent,
    UnsupportedContent,
)

_TOKEN_PREFIX: Final = "1:"
_KEY_LIMIT: Final = 128
_NOT_KEPT: Final = frozenset({"sessionWebhook"})
"""Whoever knows this URL may speak as the robot for 90 minutes."""


def _as_texts(value: object) -> list[str]:
    return [as_text(item) for item in value] if isinstance(value, list) else []


class RobotMessage(Lenient):
    """Words or a file for the robot; `text` and `content` depend on `msgtype`, and may be missing."""

    msgtype: Text = ""
    msg_id: Text = ""
    create_at: Text = ""
    conversation_type: Text = ""
    conversation_id: Text = ""
    sender_staff_id: Text = ""
    sender_nick: Text = ""
    error_code: Text = ""
    text: Any = None
    content: Any = None


class CardPress(Lenient):
    """A press; `content` and `value` are the same JSON text, and either may be missing."""

    out_track_id: Text = ""
    user_id: Text = ""
    user_id_type: Text = "1"
    content: Object = Field(default_factory=dict)
    value: Object = Field(default_factory=dict)
    params: Object = Field(default_factory=dict)


class Frame(Lenient):
    """The headers of a pushed frame that we use."""

    message_id: Text = ""
    time: Text = ""


def robot_message(data: Mapping[str, Any], frame: Frame, now: datetime) -> Inbound:
    """Read a frame of `/v1.0/im/bot/messages/get`; an unknown type becomes `UnsupportedContent`.

    The sender is `senderStaffId` or nobody: `senderId` is encrypted and `senderNick` can be chosen freely.
    """
    message = RobotMessage.model_validate(data)
    in_group = message.conversation_type == "2"
    staff_id = message.sender_staff_id
    place = f"dingtalk_group:{message.conversation_id}" if in_group else f"dingtalk_user:{staff_id}"
    content = _robot_content(message)
    pictures = beside.pictures(data) if message.msgtype == "richText" else ()
    return Inbound(
        channel="dingtalk",
        delivery_key=_key("msg", message.msg_id, data),
        sender=Sender(platform=Platform.DINGTALK, user_id=staff_id, display_name=message.sender_nick.strip()),
        conversation=place,
        sent_at=_moment(message.create_at) or _moment(frame.time) or now,
        content=content,
        in_group=in_group,
        private=f"dingtalk_user:{staff_id}" if in_group and staff_id else "",
        mentions=beside.mentions(data),
        quoted=beside.quoted(data),
        attached=pictures[1:] if isinstance(content, MediaContent) else pictures,
        raw=_raw(data),
    )


def card_press(data: Mapping[str, Any], frame: Frame, now: datetime) -> Inbound:
    """Read a frame of `/v1.0/card/instances/callback`; the answer goes to the presser in private."""
    press = CardPress.model_validate(data)
    user_id = press.user_id if press.user_id_type in ("", "1") else ""
    token = next((text for text in _press_texts(press) if text.startswith(_TOKEN_PREFIX)), "")
    content: Content = UnsupportedContent(type_name="card:unknown")
    if token:
        content = PressContent(token=token, card_ref=press.out_track_id)
    return Inbound(
        channel="dingtalk",
        delivery_key=_key("card", frame.message_id, {**data, "time": frame.time}),
        sender=Sender(platform=Platform.DINGTALK, user_id=user_id),
        conversation=f"dingtalk_user:{user_id}",
        sent_at=_moment(frame.time) or now,
        content=content,
        raw=_raw(data),
    )


def _press_texts(press: CardPress) -> Iterator[str]:
    """Yield where our token may be: `params` stands beside or inside `cardPrivateData`."""
    action_ids: list[str] = []
    for outer in (press.content, press.value, {"params": press.params}):
        private = as_object(outer.get("cardPrivateData"))
        for params in (as_object(private.get("params")), as_object(outer.get("params"))):
            yield as_text(params.get("action"))
            yield as_text(params.get("id"))
        action_ids += _as_texts(private.get("actionIds")) + _as_texts(outer.get("actionIds"))
    yield from action_ids


def _robot_content(message: RobotMessage) -> Content:
    if message.error_code and message.text is None and message.content is None:
        # The month's quota of pushes is used up (20001): somebody spoke, but not even the platform says what.
        return UnsupportedContent(type_name=f"error:{message.error_code}", answerable=True)
    read = _READERS.get(message.msgtype)
    found = read(message) if read else None
    return found or UnsupportedContent(type_name=message.msgtype or "unknown", answerable=True)


def _text(message: RobotMessage) -> Content:
    if isinstance(message.text, dict):
        return TextContent(text=as_text(message.text.get("content")).strip())
    if isinstance(message.text, str):
        return TextContent(text=message.text.strip())
    if isinstance(message.content, dict):
        return TextContent(text=as_text(message.content.get("content")).strip())
    return TextContent(text=as_text(message.content).strip())


def _rich_text(message: RobotMessage) -> Content | None:
    data = {"content": message.content}
    words = "".join(as_text(part.get("text")) for part in beside.rich_parts(data)).strip()
    if words:
        return TextContent(text=words)
    return next(iter(beside.pictures(data)), None)


def _picture(message: RobotMessage) -> Content | None:
    ref = media_ref(as_object(message.content))
    return MediaContent(media="image", media_ref=ref) if ref else None


def _audio(message: RobotMessage) -> Content | None:
    part = as_object(message.content)
    ref, heard = media_ref(part), as_text(part.get("recognition")).strip()
    return MediaContent(media="voice", media_ref=ref, transcript=heard) if ref or heard else None


def _video(message: RobotMessage) -> Content | None:
    ref = media_ref(as_object(message.content))
    return MediaContent(media="video", media_ref=ref) if ref else None


def _file(message: RobotMessage) -> Content | None:
    part = as_object(message.content)
    ref, name = media_ref(part), as_text(part.get("fileName"))
    return MediaContent(media="file", media_ref=ref, file_name=name) if ref else None


_READERS: Final[dict[str, Callable[[RobotMessage], Content | None]]] = {
    "text": _text,
    "richText": _rich_text,
    "picture": _picture,
    "audio": _audio,
    "video": _video,
    "file": _file,
}


def _key(kind: str, given: str, data: Mapping[str, Any]) -> str:
    """Return the delivery key; a frame without an id of its own is named by what it says."""
    if given and len(given) + len(kind) < _KEY_LIMIT:
        return f"{kind}:{given}"
    text = given or json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return f"{kind}:sha256:{hashlib.sha256(text.encode(errors='replace')).hexdigest()}"


def _moment(millis: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(float(millis)) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _raw(data: Mapping[str, Any]) -> str:
    kept = {key: value for key, value in data.items() if key not in _NOT_KEPT}
    return storable(json.dumps(kept, ensure_ascii=False))
