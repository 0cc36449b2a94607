"""Parts in words and presses; a part of the conversation with words of its own."""

import re
from collections.abc import Mapping
from typing import Any

from bot.dialogue.asking import SURVEY
from bot.dialogue.holding import HOLD_NOTE
from bot.intents import Wish, Words, half_width
from bot.notes import HELD_WORDS
from bot.part_finding import names_part
from bot.part_words import read_parts
from bot.parts import Act, Continue, Press, Pressed
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from bot.stock_asking import PARTS_ASK, Asking
from bot.stock_giving import Giving
from bot.stock_handing import PARTS_REFUSED, Handing
from bot.stock_meaning import picked, picked_by_number
from bot.stock_queries import QUERIES
from bot.stock_said import said_in_passing
from bot.stock_using import Using
from bot.stock_words import VAGUE, StockDeed, StockWords, asked_about, read_stock
from cards.text_parts import CHOICE_GONE
from domain.access.rights import Verb, may
from domain.kernel.bus import Bus
from domain.people.model import STAFF_ROLES, Person, Role

_WEAK = frozenset({"", SURVEY, HELD_WORDS, PARTS_ASK, PARTS_REFUSED})
"""Where nothing is waited for that vague words could be the answer to."""
_PASSING = frozenset({"", HELD_WORDS})
"""Where words without a command may be about parts."""
_HANDS = frozenset({StockDeed.TAKE, StockDeed.REFUSE})
"""What is no note on a hold: who waits for parts says it next."""
_CODE = re.compile(r"(?=[A-Za-z._/-]*\d)[A-Za-z0-9][A-Za-z0-9._/-]{2,39}")
Dialogue = tuple[str, dict[str, Any]] | None


class Stock:
    """Everything that technicians, and everybody who asks, say and press about parts."""

    def __init__(self, bus: Bus) -> None:
        self._asking, self._handing = Asking(bus), Handing(bus)
        giving = Giving(bus)
        self._using = Using(bus, giving)
        self._acts = {
            StockDeed.ASK: self._asking.ask,
            StockDeed.RESERVED: self._asking.reserved,
            StockDeed.CANCEL: self._asking.cancel,
            StockDeed.TAKE: self._handing.take,
            StockDeed.REFUSE: self._handing.refuse,
            StockDeed.RECALL: self._handing.recall,
            StockDeed.GIVE: giving.give,
            StockDeed.USE: self._using.use,
            StockDeed.RETURN: self._using.give_back,
            StockDeed.BRING_OLD: self._using.bring_old,
            **QUERIES,
        }

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to: none of the common ones, see `takes`."""
        return {}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {
            "parts.ask": self._asking.press_ask,
            "parts.pick": self.press_pick,
            "parts.reserved": self._asking.press_reserved,
            "parts.cancel": self._asking.press_cancel,
            "parts.take": self._handing.press_take,
            "parts.refuse": self._handing.press_refuse,
            "parts.recall": self._handing.press_recall,
        }

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with."""
        return {PARTS_ASK: self._asking.go_on, PARTS_REFUSED: self._handing.explain}

    def takes(
        self, said: Said, words: Words, text: str, dialogue: Dialogue, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Do what is said about parts; None for words about anything else."""
        if not person.roles & STAFF_ROLES:
            return None
        kind = dialogue[0] if dialogue is not None else ""
        read = read_stock(text)
        if read is None and kind in ("", PARTS_ASK):
            read = picked_by_number(said, text, uow) or (_bare_code(text, person, uow) if not kind else None)
        if read is None and kind in _PASSING and words.wish is Wish.FREE and _is_technician(person):
            read = None if words.number else said_in_passing(text, uow)
        if read is None or (read.deed in VAGUE and not read.document and not _is_open_to(read, kind)):
            return None
        if not read.apart and not _is_about_parts(read, uow):
            return None
        return self._acts[read.deed](said, read, person, uow)

    def press_pick(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Go on with the part that was chosen, as if its code had been said."""
        words = picked(said, pressed, uow)
        if words is None:
            return say(uow, said, CHOICE_GONE, privately=True)
        return self._acts[words.deed](said, words, person, uow)


def _is_technician(person: Person) -> bool:
    """Return whether parts are for this person; a customer's words are about the fault."""
    return Role.TECHNICIAN in person.roles and Role.CUSTOMER not in person.roles


def _is_open_to(words: StockWords, kind: str) -> bool:
    """Return whether vague words are about parts while this is waited for."""
    return kind in _WEAK or (kind == HOLD_NOTE and words.deed in _HANDS)


def _bare_code(text: str, person: Person, uow: BotUnitOfWork) -> StockWords | None:
    """Return a code alone as a question; whoever keeps stock says codes for what they are at."""
    code = half_width(text).strip()
    if may(person.roles, Verb.KEEP_STOCK) or not _CODE.fullmatch(code) or not uow.parts.by_code(code):
        return None
    return StockWords(StockDeed.STOCK, "库存", rest=code)


def _is_about_parts(words: StockWords, uow: BotUnitOfWork) -> bool:
    """Return whether words right behind a command word name a part, as in `领料轴承`."""
    pieces = read_parts(asked_about(words.rest))
    return bool(pieces) and all(names_part(one.text, uow) for one in pieces if one.text)
