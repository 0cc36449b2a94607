"""What a customer wants besides a repair: to expedite, to cancel, to accept, to ask, to have a person."""

from uuid import UUID

from bot.calling import tell_desk_wants_human
from bot.intents import Wish, Words
from bot.late_cancel import ask_late_cancel
from bot.parts import Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say, show
from cards.messages import urged_words
from cards.text_intake import (
    CANCEL_KEPT,
    EXPEDITE_ORDER,
    HUMAN_CALLED,
    SUPERIOR_CALLED,
    SUPERIOR_DECLINED,
    URGED_NONE,
)
from domain.intake.commands import AnswerEscalation, ProposeEscalation
from domain.kernel.bus import Bus
from domain.people.model import Person
from domain.policies.escalation import EXPEDITE
from domain.policies.views import progress_line
from domain.workorder.commands import AddWorkOrderNote, CancelWorkOrder
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN, Action, next_status

LISTED = 10
URGED_AT_ONCE = 3


class Offers:
    """Every method is one wish of one customer."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def expedite(self, said: Said, words: Words, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Pass an urging on, and answer where the work stands."""
        urged = meant(words, person, uow)[:URGED_AT_ONCE]
        if not urged:
            return say(uow, said, URGED_NONE)
        for order in urged:
            note = AddWorkOrderNote(work_order_id=order.id, kind=EXPEDITE, text=text, **said.cause(person.id))
            self._bus.handle(note, uow)
        return say(uow, said, "\n".join(_urged(order, uow) for order in urged))

    def press_expedite(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Pass an urging by press on, for the work order that the card showed."""
        order = _own(pressed, person, uow)
        if order is None or order.state not in OPEN:
            return say(uow, said, URGED_NONE)
        return self.expedite(said, Words(Wish.PROGRESS, order.number, ""), EXPEDITE_ORDER, person, uow)

    def press_withdraw(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask once more before a work order is cancelled by press."""
        order = _own(pressed, person, uow)
        if order is None:
            return DONE
        next_status(order.number, order.state, Action.CANCEL)
        return ask_late_cancel(said, order, uow)

    def faq(self, said: Said, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Say honestly what cannot be answered, with a person one tap away."""
        return show(uow, said, "faq", {"person_id": str(person.id)})

    def call_human(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Pass the wish for a person on to the service desk."""
        tell_desk_wants_human(said, text, person, uow)
        return say(uow, said, HUMAN_CALLED)

    def propose_superior(
        self, said: Said, order: WorkOrder, text: str, person: Person, uow: BotUnitOfWork
    ) -> None:
        """Offer an angry customer a superior's call about their work order."""
        propose = ProposeEscalation(
            work_order_id=order.id,
            conversation=said.inbound.conversation,
            words=text,
            **said.cause(person.id),
        )
        self._bus.handle(propose, uow)

    def answer_superior(
        self, said: Said, order_id: UUID, confirmed: bool, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Call a superior about a work order, or let it be."""
        answer = AnswerEscalation(work_order_id=order_id, confirmed=confirmed, **said.cause(person.id))
        self._bus.handle(answer, uow)
        if not confirmed:
            return say(uow, said, SUPERIOR_DECLINED)
        return say(uow, said, SUPERIOR_CALLED.format(number=uow.work_orders.get(order_id).number))

    def cancel_order(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Cancel a work order whose technician is on the way: this press is the confirmation."""
        command = CancelWorkOrder(work_order_id=pressed.action.subject_id, reason="", **said.cause(person.id))
        self._bus.handle(command, uow)
        return DONE  # The confirmation is a policy's.

    def keep_order(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Leave a work order as it is."""
        order = _own(pressed, person, uow)
        return say(uow, said, CANCEL_KEPT.format(number=order.number)) if order is not None else DONE


def meant(words: Words, person: Person, uow: BotUnitOfWork) -> list[WorkOrder]:
    """Return which unfinished work orders of somebody's a message is about: the named one, else all."""
    mine = [one for one in uow.work_orders.concerning(person.id, LISTED) if one.state in OPEN]
    named = [one for one in mine if one.number == words.number]
    return named or mine


def _own(pressed: Pressed, person: Person, uow: BotUnitOfWork) -> WorkOrder | None:
    """Return the pressed card's work order if it concerns the presser; nothing is said of anybody else's."""
    mine = uow.work_orders.concerning(person.id, LISTED)
    return next((one for one in mine if one.id == pressed.action.subject_id), None)


def _urged(order: WorkOrder, uow: BotUnitOfWork) -> str:
    return urged_words(progress_line(order, uow))
