"""What people do on their phones: each is one call of the platforms' actors, which tests use as well."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.wall.board import Board
from sandbox.wall.bubbles import find
from sandbox.wall.phones import CAN, Chat, Kind, Phone, Refused
from sandbox.wall.samples import SAMPLE_VOICE

MOST_CHARS = 20_000
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_WORDS = {
    "photo": "发图片",
    "voice": "发语音",
    "place": "发位置",
    "press": "点按钮",
    "enter": "进入会话",
    "say": "说话",
}

_MISSING = {"press": "现在点不了：这个人看不到这个按钮，或它已经失效"}


@dataclass(frozen=True)
class Doing:
    """One thing that somebody wants to do.

    Args:
        what: `say`, `press`, `photo`, `voice`, `place` or `enter`.
        speaker: who does it, on a group's screen.
        facts: `text`, `at`, `quoting`, `bubble`, `selected`, `latitude`, `longitude`, as far as needed.
        picture: the bytes of a photo.
    """

    phone: Phone
    chat: Chat
    what: str
    speaker: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    picture: bytes = b""

    @property
    def user_id(self) -> str:
        """Return whoever does it."""
        return self.phone.owner(self.chat, self.speaker)

    def text(self, name: str = "text") -> str:
        """Return a text, empty when it was left out.

        Raises:
            Refused: it is none, or endless.
        """
        value = self.facts.get(name, "")
        if not isinstance(value, str):
            raise Refused(f"{name} 应为文字")
        if len(value) > MOST_CHARS:
            raise Refused(f"太长了，最多 {MOST_CHARS} 字", 413)
        return value.strip()

    def texts(self, name: str) -> list[str]:
        """Return a list of texts, empty when it was left out."""
        value = self.facts.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise Refused(f"{name} 应为一组文字")
        return value


def do(board: Board, doing: Doing) -> dict[str, Any]:
    """Do it, and return what the platform told whoever did it.

    Raises:
        Refused: it cannot be done here; nothing was done.
    """
    if doing.what not in CAN[doing.chat.kind]:
        raise Refused(f"“{doing.chat.title}”里不能{_WORDS.get(doing.what, '这样做')}，平台不支持")
    doing.phone.owner(doing.chat, doing.speaker)
    if doing.what in ("say", "place") and not doing.text():
        raise Refused("没有内容可发")
    if doing.what == "photo" and picture_type(doing.picture) is None:
        raise Refused("只能发 PNG 或 JPEG 图片", 415)
    try:
        return _BY_KIND[doing.chat.kind](board, doing) or {}
    except LookupError as missing:
        raise Refused(_MISSING.get(doing.what, "平台上没有这个人或这条消息"), 409) from missing


def picture_type(content: bytes) -> str | None:
    """Return the type of a picture that both platforms take, None for anything else."""
    return next((kind for start, kind in PICTURES.items() if content.startswith(start)), None)


def _customer(board: Board, doing: Doing) -> dict[str, Any] | None:
    wecom, userid = board.wecom, doing.user_id
    match doing.what:
        case "say":
            wecom.customer_says(userid, doing.text())
        case "press":
            wecom.customer_taps(userid, _live(board, doing), msgid=doing.text("bubble"))
        case "photo":
            wecom.customer_sends_image(userid, doing.picture, filename=_file_name(doing.picture))
        case "voice":
            wecom.customer_sends_voice(userid, SAMPLE_VOICE)
        case "place":
            latitude, longitude = _where(doing)
            name, address = doing.text(), doing.text("address")
            wecom.customer_sends_location(
                userid, name=name, address=address, latitude=latitude, longitude=longitude
            )
        case _:
            wecom.customer_enters(userid)
    return None


def _member(board: Board, doing: Doing) -> dict[str, Any] | None:
    wecom, userid = board.wecom, doing.user_id
    match doing.what:
        case "say":
            wecom.member_says(userid, doing.text())
        case "press":
            label, selected = _live(board, doing), _selected(doing)
            wecom.member_presses(userid, label, selected=selected, msgid=doing.text("bubble"))
        case "photo":
            wecom.member_sends_image(userid, doing.picture)
        case "voice":
            wecom.member_sends_voice(userid, SAMPLE_VOICE)
        case "place":
            latitude, longitude = _where(doing)
            wecom.member_sends_location(userid, latitude=latitude, longitude=longitude, label=doing.text())
        case _:
            wecom.member_enters(userid)
    return None


def _dingtalk(board: Board, doing: Doing) -> dict[str, Any] | None:
    dingtalk, userid = board.dingtalk, doing.user_id
    group = doing.chat.id.removeprefix("group:") if doing.chat.kind == Kind.GROUP else ""
    match doing.what:
        case "say":
            at, quoted = doing.texts("at"), doing.text("quoting")
            quoting = str(find(board, doing.phone, doing.chat, quoted).get("text", "")) if quoted else None
            dingtalk.user_says(userid, doing.text(), group=group, at=at, quoting=quoting)
        case "photo":
            dingtalk.user_sends_picture(userid, doing.picture, group=group)
        case "voice":
            words = doing.text()
            dingtalk.user_sends_voice(userid, SAMPLE_VOICE, words, duration_ms=max(1000, 250 * len(words)))
        case _:
            label = _live(board, doing)
            card = str(find(board, doing.phone, doing.chat, doing.text("bubble"))["card_id"])
            result = dingtalk.user_presses(userid, label, out_track_id=card)
            latency_ms = round(result.latency_s * 1000)
            return {"code": result.code, "latency_ms": latency_ms, "error": result.error}
    return None


def _live(board: Board, doing: Doing) -> str:
    """Return the label to press; it must be on this very bubble now.

    Raises:
        Refused: the bubble is gone, or offers it no more.
    """
    label = doing.text("label")
    bubble = find(board, doing.phone, doing.chat, doing.text("bubble"))
    offered = [one["text"] for one in bubble.get("buttons", ()) if not one["url"]]
    offered += [one["text"] for one in bubble.get("items", ()) if one["tap"]]
    if label not in [*offered, *bubble.get("menu", ())]:
        raise Refused(f"这条消息上现在没有“{label[:40]}”按钮", 409)
    return label


def _selected(doing: Doing) -> dict[str, list[str]]:
    """Return the answers of a card's form by question."""
    value = doing.facts.get("selected", {})
    if not isinstance(value, dict) or not all(
        isinstance(options, list) and all(isinstance(one, str) for one in options)
        for options in value.values()
    ):
        raise Refused("selected 应为每个问题所选的选项")
    return {str(question): options for question, options in value.items()}


def _where(doing: Doing) -> tuple[float, float]:
    """Return the coordinates of a place."""
    latitude, longitude = doing.facts.get("latitude"), doing.facts.get("longitude")
    for value, most in ((latitude, 90), (longitude, 180)):
        if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
            raise Refused("位置要有纬度（-90 到 90）和经度（-180 到 180）")
    assert latitude is not None and longitude is not None
    return float(latitude), float(longitude)


def _file_name(picture: bytes) -> str:
    return "photo.png" if picture_type(picture) == "image/png" else "photo.jpg"


def _nothing(board: Board, doing: Doing) -> dict[str, Any] | None:
    raise Refused("这个群只接收机器人的消息")


_BY_KIND = {
    Kind.KF: _customer,
    Kind.APP: _member,
    Kind.ROBOT: _dingtalk,
    Kind.GROUP: _dingtalk,
    Kind.WEBHOOK: _nothing,
}
