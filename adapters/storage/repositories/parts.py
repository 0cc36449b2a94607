"""The catalogue of spare parts, and the places where they can be."""

from collections.abc import Collection, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from adapters.storage.flushing import flush
from adapters.storage.repositories.parts_search import exact_parts, found_parts
from domain.kernel.errors import NotFound
from domain.parts.model.catalogue import Part, Place, Supplier, UsualPart
from domain.parts.places import STORES, PlaceKind

T = TypeVar("T", Place, Supplier)

_EXACT_AT_MOST = 50
_STORE_KINDS = sorted(kind.value for kind in STORES)


class SqlParts:
    """The parts port on SQLAlchemy; what was read is kept until the transaction ends."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._parts: dict[UUID, Part] = {}
        self._places: dict[UUID, Place] = {}

    def get(self, part_id: UUID) -> Part:
        """Return one part."""
        if part_id not in self._parts:
            found = self._session.get(Part, part_id)
            if found is None:
                raise NotFound(what="备件")
            self._parts[part_id] = found
        return self._parts[part_id]

    def read(self, part_ids: Collection[UUID]) -> None:
        """Read several parts at once, so that `get` has them already."""
        missing = sorted(set(part_ids) - self._parts.keys())
        if missing:
            found = self._session.execute(select(Part).where(Part.id.in_(missing))).scalars()
            self._parts |= {part.id: part for part in found}

    def by_code(self, text: str) -> Sequence[Part]:
        """Return the active parts with exactly this code or barcode, however it is spelled."""
        return exact_parts(self._session, text, _EXACT_AT_MOST)

    def search(self, text: str, limit: int) -> Sequence[Part]:
        """Return active parts by code, barcode, name and spec, best match first; also words that are near."""
        return found_parts(self._session, text, limit)

    def usual(self, fault_code: str) -> Sequence[UsualPart]:
        """Return the parts that a fault usually needs; none for an empty code."""
        if not fault_code:
            return []
        query = select(UsualPart).join(Part, Part.id == UsualPart.part_id)
        query = query.where(UsualPart.fault_code == fault_code, Part.active).order_by(Part.code)
        return self._session.execute(query).scalars().all()

    def place(self, place_id: UUID) -> Place:
        """Return one place."""
        if place_id not in self._places:
            found = self._session.get(Place, place_id)
            if found is None:
                raise NotFound(what="仓库或库位")
            self._places[place_id] = found
        return self._places[place_id]

    def place_named(self, text: str) -> Place | None:
        """Return the active place of this code or name, or the only one whose name has the text, or None."""
        return _named(self._session, Place, text, Place.active.is_(True))

    def stores(self) -> Sequence[Place]:
        """Return every active store, branch and bin, by code."""
        return self._active(Place.kind.in_(_STORE_KINDS))

    def van_of(self, person_id: UUID) -> Place | None:
        """Return somebody's van, or None."""
        found = self._active(Place.kind == PlaceKind.VAN.value, Place.keeper_id == person_id)
        return found[0] if found else None

    def vans(self) -> Sequence[Place]:
        """Return every active van."""
        return self._active(Place.kind == PlaceKind.VAN.value)

    def kept_by(self, person_id: UUID) -> Sequence[Place]:
        """Return the active stores somebody keeps; a store without a keeper is kept by every storekeeper."""
        keeps = or_(Place.keeper_id == person_id, Place.keeper_id.is_(None))
        return self._active(Place.kind.in_(_STORE_KINDS), keeps)

    def add_place(self, place: Place) -> None:
        """Keep a new place, so that what is written next can refer to it."""
        self._session.add(place)
        flush(self._session)
        self._places[place.id] = place

    def supplier(self, supplier_id: UUID) -> Supplier:
        """Return one supplier."""
        found = self._session.get(Supplier, supplier_id)
        if found is None:
            raise NotFound(what="供应商")
        return found

    def supplier_named(self, text: str) -> Supplier | None:
        """Return the supplier of this code or name, or the only one whose name has the text, or None."""
        return _named(self._session, Supplier, text)

    def _active(self, *which: ColumnElement[bool]) -> Sequence[Place]:
        query = select(Place).where(Place.active, *which).order_by(Place.code)
        found = self._session.execute(query).scalars().all()
        self._places |= {place.id: place for place in found}
        return found


def _named(session: Session, model: type[T], text: str, *which: ColumnElement[bool]) -> T | None:
    """Return the record of this code or name, or the only one whose name has the text, or None."""
    words = text.strip()
    if not words:
        return None
    same = or_(model.code == words, model.code == words.upper(), model.name == words)
    exact = session.execute(select(model).where(same, *which).order_by(model.code).limit(1)).scalars().all()
    if exact:
        return exact[0]
    has_it = model.name.contains(words, autoescape=True)
    found = session.execute(select(model).where(has_it, *which).limit(2)).scalars().all()
    return found[0] if len(found) == 1 else None
