"""Tables of what keeps the stock right: reorder rules, purchases, stock counts, and running numbers."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.kernel.model import Base, Quantity

DUE = text("next_due_at IS NOT NULL")
RUNNING = text("state IN ('counting', 'submitted')")


class StockRule(Base):
    """What happens when a part runs low at a place: once per crossing, armed again when it is refilled.

    Args:
        below: the safety stock; fewer than this on hand is low.
        order_quantity: how many are asked for; 0 only alerts.
        armed: the next crossing fires; False from a crossing until the stock is at least `below` again.
        fired_at: when it fired last.
    """

    __tablename__ = "stock_rule"
    __table_args__ = (UniqueConstraint("part_id", "place_id"), Index("ix_stock_rule_armed", "armed"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"))
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    below: Mapped[Decimal] = mapped_column(Quantity)
    order_quantity: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    armed: Mapped[bool] = mapped_column(default=True)
    fired_at: Mapped[datetime | None] = mapped_column(default=None)


class Purchase(Base):
    """A wish to buy: asked for, approved, ordered, received in parts, done.

    Args:
        state: `approving`, `approved`, `ordered`, `done`, `refused` or `cancelled`.
        price_fen: what one costs; the catalogue's until it was ordered.
        received: how many arrived; `received_late` of them after the promised day.
        ordered_on, promised_on: when it was ordered, and the day that was agreed then; a day that is moved
            later stays promised, see `domain.policies.supply_purchases`.
        closed_on: when the last piece arrived, or what was missing was given up; None while it is open.
        shipped, shipment: how many the supplier said are on their way, and by whom and what number the last.
        rule_id: the reorder rule that asked for it; None where a person did.
        work_order_id: the job that waits for it.
        next_due_at: when whoever has to go on is reminded.
    """

    __tablename__ = "purchase"
    __table_args__ = (
        Index("ix_purchase_due", "next_due_at", postgresql_where=DUE, sqlite_where=DUE),
        Index("ix_purchase_part", "part_id", "state"),
        Index("ix_purchase_order", "work_order_id"),
        Index("ix_purchase_promised", "promised_on"),
        Index("ix_purchase_state", "state", "created_at"),
        Index("ix_purchase_supplier", "supplier_id", "promised_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"))
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    received: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    received_late: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    price_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    supplier_id: Mapped[UUID | None] = mapped_column(ForeignKey("supplier.id"), default=None)
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(500), default="")
    ordered_on: Mapped[date | None] = mapped_column(default=None)
    promised_on: Mapped[date | None] = mapped_column(default=None)
    expected_on: Mapped[date | None] = mapped_column(default=None)
    closed_on: Mapped[date | None] = mapped_column(default=None)
    shipped: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    shipment: Mapped[str] = mapped_column(String(200), default="")
    rule_id: Mapped[UUID | None] = mapped_column(ForeignKey("stock_rule.id"), default=None)
    work_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)
    requested_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    next_due_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    rev: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": rev}  # noqa: RUF012


class StockCount(Base):
    """One count of a place against a snapshot of the books.

    Args:
        state: `counting`, `submitted` (it waits for approval), `posted`, `refused` or `cancelled`.
    """

    __tablename__ = "stock_count"
    __table_args__ = (
        Index(
            "uq_stock_count_place",
            "place_id",
            unique=True,
            postgresql_where=RUNNING,
            sqlite_where=RUNNING,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    state: Mapped[str] = mapped_column(String(10), default="counting")
    started_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    rev: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": rev}  # noqa: RUF012


class CountLine(Base):
    """One part, or one lot of it, in a count.

    Args:
        booked, booked_fen: what the books said when it was counted, else when it began; what that cost.
        counted: what was found; None as long as nobody counted it, which is no difference.
    """

    __tablename__ = "count_line"

    count_id: Mapped[UUID] = mapped_column(ForeignKey("stock_count.id"), primary_key=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"), primary_key=True)
    lot: Mapped[str] = mapped_column(String(100), primary_key=True, default="")
    booked: Mapped[Decimal] = mapped_column(Quantity)
    booked_fen: Mapped[int] = mapped_column(BigInteger)
    counted: Mapped[Decimal | None] = mapped_column(Quantity, default=None)


class DocumentSeries(Base):
    """The last number of a day's documents of one kind, e.g. `DB` for transfers."""

    __tablename__ = "document_series"

    kind: Mapped[str] = mapped_column(String(4), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
