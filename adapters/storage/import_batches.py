"""Keeps what an import of parts did, and takes the last one back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from adapters.imports import ImportRefused
from adapters.storage.bulk import chunks, insert_all
from adapters.storage.import_changes import LABELS, MODELS, Change, as_json, cell_of, from_json
from adapters.storage.import_stock import ACTOR
from adapters.storage.part_index import replace_grams
from adapters.storage.repositories.stock import SqlStock
from adapters.storage.tables import ImportBatchRow, ImportChangeRow
from domain.kernel.localtime import local_time
from domain.kernel.model import Base
from domain.parts.model.catalogue import Part, PartGram, Place
from domain.parts.model.stock import StockBalance, StockEntry, StockLot
from domain.parts.places import OPENING_ID, Reason

CHANGES_BY_ITSELF = frozenset({"armed"})
"""Columns that say how things stand, and no wish of anybody's."""
ITS_OWN = frozenset({PartGram.__tablename__, StockEntry.__tablename__})
_TOLD = {
    "part": "备件",
    "place": "库位",
    "stock_balance": "库存",
    "stock_lot": "库存",
    "stock_rule": "补货规则",
    "usual_part": "常用备件",
    "reservation": "预留",
    "parts_request": "领料单",
    "parts_request_line": "领料单",
    "transfer": "交接单",
    "transfer_line": "交接单",
    "purchase": "采购单",
    "stock_count": "盘点",
    "count_line": "盘点",
    "old_part": "旧件",
    "installed_part": "已装上的备件",
}


_LET_GO: Mapping[str, Mapping[str, None]] = {"part": {"supplier_id": None}, "place": {"parent_id": None}}
"""What a record that is only switched off lets go of, so that this can be deleted."""
_NOT_OPENING = (StockEntry.from_id != OPENING_ID, StockEntry.to_id != OPENING_ID)


def keep_batch(session: Session, changes: Sequence[Change], document_id: UUID, now: datetime) -> None:
    """Keep what an import did."""
    batch = ImportBatchRow(document_id=document_id, imported_at=now)
    session.add(batch)
    session.flush()
    rows = [
        {
            "batch_seq": batch.seq,
            "no": no,
            "kind": change.kind,
            "said": change.said,
            "key": as_json(change.key),
            "before": None if change.before is None else as_json(change.before),
            "after": as_json(change.after),
        }
        for no, change in enumerate(changes)
    ]
    insert_all(session, ImportChangeRow, rows)


def take_back_last(session: Session, now: datetime) -> list[str]:
    """Take back the last import of parts that still counts, and return in Chinese what became of it.

    Raises:
        ImportRefused: with everything that stands in the way; nothing was changed.
    """
    query = select(ImportBatchRow).where(ImportBatchRow.undone_at.is_(None))
    batch = session.scalars(query.order_by(ImportBatchRow.seq.desc()).limit(1)).first()
    if batch is None:
        raise ImportRefused(["没有可以撤销的导入：备件资料还没有导入过，或者都已经撤销"])
    undoing = _Undoing(session, batch, now)
    undoing.run()
    if undoing.problems:
        raise ImportRefused(undoing.problems)
    batch.undone_at = now
    return [f"已撤销 {local_time(batch.imported_at)} 的导入", *undoing.told()]


class _Undoing:
    """One import on its way back; what stands in the way is in `problems`."""

    def __init__(self, session: Session, batch: ImportBatchRow, now: datetime) -> None:
        self._session = session
        self._batch = batch
        self._now = now
        self._done: Counter[tuple[str, str]] = Counter()
        self.problems: list[str] = []

    def run(self) -> None:
        """Take everything back, first what points at something else."""
        changes = self._changes()
        # Balances are locked before rules, as everybody does.
        self._take_back_opening()
        for kind in ("usual_part", "stock_rule"):
            self._take_back([one for one in changes if one.kind == kind])
        if not self.problems:
            places = [one for one in changes if one.kind == "place"]
            self._take_back([one for one in places if one.after.get("parent_id") is not None])
            self._take_back([one for one in places if one.after.get("parent_id") is None])
            self._take_back([one for one in changes if one.kind == "part"])
        if not self.problems:
            self._take_back([one for one in changes if one.kind == "supplier"])
            self._index([one.key["id"] for one in changes if one.kind == "part" and one.before is not None])

    def told(self) -> list[str]:
        """Return what was done, kind by kind."""
        return [
            f"{kind}："
            + "，".join(f"{what} {count}" for (which, what), count in self._done.items() if which == kind)
            for kind in dict.fromkeys(kind for kind, _ in self._done)
        ]

    def _changes(self) -> list[Change]:
        query = select(ImportChangeRow).where(ImportChangeRow.batch_seq == self._batch.seq)
        return [
            Change(
                kind=row.kind,
                said=row.said,
                key=from_json(MODELS[row.kind], row.key),
                before=None if row.before is None else from_json(MODELS[row.kind], row.before),
                after=from_json(MODELS[row.kind], row.after),
            )
            for row in self._session.scalars(query.order_by(ImportChangeRow.no.desc()))
        ]

    def _take_back(self, changes: Sequence[Change]) -> None:
        for some in chunks(changes):
            there = self._as_they_are(some)
            fitting = [one for one in some if self._is_as_it_was_left(one, there)]
            changed = [{**one.key, **one.before} for one in fitting if one.before is not None]
            if changed:
                self._session.execute(update(some[0].model), changed)
                self._done[LABELS[some[0].kind], "恢复"] += len(changed)
            self._remove([one for one in fitting if one.before is None])

    def _as_they_are(self, changes: Sequence[Change]) -> dict[tuple[Any, ...], dict[str, Any]]:
        """Return the records as they stand now, by key, locked."""
        table = changes[0].model.__table__
        keys = [table.c[name] for name in changes[0].key]
        query = select(*table.columns).where(keys[0].in_([one.key[keys[0].name] for one in changes]))
        rows = self._session.execute(query.with_for_update()).mappings()
        return {tuple(row[key.name] for key in keys): dict(row) for row in rows}

    def _is_as_it_was_left(self, change: Change, there: dict[tuple[Any, ...], dict[str, Any]]) -> bool:
        """Return whether a record still has what the import gave it; one that is gone needs nothing."""
        row = there.get(tuple(change.key.values()))
        if row is None:
            return False
        later = [
            f"{name} 现在是“{cell_of(name, row[name])}”"
            for name, value in change.after.items()
            if name not in CHANGES_BY_ITSELF and row[name] != value
        ]
        if later:
            self.problems.append(
                f"{LABELS[change.kind]} {change.said} 之后又改过（{'，'.join(later)}），不能恢复到导入前"
            )
        return not later

    def _remove(self, changes: Sequence[Change]) -> None:
        """Delete what was new; what the ledger names for ever is only switched off."""
        if not changes:
            return
        kind, model = changes[0].kind, changes[0].model
        by_id = {one.key["id"]: one for one in changes if "id" in one.key}
        self._forget_empty_balances(model, list(by_id))
        named = {(said, what) for said, what in self._named(model, by_id)}
        self.problems += [f"{LABELS[kind]} {said} 已经有{what}，不能删除" for said, what in sorted(named)]
        if self.problems:
            return
        booked = self._booked(model, list(by_id))
        if booked:
            off = {"active": False, **_LET_GO[kind]}
            self._session.execute(update(model), [{"id": key, **off} for key in sorted(booked)])
            self._done[LABELS[kind], "停用（账上有记录）"] += len(booked)
        gone = [one for one in changes if one.key.get("id") not in booked]
        for one in gone:
            keys = [model.__table__.c[name] == value for name, value in one.key.items()]
            self._session.execute(delete(model).where(*keys))
        if gone:
            self._done[LABELS[kind], "删除"] += len(gone)

    def _named(self, model: type[Base], by_id: dict[UUID, Change]) -> Iterator[tuple[str, str]]:
        """Give what still points at records, other than what goes with them."""
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                points = any(key.column.table is model.__table__ for key in column.foreign_keys)
                if points and table.name not in ITS_OWN and by_id:
                    query = select(column).where(column.in_(by_id)).distinct()
                    for found in self._session.scalars(query):
                        yield by_id[found].said, _TOLD.get(table.name, table.name)

        for booked in _booked_columns(model):
            query = select(booked).where(booked.in_(by_id), *_NOT_OPENING).distinct()
            for found in self._session.scalars(query):
                yield by_id[found].said, "出入库记录"

    def _forget_empty_balances(self, model: type[Base], ids: Sequence[UUID]) -> None:
        """What was only looked at and locked once left a balance of nothing."""
        for table in (StockLot, StockBalance):
            column = {Part: table.part_id, Place: table.place_id}.get(model)
            if column is not None and ids:
                query = delete(table).where(column.in_(ids), table.quantity == 0)
                self._session.execute(query, execution_options={"synchronize_session": "fetch"})

    def _booked(self, model: type[Base], ids: Sequence[UUID]) -> set[UUID]:
        """Return which parts or places the ledger names."""
        return {
            found
            for column in _booked_columns(model)
            for found in self._session.scalars(select(column).where(column.in_(ids)).distinct())
        }

    def _take_back_opening(self) -> None:
        """Let what came in go out again, if nothing else happened where it is."""
        stock = SqlStock(self._session)
        query = select(StockEntry).where(StockEntry.document_id == self._batch.document_id)
        entries = self._session.scalars(query.order_by(StockEntry.seq)).all()
        pairs = {(entry.part_id, entry.to_id) for entry in entries}
        stock.lock(pairs)
        for part_id, place_id in sorted(pairs):
            if self._moved(part_id, place_id) or stock.balance(part_id, place_id).reserved:
                part, place = self._session.get_one(Part, part_id), self._session.get_one(Place, place_id)
                self.problems.append(
                    f"期初库存：{part.code} 在 {place.code} 之后有了出入库或预留，不能退回；请用盘点或调整"
                )
        if self.problems or not entries:
            return
        for entry in entries:
            self._send_back(entry, stock)
        self._session.flush()
        self._done["期初库存", "退回"] += len(entries)

    def _moved(self, part_id: UUID, place_id: UUID) -> bool:
        query = select(StockEntry.seq).where(
            StockEntry.part_id == part_id,
            or_(StockEntry.from_id == place_id, StockEntry.to_id == place_id),
            *_NOT_OPENING,
        )
        return self._session.scalars(query.limit(1)).first() is not None

    def _send_back(self, entry: StockEntry, stock: SqlStock) -> None:
        balance = stock.balance(entry.part_id, entry.to_id)
        balance.quantity -= entry.quantity
        balance.value_fen -= entry.value_fen
        if entry.lot:
            stock.lot(entry.part_id, entry.lot, entry.to_id).quantity -= entry.quantity
        stock.add_entry(
            StockEntry(
                part_id=entry.part_id,
                from_id=entry.to_id,
                to_id=OPENING_ID,
                quantity=entry.quantity,
                lot=entry.lot,
                value_fen=entry.value_fen,
                reason=Reason.OPENING.value,
                actor_id=ACTOR,
                document_id=self._batch.document_id,
                note="撤销导入",
                occurred_at=self._now,
            )
        )

    def _index(self, part_ids: Sequence[UUID]) -> None:
        for chunk in chunks(part_ids):
            query = select(Part).where(Part.id.in_(chunk))
            parts = self._session.scalars(query, execution_options={"populate_existing": True}).all()
            replace_grams(self._session, parts)


def _booked_columns(model: type[Base]) -> Sequence[InstrumentedAttribute[UUID]]:
    """Return the columns of the ledger that name a part or a place."""
    columns = {Part: [StockEntry.part_id], Place: [StockEntry.from_id, StockEntry.to_id]}
    return columns.get(model, [])
