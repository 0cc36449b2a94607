"""Plain renditions of messages and cards, for transcripts and tests."""

from typing import Any

_BRACKETED = {"image": "图片", "voice": "语音", "video": "视频", "file": "文件"}


def plain_text(msgtype: str, content: dict[str, Any], replaced: str = "") -> str:
    """Return the words of a message, a card's title and fields one per line."""
    if msgtype == "template_card":
        return _card_text(content, replaced)
    if msgtype == "msgmenu":
        return _menu_text(content)
    if msgtype in ("news", "mpnews"):
        articles = content.get("articles", [])
        return _lines(
            part for article in articles for part in (article.get("title"), article.get("description"))
        )
    if msgtype in _BRACKETED:
        return _lines([f"[{_BRACKETED[msgtype]}]", content.get("title") or content.get("filename")])
    if msgtype == "location":
        place = " ".join(str(content.get(key, "")) for key in ("name", "address", "latitude", "longitude"))
        return f"[位置] {place}".strip()
    if msgtype == "link":
        return _lines(["[链接]", content.get("title"), content.get("desc"), content.get("url")])
    if "content" in content:
        return str(content["content"])
    return _lines([content.get("title"), content.get("description"), content.get("url")]) or f"[{msgtype}]"


def live_buttons(msgtype: str, content: dict[str, Any], replaced: str = "") -> tuple[str, ...]:
    """Return the labels that can be clicked: card buttons and menu entries, or a kf menu's click items."""
    if msgtype == "msgmenu":
        items = content.get("list", [])
        return tuple(item["click"]["content"] for item in items if item.get("type") == "click")
    if msgtype != "template_card":
        return ()
    labels = [action["text"] for action in menu_actions(content)]
    if not replaced:
        labels = [button["text"] for button in card_buttons(content)] + labels
    return tuple(labels)


def card_buttons(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a card's own buttons, the submit button included."""
    submit = card.get("submit_button")
    return [*card.get("button_list", []), *([submit] if submit else [])]


def menu_actions(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the entries of a card's upper right menu."""
    menu: dict[str, Any] = card.get("action_menu") or {}
    actions: list[dict[str, Any]] = menu.get("action_list", [])
    return actions


def _lines(parts: Any) -> str:
    return "\n".join(str(part) for part in parts if part)


def _titled(part: dict[str, Any] | None, *keys: str) -> list[str]:
    return [str(part[key]) for key in keys if part.get(key)] if part else []


def _card_text(card: dict[str, Any], replaced: str) -> str:
    lines = _titled(card.get("source"), "desc")
    lines += _titled(card.get("main_title"), "title", "desc")
    lines += _titled(card.get("emphasis_content"), "title", "desc")
    lines += _titled(card.get("quote_area"), "title", "quote_text")
    lines += _titled(card.get("image_text_area"), "title", "desc")
    lines += [card["sub_title_text"]] if card.get("sub_title_text") else []
    for row in card.get("horizontal_content_list") or []:
        lines.append(f"{row.get('keyname', '')}：{row.get('value', '')}")
    for row in card.get("vertical_content_list") or []:
        lines.append(f"{row.get('title', '')} {row.get('desc', '')}".strip())
    for question in questions(card):
        options = "、".join(option.get("text", "") for option in question.get("option_list", []))
        lines.append(f"{question.get('title', '选择')}：{options}")
    if replaced:
        lines.append(f"〔{replaced}〕")
    return _lines(lines)


def questions(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the inputs of a card: button_selection, checkbox and select_list."""
    single = [card[key] for key in ("button_selection", "checkbox") if card.get(key)]
    return [*single, *(card.get("select_list") or [])]


def _menu_text(content: dict[str, Any]) -> str:
    lines = [content.get("head_content", "")]
    for item in content.get("list", []):
        part = item.get(item.get("type"), {})
        lines.append(" ".join(str(part[key]) for key in ("content", "url") if part.get(key)))
    return _lines([*lines, content.get("tail_content", "")])
