"""Whose place is whose: keepers, stores and technicians' vans.

Source: docs/reference/spare-parts.md, rule PA-1
"""

from collections.abc import Sequence
from uuid import UUID, uuid5

from domain.access.rights import Verb, may
from domain.dispatching.rules import distance
from domain.parts.errors import NotKeeper
from domain.parts.model.catalogue import Place
from domain.parts.places import STORES, PlaceKind
from domain.people.model import Person, Role
from domain.policies.ports import EveryUnitOfWork

_VANS = UUID("2f7f3f8c-7a0e-4f3a-9a55-6d3b0c1f4e21")
"""Makes the id of a technician's van from their own."""
ANYBODY = "仓管员"
"""Who keeps a store that nobody in particular keeps."""


def van_id(person_id: UUID) -> UUID:
    """Return the id that somebody's van has, or will have once something is handed over to them."""
    return uuid5(_VANS, person_id.hex)


def van_for(person: Person, uow: EveryUnitOfWork) -> Place:
    """Return somebody's van; it is made when they need one first."""
    van = uow.parts.van_of(person.id)
    if van is None:
        made = van_id(person.id)
        van = Place(
            id=made,
            code=f"VAN-{made.hex[:8].upper()}",
            name=f"{person.name}的车",
            kind=PlaceKind.VAN.value,
            region=person.region,
            keeper_id=person.id,
            parent_id=None,
            active=True,
        )
        uow.parts.add_place(van)
    return van


def keeper_of(place: Place, uow: EveryUnitOfWork) -> Person | None:
    """Return who answers for a place now; a bin without a keeper of its own is its store's."""
    if place.keeper_id is not None:
        keeper = uow.people.get(place.keeper_id)
        return keeper if keeper.active else None
    return keeper_of(uow.parts.place(place.parent_id), uow) if place.parent_id is not None else None


def keepers_of(place: Place, uow: EveryUnitOfWork) -> Sequence[Person]:
    """Return who works at a place: its keeper, else the storekeepers of its region, else all of them."""
    keeper = keeper_of(place, uow)
    if keeper is not None:
        return [keeper]
    everybody = uow.people.with_roles({Role.STOREKEEPER}) or uow.people.with_roles({Role.MANAGER})
    near = [one for one in everybody if place.region and distance(one.region, place.region) == 0]
    return near or list(everybody)


def keeps(person: Person, place: Place, uow: EveryUnitOfWork) -> bool:
    """Return whether somebody answers for a place, or may stand in for whoever does.

    Of a van only whoever drives it; what somebody left behind, whoever corrects the books can send back.
    """
    if place.kind == PlaceKind.VAN.value:
        has_left = keeper_of(place, uow) is None
        return place.keeper_id == person.id or (has_left and may(person.roles, Verb.CORRECT_STOCK))
    if place.kind not in STORES:
        return False
    keeper = keeper_of(place, uow)
    if keeper is None:
        return may(person.roles, Verb.KEEP_STOCK)
    return keeper.id == person.id or may(person.roles, Verb.CORRECT_STOCK)


def insist_on_keeper(actor_id: str, place: Place, uow: EveryUnitOfWork) -> None:
    """Refuse whoever does not answer for a place.

    Raises:
        NotKeeper: somebody else does.
    """
    if not keeps(uow.people.get(UUID(actor_id)), place, uow):
        raise NotKeeper(place=place.name, keeper=keeper_words(place, uow))


def keeper_words(place: Place, uow: EveryUnitOfWork) -> str:
    """Return who keeps a place, by name."""
    keeper = keeper_of(place, uow)
    return keeper.name if keeper is not None else ANYBODY
