"""Cards whose code ends are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    ends = sa.text("update_until IS NOT NULL")
    op.create_index(
        "ix_card_copy_update_until",
        "card_copy",
        ["update_until"],
        postgresql_where=ends,
        sqlite_where=ends,
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_index("ix_card_copy_update_until", table_name="card_copy")
