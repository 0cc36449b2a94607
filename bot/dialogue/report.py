"""The service report: in one message, or one question after the other; a part of the conversation."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from bot.dialogue.report_draft import (
    PHOTO,
    REPORT,
    Draft,
    forget,
    insist_on_reporting,
    load,
    new_draft,
    next_step,
    save,
    step_before,
    steps_of,
    visit_of,
    with_photos,
)
from bot.dialogue.report_steps import Answered, answered, complaint, picked, skippable, step_called
from bot.dialogue.report_views import change_view, question_view, summary_view
from bot.errors import NothingWaiting
from bot.field_orders import order_meant
from bot.field_words import time_of_step
from bot.intents import Wish, Words
from bot.keeping import Item, items_of, put_on
from bot.parts import Act, Continue, Press, Pressed
from bot.places import place_of
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from bot.report_words import before_labels, merged, read_report
from cards.report import filed_words
from cards.text_field import (
    REPORT_DROPPED,
    REPORT_LEFT_OUT,
    REPORT_PHOTO_KEPT,
    REPORT_RAN_OUT,
    REPORT_RESUMED,
)
from domain.kernel.bus import Bus
from domain.kernel.errors import DomainError
from domain.people.model import Person
from domain.workorder.errors import ReportIncomplete
from domain.workorder.field_commands import AmendReport, CompleteWork
from domain.workorder.forms import checklist_of
from domain.workorder.model import WorkOrder
from domain.workorder.report import missing_items
from domain.workorder.status import Status

AMENDABLE = frozenset({Status.COMPLETED, Status.SIGNED_OFF})
BACK_WORDS = frozenset({"上一步", "返回", "返回上一步"})
CHANGE_WORDS = frozenset({"改一下", "修改", "我要改", "改"})
SUBMIT_WORDS = frozenset({"提交", "确认", "确认提交", "可以", "好", "好的", "没问题", "对"})


class ServiceReportDialogue:
    """Everything between “完工” and a filed report, and the corrections afterwards."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {Wish.COMPLETE: self.by_words, Wish.AMEND: self.by_words}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {
            "wo.complete": self.press_begin,
            "wo.amend": self.press_begin,
            "report.answer": self.press_answer,
            "report.back": self.press_back,
            "report.change": self.press_change,
            "report.submit": self.press_submit,
        }

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {REPORT: self.go_on}

    def by_words(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """File a whole report at once; what is missing is named and asked for."""
        amends = words.wish is Wish.AMEND
        order = order_meant(words, AMENDABLE if amends else {Status.IN_PROGRESS}, person, uow, words.rest)
        insist_on_reporting(order, amends, None, person, uow)
        checklist = checklist_of(order, uow)
        draft, before = self._begun(said, order, amends, person, uow)
        times = time_of_step(before_labels(words.rest, checklist) or words.rest, said.at)
        changes = read_report(words.rest, checklist) or ({"remedy": times.rest} if times.rest else {})
        self._keep_pictures(said, order, person, uow)
        draft = with_photos(
            draft.model_copy(
                update={
                    "report": merged(draft.report, changes),
                    "claimed_at": times.claimed_at or draft.claimed_at,
                }
            ),
            order,
            person,
            uow,
        )
        missing, wrong = missing_items(draft.report, checklist), complaint(words.rest, checklist)
        if changes and not missing and not wrong:
            return self._file(said, draft, order, person, uow)
        if not changes or not missing:
            return self._ask(said, draft, order, person, uow, "\n".join(filter(None, (before, wrong))))
        left_out = REPORT_LEFT_OUT.format(number=order.number, missing="、".join(missing))
        refusal = "\n".join(filter(None, (wrong, left_out)))
        self._ask(said, draft, order, person, uow, refusal)
        return Outcome(refusal=ReportIncomplete.code)

    def press_begin(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Begin a report, or go on with the one that was begun."""
        order = uow.work_orders.get(pressed.action.subject_id)
        amends = pressed.action.verb == "wo.amend"
        insist_on_reporting(order, amends, pressed.action.version, person, uow)
        draft, before = self._begun(said, order, amends, person, uow)
        return self._ask(said, draft, order, person, uow, before)

    def press_answer(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take the answer of a pressed button, also of an earlier question."""
        draft, order = self._draft(said, pressed.action.subject_id, person, uow)
        checklist = checklist_of(order, uow)
        found = picked(pressed.action.choice, draft, checklist)
        return self._take(said, found, draft, order, person, uow)

    def press_back(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask the question before once more."""
        draft, order = self._draft(said, pressed.action.subject_id, person, uow)
        return self._back(said, draft, order, person, uow)

    def press_change(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask what shall be changed, or ask that question once more."""
        draft, order = self._draft(said, pressed.action.subject_id, person, uow)
        step = pressed.action.choice
        if step in steps_of(draft, checklist_of(order, uow)):
            return self._ask(said, draft, order, person, uow, step=step)
        return self._change(said, draft, order, person, uow)

    def press_submit(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """File the report."""
        draft, order = self._draft(said, pressed.action.subject_id, person, uow)
        return self._file(said, draft, order, person, uow)

    def go_on(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take an answer in words."""
        if words.wish is Wish.NEVER_MIND:
            uow.dialogues.end(said.key)
            return say(uow, said, REPORT_DROPPED.format(number=data["number"]))
        try:
            draft, order = self._draft(said, UUID(data["work_order_id"]), person, uow)
        except DomainError as refusal:
            # Raising would undo the end of the dialogue, and every further word would be refused.
            uow.dialogues.end(said.key)
            say(uow, said, refusal.message)
            return Outcome(refusal=refusal.code)
        self._keep_pictures(said, order, person, uow)
        text = (words.word + " " + words.rest).strip() if words.word else words.rest
        if text in BACK_WORDS:
            return self._back(said, draft, order, person, uow)
        if text in CHANGE_WORDS:
            return self._change(said, draft, order, person, uow)
        if not draft.waits and text in SUBMIT_WORDS:
            return self._file(said, draft, order, person, uow)
        checklist = checklist_of(order, uow)
        if not draft.waits and (step := step_called(text, draft, checklist)):
            return self._ask(said, draft, order, person, uow, step=step)
        found = answered(text, draft, checklist)
        return self._take(said, found, draft, order, person, uow)

    def take_files(
        self, said: Said, data: dict[str, Any], items: Sequence[Item], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Keep pictures that come while a report is filled in; a photo that was asked for is the answer."""
        draft, order = self._draft(said, UUID(data["work_order_id"]), person, uow)
        put_on(order.id, items, said, person, self._bus, uow)
        draft = with_photos(draft, order, person, uow)
        told = REPORT_PHOTO_KEPT.format(count=draft.report.photos)
        if draft.waits == PHOTO and draft.report.photos:
            return self._ask(said, draft, order, person, uow, told)
        save(said, draft, person, uow)
        return say(uow, said, told)

    def _begun(
        self, said: Said, order: WorkOrder, amends: bool, person: Person, uow: BotUnitOfWork
    ) -> tuple[Draft, str]:
        """Return the draft to go on with, and what to say about it."""
        draft, ran_out = load(said, order.id, person, uow)
        if draft is not None and draft.amends == amends:
            return draft.model_copy(update={"version": order.version}), REPORT_RESUMED
        return new_draft(said, order, amends, uow), REPORT_RAN_OUT if ran_out else ""

    def _draft(
        self, said: Said, order_id: UUID, person: Person, uow: BotUnitOfWork
    ) -> tuple[Draft, WorkOrder]:
        """Return the draft that is being filled in.

        Raises:
            NothingWaiting: there is none, or it ran out.
            DomainError: the work order cannot be completed or corrected by this person any more.
        """
        order = uow.work_orders.get(order_id)
        draft, _ = load(said, order_id, person, uow)
        if draft is None:
            raise NothingWaiting(number=order.number)
        insist_on_reporting(order, draft.amends, None, person, uow)
        return draft, order

    def _take(
        self,
        said: Said,
        found: Answered,
        draft: Draft,
        order: WorkOrder,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        if found.again and not found.changes:
            return self._ask(said, draft, order, person, uow, found.again, step=draft.waits)
        draft = draft.model_copy(
            update={
                "report": merged(draft.report, dict(found.changes)),
                "skipped": tuple(dict.fromkeys((*draft.skipped, *found.skipped))),
            }
        )
        return self._ask(said, draft, order, person, uow, found.again)

    def _back(
        self, said: Said, draft: Draft, order: WorkOrder, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        step = step_before(draft, checklist_of(order, uow))
        return self._ask(said, draft, order, person, uow, step=step)

    def _change(
        self, said: Said, draft: Draft, order: WorkOrder, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        save(said, draft, person, uow)
        view = change_view(draft, checklist_of(order, uow))
        return show(uow, said, "report_change", view.model_dump(mode="json"), privately=True)

    def _ask(
        self,
        said: Said,
        draft: Draft,
        order: WorkOrder,
        person: Person,
        uow: BotUnitOfWork,
        before: str = "",
        step: str = "",
    ) -> Outcome:
        """Ask the given question, else the next one, else for the submission of everything."""
        checklist = checklist_of(order, uow)
        draft = with_photos(draft, order, person, uow)
        step = step or next_step(draft, checklist)
        draft = save(said, draft.model_copy(update={"waits": step}), person, uow)
        if step:
            view = question_view(draft, checklist, before, skippable(step, checklist))
            return show(uow, said, "report_question", view.model_dump(mode="json"), privately=True)
        whole = summary_view(draft, checklist, before)
        return show(uow, said, "report_summary", whole.model_dump(mode="json"), privately=True)

    def _file(
        self, said: Said, draft: Draft, order: WorkOrder, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        report = with_photos(draft, order, person, uow).report
        cause = said.cause(person.id)
        if draft.amends:
            self._bus.handle(AmendReport(work_order_id=order.id, report=report, **cause), uow)
        else:
            command = CompleteWork(
                work_order_id=order.id,
                report=report,
                claimed_at=draft.claimed_at,
                **place_of(said, uow),
                **cause,
            )
            self._bus.handle(command, uow)
        forget(said, order.id, person, uow)
        say(uow, said, filed_words(order.number, order.report_version, visit_of(order), amends=draft.amends))
        return DONE

    def _keep_pictures(self, said: Said, order: WorkOrder, person: Person, uow: BotUnitOfWork) -> None:
        files = [item for item in items_of(said) if item.is_file and item.kind != "voice"]
        put_on(order.id, files, said, person, self._bus, uow)
