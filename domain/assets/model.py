"""Tables of customers, their machines and contracts, and of the kinds of machine."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from domain.assets.keys import PART_LENGTH, name_parts, plain_key, plate_key
from domain.kernel.model import Base

MERGED = text("merged_into_id IS NOT NULL")
GOOD_LABEL = text("ended_at IS NULL")
BYTEWISE = String(PART_LENGTH, collation="C").with_variant(String(PART_LENGTH), "sqlite")
"""Compared by code point on both databases, so that a range of the index is a common beginning."""


class Customer(Base):
    """A firm or household that bought from us.

    Args:
        merged_into_id: the customer that took this double's place; one that has it is history only.
        value_note: why the customer matters, in the words of whoever changed the level last.
    """

    __tablename__ = "customer"
    __table_args__ = (
        Index("ix_customer_doubles", "merged_into_id", postgresql_where=MERGED, sqlite_where=MERGED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(50), default="")
    region: Mapped[str] = mapped_column(String(100), default="")
    address: Mapped[str] = mapped_column(String(500), default="")
    latitude: Mapped[float | None] = mapped_column(default=None)
    longitude: Mapped[float | None] = mapped_column(default=None)
    value_note: Mapped[str] = mapped_column(String(500), default="")
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"), default=None)
    created_at: Mapped[datetime]
    parts: Mapped[list["CustomerPart"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    @validates("code", "name")
    def _make_findable(self, column: str, value: str) -> str:
        """Keep what the customer can be found by in step with its code and name."""
        code = value if column == "code" else self.code
        name = value if column == "name" else self.name
        if code and name:
            wanted = name_parts(code, name)
            kept = [part for part in self.parts if part.part in wanted]
            new = wanted - {part.part for part in kept}
            self.parts = kept + [CustomerPart(part=part) for part in sorted(new)]
        return value


class CustomerPart(Base):
    """One beginning-of-a-search that leads to a customer: its code, or an ending of its name."""

    __tablename__ = "customer_part"

    part: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class AssetKind(Base):
    """A class of machine, vehicle or site with fields and a checklist of its own.

    Args:
        spoken_names: what people say for it, e.g. `冷机` for a `冷藏机组`.
        fields: its attributes, as `{"key", "label", "type"}`; the type is `text`, `number` or `date`.
        checklist: what is checked on site, as `{"key", "label", "photo", "required"}`.
        report_items: readings for the service report, as `{"key", "label", "unit", "required"}`.
    """

    __tablename__ = "asset_kind"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    spoken_names: Mapped[list[str]] = mapped_column(default=list)
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    checklist: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    report_items: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


def _key_of_serial(context: Any) -> str:
    return plain_key(context.get_current_parameters()["serial"])


class Asset(Base):
    """One machine with its serial.

    Args:
        nicknames: what its owner calls it, e.g. `老冷机`.
        attributes: values of its kind's fields, e.g. `plate`, `vin`, `mileage`.
        warranty_until: the last day of the manufacturer's warranty.
        responsible_id: the colleague who looks after it.
        serial_key, plate_key: serial and `attributes["plate"]` as lookups compare them; see `keys`.
        merged_into_id: the asset that took this double's place; one that has it is history only.
    """

    __tablename__ = "asset"
    __table_args__ = (
        Index("ix_asset_customer_merged", "customer_id", "merged_into_id"),
        Index("ix_asset_doubles", "merged_into_id", postgresql_where=MERGED, sqlite_where=MERGED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    serial: Mapped[str] = mapped_column(String(100), unique=True)
    serial_key: Mapped[str] = mapped_column(String(100), index=True, default=_key_of_serial)
    name: Mapped[str] = mapped_column(String(200))
    nicknames: Mapped[list[str]] = mapped_column(default=list)
    kind_code: Mapped[str | None] = mapped_column(ForeignKey("asset_kind.code"), default=None)
    model: Mapped[str] = mapped_column(String(200), default="")
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    site: Mapped[str] = mapped_column(String(500), default="")
    latitude: Mapped[float | None] = mapped_column(default=None)
    longitude: Mapped[float | None] = mapped_column(default=None)
    made_on: Mapped[date | None] = mapped_column(default=None)
    installed_on: Mapped[date | None] = mapped_column(default=None)
    warranty_until: Mapped[date | None] = mapped_column(default=None)
    batch: Mapped[str] = mapped_column(String(100), default="")
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    plate_key: Mapped[str] = mapped_column(String(20), index=True, default="")
    responsible_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("asset.id"), default=None)

    @validates("attributes")
    def _make_plate_findable(self, _column: str, value: dict[str, Any]) -> dict[str, Any]:
        """Keep the searched form of the plate in step."""
        self.plate_key = plate_key(str(value.get("plate", "")))
        return value


class AssetLabel(Base):
    """The code on a machine: says nothing by itself, and can be taken back.

    Args:
        label: what stands in the code, never guessed.
        ended_at: since when it leads nowhere; a machine has at most one that leads somewhere.
    """

    __tablename__ = "asset_label"
    __table_args__ = (
        Index(
            "uq_asset_label_asset_id",
            "asset_id",
            unique=True,
            postgresql_where=GOOD_LABEL,
            sqlite_where=GOOD_LABEL,
        ),
    )

    label: Mapped[str] = mapped_column(String(40), primary_key=True)
    asset_id: Mapped[UUID] = mapped_column(ForeignKey("asset.id"), index=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class Contract(Base):
    """What a customer bought beyond the warranty.

    Args:
        starts_on, ends_on: its first and its last day.
        covers: the ids of the assets it is for; empty when it is for all of the customer's.
        parts, labour, travel: what it pays for.
        sla_level: the level of service it promises, e.g. `7x24 四小时到场`.
    """

    __tablename__ = "contract"
    __table_args__ = (Index("ix_contract_customer_ends", "customer_id", "ends_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(64), unique=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    name: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    covers: Mapped[list[str]] = mapped_column(default=list)
    parts: Mapped[bool] = mapped_column(default=False)
    labour: Mapped[bool] = mapped_column(default=False)
    travel: Mapped[bool] = mapped_column(default=False)
    sla_level: Mapped[str] = mapped_column(String(50), default="")
    created_at: Mapped[datetime]
