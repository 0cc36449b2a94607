"""Suppliers, how they kept their word within a year, and what they still owe us."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, and_, case, func, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from domain.parts.model.catalogue import Supplier
from domain.parts.model.supply import Purchase
from domain.parts.supplier_record import SupplierRecord, year_before

_ORDERED = "ordered"


class DaysAfter(GenericFunction[int]):
    """How many days its first day is after its second one."""

    type = Integer()
    inherit_cache = True


@compiles(DaysAfter, "sqlite")
def _days_in_sqlite(element: DaysAfter, compiler: SQLCompiler, **more: Any) -> str:
    later, earlier = (compiler.process(one, **more) for one in element.clauses)
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


@compiles(DaysAfter, "postgresql")
def _days_in_postgresql(element: DaysAfter, compiler: SQLCompiler, **more: Any) -> str:
    later, earlier = (compiler.process(one, **more) for one in element.clauses)
    return f"(CAST({later} AS DATE) - CAST({earlier} AS DATE))"


class SqlSuppliers:
    """The suppliers port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def records(self, today: date, supplier_id: UUID | None = None) -> Sequence[SupplierRecord]:
        """Return the record of one supplier, or of each that has one, by the purchases due within a year."""
        in_time = _in_time()
        query = select(
            Purchase.supplier_id,
            func.count(),
            func.sum(case((in_time, 1), else_=0)),
            func.sum(case((in_time, 0), else_=_days_late(today))),
            func.sum(case((_open(), 1), else_=0)),
        ).where(*_due(today), or_(_complete(), _open(), Purchase.closed_on > Purchase.promised_on))
        which = Purchase.supplier_id.is_not(None) if supplier_id is None else _of(supplier_id)
        found = self._session.execute(query.where(which).group_by(Purchase.supplier_id))
        return [SupplierRecord(one, *map(int, figures)) for one, *figures in found]

    def late_purchases(self, supplier_id: UUID, today: date, limit: int) -> Sequence[Purchase]:
        """Return what was late within a year: first what is open, then the latest promised."""
        query = select(Purchase).where(*_due(today), _of(supplier_id))
        query = query.where(or_(_open(), Purchase.closed_on > Purchase.promised_on))
        newest = (Purchase.closed_on.is_not(None), Purchase.promised_on.desc(), Purchase.number)
        return self._session.execute(query.order_by(*newest).limit(limit)).scalars().all()

    def awaited(self, supplier_id: UUID, after_number: str, limit: int) -> Sequence[Purchase]:
        """Return what was ordered of a supplier and is not complete, by number, those behind a number."""
        query = select(Purchase).where(Purchase.state == _ORDERED, _of(supplier_id))
        query = query.where(Purchase.number > after_number).order_by(Purchase.number).limit(limit)
        return self._session.execute(query).scalars().all()

    def by_code(self, code: str) -> Supplier | None:
        """Return the supplier of exactly this code, or None."""
        return self._session.execute(select(Supplier).where(Supplier.code == code)).scalar()

    def called(self, text: str, limit: int) -> Sequence[Supplier]:
        """Return the suppliers whose name has a text, by code; every one for an empty text."""
        has_it = Supplier.name.contains(text, autoescape=True)
        return (
            self._session.execute(select(Supplier).where(has_it).order_by(Supplier.code).limit(limit))
            .scalars()
            .all()
        )


def _of(supplier_id: UUID) -> ColumnElement[bool]:
    return Purchase.supplier_id == supplier_id


def _due(today: date) -> tuple[ColumnElement[bool], ...]:
    """Return what is common to all that counts: promised within a year, and due or over.

    What is complete before its day counts at once; its day may still come, so there is no upper end.
    """
    open_and_due = and_(Purchase.closed_on.is_(None), Purchase.promised_on < today)
    return Purchase.promised_on >= year_before(today), or_(Purchase.closed_on.is_not(None), open_and_due)


def _open() -> ColumnElement[bool]:
    return Purchase.closed_on.is_(None)


def _complete() -> ColumnElement[bool]:
    return Purchase.received == Purchase.quantity


def _in_time() -> ColumnElement[bool]:
    return and_(_complete(), Purchase.closed_on <= Purchase.promised_on)


def _days_late(today: date) -> DaysAfter:
    return DaysAfter(func.coalesce(Purchase.closed_on, literal(today, Date())), Purchase.promised_on)
