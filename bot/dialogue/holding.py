"""A hold needs to say what for: chosen on a card or said in words, with a note if there is one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.field_words import hold_reason
from bot.intents import Wish, Words
from bot.keeping import Item, put_on
from bot.ports import BotUnitOfWork
from bot.reach import customer_told
from bot.replies import DONE, Outcome, Said, say, show
from cards.field import HoldChoicesView
from cards.text_field import (
    HELD,
    HELD_ADD,
    HOLD_AGAIN,
    HOLD_CHOICE,
    HOLD_DROPPED,
    HOLD_NOTE_DROPPED,
    HOLD_NOTE_KEPT,
)
from domain.access.rights import Verb, may
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.people.model import Person
from domain.policies.relation import relation_to
from domain.workorder.details import HoldReason
from domain.workorder.field_commands import HoldWorkOrder
from domain.workorder.lifecycle.field import may_hold
from domain.workorder.model import WorkOrder

HOLD = "hold"
HOLD_NOTE = "hold_note"
HOLD_WAIT = timedelta(minutes=30)
NOTE_WAIT = timedelta(minutes=10)


class Holding:
    """The questions around a hold."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def by_words(
        self, said: Said, text: str, order: WorkOrder, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Hold for the reason that was said, or ask for it."""
        reason, note = hold_reason(text)
        if reason is None:
            return self.ask(said, order, None, note, person, uow)
        return self.hold(said, order, reason, note, None, person, uow)

    def ask(
        self,
        said: Said,
        order: WorkOrder,
        seen_version: int | None,
        note: str,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        """Ask what it waits for, unless it cannot be held at all.

        Raises:
            DomainError: as `lifecycle.may_hold`, or this person may not.
        """
        may_hold(order, seen_version)
        if not may(person.roles, Verb.HOLD, relation_to(order, person, uow)):
            raise NotPermitted(action=Verb.HOLD.value)
        data = {"work_order_id": str(order.id), "number": order.number, "note": note}
        uow.dialogues.begin(said.key, HOLD, data, said.at + HOLD_WAIT)
        view = HoldChoicesView(work_order_id=order.id, number=order.number, version=order.version)
        return show(uow, said, "hold_choices", view.model_dump(mode="json"), privately=True)

    def chosen(
        self,
        said: Said,
        order: WorkOrder,
        reason: HoldReason,
        version: int,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        """Hold for the reason that was pressed, with the note said before."""
        dialogue = uow.dialogues.current(said.key, said.at)
        waits = dialogue is not None and dialogue[0] == HOLD
        data = dialogue[1] if dialogue is not None and waits else {}
        note = data["note"] if data.get("work_order_id") == str(order.id) else ""
        return self.hold(said, order, reason, note, version, person, uow)

    def hold(
        self,
        said: Said,
        order: WorkOrder,
        reason: HoldReason,
        note: str,
        seen_version: int | None,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        """Hold it, and leave the door open for a note."""
        command = HoldWorkOrder(
            work_order_id=order.id,
            reason=reason,
            note=note,
            seen_version=seen_version,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        uow.dialogues.end(said.key)
        text = HELD.format(number=order.number, reason=HOLD_CHOICE[reason], told=customer_told(order, uow))
        if not note:
            data = {"work_order_id": str(order.id), "number": order.number}
            uow.dialogues.begin(said.key, HOLD_NOTE, data, said.at + NOTE_WAIT)
            text += HELD_ADD
        return say(uow, said, text)

    def go_on(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take the reason that was waited for."""
        if words.wish is Wish.NEVER_MIND:
            uow.dialogues.end(said.key)
            return say(uow, said, HOLD_DROPPED.format(number=data["number"]))
        reason, note = hold_reason(words.rest)
        if reason is None:
            return say(uow, said, HOLD_AGAIN)
        order = uow.work_orders.get(UUID(data["work_order_id"]))
        return self.hold(said, order, reason, note or data["note"], None, person, uow)

    def take_note(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Add what is said after a hold to the time line."""
        uow.dialogues.end(said.key)
        if words.wish in (Wish.NEVER_MIND, Wish.CHIT_CHAT, Wish.EMPTY):
            return say(uow, said, HOLD_NOTE_DROPPED.format(number=data["number"]))
        item = Item(
            kind="text",
            text=words.rest,
            delivery_key=said.inbound.delivery_key,
            source_key=said.source_key,
        )
        put_on(UUID(data["work_order_id"]), [item], said, person, self._bus, uow)
        say(uow, said, HOLD_NOTE_KEPT.format(number=data["number"]))
        return DONE
