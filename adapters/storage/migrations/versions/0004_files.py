"""Pictures and documents: what was fetched, from whom, and where it belongs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.String(length=100), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=True),
        sa.Column("draft_id", sa.Uuid(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("media", sa.String(length=10), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("media_ref", sa.Text(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("conversation", sa.String(length=400), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("failure", sa.String(length=20), nullable=False),
        sa.Column("reused_from", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["sender_id"], ["person.id"], name=op.f("fk_attachment_sender_id")),
        sa.ForeignKeyConstraint(["sha256"], ["file.sha256"], name=op.f("fk_attachment_sha256")),
        sa.ForeignKeyConstraint(
            ["work_order_id"], ["work_order.id"], name=op.f("fk_attachment_work_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    for name, columns, where in (
        ("ix_attachment_work_order", ["work_order_id", "sent_at"], "work_order_id IS NOT NULL"),
        ("ix_attachment_draft", ["draft_id", "sent_at"], "draft_id IS NOT NULL"),
        ("ix_attachment_sha256", ["sha256", "sent_at"], "sha256 IS NOT NULL"),
    ):
        op.create_index(
            name,
            "attachment",
            columns,
            unique=False,
            postgresql_where=sa.text(where),
            sqlite_where=sa.text(where),
        )


def downgrade() -> None:
    """Change it back."""
    op.drop_table("attachment")
    op.drop_table("file")
