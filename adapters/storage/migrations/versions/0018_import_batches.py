"""What imports of parts did, so that they can be taken back."""

import sqlalchemy as sa
from alembic import op

from domain.kernel.model import Serial, UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "import_batch",
        sa.Column("seq", Serial, nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_import_batch"),
    )
    op.create_table(
        "import_change",
        sa.Column("batch_seq", Serial, autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("said", sa.String(200), nullable=False),
        sa.Column("key", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_seq"], ["import_batch.seq"], name="fk_import_change_batch_seq"),
        sa.PrimaryKeyConstraint("batch_seq", "no", name="pk_import_change"),
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_table("import_change")
    op.drop_table("import_batch")
