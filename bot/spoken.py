"""Short words that answer what a card asked: told apart before they can be taken for anything else."""

from typing import Any

from bot.agreeing import agreed, took
from bot.dialogue.asking import SURVEY
from bot.intake_heard import draft_key
from bot.intents import Wish, Words, is_thanks
from bot.late_cancel import answered
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from cards.text_spoken import THANKS
from domain.kernel.bus import Bus
from domain.people.model import Person, Role

_SPOKEN = frozenset({Wish.FREE, Wish.CHIT_CHAT, Wish.NEVER_MIND, Wish.CANCEL, Wish.CONFIRM, Wish.UNWANTED})


class Spoken:
    """Says what such words are: an answer that is given at once, or a command in other words."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def answer(
        self,
        said: Said,
        words: Words,
        text: str,
        dialogue: tuple[str, dict[str, Any]] | None,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome | Words | None:
        """Return the outcome, or the command that is meant; None for words that mean something else."""
        if said.inbound.in_group or words.wish not in _SPOKEN:
            return None
        drafting = uow.drafts.live_of(draft_key(said)) is not None
        waits = dialogue is not None and dialogue[0] != SURVEY
        busy = drafting or waits
        if Role.CUSTOMER in person.roles:
            found = answered(said, words, text, busy, person, self._bus, uow)
            if found is None and not busy and words.wish in (Wish.FREE, Wish.CHIT_CHAT):
                found = agreed(said, words, text, person, uow)
            return found
        if dialogue is not None or drafting or words.wish not in (Wish.FREE, Wish.CHIT_CHAT):
            return None
        if Role.TECHNICIAN in person.roles and (found := took(said, words, text, person, uow)) is not None:
            return found
        return say(uow, said, THANKS) if is_thanks(text) else None
