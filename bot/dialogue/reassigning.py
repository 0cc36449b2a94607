"""Giving a work order to somebody else: who, chosen on a card or named, and why."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.intents import Wish, Words
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say, show
from cards.field import CandidateLine, CandidatesView
from cards.text_field import REASSIGN_AGAIN, REASSIGN_ASK, REASSIGN_DROPPED, REASSIGNED
from domain.access.rights import Verb, may
from domain.dispatching.rules import choose
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.people.handlers import technician_named, technician_reached
from domain.people.model import Person
from domain.policies.relation import relation_to
from domain.workorder.commands import ReassignWorkOrder
from domain.workorder.errors import SameTechnician
from domain.workorder.lifecycle.state import seen
from domain.workorder.model import WorkOrder
from domain.workorder.status import Action, next_status

REASSIGN = "reassign"
REASON_WAIT = timedelta(minutes=30)
OFFERED = 4
"""Technicians on the card, best first."""


class Reassigning:
    """The questions around a reassignment."""

    def __init__(self, bus: Bus, offer_timeout: timedelta) -> None:
        self._bus = bus
        self._offer_timeout = offer_timeout

    def by_words(
        self, said: Said, text: str, order: WorkOrder, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Reassign to whom was named, and ask for what is missing: `王强 车坏在路上`."""
        name, _, reason = text.replace("，", " ").replace(",", " ").strip().partition(" ")
        if not name:
            return self.ask(said, order, None, person, uow)
        self._may(order, None, person, uow)
        technician = technician_named(name, uow)
        if reason.strip():
            return self._reassign(said, order, technician.id, reason, None, person, uow)
        return self._ask_reason(said, order, technician, uow)

    def ask(
        self, said: Said, order: WorkOrder, seen_version: int | None, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Show who may take it over, by the pool rule.

        Raises:
            DomainError: it cannot be reassigned now, or not by this person.
        """
        self._may(order, seen_version, person, uow)
        view = CandidatesView(
            work_order_id=order.id,
            number=order.number,
            version=order.version,
            candidates=_candidates(order, uow),
        )
        return show(uow, said, "candidates", view.model_dump(mode="json"), privately=True)

    def chosen(
        self, said: Said, order: WorkOrder, choice: str, version: int, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take the technician that was pressed, and ask why."""
        self._may(order, version, person, uow)
        return self._ask_reason(said, order, technician_reached(choice, uow), uow)

    def go_on(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take the reason that was waited for."""
        if words.wish is Wish.NEVER_MIND:
            uow.dialogues.end(said.key)
            return say(uow, said, REASSIGN_DROPPED.format(number=data["number"]))
        if words.wish in (Wish.EMPTY, Wish.CHIT_CHAT):
            return say(uow, said, REASSIGN_AGAIN.format(name=data["name"]))
        order = uow.work_orders.get(UUID(data["work_order_id"]))
        technician_id = UUID(data["technician_id"])
        return self._reassign(said, order, technician_id, words.rest, data["version"], person, uow)

    def _ask_reason(self, said: Said, order: WorkOrder, technician: Person, uow: BotUnitOfWork) -> Outcome:
        _another(order, technician)
        data = {
            "work_order_id": str(order.id),
            "number": order.number,
            "version": order.version,
            "technician_id": str(technician.id),
            "name": technician.name,
        }
        uow.dialogues.begin(said.key, REASSIGN, data, said.at + REASON_WAIT)
        return say(uow, said, REASSIGN_ASK.format(number=order.number, name=technician.name), privately=True)

    def _reassign(
        self,
        said: Said,
        order: WorkOrder,
        technician_id: UUID,
        reason: str,
        seen_version: int | None,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        technician = uow.people.get(technician_id)
        _another(order, technician)
        command = ReassignWorkOrder(
            work_order_id=order.id,
            technician_id=technician.id,
            expires_at=said.at + self._offer_timeout,
            reason=reason,
            seen_version=seen_version,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        uow.dialogues.end(said.key)
        return say(uow, said, REASSIGNED.format(number=order.number, name=technician.name))

    def _may(self, order: WorkOrder, seen_version: int | None, person: Person, uow: BotUnitOfWork) -> None:
        """Refuse early, before anything is asked for."""
        seen(order, seen_version)
        next_status(order.number, order.state, Action.REASSIGN)
        if not may(person.roles, Verb.REASSIGN, relation_to(order, person, uow)):
            raise NotPermitted(action=Verb.REASSIGN.value)


def _another(order: WorkOrder, technician: Person) -> None:
    if technician.id == order.assignee_id:
        raise SameTechnician(number=order.number, name=technician.name)


def _candidates(order: WorkOrder, uow: BotUnitOfWork) -> tuple[CandidateLine, ...]:
    asked = [order.assignee_id] if order.assignee_id else []
    technicians = uow.people.technicians()
    found: list[CandidateLine] = []
    while len(found) < OFFERED and (choice := choose(technicians, region=order.region, asked=asked)):
        asked.append(choice.technician_id)
        name = uow.people.get(choice.technician_id).name
        found.append(CandidateLine(person_id=choice.technician_id, name=name, reason=choice.reason))
    return tuple(found)
