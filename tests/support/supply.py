"""A store that runs low, counts and buys, and the people who answer for it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4, uuid5

from adapters.storage.engine import Database
from domain.approval.commands import AgreeTask, RefuseTask
from domain.kernel.messages import Command
from domain.parts.keeping import reserve
from domain.parts.model.stock import Reservation
from domain.parts.supply_commands import RequestPurchase, ScrapParts, SetStockRule
from domain.people.model import Person, Role
from tests.support import parts
from tests.support.builders import AT, LI, cause
from tests.support.processes import WU, add_superiors, publish_shipped
from tests.support.storage import decided, rows, transaction

CANG, HE = UUID(int=21), UUID(int=22)
"""Two storekeepers: the one of the store, and another one."""
MINUTE = timedelta(minutes=1)


@dataclass
class Firm:
    """A store with a bearing in it; every command comes a minute after the one before."""

    database: Database
    store: UUID
    bearing: UUID
    at: datetime = AT
    numbers: dict[str, UUID] = field(default_factory=dict)

    def do(self, kind: type[Command], actor_id: UUID | str = CANG, **facts: Any) -> None:
        """Decide a command."""
        decided(self.database, self.command(kind, actor_id, **facts))

    def command(self, kind: type[Command], actor_id: UUID | str = CANG, **facts: Any) -> Command:
        """Return a command of the next minute."""
        self.at += MINUTE
        return kind.model_validate({**facts, **cause(actor_id, self.at, f"{kind.__name__}-{self.at}")})

    def stock(self, quantity: int, value_fen: int = 0, *, part: UUID | None = None, lot: str = "") -> None:
        """Put stock in."""
        parts.opening(self.database, part or self.bearing, self.store, quantity, value_fen, lot=lot)

    def use(self, quantity: int = 1, place_id: UUID | None = None) -> None:
        """Let pieces leave the store for good."""
        place = place_id or self.store
        self.do(ScrapParts, part_id=self.bearing, place_id=place, quantity=quantity, reason="坏了")

    def reserved(self, quantity: int, work_order_id: UUID | None = None) -> UUID:
        """Keep pieces for somebody."""
        self.at += MINUTE
        with transaction(self.database, self.at) as uow:
            made = Reservation(
                id=uuid4(),
                part_id=self.bearing,
                place_id=self.store,
                quantity=Decimal(quantity),
                work_order_id=work_order_id,
                state="held",
                next_due_at=self.at + timedelta(hours=72),
                created_at=self.at,
            )
            reserve(made, str(LI), self.at, uow)
            uow.commit()
        return made.id

    def rule(self, below: int, order: int = 10) -> None:
        """Say when the bearing is low."""
        facts = {"part_id": self.bearing, "place_id": self.store, "below": below, "order_quantity": order}
        self.do(SetStockRule, WU, **facts)

    def buy(self, quantity: float = 10, **facts: Any) -> UUID:
        """Ask for a purchase and return its id."""
        purchase_id = uuid5(self.store, f"purchase {self.at}")
        wanted = {"part_id": self.bearing, "place_id": self.store, "quantity": quantity}
        self.do(RequestPurchase, purchase_id=purchase_id, **{**wanted, **facts})
        return purchase_id

    def agree(self, person_id: UUID = WU) -> None:
        """Let somebody agree to everything that waits for them."""
        for task_id in self.tasks(person_id):
            self.do(AgreeTask, person_id, task_id=task_id)

    def refuse(self, person_id: UUID = WU) -> None:
        """Let somebody refuse everything that waits for them."""
        for task_id in self.tasks(person_id):
            self.do(RefuseTask, person_id, task_id=task_id, comment="不行")

    def tasks(self, person_id: UUID) -> list[UUID]:
        """Return what waits for somebody."""
        with transaction(self.database) as uow:
            return [task.id for task in uow.processes.open_tasks(person_id, 50)]

    def happened(self, name: str) -> list[Mapping[str, Any]]:
        """Return the facts of every event of a name."""
        found = rows(self.database, "SELECT payload FROM event WHERE name = :name ORDER BY seq", name=name)
        return [_read(row[0]) for row in found]

    def news(self, news: str) -> list[tuple[str, Mapping[str, Any]]]:
        """Return who was told something in words, and what, oldest first."""
        query = "SELECT audience, view FROM outbox WHERE card = 'parts_news' ORDER BY seq"
        found = [(row[0].removeprefix("person:"), _read(row[1])) for row in rows(self.database, query)]
        return [one for one in found if one[1]["news"] == news]

    def cards(self, card: str) -> list[Mapping[str, Any]]:
        """Return the views of a card, oldest first."""
        query = "SELECT view FROM outbox WHERE card = :card ORDER BY seq"
        return [_read(row[0]) for row in rows(self.database, query, card=card)]

    def has(self, part: UUID) -> tuple[int, int, int]:
        """Return how many of a part there are, how many are kept and what they cost."""
        quantity, reserved, value_fen = parts.on_hand(self.database, part, self.store)
        return int(quantity), int(reserved), value_fen

    def books(self) -> tuple[int, int, int]:
        """Return how many bearings there are, how many are kept, what they cost; the books must be right."""
        parts.assert_books(self.database)
        return self.has(self.bearing)


def firm(database: Database, *, shipped: Sequence[str] = ("parts_purchase", "stock_count")) -> Firm:
    """Make the store, its keeper, a manager who approves, and a bearing of 20 yuan."""
    add_superiors(database)
    with database.write() as session, session.begin():
        session.add_all([_keeper(CANG, "仓小库"), _keeper(HE, "何库")])
    publish_shipped(database, *shipped)
    store = parts.store(database, keeper_id=CANG)
    return Firm(database, store, parts.part(database, "6204", "轴承 6204", price_fen=2000))


def _read(value: Any) -> Any:
    """Return JSON as values, whichever way a database gives it."""
    return json.loads(value) if isinstance(value, str) else value


def _keeper(person_id: UUID, name: str) -> Person:
    made = Person(id=person_id, name=name, mobile="", region="", skills=[], active=True, created_at=AT)
    made.give_roles(frozenset({Role.STOREKEEPER}))
    return made
