"""Words for WeCom: cut to its limits, and with nothing in them that WeCom would act on.

Source: https://developer.work.weixin.qq.com/document/path/90236 (app), 94677 (微信客服), 99110 (group robot)
"""

import re
from collections.abc import Sequence
from typing import Any

from cards.spec import Card, Note, Tone, answers, told, without_links

TEXT_BYTES = 2048
WEBHOOK_BYTES = 4096

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
    """Return the body of a text message; a long one gives way before what is opened and how to answer."""
    tail = [f'<a href="{link.url}">{link.text}</a>' for link in content.links]
    tail += [part for part in (harmless(answers(content)),) if part]
    return {"content": with_tail(harmless(told(without_links(content))), "\n".join(tail))}


def with_tail(text: str, tail: str) -> str:
    """Return text and tail within the bytes of a message; the tail is cut only beyond a half of them."""
    tail = cut_bytes(tail, TEXT_BYTES // 2)
    room = TEXT_BYTES - len(tail.encode()) - 1 if tail else TEXT_BYTES
    return "\n".join(part for part in (cut_bytes(text, room), tail) if part)


def markdown_body(content: Card | Note, mentions: Sequence[str] = ()) -> dict[str, Any]:
    """Return the body of a group robot's markdown; buttons are left out, nobody could answer there.

    Args:
        mentions: userids of whoever is called; they are never cut.
    """
    text = _note_markdown(content) if isinstance(content, Note) else _card_markdown(content)
    called = "".join(
        f"\n<@{userid}>" if not index else f"<@{userid}>" for index, userid in enumerate(mentions)
    )
    return {"content": cut_bytes(text, WEBHOOK_BYTES - len(called.encode())) + called}


def _note_markdown(note: Note) -> str:
    links = [f"[{link.text}]({link.url})" for link in note.links]
    return "\n".join([literal(told(without_links(note))), *links])


def _card_markdown(card: Card) -> str:
    title = cut(literal(" ".join(card.title.split())), 100)
    colour = _COLOURS.get(card.tone)
    # The coloured part comes first and is short, so that a cut never opens a tag without closing it.
    lines = [f'### <font color="{colour}">{title}</font>' if colour else f"### {title}"]
    lines += [
        f"> **{literal(label)}**：{literal(' '.join(value.split()))}" for label, value in card.fields if value
    ]
    lines += [f"> **{link.label}**：[{link.text}]({link.url})" for link in card.links]
    lines += [literal(part) for part in (card.body, card.hint) if part]
    return "\n".join(lines)


def literal(text: str) -> str:
    """Return text that markdown shows as it is."""
    text = harmless(text).translate(_MARKDOWN)
    return _LINE_START.sub(lambda match: match[1] + _FULL_WIDTH[match[2]], text)
