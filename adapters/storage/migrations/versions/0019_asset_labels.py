"""Codes on machines."""

import sqlalchemy as sa
from alembic import op

from domain.assets.model import GOOD_LABEL
from domain.kernel.model import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "asset_label",
        sa.Column("label", sa.String(40), nullable=False),
        sa.Column("asset_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name="fk_asset_label_asset_id_asset"),
        sa.PrimaryKeyConstraint("label", name="pk_asset_label"),
    )
    op.create_index("ix_asset_label_asset_id", "asset_label", ["asset_id"])
    op.create_index(
        "uq_asset_label_asset_id",
        "asset_label",
        ["asset_id"],
        unique=True,
        sqlite_where=GOOD_LABEL,
        postgresql_where=GOOD_LABEL,
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_table("asset_label")
