"""Settlement in words and presses: how much, and who pays."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from bot.closing_words import AmountUnclear, Settled, read_payer, read_settlement
from bot.dialogue.asking import ASKED_FOR, SETTLEMENT, answer_of, ask
from bot.finding import numbered
from bot.intents import Wish, Words
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from cards.entitlement import entitlement_words
from cards.settling import PayerDoubtView, read_doubt
from cards.text_closing import (
    ASK_AMOUNT,
    ASK_PAYER,
    PARTS_COST,
    PAYER_AGAIN,
    PAYER_LABEL,
    REASON_AGAIN,
    SETTLE_DROPPED,
    SETTLED,
    SETTLED_AWAITING,
    SETTLED_CLOSED,
    SETTLED_NEXT,
    SUGGESTION,
)
from domain.access.rights import Field, Verb, may, sees
from domain.assets.entitlement import Entitlement, Reason
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.kernel.localtime import local_day
from domain.kernel.money import yuan
from domain.people.model import Person
from domain.policies.history import entitlement_of
from domain.policies.relation import relation_to
from domain.workorder.closing_commands import SettleWorkOrder
from domain.workorder.details import Payer
from domain.workorder.errors import AmountInvalid
from domain.workorder.model import WorkOrder
from domain.workorder.status import Action, Status, next_status

_PAID_BY = {Reason.WARRANTY: Payer.WARRANTY, Reason.CONTRACT: Payer.CONTRACT}


class Settling:
    """Settlement; a part of the conversation."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {Wish.SETTLE: self.settle}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {"wo.settle": self.press_settle}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {SETTLEMENT: self.go_on}

    def settle(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Settle by words; what is missing is asked for."""
        _insist_on_rights(person)
        order = numbered(words, "结算 WO-20260302-0007 380.50 元 客户付", person, uow)
        return self._take(said, order, words.rest, None, person, uow)

    def press_settle(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask for amount and payer, for a press carries none; or take who pays, where that was in doubt."""
        _insist_on_rights(person)
        order = uow.work_orders.get(pressed.action.subject_id)
        doubted = read_doubt(pressed.action.choice)
        if doubted is None:
            return _ask_amount(said, order, person, uow)
        payer, amount_fen = doubted
        return self._settle(said, order, amount_fen, payer, _noted(said, order, uow), person, uow)

    def go_on(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take the amount or the payer that was waited for."""
        order = uow.work_orders.get(UUID(data["work_order_id"]))
        if data.get("doubted"):
            return self._go_on_doubted(said, words, data, order, person, uow)
        amount_fen = data.get("amount_fen")
        if amount_fen is not None and words.wish is Wish.CHIT_CHAT:
            return self._agree(said, order, data, person, uow)
        if amount_fen is None and words.wish is Wish.CHIT_CHAT:
            return self._take(said, order, words.rest, None, person, uow)
        answer = answer_of(said, words, data, dropped=SETTLE_DROPPED, again=REASON_AGAIN, uow=uow)
        return self._take(said, order, answer, amount_fen, person, uow) if answer else DONE

    def _go_on_doubted(
        self,
        said: Said,
        words: Words,
        data: dict[str, Any],
        order: WorkOrder,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        """Take “确认”, the same words once more, or another payer."""
        payer, amount_fen = read_doubt(str(data["doubted"]).replace(":", ".")) or (Payer.CUSTOMER, 0)
        if words.wish is Wish.CONFIRM:
            return self._settle(said, order, amount_fen, payer, data["note"], person, uow)
        answer = answer_of(said, words, data, dropped=SETTLE_DROPPED, again=PAYER_AGAIN, uow=uow)
        if not answer:
            return DONE
        other, rest = read_payer(answer)
        if other is not None and not rest.strip():
            return self._settle(said, order, amount_fen, other, data["note"], person, uow)
        return self._take(said, order, answer, None, person, uow)

    def _agree(
        self, said: Said, order: WorkOrder, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take “好的” for the payer that was suggested."""
        proposed = _covered_by(_entitlement(order, uow))
        if proposed is None:
            return say(uow, said, PAYER_AGAIN)
        return self._settle(said, order, data["amount_fen"], proposed, "", person, uow)

    def _take(
        self,
        said: Said,
        order: WorkOrder,
        text: str,
        amount_fen: int | None,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        next_status(order.number, order.state, Action.SETTLE)
        if amount_fen is not None:
            payer, rest = read_payer(text)
            if payer is None:
                return say(uow, said, PAYER_AGAIN)
            return self._settle_or_ask(said, order, Settled(amount_fen, payer, rest), person, uow)
        try:
            read = read_settlement(text)
        except AmountUnclear as unclear:
            raise AmountInvalid(amount=str(unclear), number=order.number) from unclear
        if read.amount_fen is None:
            return _ask_amount(said, order, person, uow)
        payer = read.payer or (None if read.amount_fen else _free_payer(order, uow))
        if payer is None:
            return _ask_payer(said, order, read.amount_fen, uow)
        return self._settle_or_ask(said, order, replace(read, payer=payer), person, uow)

    def _settle_or_ask(
        self, said: Said, order: WorkOrder, read: Settled, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Settle, unless the customer shall pay for what is covered: that is asked about once.

        Source: docs/reference/work-order-lifecycle.md, rule WO-15.
        """
        assert read.amount_fen is not None and read.payer is not None, "both were read or asked for"
        covered = _entitlement(order, uow)
        covering = _covered_by(covered)
        once = {"doubted": f"{read.payer.value}:{read.amount_fen}"}
        dialogue = uow.dialogues.current(said.key, said.at)
        asked = dialogue is not None and dialogue[1].items() >= {**once, "number": order.number}.items()
        if (
            covered is None
            or covering is None
            or read.payer is not Payer.CUSTOMER
            or not read.amount_fen
            or asked
        ):
            return self._settle(said, order, read.amount_fen, read.payer, read.note, person, uow)
        data = {**once, "work_order_id": str(order.id), "number": order.number, "note": read.note.strip()}
        uow.dialogues.begin(said.key, SETTLEMENT, data, said.at + ASKED_FOR)
        view = PayerDoubtView(
            work_order_id=order.id,
            number=order.number,
            version=order.version,
            amount_fen=read.amount_fen,
            covering=covering.value,
            why=entitlement_words(covered),
        )
        return show(uow, said, "payer_doubt", view.model_dump(mode="json"), privately=True)

    def _settle(
        self,
        said: Said,
        order: WorkOrder,
        amount_fen: int,
        payer: Payer,
        note: str,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        command = SettleWorkOrder(
            work_order_id=order.id,
            amount_fen=amount_fen,
            payer=payer,
            note=note.strip(),
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        uow.dialogues.end(said.key)
        text = SETTLED.format(
            number=order.number,
            amount=yuan(amount_fen),
            payer=PAYER_LABEL[payer.value],
            next=_what_comes(uow.work_orders.get(order.id)),
        )
        return say(uow, said, text, privately=True)


def _what_comes(order: WorkOrder) -> str:
    """Return what is left to do before the work order closes."""
    if order.state is Status.CLOSED:
        return SETTLED_CLOSED
    return SETTLED_AWAITING.format(awaiting=order.awaiting) if order.awaiting else SETTLED_NEXT


def _noted(said: Said, order: WorkOrder, uow: BotUnitOfWork) -> str:
    """Return the note of the settlement that is in doubt, if it still is."""
    dialogue = uow.dialogues.current(said.key, said.at)
    about = dialogue is not None and dialogue[1].get("number") == order.number
    return str(dialogue[1].get("note", "")) if dialogue is not None and about else ""


def _insist_on_rights(person: Person) -> None:
    """Refuse early, before an amount is asked for."""
    if not may(person.roles, Verb.SETTLE):
        raise NotPermitted(action=Verb.SETTLE.value)


def _ask_amount(said: Said, order: WorkOrder, person: Person, uow: BotUnitOfWork) -> Outcome:
    next_status(order.number, order.state, Action.SETTLE)
    suggestion = _suggestion(order, uow) + _parts_cost(order, person, uow)
    text = ASK_AMOUNT.format(number=order.number, suggestion=suggestion)
    return ask(said, SETTLEMENT, order, text, uow)


def _ask_payer(said: Said, order: WorkOrder, amount_fen: int, uow: BotUnitOfWork) -> Outcome:
    suggestion = _suggestion(order, uow)
    text = ASK_PAYER.format(number=order.number, amount=yuan(amount_fen), suggestion=suggestion)
    return ask(said, SETTLEMENT, order, text, uow, amount_fen=amount_fen)


def _free_payer(order: WorkOrder, uow: BotUnitOfWork) -> Payer:
    """Return who bears what costs the customer nothing."""
    return _covered_by(_entitlement(order, uow)) or Payer.GOODWILL


def _suggestion(order: WorkOrder, uow: BotUnitOfWork) -> str:
    entitlement = _entitlement(order, uow)
    payer = _covered_by(entitlement)
    if entitlement is None or payer is None:
        return ""
    return SUGGESTION.format(payer=PAYER_LABEL[payer.value], why=entitlement_words(entitlement))


def _parts_cost(order: WorkOrder, person: Person, uow: BotUnitOfWork) -> str:
    """Return what the parts of a job cost, for whoever may know."""
    if not order.has_parts or not sees(person.roles, Field.COST, relation_to(order, person, uow)):
        return ""
    return PARTS_COST.format(amount=yuan(uow.stock.cost_of(order.id)))


def _entitlement(order: WorkOrder, uow: BotUnitOfWork) -> Entitlement | None:
    return entitlement_of(order, local_day(order.created_at), uow)


def _covered_by(entitlement: Entitlement | None) -> Payer | None:
    return _PAID_BY.get(entitlement.reason) if entitlement is not None else None
