"""Stock counts."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import String, Uuid, and_, insert, literal, select
from sqlalchemy.orm import Session

from adapters.storage.dialect import table_of
from adapters.storage.flushing import flush
from adapters.storage.repositories.locking import Locked
from domain.parts.ledger import share_of_value
from domain.parts.model.catalogue import Part
from domain.parts.model.stock import StockBalance, StockLot
from domain.parts.model.supply import RUNNING, CountLine, StockCount
from domain.parts.places import Tracking

_line = table_of(CountLine)
_COPIED = ["count_id", "part_id", "lot", "booked", "booked_fen"]


class SqlCounts:
    """The half of the supply port about counts, on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._counts = Locked(session, StockCount, "盘点")

    def add_count(self, count: StockCount) -> None:
        """Keep a count, or raise ConcurrentUpdate where another one of the same place runs."""
        self._counts.add(count.id, count)
        flush(self._session)

    def freeze(self, count: StockCount) -> int:
        """Copy the books of the count's place into its lines, and return how many these are."""
        flush(self._session)
        plain = (
            select(
                literal(count.id, Uuid()),
                StockBalance.part_id,
                literal("", String()),
                StockBalance.quantity,
                StockBalance.value_fen,
            )
            .join(Part, Part.id == StockBalance.part_id)
            .where(
                StockBalance.place_id == count.place_id,
                StockBalance.quantity > 0,
                Part.tracking == Tracking.NONE.value,
            )
        )
        self._session.execute(insert(_line).from_select(_COPIED, plain))
        lots = self._booked_lots(count)
        if lots:
            self._session.execute(insert(_line), lots)
        return len(self.count_lines(count.id))

    def count(self, count_id: UUID) -> StockCount:
        """Return one count, locked on its first reading in the transaction."""
        return self._counts.get(count_id)

    def find_count(self, count_id: UUID) -> StockCount | None:
        """Return one count, or None, without a lock."""
        return self._counts.find(count_id)

    def count_numbered(self, number: str) -> StockCount | None:
        """Return the count of a number, or None, without a lock."""
        return self._session.execute(select(StockCount).where(StockCount.number == number)).scalar()

    def running_count(self, place_id: UUID) -> StockCount | None:
        """Return the count of a place that runs or waits for approval, or None."""
        query = select(StockCount).where(RUNNING, StockCount.place_id == place_id)
        return self._session.execute(query).scalar()

    def counts_of(self, person_id: UUID) -> Sequence[StockCount]:
        """Return the counts somebody began that still run."""
        query = select(StockCount).where(
            RUNNING, StockCount.state == "counting", StockCount.started_by == person_id
        )
        return self._session.execute(query.order_by(StockCount.started_at, StockCount.number)).scalars().all()

    def count_line(self, count_id: UUID, part_id: UUID, lot: str) -> CountLine | None:
        """Return one line of a count, or None."""
        return self._session.get(CountLine, (count_id, part_id, lot))

    def add_count_line(self, line: CountLine) -> None:
        """Keep a line of something the books did not have."""
        self._session.add(line)

    def count_lines(self, count_id: UUID) -> Sequence[CountLine]:
        """Return every line of a count, by the part's code."""
        query = select(CountLine).join(Part, Part.id == CountLine.part_id)
        query = query.where(CountLine.count_id == count_id).order_by(Part.code, CountLine.lot)
        return self._session.execute(query).scalars().all()

    def _booked_lots(self, count: StockCount) -> list[dict[str, UUID | str | Decimal | int]]:
        """Return a line for each lot, with its share of what all of the part cost."""
        whole = and_(StockBalance.part_id == StockLot.part_id, StockBalance.place_id == StockLot.place_id)
        query = select(
            StockLot.part_id,
            StockLot.lot,
            StockLot.quantity,
            StockBalance.quantity,
            StockBalance.value_fen,
        ).join(StockBalance, whole)
        found = self._session.execute(query.where(StockLot.place_id == count.place_id, StockLot.quantity > 0))
        return [
            {
                "count_id": count.id,
                "part_id": part_id,
                "lot": lot,
                "booked": quantity,
                "booked_fen": share_of_value(quantity, on_hand, value_fen),
            }
            for part_id, lot, quantity, on_hand, value_fen in found
        ]
