"""Send budgets, and reminders that are folded into one message."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_FOLDABLE = sa.text("state = 'pending' AND line <> ''")
_SHOWN = sa.text("state = 'sent' AND line <> ''")


def upgrade() -> None:
    """Change the schema."""
    for name, length in (("line", 200), ("only_while", 80), ("fold_key", 32)):
        op.add_column("outbox", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("urgency", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("mentions", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("outbox", sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_outbox_foldable",
        "outbox",
        ["audience", "due_at"],
        postgresql_where=_FOLDABLE,
        sqlite_where=_FOLDABLE,
    )
    op.create_index(
        "ix_outbox_shown", "outbox", ["audience", "sent_at"], postgresql_where=_SHOWN, sqlite_where=_SHOWN
    )
    op.create_table(
        "fold_turn",
        sa.Column("audience", sa.String(length=400), nullable=False),
        sa.Column("leader", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("audience", name=op.f("pk_fold_turn")),
    )
    op.create_index("ix_fold_turn_leader", "fold_turn", ["leader"])
    op.create_table(
        "send_budget",
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("tokens", sa.Double(), nullable=False),
        sa.Column("as_of_s", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_send_budget")),
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_table("send_budget")
    op.drop_table("fold_turn")
    op.drop_index("ix_outbox_shown", table_name="outbox")
    op.drop_index("ix_outbox_foldable", table_name="outbox")
    for name in ("sent_at", "mentions", "urgency", "fold_key", "only_while", "line"):
        op.drop_column("outbox", name)
