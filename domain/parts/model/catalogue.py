"""Tables of what parts there are, who sells them, and where they can be."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.kernel.model import Base, Quantity


class Supplier(Base):
    """Who sells us parts."""

    __tablename__ = "supplier"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(String(100), default="")
    lead_days: Mapped[int] = mapped_column(default=7)


class Part(Base):
    """One kind of spare part.

    Args:
        code_key, barcode_key: code and barcode as lookups compare them, see `domain.parts.keys`.
        whole: it is counted in whole units only.
        price_fen: what one costs by the catalogue; what stock really cost, the ledger says.
        models: models of asset it fits; empty where it fits any.
        substitutes: codes of parts that may stand in for it, best first.
        tracking: a value of `Tracking`.
        return_old: whoever uses one brings the old one back.
    """

    __tablename__ = "part"
    __table_args__ = (
        # PostgreSQL finds a common beginning by this whatever the database's language is.
        Index("ix_part_code_key", "code_key", postgresql_ops={"code_key": "text_pattern_ops"}),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    code_key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    spec: Mapped[str] = mapped_column(String(200), default="")
    unit: Mapped[str] = mapped_column(String(10), default="个")
    whole: Mapped[bool] = mapped_column(default=True)
    category: Mapped[str] = mapped_column(String(100), default="")
    barcode: Mapped[str] = mapped_column(String(64), default="")
    barcode_key: Mapped[str] = mapped_column(String(64), index=True, default="")
    price_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    supplier_id: Mapped[UUID | None] = mapped_column(ForeignKey("supplier.id"), default=None)
    models: Mapped[list[str]] = mapped_column(default=list)
    substitutes: Mapped[list[str]] = mapped_column(default=list)
    tracking: Mapped[str] = mapped_column(String(10), default="none")
    return_old: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)


class PartGram(Base):
    """Two letters that a part's name, spec or code has, for the search by words."""

    __tablename__ = "part_gram"

    gram: Mapped[str] = mapped_column(String(8), primary_key=True)
    part_id: Mapped[UUID] = mapped_column(
        ForeignKey("part.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class UsualPart(Base):
    """A part that a fault usually needs."""

    __tablename__ = "usual_part"

    fault_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("part.id"), primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Quantity)


class Place(Base):
    """Where pieces are; a value of `PlaceKind` says what kind of place.

    Args:
        keeper_id: who answers for what is there: a storekeeper, or the technician whose van it is.
        parent_id: the store that a bin belongs to.
    """

    __tablename__ = "place"
    __table_args__ = (
        Index("ix_place_keeper", "keeper_id"),
        Index("ix_place_kind", "kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    region: Mapped[str] = mapped_column(String(100), default="")
    keeper_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"), default=None)
    active: Mapped[bool] = mapped_column(default=True)
