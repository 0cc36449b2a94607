"""Parts, places and stock for tests, and the question whether the books are right."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID, uuid5

from sqlalchemy import select

from adapters.storage.engine import Database
from adapters.storage.part_index import replace_grams
from adapters.storage.uow import SqlUnitOfWork
from domain.parts.commands import PartLine
from domain.parts.keys import code_key
from domain.parts.model.catalogue import Part, Place, Supplier
from domain.parts.model.stock import Reservation, StockBalance, StockEntry, StockLot
from domain.parts.moving import Why, move
from domain.parts.places import OPENING_ID, OUTSIDE, PlaceKind, Reason, Tracking
from tests.support.builders import AT, LI
from tests.support.storage import transaction

R = TypeVar("R")
NAMESPACE = UUID(int=600)


def part_id(code: str) -> UUID:
    """Return the id of the part that `part` makes for a code."""
    return uuid5(NAMESPACE, f"part {code}")


def place_id(code: str) -> UUID:
    """Return the id of the place that `store`, `branch`, `bin_of` or `van` makes for a code."""
    return uuid5(NAMESPACE, f"place {code}")


def part(
    database: Database,
    code: str,
    name: str = "轴承",
    *,
    spec: str = "",
    tracking: Tracking = Tracking.NONE,
    price_fen: int = 0,
    models: Sequence[str] = (),
    substitutes: Sequence[str] = (),
    unit: str = "个",
    whole: bool = True,
    barcode: str = "",
    return_old: bool = False,
    active: bool = True,
    supplier_id: UUID | None = None,
) -> UUID:
    """Put a part into the catalogue, where the search finds it too, and return its id."""
    made = Part(
        id=part_id(code),
        code=code,
        code_key=code_key(code),
        name=name,
        spec=spec,
        unit=unit,
        whole=whole,
        barcode=barcode,
        barcode_key=code_key(barcode),
        price_fen=price_fen,
        supplier_id=supplier_id,
        models=list(models),
        substitutes=list(substitutes),
        tracking=tracking.value,
        return_old=return_old,
        active=active,
    )
    with database.write() as session, session.begin():
        session.add(made)
        replace_grams(session, [made])
    return made.id


def supplier(database: Database, code: str = "S1", name: str = "上海轴承厂", lead_days: int = 7) -> UUID:
    """Make a supplier and return its id."""
    made = Supplier(id=uuid5(NAMESPACE, f"supplier {code}"), code=code, name=name, lead_days=lead_days)
    with database.write() as session, session.begin():
        session.add(made)
    return made.id


def store(database: Database, code: str = "CK", name: str = "中心仓", keeper_id: UUID | None = None) -> UUID:
    """Make a central store and return its id."""
    return _place(database, code, name, PlaceKind.STORE, keeper_id)


def branch(
    database: Database,
    code: str = "PD",
    name: str = "浦东分仓",
    keeper_id: UUID | None = None,
    region: str = "",
) -> UUID:
    """Make a branch and return its id."""
    return _place(database, code, name, PlaceKind.BRANCH, keeper_id, region=region)


def van(database: Database, keeper_id: UUID = LI, code: str = "VAN-LI", name: str = "李强的车") -> UUID:
    """Make a technician's van and return its id."""
    return _place(database, code, name, PlaceKind.VAN, keeper_id)


def _place(
    database: Database, code: str, name: str, kind: PlaceKind, keeper_id: UUID | None, region: str = ""
) -> UUID:
    made = Place(id=place_id(code), code=code, name=name, kind=kind.value, keeper_id=keeper_id, region=region)
    with database.write() as session, session.begin():
        session.add(made)
    return made.id


def opening(
    database: Database, part: UUID, place: UUID, quantity: int | str, value_fen: int = 0, *, lot: str = ""
) -> None:
    """Put stock in, as the opening of the books does; `value_fen` is what all of it cost."""
    with transaction(database) as uow:
        put_in(uow, part, place, quantity, value_fen, lot=lot)
        uow.commit()


def put_in(
    uow: SqlUnitOfWork, part: UUID, place: UUID, quantity: int | str, value_fen: int = 0, *, lot: str = ""
) -> None:
    """Put stock in within a transaction."""
    line = PartLine(part_id=part, quantity=Decimal(quantity), lot=lot)
    why = Why(reason=Reason.OPENING, actor_id=str(LI), at=AT)
    move(line, OPENING_ID, place, why, uow, value_fen=value_fen)


def on_hand(database: Database, part: UUID, place: UUID) -> tuple[Any, Any, int]:
    """Return how many there are at a place, how many of them are reserved, and what all of them cost."""
    with database.read() as session:
        found = session.get(StockBalance, (part, place))
        return (found.quantity, found.reserved, found.value_fen) if found else (Decimal(0), Decimal(0), 0)


def by_ledger(database: Database) -> dict[tuple[UUID, UUID], tuple[Any, int]]:
    """Return quantity and value of every (part, place) by the ledger alone, outside places too."""
    sums: dict[tuple[UUID, UUID], tuple[Decimal, int]] = {}
    for entry in _all(database, StockEntry):
        for place, sign in ((entry.from_id, -1), (entry.to_id, 1)):
            quantity, value = sums.get((entry.part_id, place), (Decimal(0), 0))
            sums[entry.part_id, place] = (quantity + sign * entry.quantity, value + sign * entry.value_fen)
    return sums


def assert_books(database: Database) -> None:
    """Assert that balances and lots are the sums of the ledger, and reserved is what is held."""
    inside = {place.id for place in _all(database, Place) if place.kind not in OUTSIDE}
    ledger = {key: sums for key, sums in by_ledger(database).items() if key[1] in inside and any(sums)}
    balances = {(one.part_id, one.place_id): one for one in _all(database, StockBalance)}
    assert {
        key: (one.quantity, one.value_fen) for key, one in balances.items() if one.quantity or one.value_fen
    } == ledger
    assert all(0 <= one.reserved <= one.quantity and one.value_fen >= 0 for one in balances.values())
    assert {key: one.reserved for key, one in balances.items() if one.reserved} == _held(database)
    _assert_lots(database, inside)


def _assert_lots(database: Database, inside: set[UUID]) -> None:
    ledger: dict[tuple[UUID, str, UUID], Decimal] = {}
    for entry in _all(database, StockEntry):
        for place, sign in ((entry.from_id, -1), (entry.to_id, 1)):
            if entry.lot and place in inside:
                key = (entry.part_id, entry.lot, place)
                ledger[key] = ledger.get(key, Decimal(0)) + sign * entry.quantity
    lots = [one for one in _all(database, StockLot) if one.quantity]
    assert {(one.part_id, one.lot, one.place_id): one.quantity for one in lots} == {
        key: quantity for key, quantity in ledger.items() if quantity
    }
    pieces = [(one.part_id, one.lot_key) for one in lots if one.piece]
    assert len(pieces) == len(set(pieces))
    assert all(one.quantity == 1 for one in lots if one.piece)


def _held(database: Database) -> dict[tuple[UUID, UUID], Decimal]:
    held: dict[tuple[UUID, UUID], Decimal] = {}
    for one in _all(database, Reservation):
        if one.state == "held":
            key = (one.part_id, one.place_id)
            held[key] = held.get(key, Decimal(0)) + one.quantity
    return held


def _all(database: Database, model: type[R]) -> Sequence[R]:
    with database.read() as session:
        return session.execute(select(model)).scalars().all()
