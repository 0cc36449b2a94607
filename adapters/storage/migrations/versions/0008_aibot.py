"""Addresses at which messages to the AI bot may be answered."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "aibot_reply",
        sa.Column("msgid", sa.String(length=128), nullable=False),
        sa.Column("conversation", sa.String(length=255), nullable=False),
        sa.Column("url", sa.String(length=1024), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("msgid", name=op.f("pk_aibot_reply")),
    )
    op.create_index("ix_aibot_reply_conversation", "aibot_reply", ["conversation", "expires_at"])


def downgrade() -> None:
    """Change it back."""
    op.drop_index("ix_aibot_reply_conversation", table_name="aibot_reply")
    op.drop_table("aibot_reply")
