"""The whole loop: what a work order carries from the first word to the close."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENTS = ("eta_at", "completed_at", "signed_off_at", "followed_up_at", "closed_at")
_COUNTS = {"report_version": "0", "rejections": "0", "reopenings": "0", "reporter_count": "1"}
_WORDS = {"held_from": 20, "hold_reason": 20, "payer": 20}
_LINKS = ("merged_into_id", "earlier_id")


def upgrade() -> None:
    """Change the schema."""
    op.add_column("event", sa.Column("changes", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    with op.batch_alter_table("work_order") as table:
        table.add_column(sa.Column("priority", sa.String(length=2), nullable=False, server_default="P3"))
        table.add_column(sa.Column("details", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
        for name, length in _WORDS.items():
            table.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
        for name in _MOMENTS:
            table.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name, default in _COUNTS.items():
            table.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=default))
        table.add_column(sa.Column("desk_asked", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("candidates", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        table.add_column(sa.Column("rating", sa.Integer(), nullable=True))
        table.add_column(sa.Column("settled_fen", sa.BigInteger(), nullable=True))
        for name in _LINKS:
            table.add_column(sa.Column(name, sa.Uuid(), nullable=True))
            table.create_foreign_key(op.f(f"fk_work_order_{name}"), "work_order", [name], ["id"])
        table.drop_index("ix_work_order_customer_id")
        table.create_index("ix_work_order_customer_created", ["customer_id", "created_at"])
        table.create_index("ix_work_order_asset_created", ["asset_id", "created_at"])
    op.create_table(
        "reporter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("conversation", sa.String(length=300), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reporter_person_id")),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_reporter_work_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporter")),
        sa.UniqueConstraint("work_order_id", "person_id", name=op.f("uq_reporter_work_order_id_person_id")),
    )
    op.create_index("ix_reporter_person_joined", "reporter", ["person_id", "joined_at"])
    op.create_table(
        "report_version",
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("filed_by", sa.Uuid(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["filed_by"], ["person.id"], name=op.f("fk_report_version_filed_by")),
        sa.ForeignKeyConstraint(
            ["work_order_id"], ["work_order.id"], name=op.f("fk_report_version_work_order_id")
        ),
        sa.PrimaryKeyConstraint("work_order_id", "version", name=op.f("pk_report_version")),
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_table("report_version")
    op.drop_index("ix_reporter_person_joined", table_name="reporter")
    op.drop_table("reporter")
    with op.batch_alter_table("work_order") as table:
        for name in ("asset_created", "customer_created"):
            table.drop_index(f"ix_work_order_{name}")
        table.create_index("ix_work_order_customer_id", ["customer_id"])
        for name in _LINKS:
            table.drop_constraint(op.f(f"fk_work_order_{name}"), type_="foreignkey")
            table.drop_column(name)
        for name in (
            "settled_fen",
            "rating",
            "candidates",
            "desk_asked",
            *_COUNTS,
            *_MOMENTS,
            *_WORDS,
            "details",
            "priority",
        ):
            table.drop_column(name)
    op.drop_column("event", "changes")
