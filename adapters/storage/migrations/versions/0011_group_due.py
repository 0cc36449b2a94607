"""A message in a group that nobody decides on is found by the clock."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.add_column("group_request", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "group_request", sa.Column("reminders", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    due = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_group_request_due", "group_request", ["due_at"], postgresql_where=due, sqlite_where=due
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_index("ix_group_request_due", table_name="group_request")
    op.drop_column("group_request", "reminders")
    op.drop_column("group_request", "due_at")
