"""What an answer to one question of a service report means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue.report_draft import (
    CHECK,
    EXTRAS,
    PHOTO,
    READING,
    REMARK,
    Draft,
    answer_to,
    item_of,
    steps_of,
)
from bot.errors import NothingWaiting
from bot.report_words import (
    LIMITS,
    REMARK_CHARS,
    bounded_hours,
    check_in,
    read_report,
    reading_in,
    unread_in,
)
from cards.text_field import REPORT_AGAIN, REPORT_LABEL, REPORT_OR_SKIP
from domain.workorder.report import MOST_HOURS, NOTHING, CheckAnswer, CheckItem

ALL = "checks.all"
"""Every check without an answer is passed."""
SHOWN = 20
SKIP_WORDS = frozenset({"跳过", "没有", "无", "不用", "不需要", "没"})


@dataclass(frozen=True)
class Answered:
    """What an answer changes; `again` says why the question has to be asked once more."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    again: str = ""


def answered(text: str, draft: Draft, checklist: Sequence[CheckItem]) -> Answered:
    """Read words as the answer to what was asked; words with labels answer what they name."""
    changes, wrong = read_report(text, checklist), complaint(text, checklist)
    if changes or wrong:
        return Answered(changes, again=wrong)
    step = draft.waits
    if not text.strip():
        return Answered(again=REPORT_AGAIN[""])
    if text.strip(" 。.") in SKIP_WORDS and skippable(step, checklist):
        return Answered(skipped=(step,))
    item = item_of(step, checklist)
    if item is not None and item.reading:
        value = reading_in(text, item.unit)
        wrong = REPORT_AGAIN[READING].format(label=item.label, text=text[:SHOWN])
        return Answered({"readings": {item.label: value}}) if value else Answered(again=wrong)
    if item is not None:
        return _checked(text, step, draft, item)
    match step:
        case "cause" | "remedy" if text.strip(" 。.") in NOTHING:
            return Answered(again=REPORT_AGAIN["nothing"].format(text=text.strip(), label=REPORT_LABEL[step]))
        case "cause" | "remedy":
            return Answered({step: text[: LIMITS[step]]})
        case "hours":
            hours = bounded_hours(text)
            if hours is None:
                return Answered(again=REPORT_AGAIN["hours"].format(text=text[:SHOWN], most=MOST_HOURS))
            return Answered({"hours": hours})
        case _ if step == EXTRAS:
            return Answered({"materials": text[: LIMITS["materials"]]})
        case _ if step == PHOTO:
            return Answered(again=REPORT_AGAIN[PHOTO])
    return Answered()


def complaint(text: str, checklist: Sequence[CheckItem]) -> str:
    """Return what could not be read of the values that were named, or nothing."""
    said: list[str] = []
    for key, value in unread_in(text, checklist):
        if isinstance(key, CheckItem):
            said.append(REPORT_AGAIN[READING].format(label=key.label, text=value[:SHOWN]))
        else:
            said.append(REPORT_AGAIN[key].format(text=value[:SHOWN], most=MOST_HOURS))
    return "\n".join(said)


def step_called(text: str, draft: Draft, checklist: Sequence[CheckItem]) -> str:
    """Return the question that goes by this name, as on the card that asks what to change; or nothing."""
    for step in steps_of(draft, checklist):
        item = item_of(step, checklist)
        name = item.label if item is not None else REPORT_LABEL[step]
        if text.strip() == name and not step.startswith(REMARK):
            return step
    return ""


def picked(choice: str, draft: Draft, checklist: Sequence[CheckItem]) -> Answered:
    """Read a pressed answer: `check.0.pass`, `check.0.fail`, `extras.skip`, `checks.all`.

    Raises:
        NothingWaiting: this report has no such question.
    """
    if choice == ALL:
        left = [item for item in checklist if not item.reading and answer_to(draft.report, item) is None]
        return Answered({"checks": tuple(CheckAnswer(key=item.key, passed=True) for item in left)})
    step, _, answer = choice.rpartition(".")
    item = item_of(step, checklist) if step in steps_of(draft, checklist) else None
    if answer == "skip" and step in steps_of(draft, checklist) and skippable(step, checklist):
        return Answered(skipped=(step,))
    if item is None or item.reading or answer not in ("pass", "fail"):
        raise NothingWaiting(number=draft.number)
    return Answered({"checks": (CheckAnswer(key=item.key, passed=answer == "pass"),)})


def skippable(step: str, checklist: Sequence[CheckItem]) -> bool:
    """Return whether a question may stay without an answer."""
    item = item_of(step, checklist)
    if item is not None:
        return step.startswith((CHECK, READING)) and not item.required
    return step == EXTRAS


def _checked(text: str, step: str, draft: Draft, item: CheckItem) -> Answered:
    before = answer_to(draft.report, item)
    if step.startswith(REMARK) and before is not None:
        return Answered({"checks": (before.model_copy(update={"remark": text.strip()[:REMARK_CHARS]}),)})
    answer = check_in(text, item)
    if answer is None:
        return Answered(again=REPORT_AGAIN[CHECK].format(skip="" if item.required else REPORT_OR_SKIP))
    return Answered({"checks": (answer,)})
