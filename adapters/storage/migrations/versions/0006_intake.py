"""Drafts of requests."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LIVE = sa.text("state IN ('open', 'asking', 'summary')")
_DUE = sa.text("ready_at IS NOT NULL")
_AT_WORK_ORDER = sa.text("work_order_id IS NOT NULL")


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sender_key", sa.String(length=500), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("requester_id", sa.Uuid(), nullable=False),
        sa.Column("conversation", sa.String(length=300), nullable=False),
        sa.Column("in_group", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_person_id")),
        sa.ForeignKeyConstraint(["requester_id"], ["person.id"], name=op.f("fk_draft_requester_id")),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_draft_work_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("source_key", name=op.f("uq_draft_source_key")),
    )
    op.create_index("ix_draft_sender_updated", "draft", ["sender_key", "updated_at"])
    for name, columns, unique, where in (
        ("uq_draft_live", ["sender_key"], True, _LIVE),
        ("ix_draft_person_live", ["person_id"], False, _LIVE),
        ("ix_draft_ready", ["ready_at"], False, _DUE),
        ("ix_draft_work_order", ["work_order_id", "person_id"], False, _AT_WORK_ORDER),
    ):
        op.create_index(name, "draft", columns, unique=unique, postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    """Change it back."""
    op.drop_table("draft")
