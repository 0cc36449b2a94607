"""Tables of process definitions, of running instances, of approvers' tasks and of absences."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.kernel.model import Base

DUE = text("next_due_at IS NOT NULL")
OPEN = text("closed_at IS NULL")


class ProcessVersion(Base):
    """One published version of a process definition; it is never changed, so instances may keep to it."""

    __tablename__ = "process_version"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(100))
    document: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(500), default="")
    published_by: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]


class ProcessInstance(Base):
    """One run of one version of a process; its state is the engine's.

    Args:
        number: what people call it; that of the work order where it is about one.
        work_order_id: what it is about; None for a request of its own.
        why: the rule that led to where it stands, with the values it saw; empty where none did.
        next_due_at: when the clock looks at it; None where no limit runs.
    """

    __tablename__ = "process_instance"
    __table_args__ = (
        Index("ix_process_instance_next_due", "next_due_at", postgresql_where=DUE, sqlite_where=DUE),
        Index("ix_process_instance_work_order", "work_order_id", "name"),
        Index("ix_process_instance_initiator", "initiator_id", "created_at"),
        Index("ix_process_instance_number", "number"),
        Index("ix_process_instance_name_created", "name", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    work_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id"), default=None)
    initiator_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    status: Mapped[str] = mapped_column(String(20))
    state: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(String(300), default="")
    next_due_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    rev: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": rev}  # noqa: RUF012


class ProcessTask(Base):
    """One approver's part in a step; a card each.

    Args:
        principal_id: for whom a substitute decides.
        outcome: empty while it is open.
        todo_at: since when it stands on the approver's list of things to do.
    """

    __tablename__ = "process_task"
    __table_args__ = (
        Index("ix_process_task_open", "assignee_id", "opened_at", postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_process_task_instance", "instance_id", "no"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    no: Mapped[int]
    node: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(100))
    assignee_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    principal_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    outcome: Mapped[str] = mapped_column(String(20), default="")
    closed_by: Mapped[str] = mapped_column(String(64), default="")
    comment: Mapped[str] = mapped_column(String(500), default="")
    todo_at: Mapped[datetime | None] = mapped_column(default=None)


class Absence(Base):
    """Somebody is away for a while, and who decides for them meanwhile."""

    __tablename__ = "absence"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    substitute_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    set_by: Mapped[str] = mapped_column(String(64))


class RequestSeries(Base):
    """The last number of a day's requests."""

    __tablename__ = "request_series"

    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
