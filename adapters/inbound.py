"""What a platform told us, in one shape for every channel."""

from enum import StrEnum
from typing import Annotated, Any, Literal, Protocol

from pydantic import AwareDatetime, Field, field_validator

from domain.kernel.messages import Message


class Platform(StrEnum):
    """Where an identity is known; a WeCom member and a WeChat visitor are different name spaces."""

    WECOM = "wecom"
    WECOM_EXTERNAL = "wecom_external"
    DINGTALK = "dingtalk"
    API = "api"
    """Not people: other systems, by the names of their keys."""
    PAGE = "page"
    """Whoever a page's link was made for, by the id of the person; or the label on a machine."""


def sender_key(platform: str, user_id: str) -> str:
    """Return how a platform user is keyed in the inbox and in dialogues."""
    return f"{platform}:{user_id}"


class Sender(Message):
    """Who spoke, as the platform names them; nobody vouches for an empty `user_id`."""

    platform: Platform
    user_id: str
    display_name: str = ""


class TextContent(Message):
    """Words, at their full length; `choice` is the id of a tapped menu item."""

    kind: Literal["text"] = "text"
    text: str
    choice: str = ""

    @field_validator("text")
    @classmethod
    def _storable(cls, text: str) -> str:
        """Leave out NUL, which no database column takes."""
        return text.replace("\x00", "")


class PressContent(Message):
    """A pressed card button.

    Args:
        token: the packed `CardAction` the button carried.
        card_ref: the platform's name of the card (`outTrackId`, `task_id`).
        update_code: WeCom's single-use code that updates the presser's copy.
        selected: chosen options by question key.
    """

    kind: Literal["press"] = "press"
    token: str
    card_ref: str = ""
    update_code: str = ""
    selected: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class MediaContent(Message):
    """A picture, voice, video or file that stays with the platform until fetched."""

    kind: Literal["media"] = "media"
    media: Literal["image", "voice", "video", "file"]
    media_ref: str
    transcript: str = ""
    file_name: str = ""


class ScannedContent(Message):
    """What stands in the codes of a picture that somebody sent before; read by us, after it was fetched.

    Args:
        codes: their texts, from top to bottom; they are never commands.
        readable: it was a picture at all, as far as we can tell.
    """

    kind: Literal["scanned"] = "scanned"
    codes: tuple[str, ...] = ()
    readable: bool = True


class LocationContent(Message):
    """A place, in degrees."""

    kind: Literal["location"] = "location"
    latitude: float
    longitude: float
    label: str = ""


class LinkContent(Message):
    """A shared link; never fetched."""

    kind: Literal["link"] = "link"
    title: str
    url: str
    description: str = ""


class EnteredContent(Message):
    """Somebody opened the chat; `welcome_code` allows one greeting for 20 s (微信客服)."""

    kind: Literal["entered"] = "entered"
    welcome_code: str = ""


class SendFailedContent(Message):
    """The platform revoked a message after accepting it (`msg_send_fail`)."""

    kind: Literal["send_failed"] = "send_failed"
    message_ref: str
    reason_code: str


class UnsupportedContent(Message):
    """A type we do not handle; kept, answered politely where somebody waits, and counted."""

    kind: Literal["unsupported"] = "unsupported"
    type_name: str
    answerable: bool = False


class RequestContent(Message):
    """A request from another system, checked at the door.

    Args:
        body: its fields as JSON values.
        digest: of the body; the same key with another digest is a conflict.
        nonce: tells the first delivery from a repeat, whose answer carries the first one's.
        about: what it is: a request for service, or what a supplier says about a purchase.
    """

    kind: Literal["request"] = "request"
    body: dict[str, Any]
    digest: str
    nonce: str
    about: Literal["request", "purchase"] = "request"


Content = Annotated[
    TextContent
    | PressContent
    | MediaContent
    | ScannedContent
    | LocationContent
    | LinkContent
    | EnteredContent
    | SendFailedContent
    | RequestContent
    | UnsupportedContent,
    Field(discriminator="kind"),
]


class Inbound(Message):
    """One thing a platform delivered.

    Args:
        channel: the door: `wecom_app`, `wecom_kf`, `wecom_aibot`, `dingtalk`, `api` or `page`; unique
            together with `delivery_key`.
        delivery_key: the platform's id of this delivery; a repeat has the same key.
        conversation: the address an answer goes to, see `adapters.delivery.ports.Address`.
        sent_at: the platform's moment.
        in_group: the words were said to the robot in a group.
        private: the sender's own chat with us, where `conversation` is a group.
        mentions: platform user ids of the people the words are addressed to (@), the robot left out.
        quoted: the words of the message that this one replies to, or empty.
        attached: the pictures that came in the same message, after `content`.
        history: read on a first sync; kept, never answered.
        raw: the verified original, for the record.
    """

    channel: Literal["wecom_app", "wecom_kf", "wecom_aibot", "dingtalk", "api", "page"]
    delivery_key: str = Field(min_length=1, max_length=128)
    sender: Sender
    conversation: str
    sent_at: AwareDatetime
    content: Content
    in_group: bool = False
    private: str = ""
    mentions: tuple[str, ...] = ()
    quoted: str = ""
    attached: tuple[MediaContent, ...] = ()
    history: bool = False
    raw: str = ""


class Answer(Message):
    """What the caller may tell the platform at once.

    Args:
        card: the fresh card of the presser as a `cards` catalogue name and view, or empty.
        view: the view model for `card`.
    """

    card: str = ""
    view: dict[str, object] = Field(default_factory=dict)


class Receiver(Protocol):
    """The one inbound path; implemented by `bot.entry`, called by every adapter."""

    def receive(self, inbound: Inbound) -> Answer:
        """Take in one delivery durably and return what may be answered at once.

        A repeat of (channel, delivery_key) returns the stored answer and changes nothing.

        Raises:
            Exception: the delivery could not be made durable; the platform must deliver it again.
        """
