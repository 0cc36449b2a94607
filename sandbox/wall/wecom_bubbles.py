"""What chats on WeCom and WeChat show, as plain data."""

from typing import Any

from sandbox.wall.phones import Chat, Kind, Phone
from sandbox.wecom import WecomSandbox
from sandbox.wecom.chats import Posted
from sandbox.wecom.rendering import card_buttons, menu_actions, plain_text, questions

_FILES = {"image": "picture", "voice": "voice", "video": "video", "file": "file"}


def bubbles(wecom: WecomSandbox, phone: Phone, chat: Chat) -> list[dict[str, Any]]:
    """Return a chat as this phone shows it, oldest first."""
    with wecom.lock:
        stored = wecom.chats.stored(chat.id)
        names = {member.userid: member.name for member in wecom.members.values()}
        return [_bubble(message, phone, chat, names) for message in stored]


def _bubble(message: Posted, phone: Phone, chat: Chat, names: dict[str, str]) -> dict[str, Any]:
    content = message.content
    common = {
        "id": message.msgid,
        "at": int(message.at.timestamp() * 1000),
        **_sender(message.sender, phone, chat, names),
    }
    if message.msgtype == "template_card":
        return common | _card(content, message.replaced)
    if message.msgtype == "msgmenu":
        return common | _menu(content)
    if message.msgtype in _FILES:
        return common | {
            "kind": _FILES[message.msgtype],
            "media": f"wecom/{content.get('media_id', '')}",
            "text": str(content.get("filename") or content.get("title") or ""),
        }
    if message.msgtype == "location":
        return common | _place(content)
    if message.msgtype in ("markdown", "markdown_v2"):
        return common | {"kind": "markdown", "text": str(content.get("content", ""))}
    return common | {"kind": "text", "text": plain_text(message.msgtype, content, message.replaced)}


def _sender(sender: str, phone: Phone, chat: Chat, names: dict[str, str]) -> dict[str, str]:
    if sender == "bot":
        return {"who": "群机器人" if chat.kind == Kind.WEBHOOK else chat.title, "side": "product"}
    if sender in ("customer", phone.user_id):
        return {"who": phone.name, "side": "me"}
    return {"who": names.get(sender, sender), "side": "them"}


def _place(content: dict[str, Any]) -> dict[str, Any]:
    name, address = str(content.get("name") or ""), str(content.get("address") or "")
    where = "，".join(f"{content[key]}" for key in ("latitude", "longitude") if key in content)
    return {"kind": "place", "text": name or address, "address": address if name else "", "where": where}


def _menu(content: dict[str, Any]) -> dict[str, Any]:
    items = []
    for item in content.get("list", []):
        kind = str(item.get("type"))
        part = item.get(kind) or {}
        items.append(
            {"text": str(part.get("content", "")), "tap": kind == "click", "url": str(part.get("url", ""))}
        )
    head, tail = str(content.get("head_content", "")), str(content.get("tail_content", ""))
    return {"kind": "menu", "text": head, "items": items, "tail": tail}


def _card(card: dict[str, Any], replaced: str) -> dict[str, Any]:
    main, quote, emphasis = (card.get(key) or {} for key in ("main_title", "quote_area", "emphasis_content"))
    rows = [
        [str(row.get("keyname", "")), str(row.get("value", ""))]
        for row in card.get("horizontal_content_list") or []
    ]
    rows += [
        [str(row.get("title", "")), str(row.get("desc", ""))]
        for row in card.get("vertical_content_list") or []
    ]
    return {
        "kind": "card",
        "source": str((card.get("source") or {}).get("desc", "")),
        "title": str(main.get("title", "")),
        "text": str(main.get("desc", "")),
        "emphasis": " ".join(str(emphasis[key]) for key in ("title", "desc") if emphasis.get(key)),
        "quote": "\n".join(str(quote[key]) for key in ("title", "quote_text") if quote.get(key)),
        "note": str(card.get("sub_title_text") or ""),
        "rows": rows,
        "questions": [] if replaced else [_question(one) for one in questions(card)],
        "replaced": replaced,
        "buttons": [] if replaced else [_button(one) for one in card_buttons(card)],
        "menu": [str(action["text"]) for action in menu_actions(card)],
    }


def _button(button: dict[str, Any]) -> dict[str, Any]:
    url = str(button.get("url", "")) if button.get("type", 0) == 1 else ""
    return {"text": str(button["text"]), "style": int(button.get("style") or 0), "url": url}


def _question(question: dict[str, Any]) -> dict[str, Any]:
    chosen = str(question.get("selected_id") or "")
    return {
        "key": str(question.get("question_key", "")),
        "title": str(question.get("title", "")),
        "many": question.get("mode") == 1,
        "options": [
            {
                "id": str(option.get("id", "")),
                "text": str(option.get("text", "")),
                "on": bool(option.get("is_checked")) or str(option.get("id", "")) == chosen,
            }
            for option in question.get("option_list", [])
        ],
    }
