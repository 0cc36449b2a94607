"""A technician asks for parts: for a job, for their van, or what was reserved at dispatch."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.field_orders import AT_WORK, order_meant, order_numbered
from bot.intake_heard import words_of
from bot.intents import Wish, Words
from bot.parts import Pressed
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say
from bot.stock_cards import open_request
from bot.stock_meaning import chosen, job_for, made_id, parts_meant
from bot.stock_words import StockDeed, StockWords, trimmed
from cards.text_parts import (
    ASK_AGAIN,
    ASK_DROPPED,
    ASK_WHAT,
    ASK_WHAT_FOR,
    CANCEL_NONE,
    CANCEL_WHICH,
    CANCELLED,
    NO_JOB_FOR_PARTS,
    NOT_NUMBERED,
    NOTHING_RESERVED,
    PLEASE_LINE,
)
from domain.kernel.bus import Bus
from domain.parts.commands import REASON_LIMIT, CancelPartsRequest, RequestParts, RequestReserved, WantedLine
from domain.parts.keys import plain
from domain.parts.model.catalogue import Place
from domain.parts.model.documents import PartsRequest
from domain.parts.places import STORES
from domain.people.model import Person
from domain.policies.parts_request_end import request_words

PARTS_ASK = "parts_ask"
"""The kind of the dialogue that waits for the parts somebody wants."""
ASK_WAIT = timedelta(minutes=15)
LISTED = 6
OPEN = frozenset({"approving", "picking"})
_INSISTS = re.compile(r"确认领用|仍要领用|仍然要|仍要|还是要")
_FOR_VAN = re.compile(r"(?:给?自己)?(?:备车|放车上|车上备用)")
_WHY = re.compile(r"(?:^|[\s,，;；。])(?:原因|因为)[:：\s]*(?P<why>.+)$", re.DOTALL)
_TOKEN = re.compile(r"[^\s,，、;；]+")


@dataclass(frozen=True)
class Wanted:
    """What is said with the parts.

    Args:
        kept: these words as they were said, to be said again.
        rest: the parts.
    """

    rest: str
    kept: str = ""
    insists: bool = False
    for_van: bool = False
    why: str = ""
    place: Place | None = None


class Asking:
    """`要配件`, `领预留` and `取消领料`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def ask(self, said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask for parts: for the job they are for, or for one's own van."""
        wanted = read_wanted(words.rest, uow)
        if not wanted.rest:
            order = order_numbered(words.order, person, uow) if words.order else None
            if order is not None and is_reserved_for(order.id, uow):
                return self._take_reserved(said, order.id, person, uow)
            return self._wait(said, words.order, wanted.kept, uow)
        named = replace(words, rest=wanted.rest)
        meant = parts_meant(said, named, uow, after=wanted.kept)
        if isinstance(meant, Outcome):
            return meant
        order = None if wanted.for_van and not words.order else job_for(words, meant, person, uow)
        if order is None and not wanted.for_van:
            again = f"{words.word} {words.rest}"
            return say(uow, said, NO_JOB_FOR_PARTS.format(again=again), privately=True)
        place_id = wanted.place.id if wanted.place is not None else None
        request_id = made_id(said, "request")
        self._bus.handle(
            RequestParts(
                request_id=request_id,
                work_order_id=order.id if order is not None else None,
                lines=tuple(
                    WantedLine(part_id=one.part.id, quantity=one.quantity, place_id=place_id) for one in meant
                ),
                reason=wanted.why[:REASON_LIMIT],
                fits_anyway=wanted.insists,
                **said.cause(person.id),
            ),
            uow,
        )
        return self._asked(said, request_id, person, uow)

    def press_ask(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask what the job of a pressed card needs, and wait for it."""
        order = uow.work_orders.get(pressed.action.subject_id)
        return self._wait(said, order.number, "", uow)

    def go_on(
        self, said: Said, words: Words, data: dict[str, Any], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Take the parts that were waited for."""
        if words.wish is Wish.NEVER_MIND:
            uow.dialogues.end(said.key)
            return say(uow, said, ASK_DROPPED, privately=True)
        text = trimmed(words_of(said))
        if words.wish in (Wish.EMPTY, Wish.CHIT_CHAT) and not any(char.isdigit() for char in text):
            return say(uow, said, ASK_AGAIN, privately=True)
        rest = f"{data['kept']} {text}".strip()
        order = words.number or data["order"]
        return self.ask(said, StockWords(StockDeed.ASK, "要配件", order, rest=rest), person, uow)

    def reserved(self, said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask for what was reserved for a job: the numbered one, or the only one that has something."""
        if words.order:
            order = order_numbered(words.order, person, uow)
        else:
            mine = uow.work_orders.of_assignee(person.id, AT_WORK, LISTED)
            kept = [one for one in mine if is_reserved_for(one.id, uow)]
            if not kept:
                return say(uow, said, NOTHING_RESERVED, privately=True)
            read = Words(Wish.FREE, kept[0].number if len(kept) == 1 else "", "", words.word)
            order = order_meant(read, AT_WORK, person, uow)
        return self._take_reserved(said, order.id, person, uow)

    def press_reserved(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Ask for what was reserved for the job of a pressed card; the fresh card is the answer."""
        return self._take_reserved(said, pressed.action.subject_id, person, uow)

    def cancel(self, said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take a request back: the numbered one, or the only one that is open."""
        if words.document:
            request = uow.hand_overs.request_numbered(words.document)
            if request is None:
                return say(uow, said, NOT_NUMBERED.format(number=words.document), privately=True)
            return self._cancel(said, request, person, uow)
        mine = [one for one in uow.hand_overs.requests_of(person.id, LISTED) if one.state in OPEN]
        if not mine:
            return say(uow, said, CANCEL_NONE, privately=True)
        if len(mine) > 1:
            lines = "\n".join(
                PLEASE_LINE.format(words=f"{words.word} {one.number}", about=_parts(one, uow)) for one in mine
            )
            return say(uow, said, CANCEL_WHICH.format(count=len(mine), lines=lines), privately=True)
        return self._cancel(said, mine[0], person, uow)

    def press_cancel(self, said: Said, pressed: Pressed, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Take the request of a pressed card back; the fresh card is the answer, also to a second press."""
        found = uow.hand_overs.find_request(pressed.action.subject_id)
        if found is not None and found.state == "cancelled":
            return DONE
        command = CancelPartsRequest(request_id=pressed.action.subject_id, **said.cause(person.id))
        self._bus.handle(command, uow)
        return DONE

    def _cancel(self, said: Said, request: PartsRequest, person: Person, uow: BotUnitOfWork) -> Outcome:
        about = _parts(request, uow)
        self._bus.handle(CancelPartsRequest(request_id=request.id, **said.cause(person.id)), uow)
        return say(uow, said, CANCELLED.format(number=request.number, parts=about), privately=True)

    def _take_reserved(self, said: Said, work_order_id: Any, person: Person, uow: BotUnitOfWork) -> Outcome:
        request_id = made_id(said, "request")
        command = RequestReserved(request_id=request_id, work_order_id=work_order_id, **said.cause(person.id))
        self._bus.handle(command, uow)
        return self._asked(said, request_id, person, uow)

    def _asked(self, said: Said, request_id: Any, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Show what was asked for, a card for each store; wait for nothing more."""
        found = uow.dialogues.current(said.key, said.at)
        if found is not None and found[0] == PARTS_ASK:
            uow.dialogues.end(said.key)
        chosen(said, uow)
        first = uow.hand_overs.find_request(request_id)
        made = [one for one in uow.hand_overs.requests_of(person.id, LISTED) if one.created_at == said.at]
        made += [first] if first is not None and all(one.id != first.id for one in made) else []
        for one in made:
            open_request(said, one, person, uow)
        return DONE

    def _wait(self, said: Said, order: str, kept: str, uow: BotUnitOfWork) -> Outcome:
        uow.dialogues.begin(said.key, PARTS_ASK, {"order": order, "kept": kept}, said.at + ASK_WAIT)
        text = ASK_WHAT_FOR.format(number=order) if order else ASK_WHAT
        return say(uow, said, text, privately=True)


def read_wanted(text: str, uow: BotUnitOfWork) -> Wanted:
    """Return what is said with the parts: from where, what for, and that they fit anyway."""
    why = _WHY.search(text)
    rest = text[: why.start()] if why is not None else text
    insists, for_van = _INSISTS.search(rest) is not None, _FOR_VAN.search(rest)
    rest = _FOR_VAN.sub(" ", _INSISTS.sub(" ", rest))
    place, called = _place_in(rest, uow)
    if place is not None:
        rest = rest.replace(called, " ")
    kept = ["仍要"] if insists else []
    kept += ["备车"] if for_van is not None else []
    kept += [place.name] if place is not None else []
    return Wanted(
        rest=trimmed(rest),
        kept=" ".join(kept),
        insists=insists,
        for_van=for_van is not None,
        why=trimmed(why["why"]) if why is not None else "",
        place=place,
    )


def is_reserved_for(work_order_id: Any, uow: BotUnitOfWork) -> bool:
    """Return whether something waits for a job that nobody asked for yet."""
    return any(one.request_id is None for one in uow.stock.held_for(work_order_id))


def _parts(request: PartsRequest, uow: BotUnitOfWork) -> str:
    return "，".join(request_words(request, uow))


def _place_in(text: str, uow: BotUnitOfWork) -> tuple[Place | None, str]:
    """Return the store that is named among the words, with these; a name that is no whole word is none."""
    for found in _TOKEN.finditer(text):
        called = found.group().removeprefix("从").removeprefix("到").removeprefix("在")
        place = uow.parts.place_named(called) if len(called) > 1 else None
        same = place is not None and plain(called) in (plain(place.name), plain(place.code))
        if place is not None and same and place.kind in STORES:
            return place, found.group()
    return None, ""
