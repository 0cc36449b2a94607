"""Cards as WeCom template cards, inside every length the platform shows.

Source: https://developer.work.weixin.qq.com/document/path/90236
"""

from typing import Any

from adapters.wecom.messages import cut, harmless, one_line
from cards.spec import Button, ButtonStyle, Card, Tone

SOURCE_CHARS = 13
TITLE_CHARS = 26
DESC_CHARS = 30
SUB_TITLE_CHARS = 112
LABEL_CHARS = 5
VALUE_CHARS = 26
ROWS = 6
BUTTON_CHARS = 10
BUTTONS = 6
MENU = 3
"""Entries of the menu in a card's corner, which takes the buttons after the sixth."""
WORDS_CHARS = 80


_MAX_PARTS = 10
# 0 grey, 1 black, 2 red, 3 green.
_COLOURS = {Tone.NEUTRAL: 0, Tone.INFO: 1, Tone.SUCCESS: 3, Tone.WARNING: 2, Tone.DANGER: 2}
# 1 filled, 2 plain, 3 red.
_STYLES = {ButtonStyle.PRIMARY: 1, ButtonStyle.DEFAULT: 2, ButtonStyle.DANGER: 3}


def template_card(card: Card, *, task_id: str, home_url: str) -> dict[str, Any]:
    """Return a `button_interaction`, or a `text_notice` when there is nothing to press.

    Short fields and links become rows. What does not fit a row (long values, a field too many, the body, a
    long hint) shares the sub-title, the longest part giving way first. Buttons after the sixth stand in the
    card's menu; after the ninth, their words stand in the sub-title.

    Args:
        task_id: `[0-9A-Za-z_@-]`, at most 128, never used before.
        home_url: where a press on a notice leads; a notice must lead somewhere.
    """
    rows, parts = _rows_and_rest(card)
    title = {"title": cut(one_line(card.title) or one_line(card.status) or "…", TITLE_CHARS)}
    hint = one_line(card.hint)
    if hint and len(hint) <= DESC_CHARS:
        title["desc"] = hint
    elif hint:
        parts.append(hint)
    encoded: dict[str, Any] = {"task_id": task_id, "main_title": title}
    if card.status:
        status = cut(one_line(card.status), SOURCE_CHARS)
        encoded["source"] = {"desc": status, "desc_color": _COLOURS[card.tone]}
    if rows:
        encoded["horizontal_content_list"] = rows
    words = _words(card.buttons[BUTTONS + MENU :])
    if parts or words:
        room = SUB_TITLE_CHARS - (len(words) + 1 if words else 0)
        encoded["sub_title_text"] = "\n".join([*share(parts, room), *([words] if words else [])])
    if card.buttons:
        return {"card_type": "button_interaction", **encoded, **_buttons(card.buttons)}
    return {"card_type": "text_notice", **encoded, "card_action": {"type": 1, "url": home_url}}


def cuts_question(card: Card) -> bool:
    """Return whether a card that asks, and shows nothing else, would lose words of its question."""
    if card.fields or not card.buttons:
        return False
    _, parts = _rows_and_rest(card)
    hint = one_line(card.hint)
    parts += [hint] if len(hint) > DESC_CHARS else []
    return sum(map(len, parts)) + len(parts) > SUB_TITLE_CHARS


def share(parts: list[str], limit: int) -> list[str]:
    """Cut the longest parts until all of them, one per line, fit into `limit` characters."""
    if len(parts) > _MAX_PARTS:
        parts = [*parts[: _MAX_PARTS - 1], parts[-1]]  # The last one is the hint: what to do now.
    room = limit - (len(parts) - 1)
    cap = room
    while sum(min(len(part), cap) for part in parts) > room:
        cap -= 1
    return [cut(part, cap) for part in parts]


def _rows_and_rest(card: Card) -> tuple[list[dict[str, Any]], list[str]]:
    rows: list[dict[str, Any]] = []
    rest: list[str] = []
    body = harmless(card.body).strip()
    full_title = one_line(card.title)
    if len(full_title) > TITLE_CHARS:
        rest.append(full_title)
    if body:
        rest.append(body)
    room = ROWS - len(card.links)
    for label, value in ((one_line(label), one_line(value)) for label, value in card.fields):
        if label and value and len(label) <= LABEL_CHARS and len(value) <= VALUE_CHARS and len(rows) < room:
            rows.append({"keyname": label, "value": value})
        elif value:
            rest.append(f"{label}：{value}" if label else value)
    rows += [{"type": 1, "keyname": link.label, "value": link.text, "url": link.url} for link in card.links]
    return rows, rest


def _buttons(buttons: tuple[Button, ...]) -> dict[str, Any]:
    encoded: dict[str, Any] = {"button_list": [_button(button) for button in buttons[:BUTTONS]]}
    more = [
        {"text": cut(one_line(button.label), BUTTON_CHARS), "key": button.action.pack()}
        for button in buttons[BUTTONS : BUTTONS + MENU]
    ]
    return encoded | ({"action_menu": {"desc": "更多操作", "action_list": more}} if more else {})


def _words(buttons: tuple[Button, ...]) -> str:
    """Return how to say what has no button."""
    said = " ｜ ".join(one_line(button.words) for button in buttons)
    return cut(f"也可回复：{said}", WORDS_CHARS) if said else ""


def _button(button: Button) -> dict[str, Any]:
    return {
        "text": cut(one_line(button.label), BUTTON_CHARS),
        "style": _STYLES[button.style],
        "key": button.action.pack(),
    }
