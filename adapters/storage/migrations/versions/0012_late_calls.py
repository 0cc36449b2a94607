"""The clock looks at follow-ups, and a notice may name the platform on which its person is shown it first."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; calls of somebody who left are looked at before everything else."""
    op.add_column("follow_up", sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("follow_up", sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("platform", sa.String(length=20), nullable=False, server_default=""))
    op.execute("UPDATE follow_up SET next_due_at = due_at WHERE done_at IS NULL")
    op.execute(
        "UPDATE follow_up SET next_due_at = created_at WHERE done_at IS NULL"
        " AND assignee_id IN (SELECT id FROM person WHERE NOT active)"
    )
    watched = sa.text("next_due_at IS NOT NULL")
    op.create_index(
        "ix_follow_up_next_due",
        "follow_up",
        ["next_due_at"],
        postgresql_where=watched,
        sqlite_where=watched,
    )


def downgrade() -> None:
    """Change it back."""
    with op.batch_alter_table("outbox") as table:
        table.drop_column("platform")
    op.drop_index("ix_follow_up_next_due", table_name="follow_up")
    with op.batch_alter_table("follow_up") as table:
        table.drop_column("reminded")
        table.drop_column("next_due_at")
