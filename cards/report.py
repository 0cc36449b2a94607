"""The questions of a service report, and its summary before it is filed."""

from collections.abc import Sequence
from uuid import UUID

from cards.spec import Button, ButtonStyle, Card, CardAction, Note, Tone
from cards.text_field import (
    ALL_PASS,
    BACK,
    CHANGE,
    CHANGE_TITLE,
    CHECK_FOUND,
    FAIL,
    HOURS,
    NONE,
    PASS,
    PHOTOS,
    REPORT_AMENDED,
    REPORT_ASK,
    REPORT_FILED,
    REPORT_HOW,
    REPORT_KIND,
    REPORT_LABEL,
    REPORT_NAMED,
    REPORT_NOW,
    REPORT_TITLE,
    SKIP,
    SKIPPED,
    SUBMIT,
    SUMMARY_HINT,
    SUMMARY_TITLE,
    VISITS,
)
from domain.kernel.messages import Message
from domain.workorder.report import CheckItem, ServiceReport

LABEL_CHARS = 10


class ReportPart(Message):
    """A report on its way, as every card of it needs it.

    Args:
        before: a line above the question: why it is asked, or what was not understood.
    """

    work_order_id: UUID
    number: str
    version: int
    amends: bool
    before: str = ""


class QuestionView(ReportPart):
    """One question of a report.

    Args:
        step: `cause`, `remedy`, `hours`, `check.<index>`, `remark.<index>`, `reading.<index>`, `photo` or
            `extras`.
        position, total: the how-manieth of how many.
        label: the checklist's item; empty for other questions.
        value: what is filled in already.
        skippable: an answer is not required.
        unchecked: how many checks have no answer yet.
    """

    step: str
    position: int
    total: int
    label: str = ""
    value: str = ""
    skippable: bool = False
    unchecked: int = 0


class SummaryView(ReportPart):
    """Everything that was filled in, before it is filed."""

    report: ServiceReport
    checklist: tuple[CheckItem, ...]


class ChangeView(ReportPart):
    """What can be filled in anew: pairs of a step and the checklist's label, if it has one."""

    steps: tuple[tuple[str, str], ...]


def question(view: QuestionView) -> Card | Note:
    """Ask one thing; the first question has no buttons and is a plain message."""
    kind = view.step.partition(".")[0]
    ask = REPORT_ASK[kind].format(label=view.label)
    title = REPORT_TITLE.format(
        number=view.number, kind=REPORT_KIND[view.amends], position=view.position, total=view.total
    )
    now = REPORT_NOW.format(value=view.value) if view.value else ""
    buttons = _answers(view, kind)
    if not buttons:
        return Note("\n".join(part for part in (view.before, title, ask, now, REPORT_HOW) if part))
    body = "\n".join(part for part in (view.before, ask, now) if part)
    return Card(title=title, tone=Tone.INFO, body=body, buttons=buttons)


def summary(view: SummaryView) -> Card:
    """Show everything once more."""
    report = view.report
    rows = [
        (REPORT_LABEL["cause"], report.cause),
        (REPORT_LABEL["remedy"], report.remedy),
        (REPORT_LABEL["hours"], hours_words(report)),
        *((item.label, check_words(report, item)) for item in view.checklist),
        (REPORT_LABEL["photo"], PHOTOS.format(count=report.photos)),
        (REPORT_LABEL["extras"], extras_words(report, view.checklist)),
    ]
    return Card(
        title=SUMMARY_TITLE.format(number=view.number, kind=REPORT_KIND[view.amends]),
        tone=Tone.WARNING,
        fields=tuple((label, value) for label, value in rows if value),
        body=view.before,
        hint=SUMMARY_HINT,
        buttons=(
            _button(view, SUBMIT, "report.submit", "", ButtonStyle.PRIMARY),
            _button(view, CHANGE, "report.change", ""),
        ),
    )


def change(view: ChangeView) -> Card:
    """Ask what shall be filled in anew."""
    return Card(
        title=CHANGE_TITLE.format(number=view.number),
        tone=Tone.INFO,
        body=view.before,
        buttons=tuple(
            _button(
                view, (label or REPORT_LABEL[step.partition(".")[0]])[:LABEL_CHARS], "report.change", step
            )
            for step, label in view.steps
        ),
    )


def hours_words(report: ServiceReport) -> str:
    """Return the hours in words; empty when nobody said."""
    return HOURS.format(hours=report.hours) if report.hours is not None else ""


def filed_words(number: str, version: int, visit: int, *, amends: bool) -> str:
    """Return what a technician reads of a report that was filed; a reopened work order begins a new one."""
    first, later = REPORT_NAMED[amends]
    report = (later if visit > 1 else first).format(
        version=version, visit=VISITS[min(visit, len(VISITS)) - 1]
    )
    return (REPORT_AMENDED if amends else REPORT_FILED).format(number=number, report=report)


def extras_words(report: ServiceReport, checklist: Sequence[CheckItem] = ()) -> str:
    """Return materials and the readings nobody asked for in one line; empty without any."""
    asked = {item.label for item in checklist if item.reading}
    readings = "，".join(f"{name} {value}" for name, value in report.readings.items() if name not in asked)
    return "；".join(part for part in (report.materials, readings) if part)


def check_words(report: ServiceReport, item: CheckItem) -> str:
    """Return how an item was found, or what was measured, in words."""
    if item.reading:
        return report.readings.get(item.label, SKIPPED)
    for answer in report.checks:
        if answer.key == item.key:
            return CHECK_FOUND[answer.passed] + (f"：{answer.remark}" if answer.remark else "")
    return SKIPPED


def _answers(view: QuestionView, kind: str) -> tuple[Button, ...]:
    buttons: list[Button] = []
    if kind == "check":
        buttons.append(_button(view, PASS, "report.answer", f"{view.step}.pass", ButtonStyle.PRIMARY))
        buttons.append(_button(view, FAIL, "report.answer", f"{view.step}.fail", ButtonStyle.DANGER))
    if kind == "check" and view.unchecked > 1:
        buttons.append(_button(view, ALL_PASS, "report.answer", "checks.all"))
    if view.skippable:
        label = NONE if kind == "extras" else SKIP
        buttons.append(_button(view, label, "report.answer", f"{view.step}.skip"))
    if view.position > 1:
        buttons.append(_button(view, BACK, "report.back", ""))
    return tuple(buttons)


def _button(
    view: ReportPart, label: str, verb: str, choice: str, style: ButtonStyle = ButtonStyle.DEFAULT
) -> Button:
    action = CardAction(verb, view.work_order_id, view.version, choice)
    return Button(label=label, action=action, words=label, style=style)
