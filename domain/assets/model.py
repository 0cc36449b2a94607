"""Tables of customers and assets."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from domain.kernel.model import Base


class Customer(Base):
    """A firm or household that bought from us."""

    __tablename__ = "customer"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(50), default="")
    region: Mapped[str] = mapped_column(String(100), default="")
    address: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]


class Asset(Base):
    """One machine with its serial."""

    __tablename__ = "asset"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    serial: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    model: Mapped[str] = mapped_column(String(200), default="")
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"), index=True)
    site: Mapped[str] = mapped_column(String(500), default="")
    installed_on: Mapped[date | None] = mapped_column(default=None)
    warranty_until: Mapped[date | None] = mapped_column(default=None)
    batch: Mapped[str] = mapped_column(String(100), default="")
