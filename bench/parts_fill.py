"""Fifty thousand parts that can be searched, and a million movements of one of them."""

import random
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from adapters.clock import utc_now
from adapters.storage.dialect import table_of
from adapters.storage.engine import Database
from adapters.storage.part_index import replace_grams
from bench import corp
from domain.parts.keys import code_key
from domain.parts.model.catalogue import Part, Place
from domain.parts.model.stock import StockBalance, StockEntry
from domain.parts.places import OPENING_ID, PlaceKind, Reason

NOW = utc_now()
STORE, BRANCH = corp.record_id("place:store"), corp.record_id("place:branch")
BEARING, LAST_PIECE = corp.record_id("part:0"), corp.record_id("part:1")
LOT = 5_000
KINDS = ("深沟球轴承", "角接触轴承", "循环水泵", "电磁阀", "压缩机油", "温度传感器", "压力变送器", "接触器")
MAKERS = ("上海", "无锡", "西门子", "丹佛斯", "施耐德", "格兰富")
USES = ("冷库", "冷水机组", "空压机", "锅炉", "泵房")
FORMS = ("2RS", "ZZ", "DN25", "24V", "IP65")


def stocked(database: Database, pieces: int) -> None:
    """Put in a store, a branch, two parts, so many of the first in both and one of the second."""
    with database.write() as session, session.begin():
        for place_id, kind in ((STORE, PlaceKind.STORE), (BRANCH, PlaceKind.BRANCH)):
            session.add(Place(id=place_id, code=kind.value, name=kind.value, kind=kind.value))
        session.add_all(catalogue(2))
        session.flush()
        for part_id, place_id, quantity in (
            (BEARING, STORE, pieces),
            (BEARING, BRANCH, pieces),
            (LAST_PIECE, STORE, 1),
        ):
            session.add(_balance(part_id, place_id, quantity))
            session.add(StockEntry(**_entry(part_id, OPENING_ID, place_id, quantity, 0)))


def _balance(part_id: UUID, place_id: UUID, quantity: int) -> StockBalance:
    """Return a balance of pieces of ten yuan each."""
    return StockBalance(
        part_id=part_id, place_id=place_id, quantity=Decimal(quantity), value_fen=1000 * quantity
    )


def catalogue(count: int) -> list[Part]:
    """Return so many parts, whose codes and names look like a real firm's; always the same."""
    luck = random.Random(6204)
    return [_part(number, luck) for number in range(count)]


def searchable(database: Database, count: int) -> list[Part]:
    """Put the parts in behind those of `stocked`, a piece of each, and the index of the search."""
    parts = catalogue(count)
    with database.write() as session, session.begin():
        replace_grams(session, [session.merge(part) for part in parts[:2]])
    for at in range(2, count, LOT):
        with database.write() as session, session.begin():
            session.add_all(parts[at : at + LOT])
            session.flush()
            session.add_all(_balance(part.id, STORE, 1) for part in parts[at : at + LOT])
            replace_grams(session, parts[at : at + LOT])
    return parts


def moved_often(database: Database, count: int) -> None:
    """Write so many movements of the first part from store to branch and back."""
    for at in range(0, count, LOT):
        rows = [_entry(BEARING, *_way(number), 1, number) for number in range(at, min(count, at + LOT))]
        with database.write() as session, session.begin():
            session.execute(insert(table_of(StockEntry)), rows)


def questions(parts: list[Part], count: int) -> Iterator[str]:
    """Yield what people type: a code, its beginning, words in either order, a slip of the finger."""
    luck = random.Random(1)
    for number in range(count):
        part = luck.choice(parts)
        name, model = part.name, part.code.split("-")[1]
        at = luck.randrange(1, len(name) - 1)
        typo = f"{name[:at]}件{name[at + 1 :]}"
        yield (part.code, part.code[:8], f"{name}{model}", f"{model} {name}", name, typo, name[-3:])[
            number % 7
        ]


def _way(number: int) -> tuple[UUID, UUID]:
    return (STORE, BRANCH) if number % 2 == 0 else (BRANCH, STORE)


def _part(number: int, luck: random.Random) -> Part:
    kind, form = luck.choice(KINDS), luck.choice(FORMS)
    code = f"{luck.choice('ABCDE')}{luck.choice('XYZ')}-{luck.randrange(1000, 9999)}-{form}-{number:05d}"
    barcode = f"69{luck.randrange(10**10, 10**11)}"
    return Part(
        id=corp.record_id(f"part:{number}"),
        code=code,
        code_key=code_key(code),
        name=f"{luck.choice(MAKERS)}{luck.choice(USES)}{kind}",
        spec=f"{luck.randrange(10, 99)}x{luck.randrange(10, 99)}x{luck.randrange(5, 30)}",
        barcode=barcode,
        barcode_key=code_key(barcode),
        price_fen=luck.randrange(100, 100_000),
    )


def _entry(part_id: UUID, from_id: UUID, to_id: UUID, quantity: int, number: int) -> dict[str, Any]:
    return {
        "part_id": part_id,
        "from_id": from_id,
        "to_id": to_id,
        "quantity": Decimal(quantity),
        "lot": "",
        "lot_key": "",
        "value_fen": 1000 * quantity,
        "reason": Reason.TRANSFER.value,
        "actor_id": "bench",
        "note": "",
        "occurred_at": NOW + timedelta(milliseconds=number),
    }
