"""Finding the button a member wants to press, and the event that the press becomes.

Source: D90240; https://developer.work.weixin.qq.com/document/path/90240
"""

from dataclasses import dataclass
from typing import Any

from sandbox.wecom.chats import Posted
from sandbox.wecom.rendering import card_buttons, live_buttons, menu_actions, questions


@dataclass(frozen=True)
class Press:
    """One press: the event name, what was pressed on which card, and the chosen options by question."""

    event: str
    key: str
    task_id: str
    card_type: str
    selected: dict[str, list[str]]

    def elements(self, response_code: str) -> dict[str, Any]:
        """Return the XML elements of the event besides the common ones."""
        elements: dict[str, Any] = {
            "EventKey": self.key,
            "TaskId": self.task_id,
            "CardType": self.card_type,
            "ResponseCode": response_code,
        }
        items = [
            {"QuestionKey": question, "OptionIds": {"OptionId": options}}
            for question, options in self.selected.items()
            if options
        ]
        if items:
            elements["SelectedItems"] = {"SelectedItem": items}
        return elements


def find_press(
    messages: list[Posted], label: str, contains: str, selected: dict[str, list[str]] | None, msgid: str = ""
) -> tuple[Posted, Press]:
    """Return the newest card that offers the button now, and the press.

    Args:
        msgid: look at this card only; empty for any.

    Raises:
        LookupError: there is none, or the button opens a link.
    """
    for message in reversed(messages):
        if message.card is None or msgid not in ("", message.msgid):
            continue
        shown = message.shown()
        if label in shown.buttons and contains in shown.text:
            return message, _press(message, message.card, label, selected or {})
    live = {name for message in messages if message.card is not None for name in message.shown().buttons}
    raise LookupError(
        f"no live button {label!r} on a card containing {contains!r}; live buttons: {sorted(live)}"
    )


def _press(message: Posted, card: dict[str, Any], label: str, selected: dict[str, list[str]]) -> Press:
    own = [button for button in card_buttons(card) if button["text"] == label]
    kind = str(card["card_type"])
    if own and label in live_buttons("template_card", {**card, "action_menu": None}, message.replaced):
        if own[0].get("type", 0) == 1:
            raise LookupError(f"the button {label!r} opens {own[0].get('url')}, no press reaches the app")
        answers = {question["question_key"]: _preselected(question) for question in questions(card)}
        return Press("template_card_event", own[0]["key"], message.task_id, kind, answers | selected)
    action = next(action for action in menu_actions(card) if action["text"] == label)
    return Press("template_card_menu_event", action["key"], message.task_id, kind, {})


def _preselected(question: dict[str, Any]) -> list[str]:
    if question.get("selected_id"):
        return [str(question["selected_id"])]
    return [str(option["id"]) for option in question.get("option_list", []) if option.get("is_checked")]
