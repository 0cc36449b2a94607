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
BUTTONS: Final = 6
"""What our template has; the built-in one shows as many as a kilobyte holds."""

_LINE_LIMIT: Final = 240
_WORDS_LIMIT: Final = 480
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
    more = _also(card.buttons[BUTTONS:])
    values = {
        "title": cut(plain_line(card.title), _LINE_LIMIT),
        "status": cut(plain_line(card.status), _LINE_LIMIT),
        "tone": _TONE_COLOR[card.tone],
        "body": _with_tail(card, more),
        "hint": cut(plain_line(card.hint), _LINE_LIMIT),
    }
    for number in range(1, BUTTONS + 1):
        button = card.buttons[number - 1] if number <= len(card.buttons) else None
        values[f"btn{number}_text"] = _label(button) if button else ""
        values[f"btn{number}_action"] = button.action.pack() if button else ""
        values[f"btn{number}_show"] = "true" if button else "false"
    return values


def _built_in(card: Card) -> CardMap:
    buttons, shown = _buttons_json(card)
    hint = cut(escape_line(card.hint), _LINE_LIMIT)
    # What has no button comes first, so that its words are the last to be cut.
    words = _also(card.buttons[shown:] + card.buttons[:shown])
    return {
        "title": cut(plain_line(card.title), _LINE_LIMIT),
        "markdown": _with_tail(card, join_lines((hint, words))),
        "tips": cut(plain_line(card.status), _LINE_LIMIT),
        "logo": "",
        "sys_full_json_obj": buttons,
    }


def _with_tail(card: Card, tail: str) -> str:
    body = markdown_body(card, VALUE_LIMIT - (len(tail.encode()) + 2 if tail else 0))
    return "\n\n".join(part for part in (body, tail) if part)


def _also(buttons: tuple[Button, ...]) -> str:
    """Return the words that do the same as these buttons, as a line of markdown."""
    return cut(escape_line(reply_words(buttons)), _WORDS_LIMIT)


def markdown_body(card: Card, limit: int) -> str:
    """Return fields, links and body as markdown of at most `limit` bytes; long values are shortened."""
    links = link_lines(card)

    def fields(width: int) -> str:
        return join_lines([*(field_line(label, value, width) for label, value in card.fields), *links])

    body = escape(card.body)
    shortest_body = min(len(body.encode()), 120)
    listed = fit(fields, _FIELD_WIDTHS, limit - shortest_body - 2)
    room = limit - len(listed.encode()) - 2
    return "\n\n".join(part for part in (listed, cut(body, room)) if part)


def field_line(label: str, value: str, limit: int) -> str:
    """Return one field as a line of markdown, its value at most `limit` bytes; nothing for an empty value."""
    return f"**{escape_line(label)}**：{cut(escape_line(value), limit)}" if value else ""


def link_lines(card: Card) -> list[str]:
    """Return what can be opened, as lines of markdown."""
    return [f"**{link.label}**：[{link.text}]({link.url})" for link in card.links]


def reply_words(buttons: tuple[Button, ...]) -> str:
    """Return the words that do the same as buttons, or nothing without buttons."""
    return _ALSO + " ｜ ".join(button.words for button in buttons) if buttons else ""


def _buttons_json(card: Card) -> tuple[str, int]:
    """Return `sys_full_json_obj` and how many buttons it has.

    As many as fit; their token stands wherever a callback may carry it, as space allows.
    """
    for shown in range(min(len(card.buttons), BUTTONS), 0, -1):
        for places in (("id", "action"), ("id",), ()):
            text = _packed([_built_in_button(button, places) for button in card.buttons[:shown]])
            if len(text.encode()) <= VALUE_LIMIT:
                return text, shown
    return _packed([]), 0


def _packed(buttons: list[dict[str, object]]) -> str:
    return json.dumps({"msgButtons": buttons}, ensure_ascii=False, separators=(",", ":"))


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
