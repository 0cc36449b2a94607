"""Spare parts: catalogue, places, stock with its ledger, requests, hand-overs, purchases and counts.

A column is written `name:kind`, where the kind is a type, a length of text or the table it refers to; `*`
makes it part of the key, `?` lets it be empty, `^` deletes along, `~` is checked at the end of a transaction.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_KINDS = {
    "id": sa.Uuid(),
    "big": sa.BigInteger(),
    "serial": sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    "int": sa.Integer(),
    "flag": sa.Boolean(),
    "moment": sa.DateTime(timezone=True),
    "date": sa.Date(),
    "json": sa.JSON(),
}
_FIRST = UUID("5f0c1d1e-0000-4000-8000-000000000001")
_FIXED_PLACES = (
    ("TRANSIT", "在途", "transit"),
    ("REPAIR", "维修中", "repair"),
    ("SUPPLIER", "供应商", "supplier"),
    ("CUSTOMER", "客户现场", "customer"),
    ("SCRAP", "报废", "scrap"),
    ("DIFFERENCE", "盘点差异", "difference"),
    ("OPENING", "期初", "opening"),
)
_YOUNGEST_FIRST = (
    "document_series count_line stock_count purchase stock_rule installed_part old_part transfer_line "
    "transfer parts_request_line reservation parts_request stock_entry stock_lot stock_balance place "
    "usual_part part_gram part supplier"
)


def upgrade() -> None:
    """Change the schema, and make the places that there is one of."""
    op.add_column(
        "work_order", sa.Column("has_parts", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _create_catalogue()
    _create_stock()
    _create_requests()
    _create_hand_overs()
    _create_old_parts()
    _create_supply()
    _create_counts()
    _make_fixed_places()


def downgrade() -> None:
    """Change it back."""
    for table in _YOUNGEST_FIRST.split():
        op.drop_table(table)
    with op.batch_alter_table("work_order") as work_order:
        work_order.drop_column("has_parts")


def _make_fixed_places() -> None:
    place = sa.table(
        "place",
        *(sa.column(name) for name in ("code", "name", "kind", "region")),
        sa.column("id", sa.Uuid()),
        sa.column("active", sa.Boolean()),
    )
    rows = [
        {
            "id": UUID(int=_FIRST.int + at),
            "code": code,
            "name": name,
            "kind": kind,
            "region": "",
            "active": True,
        }
        for at, (code, name, kind) in enumerate(_FIXED_PLACES)
    ]
    op.bulk_insert(place, rows)


def _table(
    name: str, columns: str, *, unique: list[str] | None = None, checks: dict[str, str] | None = None
) -> None:
    """Make a table whose constraints are named as the models name them."""
    read = [_column(one) for one in columns.split()]
    keys = [one.strip("*").partition(":")[0] for one in columns.split() if one.startswith("*")]
    foreign = [
        _reference(name, *one.strip("*?").split(":"))
        for one in columns.split()
        if _kind_of(one) not in _KINDS and not _kind_of(one).isdigit()
    ]
    rules: list[sa.Constraint] = [
        sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{key}")) for key, rule in (checks or {}).items()
    ]
    if unique:
        rules.append(sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}")))
    op.create_table(name, *read, sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}")), *foreign, *rules)


def _kind_of(column: str) -> str:
    return column.partition(":")[2].rstrip("?^~")


def _column(written: str) -> sa.Column[object]:
    kind = _kind_of(written)
    found: Any = sa.String(length=int(kind)) if kind.isdigit() else _KINDS.get(kind, sa.Uuid())
    name = written.strip("*").partition(":")[0]
    return sa.Column(name, found, nullable=written.endswith("?"), autoincrement=kind == "serial")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target.rstrip('^~')}.id"],
        name=op.f(f"fk_{table}_{column}"),
        ondelete="CASCADE" if target.endswith("^") else None,
        deferrable=True if target.endswith("~") else None,
        initially="DEFERRED" if target.endswith("~") else None,
    )


def _index(name: str, table: str, columns: list[str], where: str = "", unique: bool = False) -> None:
    condition = sa.text(where) if where else None
    op.create_index(
        name,
        table,
        columns,
        unique=unique,
        postgresql_where=condition,
        sqlite_where=condition,
        postgresql_ops={"code_key": "text_pattern_ops"},
    )


def _create_catalogue() -> None:
    _table("supplier", "*id:id code:64 name:200 contact:100 lead_days:int", unique=["code"])
    _table(
        "part",
        "*id:id code:64 code_key:64 name:200 spec:200 unit:10 whole:flag category:100 barcode:64 "
        "barcode_key:64 price_fen:big supplier_id:supplier? models:json substitutes:json tracking:10 "
        "return_old:flag active:flag",
        unique=["code"],
    )
    _index("ix_part_barcode_key", "part", ["barcode_key"])
    _index("ix_part_code_key", "part", ["code_key"])
    _table("part_gram", "*gram:8 *part_id:part^")
    _index("ix_part_gram_part_id", "part_gram", ["part_id"])
    _table("usual_part", "*fault_code:40 *part_id:part quantity:big")
    _table(
        "place",
        "*id:id code:64 name:100 kind:20 region:100 keeper_id:person? parent_id:place? active:flag",
        unique=["code"],
    )
    _index("ix_place_keeper", "place", ["keeper_id"])
    _index("ix_place_kind", "place", ["kind"])


def _create_stock() -> None:
    _table(
        "stock_balance",
        "*part_id:part *place_id:place quantity:big reserved:big value_fen:big",
        checks={
            "guarded": "quantity >= 0 AND reserved >= 0 AND reserved <= quantity",
            "value": "value_fen >= 0",
        },
    )
    _index("ix_stock_balance_place", "stock_balance", ["place_id"])
    _table(
        "stock_lot",
        "*part_id:part *lot:100 lot_key:64 *place_id:place quantity:big piece:flag",
        checks={"guarded": "quantity >= 0"},
    )
    _index("ix_stock_lot_lot", "stock_lot", ["lot_key"])
    _index("uq_stock_lot_piece", "stock_lot", ["part_id", "lot"], where="piece AND quantity > 0", unique=True)
    _table(
        "stock_entry",
        "*seq:serial part_id:part from_id:place to_id:place quantity:big lot:100 lot_key:64 "
        "value_fen:big reason:20 actor_id:64 work_order_id:work_order? document_id:id? note:200 "
        "occurred_at:moment",
        checks={"positive": "quantity > 0 AND value_fen >= 0"},
    )
    _index("ix_stock_entry_at", "stock_entry", ["occurred_at"])
    _index("ix_stock_entry_document", "stock_entry", ["document_id"])
    _index("ix_stock_entry_lot", "stock_entry", ["lot_key", "seq"], where="lot_key <> ''")
    _index("ix_stock_entry_order", "stock_entry", ["work_order_id"])
    _index("ix_stock_entry_part", "stock_entry", ["part_id", "seq"])


def _create_requests() -> None:
    _table(
        "parts_request",
        "*id:id number:24 work_order_id:work_order? technician_id:person place_id:place state:10 "
        "reason:500 created_at:moment rev:int",
        unique=["number"],
    )
    _index("ix_parts_request_asker", "parts_request", ["technician_id", "created_at"])
    _index("ix_parts_request_order", "parts_request", ["work_order_id"])
    _index("ix_parts_request_place", "parts_request", ["place_id", "state", "created_at"])
    _table(
        "reservation",
        "*id:id part_id:part place_id:place quantity:big work_order_id:work_order? "
        "request_id:parts_request~? state:10 next_due_at:moment? created_at:moment",
    )
    _index("ix_reservation_due", "reservation", ["next_due_at"], where="next_due_at IS NOT NULL")
    _index("ix_reservation_held", "reservation", ["part_id", "place_id"], where="state = 'held'")
    _index("ix_reservation_order", "reservation", ["work_order_id"])
    _index("ix_reservation_request", "reservation", ["request_id"])
    _table(
        "parts_request_line",
        "*request_id:parts_request *no:int part_id:part quantity:big price_fen:big "
        "reservation_id:reservation~ issued:big",
    )


def _create_hand_overs() -> None:
    _table(
        "transfer",
        "*id:id number:24 kind:20 from_id:place to_id:place sender_id:person receiver_id:person? "
        "request_id:parts_request? work_order_id:work_order? state:10 reason:200 next_due_at:moment? "
        "created_at:moment ended_at:moment? rev:int",
        unique=["number"],
    )
    _index("ix_transfer_due", "transfer", ["next_due_at"], where="next_due_at IS NOT NULL")
    _index("ix_transfer_from", "transfer", ["from_id"], where="state = 'offered'")
    _index("ix_transfer_order", "transfer", ["work_order_id"])
    _index("ix_transfer_receiver", "transfer", ["receiver_id"], where="state = 'offered'")
    _index("ix_transfer_request", "transfer", ["request_id"])
    _index("ix_transfer_to", "transfer", ["to_id"], where="state = 'offered'")
    _table("transfer_line", "*transfer_id:transfer *no:int part_id:part quantity:big lot:100 value_fen:big")


def _create_old_parts() -> None:
    _table(
        "old_part",
        "*id:id number:24 part_id:part quantity:big lot:100 work_order_id:work_order "
        "technician_id:person state:10 due_at:moment next_due_at:moment? note:200 created_at:moment "
        "rev:int",
        unique=["number"],
    )
    _index("ix_old_part_due", "old_part", ["next_due_at"], where="next_due_at IS NOT NULL")
    _index("ix_old_part_order", "old_part", ["work_order_id"])
    _index("ix_old_part_state", "old_part", ["state", "due_at"])
    _index("ix_old_part_technician", "old_part", ["technician_id", "state"])
    _table(
        "installed_part",
        "*id:id asset_id:asset part_id:part lot:100 lot_key:64 quantity:big work_order_id:work_order "
        "installed_by:person installed_at:moment removed_order_id:work_order? removed_at:moment?",
    )
    _index("ix_installed_part_asset", "installed_part", ["asset_id", "installed_at"])
    _index("ix_installed_part_lot", "installed_part", ["lot_key"])
    _index("ix_installed_part_order", "installed_part", ["work_order_id"])


def _create_supply() -> None:
    _table(
        "stock_rule",
        "*id:id part_id:part place_id:place below:big order_quantity:big armed:flag fired_at:moment?",
        unique=["part_id", "place_id"],
    )
    _index("ix_stock_rule_armed", "stock_rule", ["armed"])
    _table(
        "purchase",
        "*id:id number:24 part_id:part place_id:place quantity:big received:big price_fen:big "
        "supplier_id:supplier? state:10 reason:500 expected_on:date? rule_id:stock_rule? "
        "work_order_id:work_order? requested_by:person next_due_at:moment? created_at:moment rev:int",
        unique=["number"],
    )
    _index("ix_purchase_due", "purchase", ["next_due_at"], where="next_due_at IS NOT NULL")
    _index("ix_purchase_order", "purchase", ["work_order_id"])
    _index("ix_purchase_part", "purchase", ["part_id", "state"])
    _index("ix_purchase_state", "purchase", ["state", "created_at"])


def _create_counts() -> None:
    _table(
        "stock_count",
        "*id:id number:24 place_id:place state:10 started_by:person started_at:moment ended_at:moment? "
        "rev:int",
        unique=["number"],
    )
    _index(
        "uq_stock_count_place",
        "stock_count",
        ["place_id"],
        where="state IN ('counting', 'submitted')",
        unique=True,
    )
    _table(
        "count_line", "*count_id:stock_count *part_id:part *lot:100 booked:big booked_fen:big counted:big?"
    )
    _table("document_series", "*kind:4 *day:date last:int")
