"""Words and cards for an AI bot's chats.

Source: https://developer.work.weixin.qq.com/document/path/101138 (response_url) and 101031 (passive)
"""

from typing import Any

from adapters.wecom.cards import template_card
from adapters.wecom.messages import cut_bytes, harmless, literal, one_line
from cards.spec import Card, Note, answers

MARKDOWN_BYTES = 4096
"""The page names no limit for markdown; the group robot's is taken."""
WELCOME_BYTES = 2048


def body_of(content: Card | Note, *, task_id: str, home_url: str) -> dict[str, Any]:
    """Return what a `response_url` takes: a card where something can be pressed, else markdown."""
    if isinstance(content, Card) and content.buttons:
        card = template_card(content, task_id=task_id, home_url=home_url)
        return {"msgtype": "template_card", "template_card": card}
    return words_of(content)


def words_of(content: Card | Note) -> dict[str, Any]:
    """Return the words alone; a long text gives way before the words that answer it."""
    links = [f"[{link.text}]({link.url})" for link in content.links if isinstance(content, Note)]
    tail = "\n".join([*links, *filter(None, (cut_bytes(literal(answers(content)), MARKDOWN_BYTES // 2),))])
    room = MARKDOWN_BYTES - (len(tail.encode()) + 1 if tail else 0)
    text = literal(content.text) if isinstance(content, Note) else _card(content)
    return _markdown("\n".join(part for part in (cut_bytes(text, room), tail) if part))


def welcome_of(note: Note) -> dict[str, Any]:
    """Return the passive answer to somebody who opens the chat."""
    return {"msgtype": "text", "text": {"content": cut_bytes(harmless(note.text), WELCOME_BYTES)}}


def update_of(card: Card, *, task_id: str, home_url: str) -> dict[str, Any]:
    """Return the passive answer that replaces a pressed card, which must keep its task_id."""
    return {
        "response_type": "update_template_card",
        "template_card": template_card(card, task_id=task_id, home_url=home_url),
    }


def _card(card: Card) -> str:
    lines = [f"**{literal(one_line(card.title))}**"] if one_line(card.title) else []
    lines += [
        f"> {literal(one_line(label))}：{literal(one_line(value))}" for label, value in card.fields if value
    ]
    lines += [f"> {link.label}：[{link.text}]({link.url})" for link in card.links]
    return "\n".join(lines + [literal(part) for part in (card.body, card.hint) if part])


def _markdown(text: str) -> dict[str, Any]:
    return {"msgtype": "markdown", "markdown": {"content": cut_bytes(text, MARKDOWN_BYTES) or "…"}}
