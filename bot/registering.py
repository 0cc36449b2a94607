"""An agent registers a request for somebody on the phone; looking callers and machines up belongs to it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from bot.caller_words import read_caller
from bot.dialogue.registration import (
    Registration,
    find_caller,
    merged,
    same_order,
    subject_is_fault,
    unknown_subject,
    with_found,
)
from bot.intents import Wish, Words
from bot.lookup_words import LookupWords
from bot.lookups import MERGE, Lookups
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say, show
from cards.desk import RegistrationView
from cards.text_desk import (
    ASK_CALLER,
    ASK_CALLER_FAULT,
    NOBODY_CALLED,
    REGISTER_ANEW,
    REGISTER_DROPPED,
    REGISTER_JOINED,
    REGISTER_NOTHING,
    REGISTER_REOPENED,
    REGISTERED,
    TOLD_AGENT,
    TOLD_CUSTOMER,
)
from domain.access.rights import Verb, may
from domain.intake.commands import Limits
from domain.intake.understanding import Understander
from domain.kernel.bus import Bus
from domain.kernel.errors import NotPermitted
from domain.kernel.localtime import local_day, local_time, period
from domain.kernel.notices import Notice, conversation_audience, person_audience
from domain.people.commands import MeetCaller
from domain.people.model import Person
from domain.policies.history import history_view
from domain.policies.request_facts import RequestFacts, read_facts, without_address
from domain.policies.sites import whereabouts
from domain.policies.views import fault_shown
from domain.workorder.commands import RegisterWorkOrder, ReportAgain
from domain.workorder.model import WorkOrder
from domain.workorder.request import check_complete
from domain.workorder.status import OPEN

REGISTERING = "registering"
CONFIRM = "确认登记"
DROP = frozenset({"不登记", "不登记了", "先不登记"})
JOIN = frozenset({"并入", "重开", "关联", "加入"})
KEPT_FOR = timedelta(minutes=30)


class Registering:
    """What an agent says and presses while somebody is on the phone; a part of the conversation."""

    def __init__(self, bus: Bus, understander: Understander, limits: Limits) -> None:
        self._bus = bus
        self._understander = understander
        self._limits = limits
        self._lookups = Lookups(bus)

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {Wish.REGISTER: self.register}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {"reg.confirm": self.press_confirm, "reg.join": self.press_join, "reg.drop": self.press_drop}

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {REGISTERING: self.go_on, MERGE: self.drop_merge}

    def look_up(self, said: Said, words: LookupWords, person: Person, uow: BotUnitOfWork) -> Outcome | None:
        """Answer `查 …`, `客户 …`, `设备 …` and the like; None where this person means something else."""
        return self._lookups.answer(said, words, person, uow)

    def drop_merge(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Forget a merge that is not wanted; other words are about something else."""
        return self._lookups.drop_merge(said, uow) if words.wish is Wish.NEVER_MIND else None

    def register(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Begin to register: everything in one line, or step by step."""
        if not may(person.roles, Verb.REGISTER):
            raise NotPermitted(action=Verb.REGISTER.value)
        return self._step(said, Registration(uuid4().hex, read_caller(words.rest)), person, uow)

    def go_on(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take what was asked for, a correction, or the confirmation in words."""
        if words.wish is Wish.NEVER_MIND or words.rest.strip() in DROP:
            return self._drop(said, uow)
        told = Registration.of(data)
        if words.rest.strip() in (CONFIRM, "确认", REGISTER_ANEW):
            return self._confirm(said, told, person, uow)
        if told.same_id and words.rest.strip() in JOIN:
            return self._join(said, told, person, uow)
        return self._step(said, merged(told, words.rest), person, uow)

    def press_confirm(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Register what the card shows."""
        told = self._current(said, pressed, uow)
        return self._confirm(said, told, person, uow) if told else say(uow, said, REGISTER_NOTHING)

    def press_join(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Add the caller to the work order that the card names."""
        told = self._current(said, pressed, uow)
        joins = told is not None and told.same_id
        return self._join(said, told, person, uow) if told and joins else say(uow, said, REGISTER_NOTHING)

    def press_drop(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Forget what the card shows."""
        told = self._current(said, pressed, uow)
        return self._drop(said, uow) if told else say(uow, said, REGISTER_NOTHING)

    def _current(self, said: Said, pressed: Pressed, uow: BotUnitOfWork) -> Registration | None:
        dialogue = uow.dialogues.current(said.key, said.at)
        if dialogue is None or dialogue[0] != REGISTERING:
            return None
        told = Registration.of(dialogue[1])
        return told if UUID(told.id) == pressed.action.subject_id else None

    def _drop(self, said: Said, uow: BotUnitOfWork) -> Outcome:
        uow.dialogues.end(said.key)
        return say(uow, said, REGISTER_DROPPED, privately=True)

    def _step(self, said: Said, told: Registration, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Find the caller, then ask for what is missing, one thing at a time, or show what was told."""
        found = find_caller(told.caller, uow)
        known = with_found(told, found, uow)
        if found is not None and known != told:
            key = told.caller.mobile or told.caller.subject
            past = history_view(found, key, person, local_day(said.at), uow)
            if past is not None:
                show(uow, said, "history", past.model_dump(mode="json"), privately=True)
        if found is None and known.caller.subject:
            known = replace(known, caller=subject_is_fault(known.caller))
        same = same_order(known, self._facts(said, known, uow), said.at, self._limits.duplicate_window_h, uow)
        known = replace(known, same_id=same.id.hex if same is not None else "")
        uow.dialogues.begin(said.key, REGISTERING, known.data(), said.at + KEPT_FOR)
        if not known.caller.mobile and not known.person_id:
            unknown = unknown_subject(told, found)
            before = NOBODY_CALLED.format(subject=unknown) if unknown else ""
            return say(uow, said, before + ASK_CALLER, privately=True)
        if not known.caller.fault:
            return say(uow, said, ASK_CALLER_FAULT, privately=True)
        view = self._view(said, known, same, uow)
        uow.notify(
            Notice(
                audience=conversation_audience(said.private),
                card="registration",
                view=view.model_dump(mode="json"),
                dedupe_key=f"registration:{said.source_key}",
                subject_id=UUID(known.id),
                living=True,
                anew=True,
            )
        )
        return Outcome()

    def _facts(self, said: Said, told: Registration, uow: BotUnitOfWork) -> RequestFacts:
        customer_id = UUID(told.customer_id) if told.customer_id else None
        facts = read_facts(
            told.caller.fault, at=said.at, customer_id=customer_id, understander=self._understander, uow=uow
        )
        if told.address:
            facts = replace(facts, details=facts.details.model_copy(update={"address": told.address}))
        return replace(facts, asset_id=UUID(told.asset_id)) if told.asset_id else facts

    def _view(
        self, said: Said, told: Registration, same: WorkOrder | None, uow: BotUnitOfWork
    ) -> RegistrationView:
        facts = self._facts(said, told, uow)
        person = uow.people.get(UUID(told.person_id)) if told.person_id else None
        begins, ends = facts.details.appointment_from, facts.details.appointment_to
        return RegistrationView(
            registration_id=UUID(told.id),
            type=told.caller.type or facts.type.value,
            caller=told.caller.name or (person.name if person else ""),
            mobile=told.caller.mobile or (person.mobile if person else ""),
            known=person is not None,
            customer=uow.customers.get(facts.customer_id).name if facts.customer_id else "",
            asset=uow.assets.name_of(facts.asset_id),
            fault=fault_shown(without_address(told.caller.fault, facts.details.address)),
            address=self._address(facts, uow),
            appointment=period(begins, ends) or (f"{local_time(begins)} 起" if begins else ""),
            priority=facts.priority.value,
            same_number=same.number if same is not None else "",
            same_fault=fault_shown(same.description) if same is not None else "",
            same_running=same is not None and same.state in OPEN,
        )

    def _address(self, facts: RequestFacts, uow: BotUnitOfWork) -> str:
        """Return where to go, as the work order will have it."""
        customer = uow.customers.get(facts.customer_id) if facts.customer_id else None
        asset = uow.assets.get(facts.asset_id) if facts.asset_id else None
        known = whereabouts(customer, asset) if asset is not None else ""
        return facts.details.address or known.strip() or (customer.address if customer else "")

    def _confirm(self, said: Said, told: Registration, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Make the work order, of a new contact where nobody knew the caller."""
        caller = told.caller
        check_complete(caller.fault, reachable=bool(told.person_id or caller.mobile))
        facts = self._facts(said, told, uow)
        customer = uow.customers.get(facts.customer_id) if facts.customer_id else None
        requester = self._requester(said, told, facts, person, uow)
        bound = bool(requester.identities)
        order_id = uuid4()
        command = RegisterWorkOrder.model_validate(
            {
                "work_order_id": order_id,
                "requester_id": requester.id,
                "customer_id": facts.customer_id,
                "asset_id": facts.asset_id,
                "region": customer.region if customer else requester.region,
                "description": without_address(caller.fault, facts.details.address),
                "origin": person_audience(str(requester.id)) if bound else said.private,
                "source_key": f"registration:{told.id}",
                "type": caller.type or facts.type,
                "priority": facts.priority,
                "repeat_failure_d": self._limits.repeat_failure_d,
                "details": facts.details.model_copy(
                    update={
                        "source": "agent",
                        "contact_name": caller.name,
                        "mobile": caller.mobile or facts.details.mobile,
                        "original_refs": (said.inbound.delivery_key,),
                    }
                ),
                **said.cause(person.id),
            }
        )
        self._bus.handle(command, uow)
        uow.dialogues.end(said.key)
        number = uow.work_orders.get(order_id).number
        told_whom = TOLD_CUSTOMER if bound else TOLD_AGENT
        return say(uow, said, REGISTERED.format(number=number, told=told_whom), privately=True)

    def _join(self, said: Said, told: Registration, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Add the caller to the work order that is about the same fault; a finished one is opened again."""
        requester = self._requester(said, told, self._facts(said, told, uow), person, uow)
        bound = bool(requester.identities)
        order = uow.work_orders.get(UUID(told.same_id))
        running = order.state in OPEN
        again = ReportAgain(
            work_order_id=order.id,
            person_id=requester.id,
            conversation=person_audience(str(requester.id)) if bound else said.private,
            words=told.caller.fault,
            source_key=f"registration:{told.id}",
            **said.cause(person.id),
        )
        self._bus.handle(again, uow)
        uow.dialogues.end(said.key)
        told_whom = TOLD_CUSTOMER if bound else TOLD_AGENT
        text = REGISTER_JOINED if running else REGISTER_REOPENED
        return say(uow, said, text.format(number=order.number, told=told_whom), privately=True)

    def _requester(
        self, said: Said, told: Registration, facts: RequestFacts, person: Person, uow: BotUnitOfWork
    ) -> Person:
        if told.person_id:
            return uow.people.get(UUID(told.person_id))
        person_id = uuid4()
        command = MeetCaller(
            person_id=person_id,
            name=told.caller.name,
            mobile=told.caller.mobile,
            customer_id=facts.customer_id,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        return uow.people.get(person_id)
