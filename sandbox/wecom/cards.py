"""The rules for template cards, with the code of each refusal.

Source: D90236; https://developer.work.weixin.qq.com/document/path/90236
"""

import re
from typing import Any, Protocol

from sandbox.wecom.call import check_url, dict_of, dicts_of, optional_text, text_of
from sandbox.wecom.errors import ApiError

NOTICES = ("text_notice", "news_notice")
INTERACTIVE = ("button_interaction", "vote_interaction", "multiple_interaction")
_TASK_ID = re.compile(r"[0-9A-Za-z_@-]{1,128}")
_KEY_BYTES = 1024
_OBJECTS = (
    "source",
    "main_title",
    "emphasis_content",
    "quote_area",
    "image_text_area",
    "card_image",
    "card_action",
    "action_menu",
)


class World(Protocol):
    """What a card may point at."""

    def is_media(self, media_id: str) -> bool:
        """Return whether the file lives."""

    def is_member(self, userid: str) -> bool:
        """Return whether the member exists."""


def needs_callback(card: dict[str, Any]) -> bool:
    """Return whether clicks on the card reach the app, so that it gets a response_code."""
    return card.get("card_type") in INTERACTIVE or bool(card.get("action_menu"))


def check_card(card: dict[str, Any], world: World, types: tuple[str, ...] = NOTICES + INTERACTIVE) -> None:
    """Refuse a card that the platform would refuse.

    Raises:
        ApiError: the code for the first fault found.
    """
    kind = card.get("card_type")
    if kind not in types:
        raise ApiError(42031, str(kind))
    for key in _OBJECTS:
        if card.get(key):
            dict_of(card, key)
    _check_title(card, str(kind))
    _check_rows(card, world)
    _check_links(card, str(kind))
    _check_menu(card)
    _OWN_PARTS[str(kind)](card)


def check_task_id(card: dict[str, Any], *, required: bool) -> str:
    """Return the task_id; whether it is new is for the caller to see."""
    task_id = card.get("task_id") or ""
    if not task_id and not required:
        return ""
    if not isinstance(task_id, str) or not _TASK_ID.fullmatch(task_id):
        raise ApiError(42014, "task_id")
    return task_id


def _check_title(card: dict[str, Any], kind: str) -> None:
    title = card.get("main_title") or {}
    words = optional_text(title, "title") + optional_text(title, "desc")
    if kind == "text_notice":
        words += optional_text(card, "sub_title_text")
    if kind in ("text_notice", "news_notice", "button_interaction") and not words:
        raise ApiError(42033, "main_title")


def _check_rows(card: dict[str, Any], world: World) -> None:
    for row in dicts_of(card, "horizontal_content_list", 0, 6, 42035):
        text_of(row, "keyname", missing=42027)
        kind = row.get("type", 0)
        if kind == 1:
            check_url(text_of(row, "url", missing=42028))
        elif kind == 2 and not world.is_media(text_of(row, "media_id", missing=42029)):
            raise ApiError(40007, "horizontal_content_list")
        elif kind == 3 and not world.is_member(text_of(row, "userid", missing=42050)):
            raise ApiError(42050)


def _check_links(card: dict[str, Any], kind: str) -> None:
    for jump in dicts_of(card, "jump_list", 0, 3, 42042):
        text_of(jump, "title", missing=42033)
        _check_target(jump)
    if kind in NOTICES and (not card.get("card_action") or card["card_action"].get("type") not in (1, 2)):
        raise ApiError(42045)
    for key in ("card_action", "quote_area", "image_text_area"):
        if card.get(key):
            _check_target(card[key])


def _check_target(part: dict[str, Any]) -> None:
    if part.get("type", 0) == 1:
        check_url(text_of(part, "url", missing=42028))
    elif part.get("type", 0) == 2:
        text_of(part, "appid", missing=42030)


def _check_menu(card: dict[str, Any]) -> None:
    if not card.get("action_menu"):
        return
    actions = dicts_of(card["action_menu"], "action_list", 1, 3)
    for action in actions:
        text_of(action, "text", missing=42020)
        text_of(action, "key", missing=42017, wrong=42018, max_bytes=_KEY_BYTES)
    if len({action["key"] for action in actions}) < len(actions):
        raise ApiError(42051)


def _check_news(card: dict[str, Any]) -> None:
    image = card.get("card_image") or {}
    area = card.get("image_text_area") or {}
    if not image.get("url") and not area.get("image_url"):
        raise ApiError(42044)
    ratio = image.get("aspect_ratio", 1.3)
    if not isinstance(ratio, int | float) or not 1.3 <= ratio <= 2.25:
        raise ApiError(40058, "aspect_ratio")
    for row in dicts_of(card, "vertical_content_list", 0, 4, 42036):
        text_of(row, "title", missing=42033)


def _check_buttons(card: dict[str, Any]) -> None:
    if card.get("button_selection"):
        _check_options(dict_of(card, "button_selection"), 10)
    for button in dicts_of(card, "button_list", 1, 6):
        text_of(button, "text", missing=42038, wrong=42038)
        if button.get("type", 0) == 1:
            check_url(text_of(button, "url", missing=42028))
        else:
            text_of(button, "key", missing=42039, wrong=42039, max_bytes=_KEY_BYTES)


def _check_vote(card: dict[str, Any]) -> None:
    checkbox = dict_of(card, "checkbox")
    _check_options(checkbox, 20)
    if checkbox.get("mode", 0) not in (0, 1):
        raise ApiError(40058, "mode")
    _check_submit(card)


def _check_multiple(card: dict[str, Any]) -> None:
    selections = dicts_of(card, "select_list", 1, 3, 42047)
    for selection in selections:
        _check_options(selection, 10)
    if len({selection["question_key"] for selection in selections}) < len(selections):
        raise ApiError(42043, "twice")
    _check_submit(card)


def _check_submit(card: dict[str, Any]) -> None:
    submit = dict_of(card, "submit_button", missing=42049)
    text_of(submit, "text", missing=42049, wrong=42049)
    text_of(submit, "key", missing=42046, wrong=42046, max_bytes=_KEY_BYTES)


def _check_options(question: dict[str, Any], most: int) -> None:
    text_of(question, "question_key", missing=42043, wrong=42043, max_bytes=_KEY_BYTES)
    for option in dicts_of(question, "option_list", 1, most, 42037):
        text_of(option, "id", missing=42040, wrong=42040, max_bytes=128)
        text_of(option, "text", missing=42041, wrong=42041)


_OWN_PARTS = {
    "text_notice": lambda card: None,
    "news_notice": _check_news,
    "button_interaction": _check_buttons,
    "vote_interaction": _check_vote,
    "multiple_interaction": _check_multiple,
}
_ADVISED = {
    ("source", "desc"): 13,
    ("main_title", "title"): 26,
    ("main_title", "desc"): 30,
    ("emphasis_content", "title"): 10,
    ("emphasis_content", "desc"): 15,
    ("horizontal_content_list", "keyname"): 5,
    ("horizontal_content_list", "value"): 26,
    ("button_list", "text"): 10,
}


def advice(card: dict[str, Any]) -> list[str]:
    """Return texts longer than the page advises; the platform shows them cut, it does not refuse them."""
    found = []
    for (part, key), most in _ADVISED.items():
        content = card.get(part) or []
        for item in content if isinstance(content, list) else [content]:
            if len(str(item.get(key) or "")) > most:
                found.append(f"{part}.{key} is longer than the advised {most} characters")
    if len(str(card.get("sub_title_text") or "")) > 112:
        found.append("sub_title_text is longer than the advised 112 characters")
    return found
