"""Card templates and how each one draws its variables."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MARKDOWN = "589420e2-c1e2-46ef-a5ed-b8728e654da9.schema"
MARKDOWN_BUTTON = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
AI_MARKDOWN = "382e4302-551d-4880-bf29-a30acfab2e71.schema"
OWN_BUTTONS = 6


@dataclass(frozen=True)
class Key:
    """One request button as the client knows it: its label and what a press sends."""

    label: str
    action_ids: tuple[str, ...]
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Face:
    """A card as one viewer sees it."""

    text: str
    keys: tuple[Key, ...] = ()


Layout = Callable[[dict[str, str]], Face]


@dataclass
class Template:
    """One template of the registry; `published` may be changed by a test.

    Args:
        template_id: `<uuid>.schema`.
        layout: draws the variables.
        published: cards of an unpublished template are refused.
        private_data: whether variables may be private; the built-in templates have none.
    """

    template_id: str
    layout: Layout
    published: bool = True
    private_data: bool = True

    def draw(self, public: dict[str, str], seen: dict[str, str]) -> Face:
        """Draw the card for a viewer, from what is public or from what he sees."""
        return self.layout(seen if self.private_data else public)


def builtin_templates() -> dict[str, Template]:
    """Return the templates which every app may use."""
    return {
        MARKDOWN: Template(MARKDOWN, _markdown, private_data=False),
        MARKDOWN_BUTTON: Template(MARKDOWN_BUTTON, _markdown_button, private_data=False),
        AI_MARKDOWN: Template(AI_MARKDOWN, _ai_markdown, private_data=False),
    }


def own_layout(variables: dict[str, str]) -> Face:
    """Draw `title`, `status`, `body`, `hint` and the buttons `btn1` to `btn6`, our product's contract."""
    status = variables.get("status", "")
    heading = variables.get("title", "") + (f"【{status}】" if status else "")
    keys = [
        Key(
            variables[f"btn{n}_text"],
            (f"btn{n}",),
            {"action": variables.get(f"btn{n}_action", "")},
        )
        for n in range(1, OWN_BUTTONS + 1)
        if variables.get(f"btn{n}_show") == "true" and variables.get(f"btn{n}_text")
    ]
    return Face(_lines(heading, variables.get("body", ""), variables.get("hint", "")), tuple(keys))


def generic_layout(variables: dict[str, str]) -> Face:
    """Draw every variable of a template that nobody described."""
    return Face(_lines(*(f"{name}: {value}" for name, value in variables.items())))


def _markdown(variables: dict[str, str]) -> Face:
    return Face(_lines(variables.get("title", ""), variables.get("markdown", "")))


def _markdown_button(variables: dict[str, str]) -> Face:
    keys, links = _message_buttons(variables.get("sys_full_json_obj", ""))
    text = _lines(
        variables.get("title", ""), variables.get("markdown", ""), variables.get("tips", ""), *links
    )
    return Face(text, keys)


def _ai_markdown(variables: dict[str, str]) -> Face:
    keys, links = _message_buttons(variables.get("sys_full_json_obj", ""))
    spinner = "" if variables.get("flowStatus") == "3" else "（处理中…）"
    content = variables.get("msgContent") or variables.get("staticMsgContent", "")
    return Face(_lines(variables.get("msgTitle", ""), content, spinner, *links), keys)


def _message_buttons(full_json: str) -> tuple[tuple[Key, ...], list[str]]:
    """Read `msgButtons`; what is not understood shows no button, as in the client."""
    try:
        full = json.loads(full_json or "{}")
    except ValueError:
        return (), []
    buttons = full.get("msgButtons") if isinstance(full, dict) else None
    keys: list[Key] = []
    links: list[str] = []
    for button in buttons if isinstance(buttons, list) else []:
        if not isinstance(button, dict) or not button.get("text"):
            continue
        if button.get("request") is True and button.get("id"):
            params = button.get("params")
            keys.append(Key(button["text"], (str(button["id"]),), params if isinstance(params, dict) else {}))
        elif button.get("url"):
            links.append(f"[{button['text']}]({button['url']})")
    return tuple(keys), links


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
