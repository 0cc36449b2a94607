"""The service desk's own work: who goes, what is the same, how urgent, how long, and the pool."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.desk_words import PoolWords, read_minutes, read_pool, read_priority, read_type
from bot.dialogue.reasons import CANCEL_REASON, ask_why_cancel
from bot.errors import NotUnderstood
from bot.field_orders import order_numbered
from bot.intents import Wish, Words
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from cards.desk import CandidateView, PickerView, span_words
from cards.text import CANCELLED_WORDS, OFFERED_TO
from cards.text_desk import (
    CANCEL_DROPPED,
    CANCEL_REASON_AGAIN,
    ESTIMATED,
    OFFERED_AGAIN,
    PRIORITY_CHANGED,
    TYPE_CHANGED,
)
from cards.text_spoken import PRIORITY_HOW
from domain.access.rights import Verb, may
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.people.handlers import technician_named, technician_reached
from domain.people.model import Person, Role
from domain.policies.dispatch import best_candidates
from domain.policies.views import fault_shown
from domain.workorder.commands import (
    CancelWorkOrder,
    ChangeOrderType,
    ChangePriority,
    EstimateDuration,
    OfferWorkOrder,
)
from domain.workorder.details import TYPE_LABEL
from domain.workorder.lifecycle.state import seen
from domain.workorder.model import WorkOrder
from domain.workorder.pool import PoolFilter, PoolView
from domain.workorder.status import Action, Status, next_status

OFFERED = 5
"""Technicians on a picker."""
LISTED = 8
"""Work orders on a page of the pool."""
NAMES = 6
"""Customers that a word of the pool's filter may stand for."""
EXAMPLE = "WO-20260302-0007"


class DeskWork:
    """What dispatchers and agents say and press; a part of the conversation."""

    def __init__(self, bus: Bus, offer_timeout_s: int) -> None:
        self._bus = bus
        self._offer_timeout = timedelta(seconds=offer_timeout_s)

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {
            Wish.OFFER: self.offer,
            Wish.PRIORITY: self.change_priority,
            Wish.TYPE: self.change_type,
            Wish.ESTIMATE: self.estimate,
            Wish.POOL: self.pool,
        }

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {"wo.offer": self.press_offer, "wo.cancel": self.press_cancel}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {CANCEL_REASON: self.go_on_cancelling}

    def offer(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Let a dispatcher name the technician, or choose one where no name was said."""
        _insist(person, Verb.OFFER)
        order = _meant(words, f"派单 {EXAMPLE} 李强", person, uow)
        if not words.rest:
            return self.pick(said, order, None, uow)
        return self._offer(said, order, technician_named(words.rest, uow), None, person, uow)

    def press_offer(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Show whom one can choose, or ask the one who was chosen."""
        _insist(person, Verb.OFFER)
        action = pressed.action
        order = uow.work_orders.get(action.subject_id)
        if not action.choice:
            return self.pick(said, order, action.version, uow)
        return self._offer(said, order, technician_reached(action.choice, uow), action.version, person, uow)

    def pick(self, said: Said, order: WorkOrder, seen_version: int | None, uow: BotUnitOfWork) -> Outcome:
        """Show the best technicians as buttons, in private.

        Raises:
            OutdatedPress: the pressed card shows an older state.
            TransitionNotAllowed: nobody can be asked any more.
        """
        seen(order, seen_version)
        next_status(order.number, order.state, Action.OFFER)
        view = PickerView(
            work_order_id=order.id,
            number=order.number,
            version=order.version,
            fault=fault_shown(order.description),
            candidates=tuple(
                CandidateView(
                    person_id=one.technician_id, name=uow.name_of(one.technician_id), reason=one.reason
                )
                for one in best_candidates(order, OFFERED, uow)
            ),
        )
        return show(uow, said, "picker", view.model_dump(mode="json"), privately=True)

    def press_cancel(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask why, for a press carries no words."""
        order = uow.work_orders.get(pressed.action.subject_id)
        seen(order, pressed.action.version)
        return ask_why_cancel(said, order, person, uow)

    def go_on_cancelling(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take the reason that was waited for."""
        number = data["number"]
        if words.wish is Wish.NEVER_MIND:
            uow.dialogues.end(said.key)
            return say(uow, said, CANCEL_DROPPED.format(number=number))
        if words.wish in (Wish.EMPTY, Wish.CHIT_CHAT):
            return say(uow, said, CANCEL_REASON_AGAIN.format(number=number))
        command = CancelWorkOrder(
            work_order_id=UUID(data["work_order_id"]),
            reason=words.rest,
            seen_version=int(data["version"]),
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        uow.dialogues.end(said.key)
        return say(uow, said, CANCELLED_WORDS.format(number=number))

    def change_priority(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Say how urgent it is, and why: `优先级 WO-… P1 客户停产`."""
        example = f"优先级 {words.number or EXAMPLE} P1 客户停产"
        order = _meant(words, example, person, uow)
        priority, reason = read_priority(words.rest)
        if priority is None:
            return say(uow, said, PRIORITY_HOW.format(number=order.number))
        command = ChangePriority(
            work_order_id=order.id, priority=priority, reason=reason, **said.cause(person.id)
        )
        self._bus.handle(command, uow)
        return say(uow, said, PRIORITY_CHANGED.format(number=order.number, priority=priority.value))

    def change_type(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Say what kind of work it is, and why: `类型 WO-… 投诉 客户要求赔偿`."""
        example = f"类型 {words.number or EXAMPLE} 投诉 客户要求赔偿"
        order = _meant(words, example, person, uow)
        kind, reason = read_type(words.rest)
        if kind is None:
            raise NotUnderstood(words="类型", example=example)
        command = ChangeOrderType(work_order_id=order.id, type=kind, reason=reason, **said.cause(person.id))
        self._bus.handle(command, uow)
        return say(uow, said, TYPE_CHANGED.format(number=order.number, label=TYPE_LABEL[kind.value]))

    def estimate(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Say how long the work is expected to take: `预计 WO-… 2小时`."""
        example = f"预计 {words.number or EXAMPLE} 2小时"
        order = _meant(words, example, person, uow)
        minutes = read_minutes(words.rest)
        if minutes is None:
            raise NotUnderstood(words="预计", example=example)
        self._bus.handle(
            EstimateDuration(work_order_id=order.id, minutes=minutes, **said.cause(person.id)), uow
        )
        span = span_words(timedelta(minutes=minutes))
        return say(uow, said, ESTIMATED.format(number=order.number, span=span))

    def pool(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """List the open work orders of every node, the most urgent first."""
        _insist(person, Verb.SEE_HISTORY)
        asked = read_pool(f"未派 {words.rest}" if words.word.startswith("待派") else words.rest)
        wanted = _filter(asked, uow)
        found = uow.pool.page(wanted, said.at, (asked.page - 1) * LISTED, LISTED + 1) if wanted else ()
        view = PoolView(
            lines=tuple(found[:LISTED]),
            page=asked.page,
            more=len(found) > LISTED,
            wanted=asked.wanted,
            at=said.at,
        )
        return show(uow, said, "pool", view.model_dump(mode="json"), privately=True)

    def _offer(
        self,
        said: Said,
        order: WorkOrder,
        technician: Person,
        seen_version: int | None,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        again = order.state is Status.OFFERED and order.assignee_id == technician.id
        command = OfferWorkOrder(
            work_order_id=order.id,
            technician_id=technician.id,
            expires_at=said.at + self._offer_timeout,
            reason=f"{person.name} 指定",
            seen_version=seen_version,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        text = OFFERED_AGAIN if again else OFFERED_TO
        say(uow, said, text.format(number=order.number, name=technician.name))
        return DONE


def _insist(person: Person, verb: Verb) -> None:
    """Refuse early, before anything is looked up for somebody who could not use it."""
    if not may(person.roles, verb):
        raise NotPermitted(action=verb.value)


def _meant(words: Words, example: str, person: Person, uow: BotUnitOfWork) -> WorkOrder:
    if not words.number:
        raise NotUnderstood(words=words.word, example=example)
    return order_numbered(words.number, person, uow)


def _filter(asked: PoolWords, uow: BotUnitOfWork) -> PoolFilter | None:
    """Return what the words narrow the pool to; None where a name is nobody's."""
    customers: tuple[UUID, ...] = ()
    assignee: UUID | None = None
    for name in asked.names:
        technicians = uow.people.by_name(name, Role.TECHNICIAN)
        if technicians:
            assignee = technicians[0].id
            continue
        customers += tuple(one.id for one in uow.customers.named(name, NAMES))
        if not customers:
            return None
    return PoolFilter(
        statuses=asked.statuses,
        type=asked.type,
        overdue=asked.overdue,
        customer_ids=customers,
        assignee_id=assignee,
    )
