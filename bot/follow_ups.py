"""Follow-ups in words and presses: what is to be done, how a call went, and passing it on."""

from collections.abc import Mapping
from uuid import UUID

from bot.closing_words import Called, read_call, read_passing_on
from bot.finding import numbered
from bot.intents import Wish, Words
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from cards.text_closing import (
    FOLLOW_UP_HOW,
    FOLLOWED_UP,
    FOLLOWED_UP_AGAIN,
    FOLLOWED_UP_CLOSED,
    FOLLOWED_UP_REOPEN,
    PASSED_ON,
    REOPEN_FROM_CALL,
    RESULT_LABEL,
)
from domain.access.rights import Verb, may
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.kernel.localtime import local_time
from domain.kernel.notices import Notice, person_audience
from domain.people.model import Person
from domain.policies.survey_views import callers, follow_up_view, follow_ups_view
from domain.survey.commands import FinishFollowUp, PassOnFollowUp, RecordFollowUp
from domain.survey.errors import CannotFollowUp, FollowUpDone
from domain.workorder.closing_commands import ReopenWorkOrder
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status


class FollowUps:
    """Follow-ups; a part of the conversation."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {Wish.FOLLOW_UP: self.follow_up}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {
            "follow_up.solved": self.press_result,
            "follow_up.unsolved": self.press_result,
            "follow_up.unreachable": self.press_result,
            "follow_up.pass": self.press_pass,
            "follow_up.reopen": self.press_reopen,
        }

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {}

    def follow_up(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """List what is to be done, keep how a call went, or pass it on."""
        if not may(person.roles, Verb.FOLLOW_UP):
            raise NotPermitted(action=Verb.FOLLOW_UP.value)
        if not words.number and not words.rest:
            view = follow_ups_view(person, said.at, uow)
            return show(uow, said, "follow_ups", view.model_dump(mode="json"), privately=True)
        order = numbered(words, "回访 WO-20260302-0007 已解决 客户满意 5分", person, uow)
        if name := read_passing_on(words.rest):
            return self._pass(said, order, name, person, uow)
        call = read_call(words.rest)
        if not call.result:
            return say(uow, said, FOLLOW_UP_HOW.format(number=order.number), privately=True)
        return self._record(said, order, call, person, uow)

    def press_result(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Keep how a call went; the changed card is the answer."""
        command = FinishFollowUp(
            follow_up_id=pressed.action.subject_id,
            result=pressed.action.verb.removeprefix("follow_up."),
            seen_version=pressed.action.version,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        return DONE

    def press_pass(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Pass a follow-up on to the colleague of the button."""
        to_id = UUID(pressed.action.choice)
        _insist_on_caller(to_id, uow)
        command = PassOnFollowUp(
            follow_up_id=pressed.action.subject_id,
            person_id=to_id,
            seen_version=pressed.action.version,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        return DONE

    def press_reopen(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Reopen what the customer says is not solved."""
        task = uow.surveys.follow_up(pressed.action.subject_id)
        reason = f"{REOPEN_FROM_CALL}：{task.note}" if task.note else REOPEN_FROM_CALL
        command = ReopenWorkOrder(work_order_id=task.work_order_id, reason=reason, **said.cause(person.id))
        self._bus.handle(command, uow)
        if task.assignee_id is not None:
            uow.notify(
                Notice(
                    audience=person_audience(str(task.assignee_id)),
                    card="follow_up",
                    view=follow_up_view(task, uow).model_dump(mode="json"),
                    dedupe_key=f"{task.id}:reopened",
                    subject_id=task.id,
                    living=True,
                )
            )
        return DONE

    def _record(
        self, said: Said, order: WorkOrder, call: Called, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        command = RecordFollowUp(
            work_order_id=order.id,
            result=call.result,
            score=call.score,
            note=call.note,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        text = FOLLOWED_UP.format(number=order.number, result=RESULT_LABEL[call.result])
        return say(uow, said, text + self._next(order, call, uow))

    def _next(self, order: WorkOrder, call: Called, uow: BotUnitOfWork) -> str:
        """Return what the call leads to."""
        if call.result == "unsolved":
            return FOLLOWED_UP_REOPEN.format(number=order.number)
        if again := uow.surveys.open_follow_ups(order.id):
            return FOLLOWED_UP_AGAIN.format(due=local_time(again[0].due_at))
        closed = uow.work_orders.get(order.id).state is Status.CLOSED
        return FOLLOWED_UP_CLOSED if closed else ""

    def _pass(self, said: Said, order: WorkOrder, name: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        tasks = uow.surveys.open_follow_ups(order.id)
        if not tasks:
            raise FollowUpDone(number=order.number)
        others = [one for one in callers(uow) if one.name == name]
        if len(others) != 1:
            names = "、".join(one.name for one in callers(uow))
            raise CannotFollowUp(name=name, names=names)
        for task in tasks:
            command = PassOnFollowUp(follow_up_id=task.id, person_id=others[0].id, **said.cause(person.id))
            self._bus.handle(command, uow)
        return say(uow, said, PASSED_ON.format(number=order.number, name=name))


def _insist_on_caller(person_id: UUID, uow: BotUnitOfWork) -> None:
    """Refuse a forged press that names somebody who calls nobody."""
    allowed = callers(uow)
    if all(one.id != person_id for one in allowed):
        name = uow.people.get(person_id).name
        raise CannotFollowUp(name=name, names="、".join(one.name for one in allowed))
