"""Our own models of what the app callback carries; elements we do not know are left alone.

Source: https://developer.work.weixin.qq.com/document/path/90239 (messages) and 90240 (events)
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from adapters.inbound import (
    Content,
    EnteredContent,
    LinkContent,
    LocationContent,
    MediaContent,
    PressContent,
    TextContent,
)

_YEAR_3000_S = 32503680000


def _listed(value: Any) -> Any:
    if value == "":
        return []
    return value if isinstance(value, list) else [value]


def _blank_is_absent(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


Word = Annotated[str, StringConstraints(strip_whitespace=True)]
Ref = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1024)]
UserId = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^|\s]{0,64}$")]
KfId = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9A-Za-z_-]{1,64}$")]


class Payload(BaseModel):
    """Elements of one XML message."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Head(Payload):
    """What every message has; events may come from nobody (`sys`, 微信客服)."""

    to_user: Word = Field(alias="ToUserName")
    from_user: UserId = Field(alias="FromUserName", default="")
    create_time: int = Field(alias="CreateTime", ge=0, le=_YEAR_3000_S)
    msg_type: Word = Field(alias="MsgType", min_length=1, max_length=64)
    msg_id: Word = Field(alias="MsgId", default="")
    agent_id: Word = Field(alias="AgentID", default="")
    event: Word = Field(alias="Event", default="", max_length=64)

    @property
    def userid(self) -> str:
        """Return the member; ids are case-insensitive, and `sys` is nobody."""
        userid = self.from_user.casefold()
        return "" if userid == "sys" else userid

    @property
    def sent_at(self) -> datetime:
        """Return the platform's moment."""
        return datetime.fromtimestamp(self.create_time, UTC)

    @property
    def type_name(self) -> str:
        """Return `text`, `event:click` and so on."""
        return f"event:{self.event}" if self.msg_type == "event" else self.msg_type


class ContentPayload(Payload):
    """The elements of one known type."""

    def to_content(self) -> Content:
        """Return what it says, in the shape of every channel."""
        raise NotImplementedError


class TextPayload(ContentPayload):
    """Words, blanks and all."""

    text: str = Field(alias="Content")

    def to_content(self) -> Content:
        """Return the words."""
        return TextContent(text=self.text)


class MediaPayload(ContentPayload):
    """A picture, voice, video or file; `file` is undocumented but seen."""

    media: Literal["image", "voice", "video", "file"] = Field(alias="MsgType")
    media_id: Ref = Field(alias="MediaId")
    file_name: Word = Field(alias="FileName", default="", max_length=255)

    def to_content(self) -> Content:
        """Return the reference; the bytes stay with the platform for three days."""
        return MediaContent(media=self.media, media_ref=self.media_id, file_name=self.file_name)


class LocationPayload(ContentPayload):
    """A place; X is the latitude and Y the longitude."""

    latitude: float = Field(alias="Location_X", ge=-90, le=90, allow_inf_nan=False)
    longitude: float = Field(alias="Location_Y", ge=-180, le=180, allow_inf_nan=False)
    label: Word = Field(alias="Label", default="")

    def to_content(self) -> Content:
        """Return the place."""
        return LocationContent(latitude=self.latitude, longitude=self.longitude, label=self.label)


class LinkPayload(ContentPayload):
    """A shared link."""

    title: Word = Field(alias="Title", default="")
    url: Word = Field(alias="Url", min_length=1)
    description: Word = Field(alias="Description", default="")

    def to_content(self) -> Content:
        """Return the link, never fetched."""
        return LinkContent(title=self.title, url=self.url, description=self.description)


class EnteredPayload(ContentPayload):
    """A member opened the app."""

    def to_content(self) -> Content:
        """Return that somebody came in."""
        return EnteredContent()


class _OptionIds(Payload):
    option_id: Annotated[list[Word], BeforeValidator(_listed)] = Field(alias="OptionId")


class _SelectedItem(Payload):
    question_key: Ref = Field(alias="QuestionKey")
    option_ids: Annotated[_OptionIds | None, BeforeValidator(_blank_is_absent)] = Field(
        alias="OptionIds", default=None
    )


class _SelectedItems(Payload):
    items: Annotated[list[_SelectedItem], BeforeValidator(_listed)] = Field(alias="SelectedItem")


class PressPayload(ContentPayload):
    """A click on a template card's button or menu."""

    event_key: Ref = Field(alias="EventKey")
    task_id: Word = Field(alias="TaskId", default="", max_length=128)
    response_code: Word = Field(alias="ResponseCode", default="", max_length=1024)
    selected: Annotated[_SelectedItems | None, BeforeValidator(_blank_is_absent)] = Field(
        alias="SelectedItems", default=None
    )

    def to_content(self) -> Content:
        """Return the press with its chosen options."""
        items = self.selected.items if self.selected else []
        return PressContent(
            token=self.event_key,
            card_ref=self.task_id,
            update_code=self.response_code,
            selected={
                item.question_key: tuple(item.option_ids.option_id if item.option_ids else ())
                for item in items
            },
        )


class KfWakePayload(Payload):
    """微信客服 has something to pull; it says neither what nor from whom."""

    open_kfid: KfId = Field(alias="OpenKfId")
    token: Word = Field(alias="Token", default="", max_length=256)


KF_EVENT = "kf_msg_or_event"

MESSAGES: dict[str, type[ContentPayload]] = {
    "text": TextPayload,
    "image": MediaPayload,
    "voice": MediaPayload,
    "video": MediaPayload,
    "file": MediaPayload,
    "location": LocationPayload,
    "link": LinkPayload,
}
EVENTS: dict[str, type[ContentPayload]] = {
    "enter_agent": EnteredPayload,
    "template_card_event": PressPayload,
    "template_card_menu_event": PressPayload,
}
