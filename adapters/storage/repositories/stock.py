"""Balances and lots, which are locked in one order by everybody, and the ledger."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from adapters.storage.dialect import dialect_of, insert_for
from adapters.storage.flushing import flush
from adapters.storage.repositories.locking import AS_IT_IS_NOW
from adapters.storage.repositories.reservations import SqlReservations
from domain.parts.keys import code_key
from domain.parts.model.catalogue import Part
from domain.parts.model.stock import TOLD_APART, StockBalance, StockEntry, StockLot
from domain.parts.places import TRANSIT_ID, Reason
from domain.parts.ports import Spent

Pair = tuple[UUID, UUID]

_BALANCE = (
    select(StockBalance)
    .where(StockBalance.part_id == bindparam("part_id"), StockBalance.place_id == bindparam("place_id"))
    .with_for_update()
)
_LOT = (
    select(StockLot)
    .where(
        StockLot.part_id == bindparam("part_id"),
        StockLot.lot == bindparam("lot"),
        StockLot.place_id == bindparam("place_id"),
    )
    .with_for_update()
)


def _turn(pair: Pair) -> tuple[bool, Pair]:
    return pair[1] == TRANSIT_ID, pair


@cache
def _missing(dialect: str, model: type[StockBalance] | type[StockLot]) -> Any:
    return insert_for(dialect, model).on_conflict_do_nothing()


class SqlStock(SqlReservations):
    """The stock port on SQLAlchemy.

    What was locked is kept, so that a second look costs nothing.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._balances: dict[Pair, StockBalance] = {}
        self._lots: dict[tuple[UUID, str, UUID], StockLot] = {}

    def lock(self, pairs: Collection[Pair]) -> None:
        """Lock the balances of (part, place) in one order for everybody; those that are missing are made.

        Those in transit come last: whoever sends pieces has looked before whether they are there.
        """
        for part_id, place_id in sorted(set(pairs) - self._balances.keys(), key=_turn):
            self._balances[part_id, place_id] = self._locked_balance(part_id, place_id)

    def balance(self, part_id: UUID, place_id: UUID) -> StockBalance:
        """Return one balance as it is now, locked until the transaction ends; a missing one is made, at 0."""
        self.lock([(part_id, place_id)])
        return self._balances[part_id, place_id]

    def balances(self, part_id: UUID) -> Sequence[StockBalance]:
        """Return where a part is now, without a lock; places that have none are left out."""
        query = select(StockBalance).where(StockBalance.part_id == part_id, StockBalance.quantity > 0)
        return self._session.execute(query.order_by(StockBalance.place_id)).scalars().all()

    def at_place(self, place_id: UUID, after_code: str, limit: int) -> Sequence[StockBalance]:
        """Return what is at a place now, by the part's code, those behind a code, without a lock."""
        query = (
            select(StockBalance)
            .join(Part, Part.id == StockBalance.part_id)
            .where(StockBalance.place_id == place_id, StockBalance.quantity > 0, Part.code > after_code)
            .order_by(Part.code)
            .limit(limit)
        )
        return self._session.execute(query).scalars().all()

    def lot(self, part_id: UUID, lot: str, place_id: UUID) -> StockLot:
        """Return one lot at a place, locked; a missing one is made, at 0.

        What changed is written before: a piece has to have left one place when it reaches another.
        """
        key = (part_id, lot, place_id)
        flush(self._session)
        if key not in self._lots:
            self._lots[key] = self._locked_lot(*key)
        return self._lots[key]

    def lots_at(self, part_id: UUID, place_id: UUID) -> Sequence[StockLot]:
        """Return the lots of a part at a place, without those that are gone."""
        query = select(StockLot).where(
            StockLot.part_id == part_id, StockLot.place_id == place_id, StockLot.quantity > 0
        )
        return self._session.execute(query.order_by(StockLot.lot)).scalars().all()

    def lots_called(self, lot: str) -> Sequence[StockLot]:
        """Return where a serial or batch is now, of whatever part, however it is spelled."""
        query = select(StockLot).where(StockLot.lot_key == code_key(lot), StockLot.quantity > 0)
        query = query.order_by(StockLot.part_id, StockLot.lot, StockLot.place_id)
        return self._session.execute(query).scalars().all()

    def add_entry(self, entry: StockEntry) -> None:
        """Write a movement."""
        self._session.add(entry)

    def entries_of_lot(self, lot: str, limit: int) -> Sequence[StockEntry]:
        """Return the movements of a serial or batch, newest first, however it is spelled."""
        query = select(StockEntry).where(TOLD_APART, StockEntry.lot_key == code_key(lot))
        return self._session.execute(query.order_by(StockEntry.seq.desc()).limit(limit)).scalars().all()

    def entries_of_document(self, document_id: UUID) -> Sequence[StockEntry]:
        """Return the movements that belong to a request, hand-over, purchase or count, oldest first."""
        query = select(StockEntry).where(StockEntry.document_id == document_id)
        return self._session.execute(query.order_by(StockEntry.seq)).scalars().all()

    def spent_on(self, work_order_id: UUID) -> Sequence[Spent]:
        """Return what a job used, part by part and lot by lot, without what was taken back."""
        spent: dict[tuple[UUID, str], Spent] = {}
        for entry in self._used(work_order_id):
            sign = 1 if entry.reason == Reason.USE.value else -1
            before = spent.get((entry.part_id, entry.lot))
            spent[entry.part_id, entry.lot] = Spent(
                entry.part_id,
                entry.lot,
                (before.quantity if before else 0) + sign * entry.quantity,
                (before.value_fen if before else 0) + sign * entry.value_fen,
            )
        return [one for one in spent.values() if one.quantity or one.value_fen]

    def cost_of(self, work_order_id: UUID) -> int:
        """Return what the parts of a job cost, in fen: the sum of the ledger."""
        return sum(one.value_fen for one in self.spent_on(work_order_id))

    def _used(self, work_order_id: UUID) -> Sequence[StockEntry]:
        query = select(StockEntry).where(
            StockEntry.work_order_id == work_order_id,
            StockEntry.reason.in_([Reason.USE.value, Reason.UNUSE.value]),
        )
        return self._session.execute(query.order_by(StockEntry.seq)).scalars().all()

    def _locked_balance(self, part_id: UUID, place_id: UUID) -> StockBalance:
        values = {"part_id": part_id, "place_id": place_id}
        found = self._session.execute(_BALANCE, values, execution_options=AS_IT_IS_NOW).scalar()
        if found is not None:
            return found
        nothing = {"quantity": 0, "reserved": 0, "value_fen": 0}
        self._session.execute(_missing(dialect_of(self._session), StockBalance), [values | nothing])
        return self._session.execute(_BALANCE, values, execution_options=AS_IT_IS_NOW).scalar_one()

    def _locked_lot(self, part_id: UUID, lot: str, place_id: UUID) -> StockLot:
        values = {"part_id": part_id, "lot": lot, "place_id": place_id}
        found = self._session.execute(_LOT, values, execution_options=AS_IT_IS_NOW).scalar()
        if found is not None:
            return found
        nothing = {"lot_key": code_key(lot), "quantity": 0, "piece": False}
        self._session.execute(_missing(dialect_of(self._session), StockLot), [values | nothing])
        return self._session.execute(_LOT, values, execution_options=AS_IT_IS_NOW).scalar_one()
