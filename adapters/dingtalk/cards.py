"""A card in DingTalk's terms: our own template, or the markdown-button template that comes with the SDK.

Source: create-and-deliver-cards, instructions-for-filling-in-api-card-data; dingtalk_stream.card_instance.
"""

import json
from enum import StrEnum
from typing import Final

from adapters.dingtalk.markdown import cut, escape, escape_line, fit, join_lines, plain_line
from cards.spec import Button, ButtonStyle, Card, Tone

BUILT_IN_TEMPLATE: Final = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
VALUE_LIMIT: Final = 1024
"""Bytes of one value, as documented; whether it is enforced is unknown, so it is kept."""
BUTTONS: Final = 4

_LINE_LIMIT: Final = 240
_LABEL_LIMIT: Final = 30
_FIELD_WIDTHS: Final = (600, 300, 180, 120, 80, 48, 24)
_ALSO: Final = "也可回复："

_TONE_COLOR: Final = {
    Tone.NEUTRAL: "gray",
    Tone.INFO: "blue",
    Tone.SUCCESS: "green",
    Tone.WARNING: "orange",
    Tone.DANGER: "red",
}
_BUTTON_COLOR: Final = {ButtonStyle.PRIMARY: "blue", ButtonStyle.DEFAULT: "gray", ButtonStyle.DANGER: "red"}

CardMap = dict[str, str]


class Template(StrEnum):
    """Which template a card was made from; the value begins its `outTrackId`."""

    OWN = "own"
    BUILT_IN = "md"

    def out_track_id(self, message_key: str) -> str:
        """Return the card's name on the platform: `own-<key>` or `md-<key>`."""
        return f"{self.value}-{message_key}"


def template_of(out_track_id: str) -> Template | None:
    """Return which template a card was made from, or None for a card that is not ours."""
    prefix, dash, key = out_track_id.partition("-")
    if not dash or not key:
        return None
    return next((template for template in Template if template.value == prefix), None)


def encode(card: Card, template: Template) -> CardMap:
    """Return the full map of variables; every value is a string of at most 1 KB."""
    return _own(card) if template is Template.OWN else _built_in(card)


def _own(card: Card) -> CardMap:
    values = {
        "title": cut(plain_line(card.title), _LINE_LIMIT),
        "status": cut(plain_line(card.status), _LINE_LIMIT),
        "tone": _TONE_COLOR[card.tone],
        "body": markdown_body(card, VALUE_LIMIT),
        "hint": cut(plain_line(card.hint), _LINE_LIMIT),
    }
    for number in range(1, BUTTONS + 1):
        button = card.buttons[number - 1] if number <= len(card.buttons) else None
        values[f"btn{number}_text"] = _label(button) if button else ""
        values[f"btn{number}_action"] = button.action.pack() if button else ""
        values[f"btn{number}_show"] = "true" if button else "false"
    return values


def _built_in(card: Card) -> CardMap:
    tail = join_lines(cut(escape_line(line), _LINE_LIMIT) for line in (card.hint, reply_words(card)))
    body = markdown_body(card, VALUE_LIMIT - len(tail.encode()) - 8)
    return {
        "title": cut(plain_line(card.title), _LINE_LIMIT),
        "markdown": "\n\n".join(part for part in (body, tail) if part),
        "tips": cut(plain_line(card.status), _LINE_LIMIT),
        "logo": "",
        "sys_full_json_obj": _buttons_json(card),
    }


def markdown_body(card: Card, limit: int) -> str:
    """Return fields and body as markdown of at most `limit` bytes; long values are shortened."""

    def fields(width: int) -> str:
        return join_lines(field_line(label, value, width) for label, value in card.fields)

    body = escape(card.body)
    shortest_body = min(len(body.encode()), 120)
    listed = fit(fields, _FIELD_WIDTHS, limit - shortest_body - 2)
    room = limit - len(listed.encode()) - 2
    return "\n\n".join(part for part in (listed, cut(body, room)) if part)


def field_line(label: str, value: str, limit: int) -> str:
    """Return one field as a line of markdown, its value at most `limit` bytes; nothing for an empty value."""
    return f"**{escape_line(label)}**：{cut(escape_line(value), limit)}" if value else ""


def reply_words(card: Card) -> str:
    """Return the words that do the same as the buttons, or nothing without buttons."""
    if not card.buttons:
        return ""
    return _ALSO + " ｜ ".join(button.words for button in card.buttons[:BUTTONS])


def _buttons_json(card: Card) -> str:
    """Return `sys_full_json_obj`; the token stands wherever a callback may carry it, as space allows."""
    text = ""
    for places in (("id", "action"), ("id",), ()):
        buttons = [_built_in_button(button, places) for button in card.buttons[:BUTTONS]]
        text = json.dumps({"msgButtons": buttons}, ensure_ascii=False, separators=(",", ":"))
        if len(text.encode()) <= VALUE_LIMIT:
            break
    return text


def _built_in_button(button: Button, places: tuple[str, ...]) -> dict[str, object]:
    token = button.action.pack()
    made: dict[str, object] = {
        "text": _label(button),
        "color": _BUTTON_COLOR[button.style],
        "id": token,
        "request": True,
    }
    if places:
        made["params"] = dict.fromkeys(places, token)
    return made


def _label(button: Button) -> str:
    return cut(plain_line(button.label), _LABEL_LIMIT)
