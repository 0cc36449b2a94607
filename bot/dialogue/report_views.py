"""What the cards of a service report on its way show."""

from collections.abc import Sequence

from bot.dialogue.report_draft import EXTRAS, PHOTO, Draft, answer_to, item_of, steps_of
from cards.report import ChangeView, QuestionView, SummaryView, check_words, extras_words, hours_words
from domain.workorder.report import CheckItem


def question_view(draft: Draft, checklist: Sequence[CheckItem], before: str, skippable: bool) -> QuestionView:
    """Return the question that is asked now."""
    steps = steps_of(draft, checklist)
    item = item_of(draft.waits, checklist)
    return QuestionView(
        work_order_id=draft.work_order_id,
        number=draft.number,
        version=draft.version,
        amends=draft.amends,
        before=before,
        step=draft.waits,
        position=steps.index(draft.waits) + 1,
        total=len(steps),
        label=f"{item.label}（{item.unit}）" if item and item.unit else item.label if item else "",
        value=_value(draft, item),
        skippable=skippable,
        unchecked=sum(not one.reading and answer_to(draft.report, one) is None for one in checklist),
    )


def summary_view(draft: Draft, checklist: Sequence[CheckItem], before: str) -> SummaryView:
    """Return everything that was filled in."""
    return SummaryView(
        work_order_id=draft.work_order_id,
        number=draft.number,
        version=draft.version,
        amends=draft.amends,
        before=before,
        report=draft.report,
        checklist=tuple(checklist),
    )


def change_view(draft: Draft, checklist: Sequence[CheckItem]) -> ChangeView:
    """Return what can be filled in anew; more photos need no question."""
    steps = [(step, item_of(step, checklist)) for step in steps_of(draft, checklist) if step != PHOTO]
    return ChangeView(
        work_order_id=draft.work_order_id,
        number=draft.number,
        version=draft.version,
        amends=draft.amends,
        steps=tuple(
            (step, item.label if item else "") for step, item in steps if not step.startswith("remark")
        ),
    )


def _value(draft: Draft, item: CheckItem | None) -> str:
    report = draft.report
    if item is not None:
        if item.reading:
            return report.readings.get(item.label, "")
        return check_words(report, item) if answer_to(report, item) else ""
    if draft.waits == "hours":
        return hours_words(report)
    if draft.waits == EXTRAS:
        return extras_words(report)
    return str(getattr(report, draft.waits, ""))
