"""SLA documents, clocks, fired steps, mutes, snoozes, and the heartbeat of processes."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "sla_document",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("published_by", sa.String(length=100), nullable=False),
        sa.Column("published_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_sla_document")),
    )
    _clocks()
    op.create_table(
        "sla_firing",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("fired_at", _TIME, nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("late_s", sa.Integer(), nullable=False),
        sa.Column("late_reason", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["sla_clock.id"], name=op.f("fk_sla_firing_clock_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sla_firing")),
        sa.UniqueConstraint("clock_id", "episode", "step", name=op.f("uq_sla_firing_clock_id_episode_step")),
    )
    op.create_index("ix_sla_firing_due", "sla_firing", ["due_at"])
    _people()


def _clocks() -> None:
    op.create_table(
        "sla_clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("calendar", sa.String(length=100), nullable=False),
        sa.Column("target_s", sa.Integer(), nullable=True),
        sa.Column("rulings", sa.JSON(), nullable=False),
        sa.Column("pauses", sa.JSON(), nullable=False),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("attached_at", _TIME, nullable=False),
        sa.Column("due_at", _TIME, nullable=True),
        sa.Column("next_at", _TIME, nullable=True),
        sa.Column("fired", sa.JSON(), nullable=False),
        sa.Column("todos", sa.JSON(), nullable=False),
        sa.Column("stopped_at", _TIME, nullable=True),
        sa.Column("used_s", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["work_order_id"], ["work_order.id"], name=op.f("fk_sla_clock_work_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_clock")),
        sa.UniqueConstraint(
            "work_order_id", "kind", "episode", name=op.f("uq_sla_clock_work_order_id_kind_episode")
        ),
    )
    due, running = sa.text("next_at IS NOT NULL"), sa.text("stopped_at IS NULL")
    op.create_index("ix_sla_clock_next", "sla_clock", ["next_at"], postgresql_where=due, sqlite_where=due)
    op.create_index(
        "ix_sla_clock_due", "sla_clock", ["kind", "due_at"], postgresql_where=running, sqlite_where=running
    )
    ended = sa.text("stopped_at IS NOT NULL")
    op.create_index(
        "ix_sla_clock_stopped",
        "sla_clock",
        ["kind", "stopped_at", "state"],
        postgresql_where=ended,
        sqlite_where=ended,
    )


def _people() -> None:
    op.create_table(
        "sla_snooze",
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["sla_clock.id"], name=op.f("fk_sla_snooze_clock_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sla_snooze_person_id")),
        sa.PrimaryKeyConstraint("clock_id", "person_id", name=op.f("pk_sla_snooze")),
    )
    op.create_index("ix_sla_snooze_due", "sla_snooze", ["due_at"])
    op.create_table(
        "sla_mute",
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_sla_mute_work_order_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_sla_mute_by_id")),
        sa.PrimaryKeyConstraint("work_order_id", name=op.f("pk_sla_mute")),
    )
    op.create_table(
        "digest",
        sa.Column("plan", sa.String(length=100), nullable=False),
        sa.Column("audience", sa.String(length=300), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent_at", _TIME, nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("plan", "audience", "day", name=op.f("pk_digest")),
    )
    op.create_index("ix_work_order_created_at", "work_order", ["created_at"])
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("up_since", _TIME, nullable=False),
        sa.Column("beat_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )


def downgrade() -> None:
    """Change it back."""
    op.drop_index("ix_work_order_created_at", table_name="work_order")
    for table in ("heartbeat", "digest", "sla_mute", "sla_snooze", "sla_firing", "sla_clock", "sla_document"):
        op.drop_table(table)
