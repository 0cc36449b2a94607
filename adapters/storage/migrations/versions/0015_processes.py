"""Process definitions, instances, approvers' tasks and absences; whom people report to."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_DUE = sa.text("next_due_at IS NOT NULL")
_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    """Change the schema."""
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("manager_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f("fk_person_manager_id"), "person", ["manager_id"], ["id"])
    op.add_column(
        "work_order", sa.Column("awaiting", sa.String(length=300), nullable=False, server_default="")
    )
    _create_versions()
    _create_instances()
    _create_tasks()
    op.create_table(
        "absence",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("substitute_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["person.id"], name=op.f("fk_absence_substitute_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_absence")),
    )
    op.create_table(
        "request_series",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_request_series")),
    )


def downgrade() -> None:
    """Change it back."""
    for table in ("request_series", "absence", "process_task", "process_instance", "process_version"):
        op.drop_table(table)
    with op.batch_alter_table("work_order") as work_order:
        work_order.drop_column("awaiting")
    with op.batch_alter_table("person") as person:
        person.drop_constraint(op.f("fk_person_manager_id"), type_="foreignkey")
        person.drop_column("manager_id")


def _create_versions() -> None:
    op.create_table(
        "process_version",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("published_by", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_process_version")),
    )


def _create_instances() -> None:
    op.create_table(
        "process_instance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=True),
        sa.Column("initiator_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiator_id"], ["person.id"], name=op.f("fk_process_instance_initiator_id")
        ),
        sa.ForeignKeyConstraint(
            ["work_order_id"], ["work_order.id"], name=op.f("fk_process_instance_work_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_instance")),
    )
    op.create_index(
        "ix_process_instance_next_due",
        "process_instance",
        ["next_due_at"],
        postgresql_where=_DUE,
        sqlite_where=_DUE,
    )
    for name, columns in (
        ("ix_process_instance_work_order", ["work_order_id", "name"]),
        ("ix_process_instance_initiator", ["initiator_id", "created_at"]),
        ("ix_process_instance_number", ["number"]),
        ("ix_process_instance_name_created", ["name", "created_at"]),
    ):
        op.create_index(name, "process_instance", columns)


def _create_tasks() -> None:
    op.create_table(
        "process_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("closed_by", sa.String(length=64), nullable=False),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.Column("todo_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_process_task_assignee_id")),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["process_instance.id"], name=op.f("fk_process_task_instance_id")
        ),
        sa.ForeignKeyConstraint(["principal_id"], ["person.id"], name=op.f("fk_process_task_principal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_task")),
    )
    op.create_index(
        "ix_process_task_open",
        "process_task",
        ["assignee_id", "opened_at"],
        postgresql_where=_OPEN,
        sqlite_where=_OPEN,
    )
    op.create_index("ix_process_task_instance", "process_task", ["instance_id", "no"])
