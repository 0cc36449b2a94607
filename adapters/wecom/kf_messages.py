"""From one item of `kf/sync_msg` to one Inbound.

Source: https://developer.work.weixin.qq.com/document/path/94670
"""

import hashlib
import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from adapters.inbound import (
    Content,
    EnteredContent,
    Inbound,
    LinkContent,
    LocationContent,
    MediaContent,
    Platform,
    Sender,
    SendFailedContent,
    TextContent,
    UnsupportedContent,
)
from adapters.wecom.menus import expand

log = logging.getLogger(__name__)

HISTORY_AGE = timedelta(minutes=10)
_KEY_CHARS = 128
_YEAR_3000_S = 32503680000
_FROM_CUSTOMER = 3


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class _Head(_Part):
    """What an item has; an event keeps its ids inside."""

    msgid: str = Field(min_length=1)
    send_time: int = Field(ge=0, le=_YEAR_3000_S)
    origin: int
    msgtype: str = Field(min_length=1, max_length=64)
    external_userid: str = Field(default="", max_length=128)


class _Body(_Part):
    def to_content(self) -> Content:
        raise NotImplementedError


class _Text(_Body):
    content: str
    menu_id: str = ""

    def to_content(self) -> Content:
        return TextContent(text=self.content, choice=expand(self.menu_id))


class _Media(_Body):
    msgtype: Literal["image", "voice", "video", "file"]
    media_id: str = Field(min_length=1)

    def to_content(self) -> Content:
        return MediaContent(media=self.msgtype, media_ref=self.media_id)


class _Location(_Body):
    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False)
    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False)
    name: str = ""
    address: str = ""

    def to_content(self) -> Content:
        label = " ".join(part for part in (self.name, self.address) if part)
        return LocationContent(latitude=self.latitude, longitude=self.longitude, label=label)


class _Link(_Body):
    title: str = ""
    url: str = Field(min_length=1)
    desc: str = ""

    def to_content(self) -> Content:
        return LinkContent(title=self.title, url=self.url, description=self.desc)


class _Entered(_Body):
    welcome_code: str = ""

    def to_content(self) -> Content:
        return EnteredContent(welcome_code=self.welcome_code)


class _SendFailed(_Body):
    fail_msgid: str = Field(min_length=1)
    fail_type: int

    def to_content(self) -> Content:
        return SendFailedContent(message_ref=self.fail_msgid, reason_code=str(self.fail_type))


_MESSAGES: dict[str, type[_Body]] = {
    "text": _Text,
    "image": _Media,
    "voice": _Media,
    "video": _Media,
    "file": _Media,
    "location": _Location,
    "link": _Link,
}
_EVENTS: dict[str, type[_Body]] = {"enter_session": _Entered, "msg_send_fail": _SendFailed}


def to_inbound(item: Any, open_kfid: str, *, first_sync: bool, now: datetime) -> Inbound:
    """Return one pulled item in the shape of every channel.

    Nothing is refused: an item that cannot be read is kept as unsupported, or its page could never be passed.

    Args:
        item: one entry of `msg_list`.
        open_kfid: the account that was pulled.
        first_sync: items older than ten minutes are history.
    """
    item = storable(item)
    raw = json.dumps(item, ensure_ascii=False, sort_keys=True)
    try:
        head = _Head.model_validate(item)
    except ValidationError as error:
        log.warning("微信客服 item could not be read: %s", _fields(error))
        digest = hashlib.sha256(raw.encode()).hexdigest()
        head = _Head(msgid=digest, send_time=int(now.timestamp()), origin=0, msgtype="malformed")
    part = item.get(head.msgtype) if isinstance(item, dict) else None
    part = part if isinstance(part, dict) else {}
    sent_at = datetime.fromtimestamp(head.send_time, UTC)
    external_userid = head.external_userid or _inner_userid(part)
    return Inbound(
        channel="wecom_kf",
        delivery_key=delivery_key(open_kfid, head.msgid),
        sender=Sender(platform=Platform.WECOM_EXTERNAL, user_id=external_userid),
        conversation=f"wecom_kf:{open_kfid}:{external_userid}" if external_userid else "",
        sent_at=sent_at,
        content=_content(head, part, waits=bool(external_userid)),
        history=first_sync and now - sent_at > HISTORY_AGE,
        raw=raw,
    )


def delivery_key(open_kfid: str, msgid: str) -> str:
    """Return `<open_kfid>:<msgid>`, or its digest where that is too long."""
    key = f"{open_kfid}:{msgid}"
    return key if len(key) <= _KEY_CHARS else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def storable(value: Any) -> Any:
    """Return a JSON value without NUL and half surrogates, which a database refuses again and again."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode().replace("\x00", "")
    if isinstance(value, list):
        return [storable(entry) for entry in value]
    if isinstance(value, dict):
        return {storable(key): storable(entry) for key, entry in value.items()}
    return value


def _inner_userid(part: dict[str, Any]) -> str:
    userid = part.get("external_userid")
    return userid if isinstance(userid, str) and len(userid) <= 128 else ""


def _content(head: _Head, part: dict[str, Any], *, waits: bool) -> Content:
    if head.msgtype == "event":
        event_type = str(part.get("event_type", ""))[:64]
        model, type_name, answerable = _EVENTS.get(event_type), f"event:{event_type}", False
    else:
        # A human servicer's words (origin 5) are neither for us nor to be answered.
        from_customer = head.origin == _FROM_CUSTOMER
        model = _MESSAGES.get(head.msgtype) if from_customer else None
        type_name = head.msgtype if from_customer else f"origin{head.origin}:{head.msgtype}"
        answerable = from_customer and waits
    unsupported = UnsupportedContent(type_name=type_name, answerable=answerable)
    if model is None:
        return unsupported
    try:
        return model.model_validate({**part, "msgtype": head.msgtype}).to_content()
    except ValidationError as error:
        log.warning("微信客服 %s could not be read: %s", type_name, _fields(error))
        return unsupported


def _fields(error: ValidationError) -> str:
    entries = error.errors(include_input=False, include_url=False)
    return "; ".join(f"{'.'.join(map(str, entry['loc']))}: {entry['msg']}" for entry in entries)
