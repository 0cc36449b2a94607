"""Somebody who sees what there is now and chooses by luck; mostly what makes sense."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from adapters.storage.engine import Database
from domain.kernel.messages import Cause
from domain.parts.commands import PartLine
from domain.parts.model.stock import StockBalance, StockLot
from domain.workorder.model import WorkOrder
from tests.support.builders import LI, WANG, ZHAO
from tests.support.stockroom import BOARD, COIL, GREASE, JOBS, MENG, SONG, TANG

T = TypeVar("T")
TECHNICIANS = (LI, WANG)
EVERYBODY = (LI, WANG, SONG, TANG, MENG, ZHAO)
ODD = (Decimal("0.5"), Decimal("1.001"), Decimal(1000))
"""Quantities that are wrong of most parts in most places."""


class Player:
    """Sees what is there now, and wishes for something.

    Args:
        luck: decides everything.
        now: when it is wished for.
    """

    def __init__(self, database: Database, luck: Random, now: datetime) -> None:
        self._database = database
        self.luck = luck
        self.now = now

    def all(self, model: type[T], *where: Any) -> Sequence[T]:
        """Return rows as they are now, in an order that luck can rely on."""
        with self._database.read() as session:
            key: Any = model.__table__.primary_key.columns  # type: ignore[attr-defined]
            return session.execute(select(model).where(*where).order_by(*key)).scalars().all()

    def any(self, model: type[T], *where: Any) -> T | None:
        """Return one of some rows, or None where there is none."""
        found = self.all(model, *where)
        return self.luck.choice(found) if found else None

    def by(self, actor: UUID | str) -> Cause:
        """Return the fields of a command; now and then somebody else tries."""
        if actor != "system" and self.rarely():
            actor = self.luck.choice(EVERYBODY)
        return Cause(actor_id=str(actor), issued_at=self.now, idempotency_key=f"luck:{self.id()}")

    def id(self) -> UUID:
        """Return an id for a new document."""
        return UUID(int=self.luck.getrandbits(128))

    def rarely(self) -> bool:
        """Return True once in twelve times."""
        return self.luck.randrange(12) == 0

    def job_of(self, technician: UUID) -> UUID:
        """Return a job, mostly one that they have in hand."""
        mine = self.all(WorkOrder, WorkOrder.assignee_id == technician, WorkOrder.status == "in_progress")
        return self.luck.choice(mine).id if mine and not self.rarely() else self.luck.choice(JOBS)

    def amount(self, part_id: UUID, most: Decimal) -> Decimal:
        """Return how many, mostly not more than there are."""
        if self.rarely():
            return self.luck.choice(ODD)
        if part_id == BOARD:
            return Decimal(1)
        if part_id == GREASE:
            return Decimal(self.luck.randint(1, max(1, int(min(most, Decimal(6)) * 1000)))) / 1000
        return Decimal(self.luck.randint(1, max(1, int(min(most, Decimal(4))))))

    def line(self, part_id: UUID, place_id: UUID, most: Decimal) -> PartLine:
        """Return so many of a part as may be at a place, with a serial or batch that is there."""
        lot = self.any(
            StockLot, StockLot.part_id == part_id, StockLot.place_id == place_id, StockLot.quantity > 0
        )
        if self.rarely():
            lot = self.any(StockLot, StockLot.part_id == part_id)
        most = min(most, lot.quantity) if lot is not None else most
        return PartLine(
            part_id=part_id, quantity=self.amount(part_id, most), lot=lot.lot if lot is not None else ""
        )

    def lines(self, place_id: UUID) -> tuple[PartLine, ...]:
        """Return one or two lines of what is at a place."""
        there = self.all(StockBalance, StockBalance.place_id == place_id, StockBalance.quantity > 0)
        if not there:
            return ()
        chosen = self.luck.sample(list(there), min(len(there), self.luck.choice((1, 1, 2))))
        return tuple(self.line(one.part_id, place_id, one.quantity) for one in chosen)

    def new_lot(self, part_id: UUID) -> str:
        """Return the serial of a new piece, which now and then is that of an old one, or a batch."""
        if part_id == BOARD:
            return f"SN{self.luck.randrange(40 if self.rarely() else 10**6)}"
        return f"B{self.luck.randint(1, 3)}" if part_id == COIL else ""
