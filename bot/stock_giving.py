"""Pieces are offered: to a colleague, or back to a store."""

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from bot.colleagues import colleague_named
from bot.errors import NotUnderstood, SeveralColleagues
from bot.ports import BotUnitOfWork
from bot.replies import DONE, Outcome, Said, say
from bot.stock_cards import open_hand_over
from bot.stock_meaning import Meant, chosen, lines_of, made_id, parts_meant
from bot.stock_words import StockWords
from cards.text_parts import (
    NO_STORE,
)
from domain.dispatching.rules import distance
from domain.kernel.bus import Bus
from domain.parts.commands import (
    OfferParts,
)
from domain.parts.errors import NeverIssued, PlaceUnknown
from domain.parts.model.catalogue import Part, Place
from domain.parts.places import STORES, PlaceKind
from domain.parts.wording import part_name
from domain.people.model import Person, Role
from domain.policies.parts_places import van_id

LISTED = 8
IN_VAN = 200
_NAME = re.compile(r"^给?(?P<name>[^\s,，、:：]+)[\s,，、:：]+(?P<rest>.+)$", re.DOTALL)
_TAIL = re.compile(r"^(?P<tail>\d{4})[\s,，、:：]+(?P<rest>.+)$", re.DOTALL)
_TO = re.compile(r"(?:^|[\s,，])(?:退?到|退回|回)\s*(?P<place>[^\s,，\d]\S*)\s*$")


class Giving:
    """`转配件`, and pieces of a van that go back to a store."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def give(self, said: Said, words: StockWords, person: Person, uow: BotUnitOfWork) -> Outcome:
        """Offer pieces of one's own van to a colleague: `转配件 王海涛 轴承 6204 ×2`.

        Raises:
            NotUnderstood: it is not said to whom, or what.
        """
        found = _NAME.match(words.rest)
        if found is None:
            raise NotUnderstood(words=words.word, example=f"{words.word} 王海涛 轴承 6204 ×2")
        name, rest, receiver = _receiver(found["name"], found["rest"], uow)
        if Role.TECHNICIAN not in receiver.roles and (kept := uow.parts.kept_by(receiver.id)):
            own = [one for one in kept if one.keeper_id == receiver.id]
            return self._back(said, words, rest, (own or kept)[0], name, person, uow)
        named = replace(words, rest=rest)
        meant = parts_meant(said, named, uow, near=in_van(person, uow), before=name)
        if isinstance(meant, Outcome):
            return meant
        return self._offer(said, meant, van_id(receiver.id), person, uow, receiver=receiver)

    def give_back(
        self, said: Said, words: StockWords, meant: Sequence[Meant], person: Person, uow: BotUnitOfWork
    ) -> Outcome:
        """Offer pieces of one's own van to the store they came from, or to the one that is named."""
        _, place = to_place(words.rest, uow)
        store = place or _came_from(meant[0].part, person, uow)
        if store is None:
            return say(uow, said, NO_STORE, privately=True)
        return self._offer(said, meant, store.id, person, uow)

    def _back(
        self,
        said: Said,
        words: StockWords,
        rest: str,
        store: Place,
        before: str,
        person: Person,
        uow: BotUnitOfWork,
    ) -> Outcome:
        """Offer pieces to whoever keeps a store: they go there."""
        named = replace(words, rest=rest)
        meant = parts_meant(said, named, uow, near=in_van(person, uow), before=before)
        return meant if isinstance(meant, Outcome) else self._offer(said, meant, store.id, person, uow)

    def _offer(
        self,
        said: Said,
        meant: Sequence[Meant],
        to_id: UUID,
        person: Person,
        uow: BotUnitOfWork,
        receiver: Person | None = None,
    ) -> Outcome:
        van = uow.parts.van_of(person.id)
        if van is None:
            raise NeverIssued(name=part_name(meant[0].part), free="0", unit=meant[0].part.unit)
        transfer_id = made_id(said, "offer")
        self._bus.handle(
            OfferParts(
                transfer_id=transfer_id,
                kind="hand_over" if receiver is not None else "return",
                from_id=van.id,
                to_id=to_id,
                receiver_id=receiver.id if receiver is not None else None,
                lines=lines_of(meant, van.id, uow),
                **said.cause(person.id),
            ),
            uow,
        )
        chosen(said, uow)
        transfer = uow.hand_overs.find_transfer(transfer_id)
        return open_hand_over(said, transfer, person, uow) if transfer is not None else DONE


def in_van(person: Person, uow: BotUnitOfWork) -> frozenset[UUID]:
    """Return the parts somebody has in their van."""
    van = uow.parts.van_of(person.id)
    here = uow.stock.at_place(van.id, "", IN_VAN) if van is not None else ()
    return frozenset(one.part_id for one in here if one.quantity > 0)


def to_place(text: str, uow: BotUnitOfWork) -> tuple[str, Place | None]:
    """Return the words without where the pieces go, and the store that is named.

    Raises:
        PlaceUnknown: nothing is called like this.
    """
    found = _TO.search(text)
    if found is None:
        return text, None
    place = uow.parts.place_named(found["place"])
    if place is None or place.kind not in STORES:
        known = "、".join(one.name for one in uow.parts.stores()[:LISTED])
        raise PlaceUnknown(text=found["place"], known=known)
    return text[: found.start()].rstrip(), place


def nearest_store(region: str, uow: BotUnitOfWork) -> Place | None:
    """Return the store that is nearest to somebody, or None where there is none."""
    stores = [one for one in uow.parts.stores() if one.kind != PlaceKind.BIN.value]
    return min(stores, key=lambda one: distance(one.region, region), default=None)


def _came_from(part: Part, person: Person, uow: BotUnitOfWork) -> Place | None:
    """Return the store that somebody got a part from last, else the nearest one."""
    for request in uow.hand_overs.requests_of(person.id, LISTED):
        if any(line.part_id == part.id and line.issued for line in uow.hand_overs.request_lines(request.id)):
            place = uow.parts.place(request.place_id)
            if place.active:
                return place
    return nearest_store(person.region, uow)


def _receiver(name: str, rest: str, uow: BotUnitOfWork) -> tuple[str, str, Person]:
    """Return how a colleague was called, the parts, and who it is: `王海涛 0001` where two have a name."""
    try:
        return name, rest, colleague_named(name, uow)
    except SeveralColleagues:
        if (found := _TAIL.match(rest)) is None:
            raise
        called = f"{name} {found['tail']}"
        return called, found["rest"], colleague_named(called, uow)
