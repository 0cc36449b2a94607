"""The front desk: who speaks, what they want, and which command that is."""

from datetime import timedelta

from adapters.inbound import (
    EnteredContent,
    LinkContent,
    LocationContent,
    MediaContent,
    Platform,
    PressContent,
    SendFailedContent,
    TextContent,
    UnsupportedContent,
)
from bot.dialogue.binding import meet
from bot.dialogue.reasons import DECLINE_REASON, STALE, reason_of
from bot.intents import Wish, Words, read_words
from bot.orders import Orders
from bot.ports import BotUnitOfWork
from bot.presses import press, refuse_press
from bot.replies import DONE, Outcome, Said, say
from cards.text import (
    ASK_FAULT,
    CHIT_CHAT,
    CUSTOMER_HELP,
    EMPTY_WORDS,
    GROUP_ID,
    HUMAN_CALLED,
    INACTIVE,
    NOT_UNDERSTOOD,
    STAFF_HELP,
    STRANGER,
    UNSUPPORTED,
    WANTS_HUMAN,
    WELCOME,
)
from domain.kernel.bus import Bus
from domain.kernel.errors import DomainError
from domain.kernel.localtime import local_day
from domain.kernel.notices import DESK, Notice, conversation_audience
from domain.people.model import DESK_ROLES, STAFF_ROLES, Person, Role

WELCOME_LIFE = timedelta(seconds=18)
"""微信客服 takes a welcome for 20 s; two are left for the way."""


class Reception:
    """Handles one delivery inside one transaction; refusals are raised and come back to `refuse`."""

    def __init__(self, bus: Bus, offer_timeout_s: int) -> None:
        self._bus = bus
        self._orders = Orders(bus, offer_timeout_s)

    def handle(self, said: Said, uow: BotUnitOfWork) -> Outcome:
        """Decide what a delivery means and do it.

        Raises:
            DomainError: understood, but refused; roll back and call `refuse`.
        """
        inbound, content = said.inbound, said.inbound.content
        if inbound.history:
            return Outcome(state="history")
        match content:
            case SendFailedContent():
                uow.revoke(content.message_ref, content.reason_code)
                return DONE
            case EnteredContent():
                return self._welcome(said, content, uow)
            case UnsupportedContent(answerable=False):
                return DONE
        if inbound.channel == "wecom_kf":
            uow.wake_waiting(conversation_audience(inbound.conversation))
        if not inbound.sender.user_id:
            return say(uow, said, STRANGER) if inbound.in_group else DONE
        person = self._person(said, uow)
        if person is None:
            return meet(said, uow, self._bus)
        if not person.active:
            return say(uow, said, INACTIVE, privately=True)
        return self._for_known(said, person, uow)

    def refuse(self, said: Said, refusal: DomainError, uow: BotUnitOfWork) -> Outcome:
        """Record a refusal and say why, in a transaction of its own."""
        content = said.inbound.content
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
                return press(said, content, person, uow, self._bus)
            case TextContent():
                return self._words(said, content.text, person, uow)
            case MediaContent() if content.transcript:
                return self._words(said, content.transcript, person, uow)
            case MediaContent() | LocationContent() | LinkContent():
                return self._orders.keep(said, content, person, uow)
        return say(uow, said, UNSUPPORTED)

    def _words(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        words = read_words(text)
        orders = self._orders
        match words.wish:
            case Wish.ACCEPT:
                return orders.accept(said, words, person, uow)
            case Wish.DECLINE:
                return orders.decline(said, words, person, uow)
            case Wish.OFFER:
                return orders.offer(said, words, person, uow)
            case Wish.CANCEL:
                return orders.cancel(said, words, person, uow)
            case Wish.PROGRESS:
                return orders.progress(said, words, person, uow)
            case Wish.HUMAN if Role.CUSTOMER in person.roles:
                return self._call_human(said, text, person, uow)
            case Wish.UNWANTED:
                return orders.suggest_cancelling(said, person, uow)
            case Wish.MY_JOBS:
                return orders.my_jobs(said, person, uow)
            case Wish.GROUP_ID if said.inbound.in_group and person.roles & DESK_ROLES:
                return say(uow, said, GROUP_ID.format(id=said.inbound.conversation.partition(":")[2]))
            case Wish.HELP:
                return say(uow, said, STAFF_HELP if person.roles & STAFF_ROLES else CUSTOMER_HELP)
        return self._free(said, words, person, uow)

    def _free(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        dialogue = uow.dialogues.current(said.key, said.at) if person.roles & STAFF_ROLES else None
        if dialogue is not None and dialogue[0] == DECLINE_REASON:
            reason = reason_of(said, words, dialogue[1], uow)
            return (
                self._orders.decline_with_reason(said, dialogue[1], reason, person, uow) if reason else DONE
            )
        if Role.CUSTOMER not in person.roles:
            return say(uow, said, NOT_UNDERSTOOD)
        if words.wish is Wish.EMPTY:
            return say(uow, said, EMPTY_WORDS)
        if words.wish is Wish.REPORT:
            return say(uow, said, ASK_FAULT)
        if words.wish is Wish.FREE:
            return self._orders.report(said, words, person, uow)
        return say(uow, said, CHIT_CHAT)

    def _call_human(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Pass the wish for a person on to the service desk."""
        uow.notify(
            Notice(
                audience=DESK,
                card="note",
                view={"text": WANTS_HUMAN.format(name=person.name, text=text[:200])},
                dedupe_key=f"human:{said.source_key}",
            )
        )
        return say(uow, said, HUMAN_CALLED)

    def _welcome(self, said: Said, content: EnteredContent, uow: BotUnitOfWork) -> Outcome:
        """Greet with the single-use code, or once a day where there is none."""
        inbound = said.inbound
        address = inbound.conversation
        key = f"welcome:{said.key}:{local_day(said.at)}"
        if content.welcome_code:
            address = f"wecom_welcome:{address.partition(':')[2]}:{content.welcome_code}"
            key = f"welcome:{said.source_key}"
        elif inbound.channel == "wecom_kf":
            return DONE
        uow.notify(
            Notice(
                audience=conversation_audience(address),
                card="note",
                view={"text": WELCOME},
                dedupe_key=key,
                expires_at=inbound.sent_at + WELCOME_LIFE if content.welcome_code else None,
            )
        )
        return DONE
