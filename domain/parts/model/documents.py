"""Tables of what is under way: requests, hand-overs, old parts to come back, parts in machines."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from domain.kernel.model import Base, Quantity
from domain.parts.keys import KEY_LENGTH, code_key

OFFERED = text("state = 'offered'")
DUE = text("next_due_at IS NOT NULL")


class PartsRequest(Base):
    """What a technician needs for a job: asked for, approved, picked, handed over.

    Args:
        state: `approving`, `picking`, `issued` (all of it left), `refused`, `cancelled` or `closed`.
        place_id: the store it is picked at.
    """

    __tablename__ = "parts_request"
    __table_args__ = (
        Index("ix_parts_request_order", "work_order_id"),
        Index("ix_parts_request_place", "place_id", "state", "created_at"),
        Index("ix_parts_request_asker", "technician_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    work_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)
    technician_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    rev: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": rev}  # noqa: RUF012


class PartsRequestLine(Base):
    """One part of a request.

    Args:
        price_fen: the catalogue's price when it was asked for, which is what was approved.
        issued: how many left the store for this request.
    """

    __tablename__ = "parts_request_line"

    request_id: Mapped[UUID] = mapped_column(ForeignKey("parts_request.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    price_fen: Mapped[int] = mapped_column(BigInteger)
    reservation_id: Mapped[UUID] = mapped_column(
        ForeignKey("reservation.id", deferrable=True, initially="DEFERRED")
    )
    issued: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))


class Transfer(Base):
    """Pieces on their way from one holder to another: nobody's until the receiver takes them.

    They stand at the place `transit`, the sender answers for them, and they go back to where they came from
    if nobody takes them.

    Args:
        kind: a value of `Reason`: `issue`, `return`, `hand_over`, `transfer` or `old`.
        receiver_id: who has to take them; None lets any storekeeper of the place do so.
        state: `offered`, `taken`, `refused`, `expired` or `recalled`.
        next_due_at: when they go back, or, between stores, when both sides are reminded.
    """

    __tablename__ = "transfer"
    __table_args__ = (
        Index("ix_transfer_due", "next_due_at", postgresql_where=DUE, sqlite_where=DUE),
        Index("ix_transfer_receiver", "receiver_id", postgresql_where=OFFERED, sqlite_where=OFFERED),
        Index("ix_transfer_to", "to_id", postgresql_where=OFFERED, sqlite_where=OFFERED),
        Index("ix_transfer_from", "from_id", postgresql_where=OFFERED, sqlite_where=OFFERED),
        Index("ix_transfer_order", "work_order_id"),
        Index("ix_transfer_request", "request_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    from_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    sender_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    receiver_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("parts_request.id"), default=None)
    work_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)
    state: Mapped[str] = mapped_column(String(10), default="offered")
    reason: Mapped[str] = mapped_column(String(200), default="")
    next_due_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    rev: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": rev}  # noqa: RUF012


class TransferLine(Base):
    """One part of a transfer; its cost travels with it, so that nothing else in transit changes it."""

    __tablename__ = "transfer_line"

    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("transfer.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    lot: Mapped[str] = mapped_column(String(100), default="")
    value_fen: Mapped[int] = mapped_column(BigInteger, default=0)


class OldPart(Base):
    """An old part that was taken out of a machine and has to come back.

    Args:
        state: `owed` by the technician, `sent` (the store has to take it), `back`, `repairing`, `repaired`,
            `scrapped` or `waived`.
        next_due_at: when the technician is reminded next; None once it is back.
    """

    __tablename__ = "old_part"
    __table_args__ = (
        Index("ix_old_part_due", "next_due_at", postgresql_where=DUE, sqlite_where=DUE),
        Index("ix_old_part_technician", "technician_id", "state"),
        Index("ix_old_part_state", "state", "due_at"),
        Index("ix_old_part_order", "work_order_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    lot: Mapped[str] = mapped_column(String(100), default="")
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    technician_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(10), default="owed")
    due_at: Mapped[datetime]
    next_due_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    rev: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": rev}  # noqa: RUF012


class InstalledPart(Base):
    """A part that sits in a machine, from its installation to its removal."""

    __tablename__ = "installed_part"
    __table_args__ = (
        Index("ix_installed_part_asset", "asset_id", "installed_at"),
        Index("ix_installed_part_order", "work_order_id"),
        Index("ix_installed_part_lot", "lot_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    asset_id: Mapped[UUID] = mapped_column(ForeignKey("asset.id"))
    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"))
    lot: Mapped[str] = mapped_column(String(100), default="")
    lot_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="")
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    installed_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    installed_at: Mapped[datetime]
    removed_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)

    @validates("lot")
    def _keep_key(self, _name: str, lot: str) -> str:
        self.lot_key = code_key(lot)
        return lot
