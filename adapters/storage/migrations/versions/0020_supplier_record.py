"""What a supplier promised and when it came, so that their on-time rate is one short query."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from domain.kernel.model import Quantity, UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_CHINA = ZoneInfo("Asia/Shanghai")
_DATES = ("ordered_on", "promised_on", "closed_on")
_PURCHASE = sa.table(
    "purchase",
    *(sa.column(name, sa.Date()) for name in (*_DATES, "expected_on")),
    *(sa.column(name, Quantity()) for name in ("quantity", "received", "received_late")),
    sa.column("id", sa.Uuid()),
    sa.column("state", sa.String()),
    sa.column("created_at", UtcDateTime()),
)
_ENTRY = sa.table(
    "stock_entry",
    sa.column("document_id", sa.Uuid()),
    sa.column("quantity", Quantity()),
    sa.column("reason", sa.String()),
    sa.column("occurred_at", UtcDateTime()),
)


def upgrade() -> None:
    """Change the schema, and work out from the ledger what came late before."""
    with op.batch_alter_table("purchase") as purchase:
        for name in _DATES:
            purchase.add_column(sa.Column(name, sa.Date(), nullable=True))
        for name in ("received_late", "shipped"):
            purchase.add_column(sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
        purchase.add_column(sa.Column("shipment", sa.String(200), nullable=False, server_default=""))
    op.create_index("ix_purchase_promised", "purchase", ["promised_on"])
    op.create_index("ix_purchase_supplier", "purchase", ["supplier_id", "promised_on"])
    _work_out()


def downgrade() -> None:
    """Change it back."""
    op.drop_index("ix_purchase_supplier", "purchase")
    op.drop_index("ix_purchase_promised", "purchase")
    with op.batch_alter_table("purchase") as purchase:
        for name in (*_DATES, "received_late", "shipped", "shipment"):
            purchase.drop_column(name)


def _work_out() -> None:
    """Take the expected day for what was promised: what it was before nobody can say any more."""
    bind = op.get_bind()
    arrivals: dict[UUID, list[tuple[date, Decimal]]] = defaultdict(list)
    for entry in bind.execute(sa.select(_ENTRY).where(_ENTRY.c.reason == "purchase")):
        arrivals[entry.document_id].append((_day(entry.occurred_at), entry.quantity))
    asked = sa.select(_PURCHASE).where(_PURCHASE.c.expected_on.is_not(None))
    for row in bind.execute(asked).all():
        came = arrivals[row.id]
        last = max((day for day, _ in came), default=None)
        late = sum((quantity for day, quantity in came if day > row.expected_on), Decimal(0))
        values = {
            "ordered_on": min(_day(row.created_at), row.expected_on),
            "promised_on": row.expected_on,
            "received_late": late,
            "closed_on": last if row.received == row.quantity else None,
        }
        if row.state in ("done", "cancelled") and values["closed_on"] is None:
            # Given up nobody knows when: not before the day, so that it is held against nobody.
            values["closed_on"] = min(last or row.expected_on, row.expected_on)
        bind.execute(sa.update(_PURCHASE).where(_PURCHASE.c.id == row.id).values(**values))


def _day(moment: datetime) -> date:
    return moment.astimezone(_CHINA).date()
