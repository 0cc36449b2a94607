"""The end of the loop in words and presses: acceptance, settlement, close and reopening."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.dialogue.asking import ASKED_FOR, REJECT_REASON, REOPEN_OFFERED, REOPEN_REASON, answer_of, ask
from bot.errors import SeveralToAccept
from bot.finding import finished_of, numbered, only_one, reopenable_of, waiting_for
from bot.intents import Wish, Words
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from cards.text_closing import (
    ACCEPTED_BY_DESK,
    ASK_REJECT_REASON,
    ASK_REOPEN_REASON,
    CLOSED,
    NOTHING_TO_ACCEPT,
    REASON_AGAIN,
    REJECT_DROPPED,
    REOPEN_DROPPED,
    REOPENED,
    SKIPS,
)
from cards.text_spoken import NOTHING_TO_REOPEN
from domain.access.rights import Verb, may
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.kernel.localtime import local_time
from domain.people.model import STAFF_ROLES, Person
from domain.policies.relation import relation_to
from domain.policies.views import fault_shown
from domain.workorder.closing_commands import (
    CloseWorkOrder,
    RejectWork,
    ReopenWorkOrder,
    SignOffWork,
)
from domain.workorder.handlers.closing import is_reporter
from domain.workorder.lifecycle.closing import ACCEPTANCE_SKIPS, may_reject
from domain.workorder.model import WorkOrder
from domain.workorder.status import Action, Status, next_status

_SKIPS = frozenset(str(number) for number in range(len(ACCEPTANCE_SKIPS)))


class Closing:
    """Acceptance, close and reopening; a part of the conversation.

    Args:
        progress: answers a customer whose words are about work that is not done yet.
    """

    def __init__(self, bus: Bus, progress: Act) -> None:
        self._bus = bus
        self._progress = progress

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {
            Wish.SIGN_OFF: self.sign_off,
            Wish.REJECT: self.reject,
            Wish.CLOSE: self.close,
            Wish.REOPEN: self.reopen,
        }

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {
            "wo.sign_off": self.press_sign_off,
            "wo.reject": self.press_reject,
            "wo.close": self.press_close,
            "wo.reopen": self.press_reopen,
        }

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {REJECT_REASON: self.go_on_rejecting, REOPEN_REASON: self.go_on_reopening}

    # Acceptance.

    def sign_off(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Accept by words: a reporter their own, the desk for a permitted reason."""
        order = self._waiting(words, person, uow)
        if order is None:
            return self._nothing_waits(said, words, person, uow)
        own = is_reporter(str(person.id), order, uow)
        if not own and not words.rest and may(person.roles, Verb.SKIP_ACCEPTANCE):
            permitted = "、".join(ACCEPTANCE_SKIPS)
            return say(uow, said, SKIPS.format(permitted=permitted, number=order.number))
        command = SignOffWork(work_order_id=order.id, skip_reason=words.rest, **said.cause(person.id))
        self._bus.handle(command, uow)
        uow.dialogues.end(said.key)
        if own:
            return DONE  # The card with the rating is a policy's.
        return say(uow, said, ACCEPTED_BY_DESK.format(number=order.number, reason=words.rest))

    def press_sign_off(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Accept the report that the pressed card showed; the desk's buttons name a permitted reason."""
        skip = pressed.action.choice.partition(".")[2]
        command = SignOffWork(
            work_order_id=pressed.action.subject_id,
            seen_version=pressed.action.version,
            seen_report=_report(pressed),
            skip_reason=ACCEPTANCE_SKIPS[int(skip)] if skip in _SKIPS else "",
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        return DONE

    def reject(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Reject by words; a missing reason is asked for."""
        order = self._waiting(words, person, uow)
        if order is None:
            return self._nothing_waits(said, words, person, uow)
        if not words.rest:
            return self._ask_why_not(said, order, person, None, uow)
        self._reject(said, order.id, words.rest, None, person, uow)
        return DONE  # What was kept is told by a policy.

    def press_reject(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask why, for a press carries no words."""
        order = uow.work_orders.get(pressed.action.subject_id)
        return self._ask_why_not(said, order, person, _report(pressed), uow)

    def go_on_rejecting(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take the reason that was waited for."""
        reason = answer_of(said, words, data, dropped=REJECT_DROPPED, again=REASON_AGAIN, uow=uow)
        if reason:
            self._reject(said, UUID(data["work_order_id"]), reason, data["report"], person, uow)
        return DONE

    # Close and reopening.

    def close(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Close by words, with a permitted reason where nobody was asked afterwards."""
        order = numbered(words, "关单 WO-20260302-0007", person, uow)
        reason = words.rest.removeprefix("免回访").strip(" ，,：:")
        self._bus.handle(
            CloseWorkOrder(work_order_id=order.id, skip_reason=reason, **said.cause(person.id)), uow
        )
        return say(uow, said, CLOSED.format(number=order.number))

    def press_close(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Close by press; without a follow-up the refusal says how to give a reason."""
        command = CloseWorkOrder(work_order_id=pressed.action.subject_id, **said.cause(person.id))
        self._bus.handle(command, uow)
        return DONE

    def _offer_reopening(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome | None:
        """Offer to reopen what was finished lately, with the customer's words as the reason.

        None when nothing was: their words are a new request.
        """
        finished = finished_of(person, said.at, uow)
        if not finished:
            return None
        order = finished[0]
        known = {"work_order_id": str(order.id), "number": order.number, "reason": text[:500]}
        uow.dialogues.begin(said.key, REOPEN_OFFERED, known, said.at + ASKED_FOR)
        view = {
            "work_order_id": str(order.id),
            "version": order.version,
            "number": order.number,
            "fault": fault_shown(order.description),
            "finished": local_time(order.status_since),
        }
        return show(uow, said, "reopen_offer", view)

    def reopen(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Reopen by words; a missing reason is asked for."""
        if not words.number and not person.roles & STAFF_ROLES:
            fits = reopenable_of(person, said.at, uow)
            if not fits:
                return say(uow, said, NOTHING_TO_REOPEN)
            words = Words(words.wish, only_one(words, fits).number, words.rest, words.word)
        order = numbered(words, "重开 WO-20260302-0007 昨天修好的今天又坏了", person, uow)
        if order.state is Status.COMPLETED and is_reporter(str(person.id), order, uow):
            return self.reject(said, words, person, uow)
        if order.state is Status.CANCELLED or not words.rest:
            return self._ask_why_again(said, order, uow)
        return self._reopen(said, order, words.rest, person, uow)

    def press_reopen(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Reopen with the words that led to the offer, else ask why."""
        order = uow.work_orders.get(pressed.action.subject_id)
        dialogue = uow.dialogues.current(said.key, said.at)
        if dialogue is not None and dialogue[0] == REOPEN_OFFERED and dialogue[1]["number"] == order.number:
            return self._reopen(said, order, str(dialogue[1]["reason"]), person, uow)
        return self._ask_why_again(said, order, uow)

    def go_on_reopening(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take the reason that was waited for."""
        reason = answer_of(said, words, data, dropped=REOPEN_DROPPED, again=REASON_AGAIN, uow=uow)
        if not reason:
            return DONE
        order = uow.work_orders.get(UUID(data["work_order_id"]))
        return self._reopen(said, order, reason, person, uow)

    def _reopen(
        self, said: Said, order: WorkOrder, reason: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        self._bus.handle(ReopenWorkOrder(work_order_id=order.id, reason=reason, **said.cause(person.id)), uow)
        uow.dialogues.end(said.key)
        if is_reporter(str(person.id), order, uow):
            return DONE  # The requester's confirmation is a policy's.
        return say(uow, said, REOPENED.format(number=order.number))

    def _reject(
        self,
        said: Said,
        work_order_id: UUID,
        reason: str,
        report: int | None,
        person: Person,
        uow: BotUnitOfWork,
    ) -> None:
        command = RejectWork(
            work_order_id=work_order_id, reason=reason, seen_report=report, **said.cause(person.id)
        )
        self._bus.handle(command, uow)
        uow.dialogues.end(said.key)

    def _waiting(self, words: Words, person: Person, uow: BotUnitOfWork) -> WorkOrder | None:
        """Return the work order that is meant: of the number, else the only one that waits."""
        if words.number:
            return numbered(words, "", person, uow)
        waiting = waiting_for(person, uow)
        if len(waiting) > 1:
            lines = "，或 ".join(f"{words.word} {one.number}" for one in waiting)
            raise SeveralToAccept(count=len(waiting), lines=lines)
        return waiting[0] if waiting else None

    def _nothing_waits(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take “没修好” about work that is finished, or not finished yet, for what it is."""
        if words.wish is Wish.SIGN_OFF or not uow.work_orders.concerning(person.id, 1):
            return say(uow, said, NOTHING_TO_ACCEPT)
        offered = self._offer_reopening(said, f"{words.word} {words.rest}".strip(), person, uow)
        return offered or self._progress(said, words, person, uow)

    def _ask_why_not(
        self, said: Said, order: WorkOrder, person: Person, report: int | None, uow: BotUnitOfWork
    ) -> Outcome:
        """Ask for the reason of a rejection, unless this person may not reject at all."""
        may_reject(order, report)
        relation = relation_to(order, person, uow)
        if not any(may(person.roles, verb, relation) for verb in (Verb.SIGN_OFF, Verb.SKIP_ACCEPTANCE)):
            raise NotPermitted(action=Verb.SIGN_OFF.value)
        shown = report if report is not None else order.report_version
        text = ASK_REJECT_REASON.format(number=order.number)
        return ask(said, REJECT_REASON, order, text, uow, report=shown)

    def _ask_why_again(self, said: Said, order: WorkOrder, uow: BotUnitOfWork) -> Outcome:
        next_status(order.number, order.state, Action.REOPEN)
        return ask(said, REOPEN_REASON, order, ASK_REOPEN_REASON.format(number=order.number), uow)


def _report(pressed: Pressed) -> int | None:
    """Return the version of the report that the pressed card showed."""
    shown = pressed.action.choice.removeprefix("r").partition(".")[0]
    return int(shown) if shown.isdecimal() else None
