"""Dispatch rules with a formula."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; rules of before have no formula."""
    op.add_column("dispatch_rule", sa.Column("when", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Change it back."""
    op.drop_column("dispatch_rule", "when")
