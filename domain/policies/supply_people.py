"""Who answers for a place, who buys, and who is told about its stock."""

from collections.abc import Sequence
from uuid import UUID

from domain.access.rights import Verb, may
from domain.dispatching.rules import distance
from domain.parts.errors import PlaceUnknown
from domain.parts.model.catalogue import Place
from domain.parts.places import STORES, PlaceKind
from domain.people.model import Person, Role
from domain.policies.parts_places import insist_on_keeper, keepers_of
from domain.policies.ports import EveryUnitOfWork

_KEPT = frozenset({*STORES, PlaceKind.VAN})
SYSTEM = "system"


def inside(place_id: UUID, uow: EveryUnitOfWork) -> Place:
    """Return a store or van, where pieces are on hand.

    Raises:
        PlaceUnknown: it is neither.
    """
    place = uow.parts.place(place_id)
    if place.kind not in _KEPT:
        raise PlaceUnknown(text=place.name, known="、".join(one.name for one in uow.parts.stores()))
    return place


def insist_keeper(place: Place, actor_id: str, uow: EveryUnitOfWork) -> None:
    """Refuse whoever neither keeps a place nor may correct the books of any.

    Raises:
        NotKeeper: as said.
    """
    if not may(uow.people.get(UUID(actor_id)).roles, Verb.CORRECT_STOCK):
        insist_on_keeper(actor_id, place, uow)


def managers_of(place: Place, uow: EveryUnitOfWork) -> list[Person]:
    """Return the managers of a place's region, or every manager where it has none."""
    return _near(uow.people.with_roles([Role.MANAGER]), place.region)


def buyers_of(place: Place, requested_by: UUID, uow: EveryUnitOfWork) -> list[UUID]:
    """Return who goes on with a purchase: who keeps the place, where they may buy, and who asked for it."""
    asker = [requested_by] if uow.people.get(requested_by).active else []
    return list(dict.fromkeys([*(one.id for one in _buying(place, uow)), *asker]))


def asker_for(place: Place, uow: EveryUnitOfWork) -> UUID | None:
    """Return in whose name a rule asks: the keeper, else a storekeeper, a manager or an administrator."""
    found = _buying(place, uow) or managers_of(place, uow) or list(uow.people.with_roles([Role.ADMIN]))
    return found[0].id if found else None


def _buying(place: Place, uow: EveryUnitOfWork) -> list[Person]:
    able = [one for one in keepers_of(place, uow) if may(one.roles, Verb.BUY_PARTS)]
    return able or _near(uow.people.with_roles([Role.STOREKEEPER]), place.region)


def _near(people: Sequence[Person], region: str) -> list[Person]:
    near = [one for one in people if region and distance(one.region, region) == 0]
    return near or list(people)
