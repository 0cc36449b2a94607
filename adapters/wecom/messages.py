"""Words for WeCom: cut to its limits, and with nothing in them that WeCom would act on.

Source: https://developer.work.weixin.qq.com/document/path/90236 (app), 94677 (微信客服), 99110 (group robot)
"""

import re
from typing import Any

from cards.spec import Card, Note, Tone, plain_text

TEXT_BYTES = 2048
WEBHOOK_BYTES = 4096
MENU_HEAD_BYTES = 1024
MENU_ITEMS = 10
MENU_ID_BYTES = 64
MENU_LABEL_BYTES = 128

_ELLIPSIS = "…"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# The app and 微信客服 turn <a …> into links, markdown turns <@id> and <font …> into mentions and colours.
_TAG = re.compile(r"<(?=[@A-Za-z/!])")
_MENTION_ALL = re.compile(r"@(?=all\b|所有人)", re.IGNORECASE)
_MARKDOWN = str.maketrans({"<": "＜", "[": "［", "]": "］", "`": "｀", "*": "＊"})
_LINE_START = re.compile(r"^(\s*)([#>])", re.MULTILINE)
_FULL_WIDTH = {"#": "＃", ">": "＞"}
_COLOURS = {Tone.SUCCESS: "info", Tone.INFO: "info", Tone.WARNING: "warning", Tone.DANGER: "warning"}


def cut_bytes(text: str, limit: int) -> str:
    """Return at most `limit` UTF-8 bytes, whole characters only, ending in an ellipsis when cut."""
    data = text.encode()
    if len(data) <= limit:
        return text
    return data[: limit - len(_ELLIPSIS.encode())].decode(errors="ignore") + _ELLIPSIS


def cut(text: str, limit: int) -> str:
    """Return at most `limit` characters, ending in an ellipsis when cut."""
    return text if len(text) <= limit else text[: limit - 1] + _ELLIPSIS


def harmless(text: str) -> str:
    """Return the text with everything neutralised that WeCom would turn into a link or a mention."""
    text = text.encode(errors="replace").decode()
    text = _TAG.sub("＜", _CONTROL.sub(" ", text))
    return _MENTION_ALL.sub("＠", text)


def one_line(text: str) -> str:
    """Return harmless text without line breaks."""
    return " ".join(harmless(text).split())


def text_body(content: Card | Note) -> dict[str, Any]:
    """Return the body of a text message."""
    return {"content": cut_bytes(harmless(plain_text(content)), TEXT_BYTES)}


def menu_body(note: Note) -> dict[str, Any] | None:
    """Return the body of a 微信客服 menu, or None when the note has none or does not fit into one."""
    head = harmless(note.text)
    ids = [menu_id for menu_id, _ in note.menu]
    fits = len(head.encode()) <= MENU_HEAD_BYTES and 0 < len(ids) <= MENU_ITEMS
    if not fits or any(not 0 < len(menu_id.encode()) <= MENU_ID_BYTES for menu_id in ids):
        return None
    items = [
        {"type": "click", "click": {"id": menu_id, "content": cut_bytes(one_line(label), MENU_LABEL_BYTES)}}
        for menu_id, label in note.menu
    ]
    return {"head_content": head, "list": items} if head.strip() else {"list": items}


def kf_body(content: Card | Note) -> dict[str, Any]:
    """Return `msgtype` and its body for 微信客服: a menu where one was asked for and fits, else text."""
    if isinstance(content, Note) and content.menu:
        menu = menu_body(content)
        if menu is not None:
            return {"msgtype": "msgmenu", "msgmenu": menu}
        return {"msgtype": "text", "text": _text_with_choices(content)}
    return {"msgtype": "text", "text": text_body(content)}


def _text_with_choices(note: Note) -> dict[str, Any]:
    choices = "\n".join(f"· {one_line(label)}" for _, label in note.menu)
    choices = cut_bytes(choices, TEXT_BYTES // 2)
    text = cut_bytes(harmless(note.text), TEXT_BYTES - len(choices.encode()) - 1)
    return {"content": f"{text}\n{choices}"}


def markdown_body(content: Card | Note) -> dict[str, Any]:
    """Return the body of a group robot's markdown; buttons are left out, nobody could answer there."""
    text = _literal(content.text) if isinstance(content, Note) else _card_markdown(content)
    return {"content": cut_bytes(text, WEBHOOK_BYTES)}


def _card_markdown(card: Card) -> str:
    title = cut(_literal(" ".join(card.title.split())), 100)
    colour = _COLOURS.get(card.tone)
    # The coloured part comes first and is short, so that a cut never opens a tag without closing it.
    lines = [f'### <font color="{colour}">{title}</font>' if colour else f"### {title}"]
    lines += [
        f"> **{_literal(label)}**：{_literal(' '.join(value.split()))}"
        for label, value in card.fields
        if value
    ]
    lines += [_literal(part) for part in (card.body, card.hint) if part]
    return "\n".join(lines)


def _literal(text: str) -> str:
    """Return text that markdown shows as it is."""
    text = harmless(text).translate(_MARKDOWN)
    return _LINE_START.sub(lambda match: match[1] + _FULL_WIDTH[match[2]], text)
