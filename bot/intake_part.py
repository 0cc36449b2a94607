"""What a customer says freely finds its way: a request, a question about one, or words for the technician.

Source: docs/reference/intake.md, rule RQ-14
"""

import re
from collections.abc import Mapping
from datetime import datetime

from adapters.inbound import LinkContent, LocationContent, MediaContent
from bot.accepting import offer_acceptance
from bot.calling import tell_desk_angry
from bot.dialogue.drafts import Drafts
from bot.finding import numbered
from bot.intake_heard import draft_key, words_of
from bot.intake_offers import Offers, meant
from bot.intake_reading import is_same_alarm, planned_kind, staff_kind, tells_news, wanted, wants_aside
from bot.intake_words import stray_label
from bot.intents import Wish, Words, is_thanks
from bot.machines import Machines
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say
from bot.still_broken import StillBroken
from bot.talk import TALKING, Talk
from cards.text import ASK_FAULT, CHIT_CHAT, EMPTY_WORDS
from cards.text_intake import CONFIRM_CANCEL, CONFIRM_FIRST, STAFF_REPORT_HINT, SUPERIOR
from cards.text_spoken import LABEL_GONE, THANKS
from domain.intake.commands import Limits
from domain.intake.data import DraftState, Heard
from domain.intake.model import Draft
from domain.intake.rules import ANGRY
from domain.intake.understanding import Intent, Understander
from domain.kernel.bus import Bus
from domain.people.model import Person, Role
from domain.workorder.commands import CancelWorkOrder
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN

LISTED = 10
_STAFF_REPORT = re.compile(
    r"^(?:我要|现场)?(?:报修|上报|异常上报|上报异常|现场异常|异常)(?=$|[\s,，.。:：、])[\s,，.。:：、]*"
)
_KINDS = {Intent.COMPLAINT: "complaint", Intent.CLAIM: "claim"}
_ASIDE = frozenset({Intent.QUERY_PROGRESS, Intent.URGE, Intent.CANCEL, Intent.HUMAN})


class Intake:
    """Free words, pictures and places of customers, and field reports of colleagues; a part."""

    def __init__(
        self, bus: Bus, understander: Understander, limits: Limits, talk: Talk, progress: Act, cancel: Act
    ) -> None:
        self._bus = bus
        self._drafts = Drafts(bus, understander, limits)
        self._offers = Offers(bus)
        self._back = StillBroken(bus, self._drafts)
        self._machines = Machines(bus)
        self._talk = talk
        self._progress = progress
        self._cancel = cancel

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {**self._drafts.wishes(), Wish.REPORT: self.ask_fault, Wish.EXPEDITE: self.expedite}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {
            **self._drafts.verbs(),
            **self._back.verbs(),
            "superior.yes": self._superior(True),
            "superior.no": self._superior(False),
            "human.call": self.press_human,
            "request.cancel": self._offers.cancel_order,
            "request.keep": self._offers.keep_order,
            "asset.is": self._machines.press,
            "request.expedite": self._offers.press_expedite,
            "request.withdraw": self._offers.press_withdraw,
        }

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {}

    def takes(
        self, said: Said, words: Words, text: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Do what the words mean to a request that waits for the speaker, before they mean anything else."""
        plain = text.strip()
        if words.number and plain.startswith(CONFIRM_CANCEL):
            return self._confirmed_cancel(said, words, person, uow)
        if words.number and plain.startswith(SUPERIOR):
            return self._called_superior(said, words, person, uow)
        asked = Role.CUSTOMER in person.roles and not said.inbound.in_group
        if asked and stray_label(text, uow.drafts.live_of(draft_key(said))):
            return say(uow, said, LABEL_GONE.format(label=text.strip()))
        back = self._back.takes(said, words, text, person, uow)
        return back or self._drafts.takes(said, words, text, person, uow)

    def ask_fault(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask what is broken, after nothing but the wish to report."""
        return say(uow, said, ASK_FAULT if Role.CUSTOMER in person.roles else STAFF_REPORT_HINT)

    def expedite(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Urge by words alone; colleagues are told where it stands."""
        if Role.CUSTOMER not in person.roles:
            return self._progress(said, words, person, uow)
        draft = uow.drafts.live_of(draft_key(said))
        if draft is not None and not meant(words, person, uow):
            return self._greet(said, draft, uow)
        return self._offers.expedite(said, words, words_of(said), person, uow)

    def free(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Do what a customer's free words mean."""
        text = words_of(said) or words.rest
        draft = uow.drafts.live_of(draft_key(said))
        if words.wish is Wish.EMPTY and not said.inbound.attached:
            return say(uow, said, EMPTY_WORDS)
        if words.wish is Wish.CHIT_CHAT:
            thanked = draft is None and is_thanks(text)
            return say(uow, said, THANKS) if thanked else self._greet(said, draft, uow)
        if draft is None and (corrected := self._machines.correct(said, words, text, person, uow)):
            return corrected
        heard = self._drafts.listen(said, text, person, uow)
        read = heard.understanding
        if read is None:
            return self._drafts.add(said, heard, person, uow)
        concerned = meant(words, person, uow)
        if read.angry >= ANGRY and not concerned:
            tell_desk_angry(said, text, person, uow)
        intent = wanted(read, text, waits=bool(concerned))
        idle = intent is Intent.CHIT_CHAT or (intent is Intent.URGE and not concerned)
        if draft is not None and idle and wants_aside(read):
            return self._greet(said, draft, uow)
        if draft is not None and intent is Intent.CANCEL and not words.number and wants_aside(read):
            return self._drafts.drop(said, draft, person, uow)
        if draft is not None and not (intent in _ASIDE and wants_aside(read)):
            return self._drafts.add(said, heard, person, uow)
        outcome = self._route(said, words, text, intent, heard, person, uow)
        if read.angry >= ANGRY and intent not in (*_KINDS, Intent.REPORT_FAULT):
            for order in meant(words, person, uow)[:1]:
                self._offers.propose_superior(said, order, text, person, uow)
        return outcome

    def _greet(self, said: Said, draft: Draft | None, uow: BotUnitOfWork) -> Outcome:
        """Answer a greeting or an urging; into a request that comes together it waits for its card."""
        if draft is None:
            return say(uow, said, CHIT_CHAT)
        return DONE if draft.standing is DraftState.OPEN else say(uow, said, CONFIRM_FIRST)

    def media(
        self,
        said: Said,
        content: MediaContent | LocationContent | LinkContent,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        """Add a picture, a place or a link to the request or the work order it belongs to, else begin one."""
        draft = uow.drafts.live_of(draft_key(said))
        orders = self._open_orders(person, uow)
        if draft is None and orders:
            return self._talk.from_customer(said, Words(Wish.FREE, "", ""), orders[0], person, uow)
        return self._drafts.add(said, self._drafts.listen(said, words_of(said), person, uow), person, uow)

    def staff(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome | None:
        """Take a colleague's report of something in the field; None when it is none.

        Source: docs/reference/intake.md, rule RQ-15.
        """
        text = words_of(said)
        found = _STAFF_REPORT.match(text.strip())
        draft = uow.drafts.live_of(draft_key(said))
        if found is None and draft is None:
            return None
        rest = text.strip()[found.end() :] if found is not None else text
        heard = self._drafts.listen(said, rest, person, uow)
        return self._drafts.add(said, heard, person, uow, kind=staff_kind(heard))

    def staff_media(self, said: Said, person: Person, uow: BotUnitOfWork) -> Outcome | None:
        """Add a colleague's picture to the report they are making; None when there is none."""
        if uow.drafts.live_of(draft_key(said)) is None:
            return None
        return self._drafts.add(said, self._drafts.listen(said, words_of(said), person, uow), person, uow)

    def press_human(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Call a person."""
        return self._drafts.human(said, Words(Wish.HUMAN, "", "", "转人工"), person, uow)

    def _route(
        self,
        said: Said,
        words: Words,
        text: str,
        intent: Intent,
        heard: Heard,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        read = heard.understanding
        if read is not None and (planned := planned_kind(read, text)):
            return self._drafts.add(said, heard, person, uow, kind=planned)
        match intent:
            case Intent.QUERY_PROGRESS:
                return self._progress(said, words, person, uow)
            case Intent.URGE:
                return self._offers.expedite(said, words, text, person, uow)
            case Intent.CANCEL:
                return self._cancel(said, words, person, uow)
            case Intent.HUMAN:
                return self._drafts.human(said, Words(Wish.HUMAN, "", text), person, uow)
            case Intent.COMPLAINT | Intent.CLAIM:
                return self._grievance(said, words, intent, heard, person, uow)
            case Intent.CONFIRM_DONE:
                shown = offer_acceptance(said, words.number, person, uow)
                if shown is not None:
                    return shown
        order = self._talked_about(words, heard, said.at, person, uow)
        if order is not None:
            return self._talk.from_customer(said, words, order, person, uow)
        if intent is Intent.ASK_FAQ:
            return self._offers.faq(said, person, uow)
        if intent in (Intent.CHIT_CHAT, Intent.CONFIRM_DONE):
            return say(uow, said, CHIT_CHAT)
        return self._drafts.add(said, heard, person, uow)

    def _grievance(
        self,
        said: Said,
        words: Words,
        intent: Intent,
        heard: Heard,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        """Register a complaint or a claim about its work order; a fault in it is repaired first."""
        read = heard.understanding
        broken = read is not None and any(fault.symptoms for fault in read.faults)
        if broken and read is not None and Intent.REPORT_FAULT in read.other_intents:
            return self._drafts.add(said, heard, person, uow)
        recent = list(uow.work_orders.concerning(person.id, LISTED))
        named = [one for one in recent if one.number == words.number] or recent if len(recent) == 1 else []
        about = named[0].number if named else ""
        return self._drafts.add(said, heard, person, uow, kind=_KINDS[intent], about_number=about)

    def _talked_about(
        self, words: Words, heard: Heard, at: datetime, person: Person, uow: BotUnitOfWork
    ) -> WorkOrder | None:
        """Return the work order that words belong to which report nothing new, or None."""
        orders = self._open_orders(person, uow)
        named = [one for one in orders if one.number == words.number]
        if named:
            return named[0]
        if not orders:
            return None
        read = heard.understanding
        if read is None or is_same_alarm(read, orders[0], at):
            return orders[0]
        return orders[0] if len(orders) == 1 and not tells_news(read, heard.text, orders[0]) else None

    def _open_orders(self, person: Person, uow: BotUnitOfWork) -> list[WorkOrder]:
        found = uow.work_orders.concerning(person.id, LISTED)
        return [one for one in found if one.state in OPEN or one.state in TALKING]

    def _confirmed_cancel(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        order = numbered(words, "", person, uow)
        command = CancelWorkOrder(work_order_id=order.id, reason="", **said.cause(person.id))
        self._bus.handle(command, uow)
        return DONE

    def _called_superior(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        order = numbered(words, "", person, uow)
        return self._offers.answer_superior(said, order.id, True, person, uow)

    def _superior(self, confirmed: bool) -> Press:
        def press(said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
            return self._offers.answer_superior(said, pressed.action.subject_id, confirmed, person, uow)

        return press
