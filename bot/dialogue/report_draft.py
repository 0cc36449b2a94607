"""A service report that is being filled in: kept for a day, step by step, forwards and backwards."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from bot.ports import BotUnitOfWork
from bot.replies import Said
from domain.access.rights import Verb, may
from domain.kernel.errors import NotPermitted
from domain.kernel.messages import Message
from domain.people.model import Person
from domain.policies.report_photos import photos_of
from domain.workorder.forms import checklist_of
from domain.workorder.lifecycle.field import may_amend, may_complete
from domain.workorder.model import WorkOrder
from domain.workorder.report import REQUIRED, CheckAnswer, CheckItem, ServiceReport

DRAFT = "report_draft"
REPORT = "report"
"""The kind of the dialogue that waits for the answer to the question asked last."""
DRAFT_LIFE = timedelta(hours=24)
FORGOTTEN_AFTER = timedelta(days=30)
"""Until then we still know that there was one, and can say that it ran out."""

CHECK, REMARK, READING, PHOTO, EXTRAS = "check", "remark", "reading", "photo", "extras"


class Draft(Message):
    """A report before it is filed.

    Args:
        amends: it corrects one that was filed.
        skipped: steps that need no answer.
        waits: the step that is asked now; empty while the summary is shown.
        until: after this moment it has to be begun again.
    """

    work_order_id: UUID
    number: str
    version: int
    amends: bool = False
    report: ServiceReport = ServiceReport()
    claimed_at: AwareDatetime | None = None
    skipped: tuple[str, ...] = ()
    waits: str = ""
    until: AwareDatetime


def new_draft(said: Said, order: WorkOrder, amends: bool, uow: BotUnitOfWork) -> Draft:
    """Return an empty draft, or the filed report where that is to be corrected."""
    filed = uow.work_orders.report(order.id, order.report_version) if amends else None
    report = ServiceReport.model_validate(filed.report) if filed is not None else ServiceReport()
    checklist = checklist_of(order, uow)
    optional = [index for index, item in enumerate(checklist) if not item.required]
    skipped = (EXTRAS, *(f"{kind}.{index}" for index in optional for kind in (CHECK, READING)))
    return Draft(
        work_order_id=order.id,
        number=order.number,
        version=order.version,
        amends=amends,
        report=report,
        skipped=skipped if amends else (),
        until=said.at + DRAFT_LIFE,
    )


def steps_of(draft: Draft, checklist: Sequence[CheckItem]) -> tuple[str, ...]:
    """Return every question of this report, in the order in which they are asked."""
    asked = [*REQUIRED]
    for index, item in enumerate(checklist):
        asked.append(f"{READING if item.reading else CHECK}.{index}")
        answer = answer_to(draft.report, item)
        if answer is not None and not answer.passed:
            asked.append(f"{REMARK}.{index}")
    if any(item.photo and item.required for item in checklist):
        asked.append(PHOTO)
    return (*asked, EXTRAS)


def next_step(draft: Draft, checklist: Sequence[CheckItem]) -> str:
    """Return the first question without an answer, or nothing when all have one."""
    return next((step for step in steps_of(draft, checklist) if not _answered(step, draft, checklist)), "")


def step_before(draft: Draft, checklist: Sequence[CheckItem]) -> str:
    """Return the question before the one that is asked now; the first has none before it."""
    steps = steps_of(draft, checklist)
    at = steps.index(draft.waits) if draft.waits in steps else len(steps)
    return steps[max(0, at - 1)]


def item_of(step: str, checklist: Sequence[CheckItem]) -> CheckItem | None:
    """Return the checklist's item that a question is about, or None."""
    kind, _, index = step.partition(".")
    if kind not in (CHECK, REMARK, READING) or int(index) >= len(checklist):
        return None
    return checklist[int(index)]


def answer_to(report: ServiceReport, item: CheckItem) -> CheckAnswer | None:
    """Return how an item was found, or None."""
    return next((answer for answer in report.checks if answer.key == item.key), None)


def with_photos(draft: Draft, order: WorkOrder, person: Person, uow: BotUnitOfWork) -> Draft:
    """Return the draft with as many photos as this technician sent for it."""
    photos = len(photos_of(order, person.id, uow, amends=draft.amends))
    return draft.model_copy(update={"report": draft.report.model_copy(update={"photos": photos})})


def visit_of(order: WorkOrder) -> int:
    """Return the how-manieth repair of a work order this is; every reopening begins a new one."""
    return order.reopenings + 1


def load(said: Said, order_id: UUID, person: Person, uow: BotUnitOfWork) -> tuple[Draft | None, bool]:
    """Return this technician's draft, and whether there was one that ran out."""
    found = uow.dialogues.current(_key(person, order_id), said.at)
    if found is None:
        return None, False
    draft = Draft.model_validate(found[1])
    return (draft, False) if draft.until > said.at else (None, True)


def save(said: Said, draft: Draft, person: Person, uow: BotUnitOfWork) -> Draft:
    """Keep a draft for another day, and wait for the answer to its question."""
    kept = draft.model_copy(update={"until": said.at + DRAFT_LIFE})
    data: dict[str, Any] = kept.model_dump(mode="json")
    uow.dialogues.begin(_key(person, draft.work_order_id), DRAFT, data, said.at + FORGOTTEN_AFTER)
    pointer = {"work_order_id": str(draft.work_order_id), "number": draft.number}
    uow.dialogues.begin(said.key, REPORT, pointer, said.at + FORGOTTEN_AFTER)
    return kept


def forget(said: Said, order_id: UUID, person: Person, uow: BotUnitOfWork) -> None:
    """Forget a draft that was filed or given up."""
    uow.dialogues.end(_key(person, order_id))
    found = uow.dialogues.current(said.key, said.at)
    if found is not None and found[0] == REPORT:
        uow.dialogues.end(said.key)


def _key(person: Person, order_id: UUID) -> str:
    return f"report:{person.id}:{order_id}"


def _answered(step: str, draft: Draft, checklist: Sequence[CheckItem]) -> bool:
    report = draft.report
    if step in draft.skipped:
        return True
    if step in REQUIRED:
        return getattr(report, step) not in ("", None)
    if step == PHOTO:
        return report.photos > 0
    if step == EXTRAS:
        return bool(report.materials or report.readings)
    item = item_of(step, checklist)
    if item is not None and item.reading:
        return bool(report.readings.get(item.label))
    answer = answer_to(report, item) if item is not None else None
    if answer is None:
        return item is None
    return not step.startswith(REMARK) or bool(answer.remark.strip())


def insist_on_reporting(
    order: WorkOrder, amends: bool, seen_version: int | None, person: Person, uow: BotUnitOfWork
) -> None:
    """Refuse early what the decision would refuse at the end."""
    if not may(person.roles, Verb.STEP):
        raise NotPermitted(action=Verb.STEP.value)
    decide = may_amend if amends else may_complete
    decide(order, actor_id=person.id, seen_version=seen_version, holder=uow.name_of(order.assignee_id))
