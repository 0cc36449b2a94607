"""The front desk: who speaks, what they want, and which command that is."""

from adapters.inbound import (
    EnteredContent,
    LinkContent,
    LocationContent,
    MediaContent,
    Platform,
    PressContent,
    RequestContent,
    ScannedContent,
    SendFailedContent,
    TextContent,
    UnsupportedContent,
)
from bot.api_purchases import SupplierWishes
from bot.api_requests import ApiRequests
from bot.approvals import Approvals, Dialogue
from bot.closing import Closing
from bot.desk import DeskWork
from bot.dialogue.approving import APPROVAL_BULK, APPROVAL_RESUBMIT
from bot.dialogue.asking import SETTLEMENT
from bot.dialogue.binding import meet
from bot.dialogue.reasons import STALE
from bot.dialogue.report import ServiceReportDialogue
from bot.dialogue.report_draft import REPORT
from bot.dropping import dropped_by
from bot.end_of_loop import end_of_loop
from bot.field import FieldWork
from bot.groups import Groups
from bot.intake_heard import words_of
from bot.intake_part import Intake
from bot.intents import Wish, Words, read_words
from bot.lookup_words import Lookup, read_bare, read_lookup
from bot.merging import DOUBTED_MERGE, Merging
from bot.notes import Notes
from bot.orders import Orders
from bot.parked import tell_parked
from bot.parts import joined
from bot.ports import BotUnitOfWork
from bot.presses import press, refuse_press
from bot.registering import REGISTERING, Registering
from bot.replies import DONE, Outcome, Said, say
from bot.scanning import Scanning
from bot.short_numbers import with_short_number
from bot.spoken import Spoken
from bot.staff_wishes import STAFF_WISHES
from bot.stock import Stock
from bot.store import Store
from bot.talk import Talk
from bot.taps import as_pressed
from bot.welcome import welcome
from cards.messages import help_words
from cards.text import (
    GROUP_ID,
    INACTIVE,
    MEDIA_OF_STAFF,
    NOT_UNDERSTOOD,
    STRANGER,
    UNSUPPORTED,
)
from domain.intake.commands import Limits
from domain.intake.understanding import Understander
from domain.kernel.bus import Bus
from domain.kernel.errors import DomainError
from domain.kernel.notices import conversation_audience, person_audience
from domain.people.model import DESK_ROLES, STAFF_ROLES, Person, Role

GROUP = "dingtalk_group:"
"""Where a group has an id that can be configured; an AI bot only answers."""

NAMES = frozenset({Lookup.CUSTOMER, Lookup.ASSET})
"""Lookups that begin like words about a customer or a machine, which an open dialogue waits for."""
ANSWERS = {
    REPORT: frozenset({Wish.CONFIRM, Wish.CHANGE}),
    REGISTERING: frozenset({Wish.CONFIRM}),
    SETTLEMENT: frozenset({Wish.CONFIRM}),
    DOUBTED_MERGE: frozenset({Wish.CONFIRM}),
    APPROVAL_BULK: frozenset({Wish.CONFIRM}),
    APPROVAL_RESUBMIT: frozenset({Wish.CONFIRM}),
}
"""Command words that are answers while a dialogue of a kind waits for them."""


class Reception:
    """Handles one delivery inside one transaction; refusals are raised and come back to `refuse`."""

    def __init__(
        self, bus: Bus, offer_timeout_s: int, understander: Understander, limits: Limits | None = None
    ) -> None:
        self._bus = bus
        limits = limits or Limits()
        self._registering = Registering(bus, understander, limits)
        self._groups = Groups(bus, understander, offer_timeout_s, limits)
        self._api, self._supplier_wishes = ApiRequests(bus, limits), SupplierWishes(bus)
        self._orders = Orders(bus, offer_timeout_s)
        talk, report = Talk(bus), ServiceReportDialogue(bus)
        self._talk, self._notes = talk, Notes(bus, talk, report)
        self._spoken, self._approvals = Spoken(bus), Approvals(bus)
        self._stock, self._store = Stock(bus), Store(bus)
        self._scanning = Scanning(bus, (self._store,))
        self._closing = Closing(bus, self._orders.progress)
        self._intake = Intake(
            bus, understander, limits, talk, self._orders.progress, self._orders.suggest_cancelling
        )
        self._acts, self._verbs, self._dialogues = joined(
            (
                self._orders,
                FieldWork(bus, offer_timeout_s),
                report,
                self._notes,
                talk,
                self._closing,
                *end_of_loop(bus, understander),
                DeskWork(bus, offer_timeout_s),
                Merging(bus),
                self._registering,
                self._groups,
                self._intake,
                self._approvals,
                self._stock,
                self._store,
            )
        )

    def handle(self, said: Said, uow: BotUnitOfWork) -> Outcome:
        """Decide what a delivery means and do it.

        Raises:
            DomainError: understood, but refused; roll back and call `refuse`.
        """
        said = as_pressed(said)
        inbound, content = said.inbound, said.inbound.content
        if inbound.history:
            return Outcome(state="history")
        match content:
            case SendFailedContent():
                if parked := uow.revoke(content.message_ref, content.reason_code):
                    tell_parked(parked, content.reason_code, said.at, uow)
                return DONE
            case EnteredContent():
                return welcome(said, content, uow)
            case UnsupportedContent(answerable=False):
                return DONE
            case RequestContent(about="purchase"):
                return self._supplier_wishes.take(said, content, uow)
            case RequestContent():
                return self._api.take(said, content, uow)
        if inbound.channel == "wecom_kf":
            uow.wake_waiting(conversation_audience(inbound.conversation))
        if not inbound.sender.user_id:
            return say(uow, said, STRANGER) if inbound.in_group else DONE
        person = self._person(said, uow)
        if person is None:
            return meet(said, uow, self._bus)
        if not person.active:
            return say(uow, said, INACTIVE, privately=True)
        if inbound.channel == "wecom_kf":
            uow.wake_waiting(person_audience(str(person.id)))
        return self._for_known(said, person, uow)

    def refuse(self, said: Said, refusal: DomainError, uow: BotUnitOfWork) -> Outcome:
        """Record a refusal and say why, in a transaction of its own."""
        said = as_pressed(said)
        content = said.inbound.content
        if isinstance(content, RequestContent):
            return self._api.refuse(content, refusal)
        person = self._person(said, uow)
        if isinstance(content, PressContent) and person is not None:
            return refuse_press(said, content, person, refusal, uow)
        if refusal.code in STALE:
            uow.dialogues.end(said.key)
        say(uow, said, refusal.message)
        return Outcome(refusal=refusal.code)

    def _person(self, said: Said, uow: BotUnitOfWork) -> Person | None:
        sender = said.inbound.sender
        person = uow.people.by_identity(sender.platform, sender.user_id)
        if person is None and sender.platform is Platform.WECOM:
            return uow.people.by_identity(Platform.WECOM_EXTERNAL, sender.user_id)
        return person

    def _for_known(self, said: Said, person: Person, uow: BotUnitOfWork) -> Outcome:
        content = said.inbound.content
        match content:
            case PressContent():
                return press(said, content, person, uow, self._verbs)
            case TextContent():
                return self._words(said, content.text, person, uow)
            case ScannedContent():
                return self._scanning.take(said, content, person, uow)
            case MediaContent() if content.transcript:
                return self._words(said, content.transcript, person, uow)
            case MediaContent() | LocationContent() | LinkContent():
                return self._media(said, content, person, uow)
        return say(uow, said, UNSUPPORTED)

    def _media(
        self,
        said: Said,
        content: MediaContent | LocationContent | LinkContent,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        found = self._scanning.keep(said, content, person, uow)
        if (found := found or self._intake.staff_media(said, person, uow)) is not None:
            return found
        if Role.TECHNICIAN in person.roles and (
            Role.CUSTOMER not in person.roles or self._notes.is_at_work(person, uow)
        ):
            return self._notes.keep(said, content, person, uow)
        if Role.CUSTOMER in person.roles:
            return self._intake.media(said, content, person, uow)
        return say(uow, said, MEDIA_OF_STAFF)

    def _words(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        words = read_words(text)
        dialogue = uow.dialogues.current(said.key, said.at)
        if (taken := self._own_words(said, words, text, dialogue, person, uow)) is not None:
            return taken
        if words.wish in STAFF_WISHES and not person.roles & STAFF_ROLES:
            words = Words(Wish.FREE, words.number, text.strip())
        words = with_short_number(said, words, person, uow)
        words = dropped_by(words, text, dialogue[0]) if dialogue is not None else words
        spoken = self._spoken.answer(said, words, text, dialogue, person, uow)
        if isinstance(spoken, Outcome):
            return spoken
        if spoken is not None:
            return self._acts[spoken.wish](said, spoken, person, uow)
        lookup = read_lookup(text)
        if dialogue is not None and lookup is not None and lookup.wish in NAMES:
            lookup = None
        if lookup is not None and (found := self._registering.look_up(said, lookup, person, uow)):
            return found
        if dialogue is None and (taken := self._intake.takes(said, words, text, person, uow)) is not None:
            return taken
        completes = dialogue is None and said.inbound.in_group and not words.number
        if completes and (added := self._groups.adds(said, words, text, person, uow)) is not None:
            return added
        act = self._acts.get(words.wish)
        if dialogue is not None and words.wish in ANSWERS.get(dialogue[0], ()):
            act = None
        if act is not None:
            return act(said, words, person, uow)
        if said.inbound.in_group and (heard := self._groups.hear(said, words, text, person, uow)):
            return heard
        match words.wish:
            case Wish.GROUP_ID if said.inbound.conversation.startswith(GROUP) and person.roles & DESK_ROLES:
                return say(uow, said, GROUP_ID.format(id=said.inbound.conversation.partition(":")[2]))
            case Wish.HELP:
                return say(uow, said, help_words(person.roles))
        if dialogue is not None and dialogue[0] in self._dialogues:
            outcome = self._dialogues[dialogue[0]](said, words, dialogue[1], person, uow)
            if outcome is not None:
                return outcome
        return self._free(said, words, person, uow)

    def _own_words(
        self, said: Said, words: Words, text: str, dialogue: Dialogue, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Let the parts with words of their own have the first look."""
        for part in (self._store, self._stock, self._approvals):
            if (taken := part.takes(said, words, text, dialogue, person, uow)) is not None:
                return taken
        return None

    def _free(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        if person.roles & STAFF_ROLES and (found := self._intake.staff(said, words, person, uow)):
            return found
        if Role.TECHNICIAN in person.roles and Role.CUSTOMER not in person.roles:
            return self._notes.free(said, words, person, uow)
        if Role.CUSTOMER not in person.roles:
            bare = read_bare(words_of(said))
            found = self._registering.look_up(said, bare, person, uow) if bare is not None else None
            found = found or self._talk.for_caller(said, words, person, uow)
            return found or say(uow, said, NOT_UNDERSTOOD)
        return self._intake.free(said, words, person, uow)
