"""Tables of where the pieces are: balances, lots, the ledger they always equal, and reservations."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from domain.kernel.model import Base, Quantity, Serial
from domain.parts.keys import KEY_LENGTH, code_key

HELD = text("state = 'held'")
PIECE_HERE = text("piece AND quantity > 0")
DUE = text("next_due_at IS NOT NULL")
TOLD_APART = text("lot_key <> ''")


class StockBalance(Base):
    """How much of a part is at a place of ours: always the sum of the ledger, never below what is reserved.

    Args:
        value_fen: what these pieces cost together; the moving average is this over the quantity.
    """

    __tablename__ = "stock_balance"
    __table_args__ = (
        CheckConstraint("quantity >= 0 AND reserved >= 0 AND reserved <= quantity", name="guarded"),
        CheckConstraint("value_fen >= 0", name="value"),
        Index("ix_stock_balance_place", "place_id"),
    )

    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"), primary_key=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    reserved: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    value_fen: Mapped[int] = mapped_column(BigInteger, default=0)


class StockLot(Base):
    """How much of one batch, or whether one serialised piece, is at a place of ours.

    Args:
        lot_key: the serial or batch as lookups compare it, see `domain.parts.keys`.
    """

    __tablename__ = "stock_lot"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="guarded"),
        Index(
            "uq_stock_lot_piece",
            "part_id",
            "lot",
            unique=True,
            postgresql_where=PIECE_HERE,
            sqlite_where=PIECE_HERE,
        ),
        Index("ix_stock_lot_lot", "lot_key"),
    )

    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"), primary_key=True)
    lot: Mapped[str] = mapped_column(String(100), primary_key=True)
    lot_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="")
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    piece: Mapped[bool] = mapped_column(default=False)

    @validates("lot")
    def _keep_key(self, _name: str, lot: str) -> str:
        self.lot_key = code_key(lot)
        return lot


class StockEntry(Base):
    """One movement, written once: so much of a part left one place for another.

    Args:
        lot: the serial or the batch; empty for parts that are not told apart.
        lot_key: the same as lookups compare it, see `domain.parts.keys`.
        value_fen: what these pieces cost.
        document_id: the request, hand-over, purchase or count it belongs to.
    """

    __tablename__ = "stock_entry"
    __table_args__ = (
        CheckConstraint("quantity > 0 AND value_fen >= 0", name="positive"),
        Index("ix_stock_entry_part", "part_id", "seq"),
        Index("ix_stock_entry_order", "work_order_id"),
        Index("ix_stock_entry_document", "document_id"),
        Index(
            "ix_stock_entry_lot",
            "lot_key",
            "seq",
            postgresql_where=TOLD_APART,
            sqlite_where=TOLD_APART,
        ),
        Index("ix_stock_entry_at", "occurred_at"),
    )

    seq: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"))
    from_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    lot: Mapped[str] = mapped_column(String(100), default="")
    lot_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="")
    value_fen: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[str] = mapped_column(String(64))
    work_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)
    document_id: Mapped[UUID | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(200), default="")
    occurred_at: Mapped[datetime]

    @validates("lot")
    def _keep_key(self, _name: str, lot: str) -> str:
        self.lot_key = code_key(lot)
        return lot


class Reservation(Base):
    """Pieces at a place that somebody may count on until `next_due_at`.

    Args:
        state: `held`, `used` (they were issued), `released` or `expired`.
        request_id: the request it is part of, which may be written after it in the same transaction.
    """

    __tablename__ = "reservation"
    __table_args__ = (
        Index("ix_reservation_due", "next_due_at", postgresql_where=DUE, sqlite_where=DUE),
        Index("ix_reservation_order", "work_order_id"),
        Index("ix_reservation_request", "request_id"),
        Index("ix_reservation_held", "part_id", "place_id", postgresql_where=HELD, sqlite_where=HELD),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"))
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    work_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)
    request_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("parts_request.id", deferrable=True, initially="DEFERRED"), default=None
    )
    state: Mapped[str] = mapped_column(String(10), default="held")
    next_due_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
