"""Our own models of what an AI bot is told; fields we do not know are left alone.

Source: https://developer.work.weixin.qq.com/document/path/100719 (messages) and 101027 (events)
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from adapters.inbound import (
    Content,
    EnteredContent,
    MediaContent,
    PressContent,
    TextContent,
    UnsupportedContent,
)

_YEAR_3000_S = 32503680000


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _seconds(value: object) -> int:
    known = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _YEAR_3000_S
    return value if known and isinstance(value, int) else 0


Text = Annotated[str, BeforeValidator(_text)]
Object = Annotated[dict[str, Any], BeforeValidator(_object)]


class Payload(BaseModel):
    """Fields of one JSON message."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class From(Payload):
    """Who spoke; the corp is named for bots of other corps only."""

    userid: Text = Field(default="", max_length=64)
    corpid: Text = ""

    @property
    def member(self) -> str:
        """Return the member; ids are case-insensitive, and no id of ours holds these characters."""
        return "" if any(mark in self.userid for mark in "|:") else self.userid.strip().casefold()


class Piece(Payload):
    """One kind of content: a message, a part of a mixed one, or a quoted one."""

    msgtype: Text = Field(default="", max_length=64)
    text: Object = Field(default_factory=dict)
    image: Object = Field(default_factory=dict)
    voice: Object = Field(default_factory=dict)
    video: Object = Field(default_factory=dict)
    file: Object = Field(default_factory=dict)
    mixed: Object = Field(default_factory=dict)

    @property
    def words(self) -> str:
        """Return what was written or, as the platform heard it, spoken."""
        if self.msgtype == "mixed":
            return "\n".join(part.words for part in self.parts if part.words)
        return _text({"text": self.text, "voice": self.voice}.get(self.msgtype, {}).get("content")).strip()

    @property
    def media(self) -> tuple[MediaContent, ...]:
        """Return pictures and files; their address lives five minutes and gives encrypted bytes."""
        return tuple(self._media())

    @property
    def parts(self) -> "list[Piece]":
        """Return the parts of a mixed message."""
        return [Piece.model_validate(item) for item in _objects(self.mixed.get("msg_item"))]

    def _media(self) -> Iterator[MediaContent]:
        if self.msgtype == "mixed":
            for part in self.parts:
                if part.msgtype != "mixed":
                    yield from part.media
        for kind, body in (("image", self.image), ("video", self.video), ("file", self.file)):
            if self.msgtype == kind and _text(body.get("url")):
                yield MediaContent.model_validate({"media": kind, "media_ref": body["url"]})


class Event(Payload):
    """Something that happened beside messages."""

    eventtype: Text = Field(default="", max_length=64)
    template_card_event: Object = Field(default_factory=dict)


class Message(Piece):
    """Everything an AI bot is told."""

    msgid: Text = ""
    create_time: Annotated[int, BeforeValidator(_seconds)] = 0
    aibotid: Text = ""
    chatid: Text = Field(default="", max_length=128, pattern=r"^[^:\s]*$")
    chattype: Text = ""
    sender: From = Field(alias="from", default_factory=From)
    response_url: Text = Field(default="", max_length=1024)
    quote: Annotated[Piece | None, BeforeValidator(lambda value: value if _object(value) else None)] = None
    event: Annotated[Event, BeforeValidator(_object)] = Field(default_factory=Event)

    @property
    def in_group(self) -> bool:
        """Return whether it was said in a group, where the bot hears only what mentions it."""
        return self.chattype == "group"

    @property
    def type_name(self) -> str:
        """Return `text`, `event:enter_chat` and so on."""
        return f"event:{self.event.eventtype}" if self.msgtype == "event" else self.msgtype

    def sent_at(self, now: datetime) -> datetime:
        """Return the platform's moment, where it tells one."""
        return datetime.fromtimestamp(self.create_time, UTC) if self.create_time else now

    def to_content(self) -> Content:
        """Return what it says, in the shape of every channel."""
        if self.msgtype == "event":
            return self._event()
        if self.words or self.msgtype == "text":
            return TextContent(text=self.words)
        unsupported = UnsupportedContent(type_name=self.type_name or "unknown", answerable=True)
        return next(iter(self.media), unsupported)

    def _event(self) -> Content:
        press = self.event.template_card_event
        key = _text(press.get("event_key"))
        if self.event.eventtype == "enter_chat":
            return EnteredContent()
        if self.event.eventtype == "template_card_event" and key:
            return PressContent(
                token=key[:1024], card_ref=_text(press.get("task_id"))[:128], selected=_selected(press)
            )
        return UnsupportedContent(type_name=self.type_name)


def _selected(press: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    items = _objects(_object(press.get("selected_items")).get("selected_item"))
    return {
        _text(item.get("question_key")): tuple(map(_text, _options(item)))
        for item in items
        if _text(item.get("question_key"))
    }


def _options(item: dict[str, Any]) -> list[object]:
    options = _object(item.get("option_ids")).get("option_id")
    return options if isinstance(options, list) else []
