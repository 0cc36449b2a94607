"""Dispatch rules, messages in groups, and the pool of open work orders."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_UNFINISHED = "status NOT IN ('closed', 'cancelled')"


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "dispatch_rule",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("type", sa.String(length=200), nullable=False),
        sa.Column("customer_level", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=200), nullable=False),
        sa.Column("asset_kind", sa.String(length=200), nullable=False),
        sa.Column("priority", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("skill", sa.String(length=100), nullable=False),
        sa.Column("offer_timeout_s", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_dispatch_rule")),
        sa.UniqueConstraint("name", name=op.f("uq_dispatch_rule_name")),
    )
    op.create_table(
        "group_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("group_key", sa.String(length=300), nullable=False),
        sa.Column("conversation", sa.String(length=300), nullable=False),
        sa.Column("private", sa.String(length=300), nullable=False),
        sa.Column("speaker_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=False),
        sa.Column("original_ref", sa.String(length=128), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("asset_id", sa.Uuid(), nullable=True),
        sa.Column("priority", sa.String(length=2), nullable=False),
        sa.Column("type", sa.String(length=30), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("technician_id", sa.Uuid(), nullable=True),
        sa.Column("work_order_id", sa.Uuid(), nullable=True),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["person.id"], name=op.f("fk_group_request_speaker_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_group_request_customer_id")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_group_request_asset_id")),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["person.id"], name=op.f("fk_group_request_technician_id")
        ),
        sa.ForeignKeyConstraint(
            ["work_order_id"], ["work_order.id"], name=op.f("fk_group_request_work_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_request")),
        sa.UniqueConstraint("source_key", name=op.f("uq_group_request_source_key")),
    )
    op.create_index("ix_group_request_group_created", "group_request", ["group_key", "created_at"])
    op.create_index(
        "ix_work_order_pool",
        "work_order",
        ["priority", "created_at"],
        postgresql_where=sa.text(_UNFINISHED),
        sqlite_where=sa.text(_UNFINISHED),
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_index("ix_work_order_pool", table_name="work_order")
    op.drop_index("ix_group_request_group_created", table_name="group_request")
    op.drop_table("group_request")
    op.drop_table("dispatch_rule")
