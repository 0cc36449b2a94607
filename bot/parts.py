"""A part of the conversation: what it answers to, as words, presses and the other half of a dialogue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from adapters.inbound import PressContent
from bot.intents import Wish, Words
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said
from cards.spec import CardAction
from domain.people.model import Person

Act = Callable[[Said, Words, Person, BotUnitOfWork], Outcome]
"""What a wish in words leads to."""


@dataclass(frozen=True)
class Pressed:
    """A press that we understand."""

    content: PressContent
    action: CardAction


Press = Callable[[Said, Pressed, Person, BotUnitOfWork], Outcome]
"""What a button leads to."""
Continue = Callable[[Said, Words, dict[str, Any], Person, BotUnitOfWork], Outcome | None]
"""What words lead to that a dialogue waits for; `data` is what it was begun with.

None for words that are no answer: they are handled as if nothing was waited for.
"""


class Part(Protocol):
    """One part; every wish, verb and kind of dialogue belongs to exactly one."""

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to."""

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""


def joined(parts: tuple[Part, ...]) -> tuple[dict[Wish, Act], dict[str, Press], dict[str, Continue]]:
    """Return everything all parts answer to.

    Raises:
        ValueError: two parts answer to the same.
    """
    wishes: dict[Wish, Act] = {}
    verbs: dict[str, Press] = {}
    dialogues: dict[str, Continue] = {}
    for part in parts:
        twice = [
            *(wishes.keys() & part.wishes().keys()),
            *(verbs.keys() & part.verbs().keys()),
            *(dialogues.keys() & part.dialogues().keys()),
        ]
        if twice:
            raise ValueError(f"answered by two parts: {twice}")
        wishes |= part.wishes()
        verbs |= part.verbs()
        dialogues |= part.dialogues()
    return wishes, verbs, dialogues
