"""微信客服 menus: buttons, choices and links, as entries that a customer taps.

Source: https://developer.work.weixin.qq.com/document/path/94677
"""

import base64
import binascii
from typing import Any
from uuid import UUID

from adapters.wecom.messages import cut_bytes, harmless, one_line, with_tail
from cards.spec import BadToken, Card, CardAction, Link, Note, addresses, answers, told, without_links

HEAD_BYTES = 1024
TAIL_BYTES = 1024
"""Not documented for the line below a menu; the head's limit is taken."""
ITEMS = 10
ID_BYTES = 64
LABEL_BYTES = 128

_SHORT = "z"
"""Begins an id whose UUIDs are written in base64, because the token alone is over 64 bytes."""
_FOLDED = "!"
"""Begins a choice that is a folded UUID; no choice of ours has this character."""


def kf_body(content: Card | Note) -> dict[str, Any]:
    """Return `msgtype` and its body: a menu where there is something to tap and it fits, else words."""
    entries = _entries(content)
    if not entries and not content.links:
        return {"msgtype": "text", "text": {"content": with_tail(harmless(told(content)), "")}}
    menu = _menu(content, entries)
    if menu is not None:
        return {"msgtype": "msgmenu", "msgmenu": menu}
    how = answers(content) or "\n".join(f"· {label}" for _, label in entries)
    tail = "\n".join(part for part in (*addresses(content), harmless(how)) if part)
    return {"msgtype": "text", "text": {"content": with_tail(harmless(told(without_links(content))), tail)}}


def shrink(token: str) -> str:
    """Return an id of at most 64 bytes for a token, or nothing when there is none."""
    if len(token.encode(errors="replace")) <= ID_BYTES:
        return token
    try:
        action = CardAction.unpack(token)
    except BadToken:
        return ""
    parts = [_SHORT, action.verb, _fold(action.subject_id), str(action.version)]
    short = ":".join(parts + ([_short_choice(action.choice)] if action.choice else []))
    return short if len(short.encode()) <= ID_BYTES else ""


def expand(menu_id: str) -> str:
    """Return the token that `shrink` made an id of; any other id is returned as it is."""
    kind, *parts = menu_id.split(":")
    if kind != _SHORT or len(parts) not in (3, 4):
        return menu_id
    try:
        choice = _whole_choice(parts[3]) if len(parts) == 4 else ""
        return CardAction(parts[0], _unfold(parts[1]), int(parts[2]), choice).pack()
    except ValueError:
        return menu_id


def _entries(content: Card | Note) -> list[tuple[str, str]]:
    """Return (id, label) of everything that can be tapped; the id is empty where none fits."""
    if isinstance(content, Note):
        listed = list(content.menu)
    else:
        listed = [(button.action.pack(), button.label) for button in content.buttons]
    return [(shrink(menu_id), one_line(label) or "…") for menu_id, label in listed]


def _menu(content: Card | Note, entries: list[tuple[str, str]]) -> dict[str, Any] | None:
    """Return the menu, or None when it does not fit; buttons after the tenth are told in words."""
    head, tail = _head_and_tail(content)
    too_many = isinstance(content, Note) and len(entries) > ITEMS
    if too_many or len(head.encode()) > HEAD_BYTES or len(tail.encode()) > TAIL_BYTES:
        return None
    if not all(menu_id for menu_id, _ in entries[:ITEMS]):
        return None
    menu: dict[str, Any] = {"head_content": head} if head.strip() else {}
    menu["list"] = [
        {"type": "click", "click": {"id": menu_id, "content": cut_bytes(label, LABEL_BYTES)}}
        for menu_id, label in entries[:ITEMS]
    ]
    menu["list"] += [
        {"type": "view", "view": {"url": link.url, "content": cut_bytes(one_line(link.text), LABEL_BYTES)}}
        for link in _tapped(content)
    ]
    return menu | ({"tail_content": tail} if tail.strip() else {})


def _tapped(content: Card | Note) -> tuple[Link, ...]:
    """Return the links that are entries of the menu: all, or none where they would be too many."""
    taps = content.menu if isinstance(content, Note) else content.buttons
    return content.links if len(taps) + len(content.links) <= ITEMS else ()


def _head_and_tail(content: Card | Note) -> tuple[str, str]:
    links = () if _tapped(content) else content.links
    if isinstance(content, Note):
        return harmless(told(Note(content.text, links=links))), ""
    head = told(Card(content.title, fields=content.fields, links=links, body=content.body))
    more = " ｜ ".join(button.words for button in content.buttons[ITEMS:])
    tail = "\n".join(part for part in (content.hint, more and f"也可回复：{more}") if part)
    return harmless(head), harmless(tail)


def _short_choice(choice: str) -> str:
    try:
        value = UUID(choice)
    except ValueError:
        return choice
    return _FOLDED + _fold(value) if value.hex == choice else choice


def _whole_choice(choice: str) -> str:
    return _unfold(choice[1:]).hex if choice.startswith(_FOLDED) else choice


def _fold(value: UUID) -> str:
    return base64.urlsafe_b64encode(value.bytes).decode().rstrip("=")


def _unfold(text: str) -> UUID:
    try:
        return UUID(bytes=base64.urlsafe_b64decode(text + "=="))
    except binascii.Error as error:
        raise ValueError(text) from error
