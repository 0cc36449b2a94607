"""Tables of SLA clocks, fired steps, and who does not want to be reminded now."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.kernel.model import Base, Serial

DUE = text("next_at IS NOT NULL")
OPEN = text("stopped_at IS NULL")
ENDED = text("stopped_at IS NOT NULL")


class SlaDocumentRow(Base):
    """One published version of the document; never changed afterwards."""

    __tablename__ = "sla_document"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(500), default="")
    published_by: Mapped[str] = mapped_column(String(100))
    published_at: Mapped[datetime]


class SlaClock(Base):
    """One measurement of one work order, with everything that decides what it shows.

    Args:
        kind: a `Kind`, or `node:` and a status.
        episode: counts the lives of a kind: a rejection begins the next one.
        state: `running`, `paused`, `met`, `missed` or `cancelled`.
        document: the version of the document it runs by, whatever is published later.
        policy, reason, calendar, target_s: what counts now, and why; no target for one that only measures.
        rulings: what counted since when, as `Ruling`, oldest first.
        pauses: as `Stop`, oldest first; the last one is open while it is paused.
        attached_at: when it got its present limit; steps due before that are told as one.
        due_at: when the limit is reached; None while it is paused, or where no open time is left.
        next_at: when the sweep has to look; None when no step is left or it does not run.
        fired: the moments of the ladder that were fired in this episode.
        todos: who has it on their list of things to do.
        used_s: counted until its end.

    Source: docs/reference/sla.md
    """

    __tablename__ = "sla_clock"
    __table_args__ = (
        Index("ix_sla_clock_next", "next_at", postgresql_where=DUE, sqlite_where=DUE),
        Index("ix_sla_clock_due", "kind", "due_at", postgresql_where=OPEN, sqlite_where=OPEN),
        # Only of ended ones: SQLite would else rather look here for the open ones, through all of them.
        Index(
            "ix_sla_clock_stopped",
            "kind",
            "stopped_at",
            "state",
            postgresql_where=ENDED,
            sqlite_where=ENDED,
        ),
        UniqueConstraint("work_order_id", "kind", "episode"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    kind: Mapped[str] = mapped_column(String(40))
    episode: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(12))
    document: Mapped[int]
    policy: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(String(200))
    calendar: Mapped[str] = mapped_column(String(100))
    target_s: Mapped[int | None]
    rulings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    pauses: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    started_at: Mapped[datetime]
    attached_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    next_at: Mapped[datetime | None] = mapped_column(default=None)
    fired: Mapped[list[str]] = mapped_column(default=list)
    todos: Mapped[list[str]] = mapped_column(default=list)
    stopped_at: Mapped[datetime | None] = mapped_column(default=None)
    used_s: Mapped[int | None] = mapped_column(default=None)

    @property
    def is_open(self) -> bool:
        """Return whether it still runs or only pauses."""
        return self.stopped_at is None


class SlaFiring(Base):
    """One step that was fired, for the daily escalation statement.

    Args:
        due_at: when the step was due.
        outcome: `told`, `muted` (somebody muted the work order), `merged` (told with a later one) or
            `skipped` (its formula did not hold).
        late_reason: why it was later than a minute: `attached`, `downtime` or `backlog`; else empty.
    """

    __tablename__ = "sla_firing"
    __table_args__ = (
        UniqueConstraint("clock_id", "episode", "step"),
        Index("ix_sla_firing_due", "due_at"),
    )

    seq: Mapped[int] = mapped_column(Serial, primary_key=True)
    clock_id: Mapped[UUID] = mapped_column(ForeignKey("sla_clock.id"))
    episode: Mapped[int]
    step: Mapped[str] = mapped_column(String(30))
    due_at: Mapped[datetime]
    fired_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(10))
    late_s: Mapped[int]
    late_reason: Mapped[str] = mapped_column(String(10), default="")


class SlaSnooze(Base):
    """Somebody asked to be reminded of a clock later."""

    __tablename__ = "sla_snooze"
    __table_args__ = (Index("ix_sla_snooze_due", "due_at"),)

    clock_id: Mapped[UUID] = mapped_column(ForeignKey("sla_clock.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    episode: Mapped[int]
    due_at: Mapped[datetime]


class SlaMute(Base):
    """Nobody is reminded of this work order until a moment."""

    __tablename__ = "sla_mute"

    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"), primary_key=True)
    until: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(200), default="")


class DigestRow(Base):
    """One digest that was sent, with what it counted, so that the next one tells what changed.

    Args:
        plan: its name in the document.
        figures: as `Figures`.
        numbers: the late work orders it named.
    """

    __tablename__ = "digest"

    plan: Mapped[str] = mapped_column(String(100), primary_key=True)
    audience: Mapped[str] = mapped_column(String(300), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]
    figures: Mapped[dict[str, Any]]
    numbers: Mapped[list[str]] = mapped_column(default=list)


class Heartbeat(Base):
    """When a kind of process was last alive, and since when without a gap; replicas share one row."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    up_since: Mapped[datetime]
    beat_at: Mapped[datetime]
