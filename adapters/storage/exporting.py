"""Reads the catalogue, the suppliers, the stock and the ledger row by row, however many there are."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from adapters.imports import PartRow
from adapters.storage.engine import Database
from adapters.storage.import_changes import cell_of
from adapters.storage.repositories.suppliers import SqlSuppliers
from cards.text_parts import REASON_LABEL
from domain.kernel.localtime import CHINA
from domain.parts.model.catalogue import Part, Place, Supplier
from domain.parts.model.stock import StockBalance, StockEntry
from domain.parts.supplier_record import SupplierRecord
from domain.people.model import Person
from domain.workorder.model import WorkOrder

Cells = Sequence[str | Decimal]
STREAM = {"yield_per": 1000}
STOCK_HEADER = ("备件编码", "名称", "单位", "仓库编码", "仓库", "数量", "预留", "金额（元）")
LEDGER_HEADER = (
    *("序号", "时间", "备件编码", "名称", "从", "到", "数量", "单位", "金额（元）"),
    *("序列号或批次", "原因", "经办人", "工单", "备注"),
)
SUPPLIERS_HEADER = (
    *("供应商编码", "名称", "联系人", "默认交期（天）", "近一年到期（单）", "准时（单）", "准时率（%）"),
    *("晚到（单）", "平均晚（天）", "晚了还没到齐（单）"),
)
ACTORS = {"import": "导入", "system": "系统"}


@dataclass(frozen=True)
class Period:
    """Which part of the ledger is meant.

    Args:
        since, until: a half-open period; None where it has no end.
    """

    since: datetime | None = None
    until: datetime | None = None


class NoSuchPlace(Exception):
    """There is no place of this code; `known` are some that there are."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        super().__init__(code)
        self.code = code
        self.known = list(known)


def part_rows(database: Database) -> Generator[Cells, None, None]:
    """Give every active part as the import takes it, by code."""
    query = select(Part, Supplier.code).outerjoin(Supplier, Supplier.id == Part.supplier_id)
    query = query.where(Part.active).order_by(Part.code)
    with database.read() as session, session.execute(query, execution_options=STREAM) as found:
        for part, supplier_code in found:
            told = {**vars(part), "supplier_code": supplier_code or ""}
            yield [
                Decimal(part.price_fen) / 100 if column == "price" else cell_of(column, told[column])
                for column in PartRow.columns()
            ]


def supplier_rows(database: Database, today: date) -> Generator[Cells, None, None]:
    """Give every supplier by code, with how they kept their word within a year."""
    with database.read() as session:
        records = {one.supplier_id: one for one in SqlSuppliers(session).records(today)}
        query = select(Supplier).order_by(Supplier.code)
        with session.execute(query, execution_options=STREAM) as found:
            for (supplier,) in found:
                record = records.get(supplier.id, SupplierRecord(supplier.id))
                yield (
                    *(supplier.code, supplier.name, supplier.contact, Decimal(supplier.lead_days)),
                    *(Decimal(record.purchases), Decimal(record.on_time), _figure(record.on_time_percent)),
                    *(Decimal(record.late), _figure(record.average_late_d), Decimal(record.late_now)),
                )


def _figure(value: float | None) -> str | Decimal:
    return Decimal(str(value)) if value is not None else ""


def stock_rows(database: Database, place_code: str) -> Generator[Cells, None, None]:
    """Give what is on hand, part by part and place by place; of one place, where a code is given.

    Raises:
        NoSuchPlace: there is none of this code.
    """
    query = (
        select(StockBalance, Part, Place)
        .join(Part, Part.id == StockBalance.part_id)
        .join(Place, Place.id == StockBalance.place_id)
        .where(StockBalance.quantity > 0)
        .order_by(Place.code, Part.code)
    )
    with database.read() as session:
        if place_code:
            query = query.where(StockBalance.place_id == _place_id(session, place_code))
        with session.execute(query, execution_options=STREAM) as found:
            for balance, part, place in found:
                yield (
                    *(part.code, part.name, part.unit, place.code, place.name),
                    *(balance.quantity, balance.reserved, Decimal(balance.value_fen) / 100),
                )


def ledger_rows(database: Database, place_code: str, period: Period) -> Generator[Cells, None, None]:
    """Give the movements of a period, oldest first; of one place, where a code is given.

    Raises:
        NoSuchPlace: there is none of this code.
    """
    source, target = aliased(Place), aliased(Place)
    query = (
        select(StockEntry, Part, source.name, target.name, WorkOrder.number)
        .join(Part, Part.id == StockEntry.part_id)
        .join(source, source.id == StockEntry.from_id)
        .join(target, target.id == StockEntry.to_id)
        .outerjoin(WorkOrder, WorkOrder.id == StockEntry.work_order_id)
        .order_by(StockEntry.seq)
    )
    if period.since is not None:
        query = query.where(StockEntry.occurred_at >= period.since)
    if period.until is not None:
        query = query.where(StockEntry.occurred_at < period.until)
    with database.read() as session:
        if place_code:
            place_id = _place_id(session, place_code)
            query = query.where(or_(StockEntry.from_id == place_id, StockEntry.to_id == place_id))
        names = _Names(database)
        with session.execute(query, execution_options=STREAM) as found:
            for entry, part, left, reached, number in found:
                moment = entry.occurred_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
                yield (
                    *(Decimal(entry.seq), moment, part.code, part.name, left, reached),
                    *(entry.quantity, part.unit, Decimal(entry.value_fen) / 100, entry.lot),
                    *(REASON_LABEL.get(entry.reason, entry.reason), names.of(entry.actor_id)),
                    *(number or "", entry.note),
                )


class _Names:
    """What the people who moved pieces are called; each is looked up once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = dict(ACTORS)

    def of(self, actor_id: str) -> str:
        """Return a name, or the id of whoever is not there any more."""
        if actor_id not in self._known:
            self._known[actor_id] = self._name(actor_id) or actor_id
        return self._known[actor_id]

    def _name(self, actor_id: str) -> str | None:
        try:
            person_id = UUID(actor_id)
        except ValueError:
            return None
        with self._database.read() as session:
            return session.scalars(select(Person.name).where(Person.id == person_id)).first()


def _place_id(session: Session, code: str) -> UUID:
    found = session.scalars(select(Place.id).where(Place.code == code)).first()
    if found is None:
        known = session.scalars(select(Place.code).where(Place.active).order_by(Place.code).limit(10))
        raise NoSuchPlace(code, known.all())
    return found
