"""When an uploaded file that nothing uses is taken away."""

import sqlalchemy as sa
from alembic import op

from domain.files.model import UNUSED
from domain.kernel.model import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema; what is there already stays for good, because some of it is used by events alone."""
    op.add_column("file", sa.Column("expires_at", UtcDateTime(), nullable=True))
    op.create_index(
        "ix_file_expires_at", "file", ["expires_at"], sqlite_where=UNUSED, postgresql_where=UNUSED
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_index("ix_file_expires_at", "file")
    with op.batch_alter_table("file") as file:
        file.drop_column("expires_at")
