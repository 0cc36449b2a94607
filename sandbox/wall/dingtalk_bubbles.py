"""What chats on DingTalk show, as plain data."""

import re
from typing import Any

from sandbox.dingtalk import DingtalkSandbox, ShownMessage
from sandbox.wall.phones import Chat, Phone

_KINDS = {
    "picture": "picture",
    "sampleImageMsg": "picture",
    "audio": "voice",
    "sampleAudio": "voice",
    "video": "video",
    "sampleVideo": "video",
    "file": "file",
    "sampleFile": "file",
    "text": "text",
    "sampleText": "text",
    "richText": "text",
}
"""Everything else that the robot sends is Markdown."""
_BRACKETED = re.compile(r"^(@\S+ )?\[[^\]]*\] ?")


def bubbles(dingtalk: DingtalkSandbox, phone: Phone, chat: Chat) -> list[dict[str, Any]]:
    """Return a chat as this phone shows it, oldest first."""
    viewer = phone.user_id if chat.id.startswith("group:") else ""
    names = dingtalk.names()
    return [_bubble(shown, phone, names) for shown in dingtalk.chat(chat.id, viewer)]


def _bubble(shown: ShownMessage, phone: Phone, names: dict[str, str]) -> dict[str, Any]:
    common = {
        "id": str(shown.number),
        "at": int(shown.at.timestamp() * 1000),
        "who": names.get(shown.sender, shown.sender),
        "side": _side(shown.sender, phone),
    }
    if shown.card is not None:
        return common | _card(shown, shown.card)
    kind = _KINDS.get(shown.msg_key, "markdown")
    if kind in ("picture", "voice", "video", "file"):
        sent, uploaded = shown.file_code, shown.media_id
        media = f"dingtalk-sent/{sent}" if sent else f"dingtalk/{uploaded}"
        text = "" if kind == "picture" else _BRACKETED.sub("", shown.text)
        return common | {"kind": kind, "media": media, "text": text}
    return common | {"kind": kind, "text": shown.text, "quote": shown.quoted}


def _side(sender: str, phone: Phone) -> str:
    if sender in ("robot", "custom-robot"):
        return "product"
    return "me" if sender == phone.user_id else "them"


def _card(shown: ShownMessage, variables: dict[str, str]) -> dict[str, Any]:
    """Return a card by its variables where it has title and body, else by what it reads like."""
    title, rest = variables.get("title", ""), variables.get("body", "")
    if not (title and rest):
        title, _, rest = shown.text.partition("\n")
    return {
        "kind": "card",
        "card_id": shown.out_track_id,
        "source": "",
        "title": title,
        "status": variables.get("status", ""),
        "text": rest,
        "note": variables.get("hint", ""),
        "rows": [],
        "questions": [],
        "replaced": "",
        "buttons": [{"text": label, "style": 0, "url": ""} for label in shown.buttons],
        "menu": [],
    }
