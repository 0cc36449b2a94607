"""From a customer's words to registered work orders: the request comes together in a draft."""

from collections.abc import Callable, Mapping
from uuid import UUID, uuid4

from adapters.inbound import Answer
from bot.calling import remember_call
from bot.intake_heard import draft_key, keep_files, listen
from bot.intake_offers import Offers
from bot.intake_words import Order, order_of
from bot.intents import Wish, Words
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say
from cards.text_intake import (
    APART_DONE,
    APART_IMPOSSIBLE,
    DROPPED,
    ENDED_PRESS,
    HUMAN_CALLED,
    NOTHING_TO_CHANGE,
    NOTHING_TO_CONFIRM,
    OUTDATED,
    SUPERIOR_CALLED_DRAFT,
)
from domain.intake.commands import (
    AddToDraft,
    AnswerEscalation,
    ArrangeDraft,
    ChangeDraft,
    ChooseInDraft,
    ConfirmDraft,
    DraftCommand,
    DropDraft,
    LeaveDraftToPerson,
    Limits,
    SeparateReport,
)
from domain.intake.data import DraftState, Heard
from domain.intake.errors import DraftNotYours, NothingJoined
from domain.intake.model import Draft
from domain.intake.rules import RESUME_WITHIN
from domain.intake.understanding import Understander
from domain.kernel.bus import Bus
from domain.kernel.messages import Cause
from domain.people.model import Person
from domain.policies.intake_shares import units
from domain.policies.intake_steps import SKIP
from domain.policies.intake_tell import card, draft_view

LISTED = 10


class Base(Cause):
    """The fields of every command about a draft, to be handed on with `**`."""

    draft_id: UUID
    pressed: bool
    limits: Limits


Make = Callable[[Base, str], DraftCommand]
"""Makes a command of a press; the text is what the button chose."""


class Drafts:
    """Presses and words about the sender's own draft; a part of the conversation."""

    def __init__(self, bus: Bus, understander: Understander, limits: Limits) -> None:
        self._bus = bus
        self._understander = understander
        self._limits = limits
        self._offers = Offers(bus)

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""
        return {
            Wish.CONFIRM: self.confirm,
            Wish.CHANGE: self.change,
            Wish.LEAVE: self.leave,
            Wish.HUMAN: self.human,
        }

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {
            "draft.confirm": self._press(lambda base, _: ConfirmDraft(**base)),
            "draft.change": self._press(lambda base, _: ChangeDraft(**base)),
            "draft.drop": self._press(lambda base, _: DropDraft(**base)),
            "draft.choose": self._press(lambda base, choice: ChooseInDraft(choice=choice or SKIP, **base)),
            "draft.together": self._press(lambda base, _: ArrangeDraft(together=True, **base)),
            "draft.apart": self._press(lambda base, _: ArrangeDraft(together=False, **base)),
            "draft.superior": self.press_superior,
        }

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with: a draft is its own memory."""
        return {}

    # Words.

    def takes(
        self, said: Said, words: Words, text: str, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Do what the words mean to the sender's live draft; None when they are about something else."""
        draft = uow.drafts.live_of(draft_key(said))
        if draft is None or str(draft.person_id) != str(person.id) or words.number:
            return None
        order = order_of(words, text, draft)
        if order is None:
            return None
        match order:
            case Order.DROP:
                return self.drop(said, draft, person, uow)
            case Order.CONFIRM:
                self._bus.handle(ConfirmDraft(**self._base(said, draft, person)), uow)
            case Order.CHANGE:
                self._bus.handle(ChangeDraft(**self._base(said, draft, person)), uow)
            case Order.TOGETHER | Order.APART:
                together = order is Order.TOGETHER
                self._bus.handle(ArrangeDraft(together=together, **self._base(said, draft, person)), uow)
                return DONE if together else _parted(said, draft, uow)
            case Order.SKIP:
                self._bus.handle(ChooseInDraft(choice=SKIP, **self._base(said, draft, person)), uow)
            case Order.SUPERIOR:
                return self._superior(said, draft, person, uow)
            case Order.SAY:
                self.add(said, self.listen(said, text, person, uow), person, uow)
        return DONE

    def drop(self, said: Said, draft: Draft, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Forget the request, and say so."""
        self._bus.handle(DropDraft(**self._base(said, draft, person)), uow)
        return say(uow, said, DROPPED)

    def listen(self, said: Said, text: str, person: Person, uow: BotUnitOfWork) -> Heard:
        """Return what a delivery brings, read."""
        return listen(said, text, person, self._understander, uow)

    def add(
        self,
        said: Said,
        heard: Heard,
        person: Person,
        uow: BotUnitOfWork,
        *,
        kind: str = "",
        about_number: str = "",
        unlike: tuple[str, ...] = (),
    ) -> Outcome:
        """Add a delivery with its files to the sender's draft, or begin one."""
        key = draft_key(said)
        draft = uow.drafts.live_of(key)
        draft_id = draft.id if draft is not None else uuid4()
        keep_files(said, draft_id, person, self._bus, uow)
        command = AddToDraft(
            draft_id=draft_id,
            sender_key=key,
            requester_id=draft.requester_id if draft is not None else person.id,
            conversation=said.inbound.conversation,
            in_group=said.inbound.in_group,
            source="group" if said.inbound.in_group else "chat",
            heard=heard,
            type=kind,
            about_number=about_number,
            unlike=unlike,
            limits=self._limits,
            **said.cause(person.id),
        )
        self._bus.handle(command, uow)
        return DONE

    def confirm(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Register what waits, or what expired while nobody confirmed it."""
        key = draft_key(said)
        draft = uow.drafts.live_of(key) or uow.drafts.expired_of(key, said.at - RESUME_WITHIN)
        if draft is None or draft.person_id != person.id:
            return say(uow, said, NOTHING_TO_CONFIRM)
        self._bus.handle(ConfirmDraft(**self._base(said, draft, person)), uow)
        return DONE

    def change(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask which field of what waits is wrong."""
        draft = uow.drafts.live_of(draft_key(said))
        if draft is None or draft.person_id != person.id:
            return say(uow, said, NOTHING_TO_CHANGE)
        self._bus.handle(ChangeDraft(**self._base(said, draft, person)), uow)
        return DONE

    def leave(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Undo a join: what the reporter said becomes a work order of its own.

        Raises:
            NothingJoined: they joined none, or not the one they name.
        """
        mine = uow.work_orders.concerning(person.id, LISTED)
        for order in mine:
            named = order.number == words.number
            ended_here = uow.drafts.at_work_order(order.id, person.id)
            joined = ended_here is not None and ended_here.standing is DraftState.JOINED
            if named or (not words.number and (joined or order.requester_id != person.id)):
                command = SeparateReport(work_order_id=order.id, limits=self._limits, **said.cause(person.id))
                self._bus.handle(command, uow)
                return DONE  # The receipt of the new work order is a policy's.
        raise NothingJoined

    def human(self, said: Said, words: Words, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Hand the draft over to a person, or just call one."""
        text = words.rest or words.word
        draft = uow.drafts.live_of(draft_key(said))
        if draft is None or draft.person_id != person.id:
            return self._offers.call_human(said, text, person, uow)
        self._bus.handle(LeaveDraftToPerson(words=text, **self._base(said, draft, person)), uow)
        remember_call(said, text, person, uow)
        return say(uow, said, HUMAN_CALLED)

    # Presses.

    def _press(self, make: Make) -> Press:
        def press(said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
            draft = self._pressed_draft(pressed, person, uow)
            command = make(self._base(said, draft, person, pressed=True), pressed.action.choice)
            resumes = isinstance(command, ConfirmDraft) and draft.standing is DraftState.EXPIRED
            if not draft.is_live and not resumes:
                say(uow, said, ENDED_PRESS[draft.state])
                return _card_answer(draft, uow)
            if pressed.action.version != draft.known.revision:
                return self._show_again(said, draft, uow)
            self._bus.handle(command, uow)
            return _card_answer(draft, uow)

        return press

    def press_superior(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Call a superior about a draft, also when it is registered already."""
        draft = self._pressed_draft(pressed, person, uow)
        self._superior(said, draft, person, uow)
        return _card_answer(draft, uow)

    def _superior(self, said: Said, draft: Draft, person: Person, uow: BotUnitOfWork) -> Outcome:
        answer = AnswerEscalation(draft_id=draft.id, confirmed=True, **said.cause(person.id))
        self._bus.handle(answer, uow)
        return say(uow, said, SUPERIOR_CALLED_DRAFT)

    def _show_again(self, said: Said, draft: Draft, uow: BotUnitOfWork) -> Outcome:
        """Answer a press on an older card with the newest one; nothing is changed."""
        say(uow, said, OUTDATED)
        uow.notify(card(draft, draft_view(draft, uow), f"again:{said.source_key}"))
        return Outcome(answer=_card_answer(draft, uow).answer, refusal="outdated_press")

    def _pressed_draft(self, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Draft:
        """Return the draft of a pressed card.

        Raises:
            DraftNotYours: it is somebody else's, or never was.
        """
        draft = uow.drafts.find(pressed.action.subject_id)
        if draft is None or draft.person_id != person.id:
            raise DraftNotYours
        return uow.drafts.get(draft.id)

    def _base(self, said: Said, draft: Draft, person: Person, *, pressed: bool = False) -> Base:
        return Base(draft_id=draft.id, pressed=pressed, limits=self._limits, **said.cause(person.id))


def _parted(said: Said, draft: Draft, uow: BotUnitOfWork) -> Outcome:
    """Say how many work orders it will be, or why it stays one."""
    count = len(units(draft.known))
    return say(uow, said, APART_DONE.format(count=count) if count > 1 else APART_IMPOSSIBLE)


def _card_answer(draft: Draft, uow: BotUnitOfWork) -> Outcome:
    """Return the draft's card as the answer to a press on it."""
    view = draft_view(draft, uow).model_dump(mode="json")
    return Outcome(answer=Answer(card="draft", view=view))
