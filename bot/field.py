"""The technician's steps, holds and reassignments, by words and by press; a part of the conversation."""

from collections.abc import Mapping
from datetime import timedelta

from bot.dialogue.holding import HOLD, HOLD_NOTE, Holding
from bot.dialogue.reassigning import REASSIGN, Reassigning
from bot.field_orders import AT_WORK, order_meant
from bot.field_words import Times, time_of_step, times_of_departure
from bot.intents import Wish, Words
from bot.keeping import items_of, put_on
from bot.parts import Act, Continue, Press, Pressed
from bot.places import place_of
from bot.ports import BotUnitOfWork
from bot.reach import customer_told
from bot.replies import DONE, Outcome, Said, say, show
from cards.text_field import BACKFILLED, ETA_ESTIMATED, ETA_SAID, RESUMED, STEP_DONE, STEP_NEXT
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.kernel.links import Page
from domain.kernel.localtime import local_time
from domain.people.model import BOARD_ROLES, Person
from domain.policies.board import field_board
from domain.workorder.details import HoldReason
from domain.workorder.field_commands import (
    ArriveOnSite,
    DepartForSite,
    ResumeWorkOrder,
    StartWork,
    StepCommand,
)
from domain.workorder.lifecycle.field import BACKFILLED_AFTER
from domain.workorder.model import WorkOrder
from domain.workorder.status import Action, Status

FITS = {
    Wish.DEPART: {Status.ACCEPTED},
    Wish.ARRIVE: {Status.ACCEPTED, Status.EN_ROUTE},
    Wish.START: {Status.ON_SITE},
    Wish.RESUME: {Status.ON_HOLD},
}
STEPS: Mapping[Wish, tuple[Action, type[StepCommand]]] = {
    Wish.DEPART: (Action.DEPART, DepartForSite),
    Wish.ARRIVE: (Action.ARRIVE, ArriveOnSite),
    Wish.START: (Action.START, StartWork),
}


class FieldWork:
    """What a technician says and presses between acceptance and completion."""

    def __init__(self, bus: Bus, offer_timeout_s: int) -> None:
        self._bus = bus
        self._holding = Holding(bus)
        self._reassigning = Reassigning(bus, timedelta(seconds=offer_timeout_s))

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {
            Wish.DEPART: self.step,
            Wish.ARRIVE: self.step,
            Wish.START: self.step,
            Wish.HOLD: self.hold,
            Wish.RESUME: self.resume,
            Wish.REASSIGN: self.reassign,
            Wish.FIELD_BOARD: self.board,
        }

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {
            "wo.depart": self.press_step,
            "wo.arrive": self.press_step,
            "wo.start": self.press_step,
            "wo.hold": self.press_hold,
            "wo.resume": self.press_resume,
            "wo.reassign": self.press_reassign,
        }

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {
            HOLD: self._holding.go_on,
            HOLD_NOTE: self._holding.take_note,
            REASSIGN: self._reassigning.go_on,
        }

    def step(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take a step by words, now or at the time they name; what else they say goes on the time line."""
        order = order_meant(words, FITS[words.wish], person, uow)
        read = times_of_departure if words.wish is Wish.DEPART else time_of_step
        times = read(words.rest, said.at)
        action, kind = STEPS[words.wish]
        command = kind.model_validate(
            {
                "work_order_id": order.id,
                "claimed_at": times.claimed_at,
                **({"eta_at": times.eta_at} if words.wish is Wish.DEPART else {}),
                **place_of(said, uow),
                **said.cause(person.id),
            }
        )
        self._bus.handle(command, uow)
        self._keep_rest(said, times, order, person, uow)
        return say(uow, said, _step_words(action, times, order, said, customer_told(order, uow)))

    def press_step(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take a step by press; the changed card is the answer."""
        wish = next(one for one, (action, _) in STEPS.items() if f"wo.{action}" == pressed.action.verb)
        command = STEPS[wish][1].model_validate(
            {
                "work_order_id": pressed.action.subject_id,
                "seen_version": pressed.action.version,
                **place_of(said, uow),
                **said.cause(person.id),
            }
        )
        self._bus.handle(command, uow)
        return DONE

    def hold(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let the work wait by words; what for is asked where it was not said."""
        order = order_meant(words, AT_WORK - {Status.ON_HOLD}, person, uow, words.rest)
        return self._holding.by_words(said, words.rest, order, person, uow)

    def press_hold(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask what it waits for, or take the answer."""
        action = pressed.action
        order = uow.work_orders.get(action.subject_id)
        if action.choice in set(HoldReason):
            return self._holding.chosen(said, order, HoldReason(action.choice), action.version, person, uow)
        return self._holding.ask(said, order, action.version, "", person, uow)

    def resume(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let the work go on by words."""
        order = order_meant(words, FITS[Wish.RESUME], person, uow)
        self._bus.handle(ResumeWorkOrder(work_order_id=order.id, **said.cause(person.id)), uow)
        if words.rest:
            put_on(order.id, items_of(said, words.rest), said, person, self._bus, uow)
        return say(uow, said, RESUMED.format(number=order.number))

    def press_resume(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let the work go on by press; the changed card is the answer."""
        command = ResumeWorkOrder(
            work_order_id=pressed.action.subject_id,
            seen_version=pressed.action.version,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        return DONE

    def reassign(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Give it to somebody else by words."""
        order = order_meant(words, AT_WORK, person, uow, words.rest)
        return self._reassigning.by_words(said, words.rest, order, person, uow)

    def press_reassign(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask who takes it over, or take the answer."""
        action = pressed.action
        order = uow.work_orders.get(action.subject_id)
        if action.choice:
            return self._reassigning.chosen(said, order, action.choice, action.version, person, uow)
        return self._reassigning.ask(said, order, action.version, person, uow)

    def board(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Show who is where.

        Raises:
            NotPermitted: only the service desk and those above it see everybody.
        """
        if not person.roles & BOARD_ROLES:
            raise NotPermitted(action=words.word)
        view = field_board(said.at, uow)
        if not said.inbound.in_group:
            url = uow.links.to(Page.BOARD, person.id, person.id, said.at)
            view = view.model_copy(update={"page_url": url})
        return show(uow, said, "field_board", view.model_dump(mode="json"))

    def _keep_rest(
        self, said: Said, times: Times, order: WorkOrder, person: Person, uow: BotUnitOfWork
    ) -> None:
        if times.rest or said.inbound.attached:
            items = items_of(said, times.rest)
            kept = [item for item in items if times.rest or item.kind != "text"]
            put_on(order.id, kept, said, person, self._bus, uow)


def _step_words(action: Action, times: Times, order: WorkOrder, said: Said, told: str) -> str:
    parts = [STEP_DONE[action.value].format(number=order.number)]
    if times.claimed_at is not None and said.at - times.claimed_at > BACKFILLED_AFTER:
        parts.append(BACKFILLED.format(claimed=local_time(times.claimed_at)))
    if order.eta_at is not None:
        sentence = ETA_SAID if times.eta_at is not None else ETA_ESTIMATED
        parts.append(sentence.format(eta=local_time(order.eta_at), number=order.number, told=told))
    return "".join(parts) + "\n" + STEP_NEXT[action.value].format(number=order.number)
