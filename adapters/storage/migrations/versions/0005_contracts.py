"""Contracts, kinds of asset, places, doubles, and what customers and machines are found by."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from domain.assets.keys import PART_LENGTH, name_parts, plain_key

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "asset_kind",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("spoken_names", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.Column("report_items", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_asset_kind")),
    )
    op.create_table(
        "contract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("covers", sa.JSON(), nullable=False),
        sa.Column("parts", sa.Boolean(), nullable=False),
        sa.Column("labour", sa.Boolean(), nullable=False),
        sa.Column("travel", sa.Boolean(), nullable=False),
        sa.Column("sla_level", sa.String(length=50), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_contract_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_number")),
    )
    op.create_index("ix_contract_customer_ends", "contract", ["customer_id", "ends_on"], unique=False)
    bytewise = sa.String(PART_LENGTH, collation="C").with_variant(sa.String(PART_LENGTH), "sqlite")
    op.create_table(
        "customer_part",
        sa.Column("part", bytewise, nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_customer_part_customer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("part", "customer_id", name=op.f("pk_customer_part")),
    )
    op.create_index("ix_customer_part_customer_id", "customer_part", ["customer_id"], unique=False)
    _widen_customers()
    _widen_assets()
    _make_findable()


def _widen_customers() -> None:
    op.add_column("customer", sa.Column("latitude", sa.Double(), nullable=True))
    op.add_column("customer", sa.Column("longitude", sa.Double(), nullable=True))
    op.add_column("customer", _filled("value_note", sa.String(length=500), "''"))
    _add_reference("customer", "merged_into_id", sa.Uuid(), "customer.id")
    _index_doubles("customer")


def _widen_assets() -> None:
    op.add_column("asset", _filled("serial_key", sa.String(length=100), "''"))
    op.add_column("asset", _filled("nicknames", sa.JSON(), "'[]'"))
    _add_reference("asset", "kind_code", sa.String(length=40), "asset_kind.code")
    op.add_column("asset", sa.Column("latitude", sa.Double(), nullable=True))
    op.add_column("asset", sa.Column("longitude", sa.Double(), nullable=True))
    op.add_column("asset", sa.Column("made_on", sa.Date(), nullable=True))
    op.add_column("asset", _filled("attributes", sa.JSON(), "'{}'"))
    op.add_column("asset", _filled("plate_key", sa.String(length=20), "''"))
    _add_reference("asset", "responsible_id", sa.Uuid(), "person.id")
    _add_reference("asset", "merged_into_id", sa.Uuid(), "asset.id")
    op.drop_index("ix_asset_customer_id", "asset")
    op.create_index("ix_asset_customer_merged", "asset", ["customer_id", "merged_into_id"], unique=False)
    op.create_index("ix_asset_serial_key", "asset", ["serial_key"], unique=False)
    op.create_index("ix_asset_plate_key", "asset", ["plate_key"], unique=False)
    _index_doubles("asset")


def _index_doubles(table: str) -> None:
    merged = sa.text("merged_into_id IS NOT NULL")
    op.create_index(
        f"ix_{table}_doubles",
        table,
        ["merged_into_id"],
        unique=False,
        postgresql_where=merged,
        sqlite_where=merged,
    )


def _filled(name: str, kind: "sa.types.TypeEngine[Any]", value: str) -> "sa.Column[Any]":
    """Return a column that existing rows get a value in."""
    return sa.Column(name, kind, nullable=False, server_default=sa.text(value))


def _add_reference(table: str, name: str, kind: "sa.types.TypeEngine[Any]", target: str) -> None:
    """Add an optional column that points elsewhere; SQLite takes the constraint only within its column."""
    if op.get_bind().dialect.name != "sqlite":
        op.add_column(
            table, sa.Column(name, kind, sa.ForeignKey(target, name=f"fk_{table}_{name}"), nullable=True)
        )
        return
    spelled = kind.compile(op.get_bind().dialect)
    referred, column = target.split(".")
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {name} {spelled} "
        f"CONSTRAINT fk_{table}_{name} REFERENCES {referred} ({column})"
    )


def _make_findable() -> None:
    """Give what was there before the keys that lookups compare."""
    connection = op.get_bind()
    asset = sa.table("asset", sa.column("id", sa.Uuid()), sa.column("serial"), sa.column("serial_key"))
    keys = [
        {"of": row.id, "key": plain_key(row.serial)}
        for row in connection.execute(sa.select(asset.c.id, asset.c.serial))
    ]
    if keys:
        change = sa.update(asset).where(asset.c.id == sa.bindparam("of"))
        connection.execute(change.values(serial_key=sa.bindparam("key")), keys)
    customer = sa.table("customer", sa.column("id", sa.Uuid()), sa.column("code"), sa.column("name"))
    part = sa.table("customer_part", sa.column("part"), sa.column("customer_id", sa.Uuid()))
    rows = [
        {"part": each, "customer_id": row.id}
        for row in connection.execute(sa.select(customer))
        for each in name_parts(row.code, row.name)
    ]
    if rows:
        connection.execute(sa.insert(part), rows)
