"""What storekeepers, buyers and managers say, press and scan; a part of the conversation."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.dialogue.asking import SURVEY
from bot.intents import Wish, Words
from bot.notes import HELD_WORDS
from bot.parts import Act, Continue, Press
from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from bot.store_buying import Buying
from bot.store_codes import Heard, heard_codes, heard_typed, of_piece
from bot.store_count import Counting
from bot.store_issue import Issuing
from bot.store_moving import Moving
from bot.store_old import OldParts
from bot.store_reading import SeveralParts
from bot.store_receive import Receiving
from bot.store_shipping import Shipping
from bot.store_suppliers import suppliers
from bot.store_task import Task, TaskKind, task_of
from bot.store_words import IN_TASK, Deed, StoreWords, read_store
from cards.text_store import CODES_READ, SEVERAL_PARTS, SEVERAL_PARTS_LINE
from domain.access.rights import Verb, may
from domain.kernel.bus import Bus
from domain.parts.errors import PartUnknown
from domain.people.model import Person

Dialogue = tuple[str, dict[str, Any]] | None
_WEAK = frozenset({"", SURVEY, HELD_WORDS})
"""Where nothing is waited for that a code or a number could be the answer to."""
_FREE = frozenset({Wish.FREE, Wish.CHIT_CHAT})
"""Digits alone, or with a sign, are no fault, but here they are a code."""
_LONGEST_LINE = 120
"""Characters of what is typed as a code with a number; longer words are a sentence."""
_Do = Callable[[Said, StoreWords, Person, BotUnitOfWork], Outcome]


class Store:
    """Stores by word, press and scan; only those who keep stock have any."""

    def __init__(self, bus: Bus) -> None:
        self._issuing, self._receiving = Issuing(bus), Receiving(bus)
        self._counting, old = Counting(bus), OldParts(bus)
        buying, moving = Buying(bus), Moving(bus)
        self._acts: Mapping[Deed, _Do] = {
            Deed.PICKS: self._issuing.picks,
            Deed.ISSUE: self._issuing.issue,
            Deed.RECEIVE: self._receiving.receive,
            Deed.COUNT: self._counting.count,
            Deed.SUBMIT_COUNT: self._counting.submit,
            Deed.CANCEL_COUNT: self._counting.cancel,
            Deed.TRANSFER: moving.transfer,
            Deed.SCRAP: moving.scrap,
            Deed.ADJUST: moving.adjust,
            Deed.BUY: buying.buy,
            Deed.ORDERED: buying.ordered,
            Deed.PURCHASES: buying.purchases,
            Deed.END_PURCHASE: buying.end,
            Deed.SHIPPED: Shipping(bus).shipped,
            Deed.SUPPLIERS: suppliers,
            Deed.RULE: buying.rule,
            Deed.TAKE_OLD: old.do,
            Deed.WAIVE_OLD: old.do,
            Deed.SEND_TO_REPAIR: old.do,
            Deed.REPAIRED: old.do,
            Deed.SCRAP_OLD: old.do,
        }

    def wishes(self) -> Mapping[Wish, Act]:
        """Return what words it answers to: none of the common ones, see `takes`."""
        return {}

    def verbs(self) -> Mapping[str, Press]:
        """Return which buttons it answers to."""
        return {
            "parts.issue": self._issuing.press_all,
            "store.issue_all": self._issuing.press_all,
            "store.issue_done": self._issuing.press_done,
            "store.received": self._receiving.press_all,
            "store.count_done": self._counting.press_done,
            "store.count_left": self._counting.press_left,
        }

    def dialogues(self) -> Mapping[str, Continue]:
        """Return which dialogues it goes on with: none, see `bot.store_task`."""
        return {}

    def takes(
        self, said: Said, words: Words, text: str, dialogue: Dialogue, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Do what is said about a store; None for words about anything else."""
        if not may(person.roles, Verb.KEEP_STOCK):
            return None
        try:
            return self._taken(said, words, text, dialogue, person, uow)
        except SeveralParts as several:
            return _ask_which(said, several, uow)

    def waits_for_codes(self, said: Said, person: Person, uow: BotUnitOfWork) -> bool:
        """Return whether a picture of this person shows codes for what they are at."""
        return may(person.roles, Verb.KEEP_STOCK) and task_of(said, uow) is not None

    def take_codes(self, said: Said, codes: Sequence[str], person: Person, uow: BotUnitOfWork) -> Outcome:
        """Do what codes off a picture are for: one's own picking, receipt or count."""
        task = task_of(said, uow)
        assert task is not None, "only who is at something is asked"
        if task.kind is TaskKind.RECEIPT:
            known, new = _told_apart(codes, uow)
            return self._receiving.add(said, task, known, new, uow)
        try:
            heard = heard_codes(codes, uow)
        except PartUnknown as unknown:
            text = CODES_READ.format(codes="、".join(codes), unknown=unknown.facts["text"])
            return say(uow, said, text, privately=True)
        if task.kind is TaskKind.COUNT:
            return self._counting.add(said, task, heard, person, uow, scanned=True)
        return self._issuing.add(said, task, heard, person, uow)

    def _taken(
        self, said: Said, words: Words, text: str, dialogue: Dialogue, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        read = read_store(text)
        task = task_of(said, uow)
        if read is not None and read.deed not in IN_TASK:
            return self._acts[read.deed](said, read, person, uow)
        if task is None or (dialogue is not None and dialogue[0] not in _WEAK):
            return None
        if read is None and words.wish is Wish.NEVER_MIND:
            read = StoreWords(Deed.STOP, words.word)
        if read is not None:
            return self._in_task(said, read, task, person, uow)
        return self._line(said, words, text, task, person, uow)

    def _in_task(
        self, said: Said, words: StoreWords, task: Task, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        part = self._part_of(task)
        match words.deed:
            case Deed.FINISH:
                return self._finish(said, words, task, person, uow)
            case Deed.TAKE_BACK:
                return part.take_back(said, task, uow)
            case Deed.LEFT:
                return part.left(said, task, uow)
        return part.stop(said, task, uow)

    def _finish(
        self, said: Said, words: StoreWords, task: Task, person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        match task.kind:
            case TaskKind.PICK:
                return self._issuing.finish(said, task, person, uow)
            case TaskKind.RECEIPT:
                return self._receiving.finish(said, task, person, uow)
        return self._counting.submit(said, words, person, uow)

    def _part_of(self, task: Task) -> Issuing | Receiving | Counting:
        match task.kind:
            case TaskKind.PICK:
                return self._issuing
            case TaskKind.RECEIPT:
                return self._receiving
        return self._counting

    def _line(
        self, said: Said, words: Words, text: str, task: Task, person: Person, uow: BotUnitOfWork
    ) -> Outcome | None:
        """Take typed codes and numbers for what somebody is at; other words are left to others.

        Raises:
            PartUnknown: it looks like a code with a number, and is no part.
        """
        if words.number or len(text) > _LONGEST_LINE:
            return None
        if task.kind is TaskKind.RECEIPT:
            return self._receiving.typed(said, task, text, person, uow)
        if task.kind is TaskKind.COUNT and (
            numbered := self._counting.typed_number(said, task, text, person, uow)
        ):
            return numbered
        if words.wish not in _FREE or not any(char.isdigit() for char in text):
            return None
        heard = heard_typed(text, uow)
        if task.kind is TaskKind.COUNT:
            return self._counting.add(said, task, heard, person, uow, scanned=False)
        return self._issuing.add(said, task, heard, person, uow)


def _told_apart(codes: Sequence[str], uow: BotUnitOfWork) -> tuple[list[Heard], list[str]]:
    """Return the codes that are known, and the new ones; a piece that we have is told apart later."""
    known: list[Heard] = []
    new: list[str] = []
    for code in codes:
        piece = of_piece(code, uow)
        if piece is not None:
            known.append(piece)
        elif uow.parts.by_code(code):
            known += heard_codes([code], uow)
        else:
            new.append(code)
    return known, new


def _ask_which(said: Said, several: SeveralParts, uow: BotUnitOfWork) -> Outcome:
    lines = "\n".join(
        SEVERAL_PARTS_LINE.format(code=part.code, name=part.name, spec=f" {part.spec}" if part.spec else "")
        for part in several.parts
    )
    text = SEVERAL_PARTS.format(text=several.text, lines=lines, example=several.parts[0].code)
    return say(uow, said, text, privately=True)
