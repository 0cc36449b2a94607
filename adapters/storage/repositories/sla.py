"""Published SLA documents, clocks, fired steps, mutes and snoozes."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, case, delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from adapters.storage.dialect import is_duplicate, table_of
from domain.engine.calendar import BusinessCalendar
from domain.kernel.errors import ConcurrentUpdate, NotFound
from domain.sla.definition import SlaDocument
from domain.sla.model import (
    Heartbeat,
    SlaClock,
    SlaDocumentRow,
    SlaFiring,
    SlaMute,
    SlaSnooze,
)
from domain.sla.ports import Published
from domain.sla.views import LateStep, StatementView
from domain.workorder.model import WorkOrder

LATE_SHOWN = 20
_FIRED = insert(table_of(SlaFiring)).inline()
_COLUMNS = ("clock_id", "episode", "step", "due_at", "fired_at", "outcome", "late_s", "late_reason")


class SqlSla:
    """The SLA port on SQLAlchemy.

    Args:
        versions: what this process has made ready to count; a published version never changes.
    """

    def __init__(self, session: Session, versions: dict[int, Published]) -> None:
        self._session = session
        self._versions = versions
        self._clocks: dict[UUID, list[SlaClock]] = {}

    def current(self) -> Published | None:
        """Return the newest version, or None where nothing was ever published."""
        query = select(SlaDocumentRow.version).order_by(SlaDocumentRow.version.desc()).limit(1)
        newest = self._session.execute(query).scalar_one_or_none()
        return None if newest is None else self.version(newest)

    def version(self, number: int) -> Published:
        """Return one version."""
        if number not in self._versions:
            row = self._session.get(SlaDocumentRow, number)
            if row is None:
                raise NotFound(what="时限规则版本")
            self._versions[number] = ready(row)
        return self._versions[number]

    def add_document(self, row: SlaDocumentRow) -> None:
        """Keep a new version."""
        self._session.add(row)

    def clocks(self, work_order_id: UUID) -> Sequence[SlaClock]:
        """Return every clock of a work order, oldest first."""
        if work_order_id not in self._clocks:
            query = select(SlaClock).where(SlaClock.work_order_id == work_order_id)
            query = query.order_by(SlaClock.attached_at, SlaClock.started_at, SlaClock.kind)
            found = self._session.execute(query, execution_options={"populate_existing": True}).scalars()
            self._clocks[work_order_id] = list(found)
        return self._clocks[work_order_id]

    def add_clock(self, clock: SlaClock) -> None:
        """Keep a new clock."""
        self._session.add(clock)
        self._clocks.setdefault(clock.work_order_id, []).append(clock)

    def clock(self, clock_id: UUID) -> SlaClock | None:
        """Return one clock, or None."""
        return self._session.get(SlaClock, clock_id)

    def due_clocks(self, work_order_ids: Collection[UUID], now: datetime) -> Sequence[SlaClock]:
        """Return the clocks of these work orders with steps that are due, the longest due first."""
        query = select(SlaClock).where(SlaClock.work_order_id.in_(work_order_ids), SlaClock.next_at <= now)
        query = query.order_by(SlaClock.next_at)
        return self._session.execute(query, execution_options={"populate_existing": True}).scalars().all()

    def add_firings(self, firings: Sequence[SlaFiring]) -> None:
        """Keep what was fired."""
        rows = [{name: getattr(one, name) for name in _COLUMNS} for one in firings]
        if not rows:
            return
        try:
            self._session.execute(_FIRED, rows)
        except IntegrityError as error:
            if is_duplicate(error):
                raise ConcurrentUpdate from error
            raise

    def statement(self, on: str, from_at: datetime, to_at: datetime, late_s: int) -> StatementView:
        """Return the account of the steps that were due in a period, along the index of due moments."""
        due = (SlaFiring.due_at >= from_at, SlaFiring.due_at < to_at)
        counts = select(
            SlaFiring.outcome, func.count(), func.sum(case((SlaFiring.late_s > late_s, 1), else_=0))
        )
        rows = self._session.execute(counts.where(*due).group_by(SlaFiring.outcome)).all()
        number = {outcome: count for outcome, count, _ in rows}
        waiting = select(func.count()).where(SlaClock.next_at >= from_at, SlaClock.next_at < to_at)
        not_fired = self._session.execute(waiting).scalar_one()
        return StatementView(
            on=on,
            due=sum(number.values()) + not_fired,
            told=number.get("told", 0),
            muted=number.get("muted", 0),
            merged=number.get("merged", 0),
            skipped=number.get("skipped", 0),
            open=not_fired,
            late=sum(late for _, _, late in rows),
            steps=tuple(self._late(due, late_s)),
        )

    def _late(self, due: tuple[ColumnElement[bool], ...], late_s: int) -> Iterator[LateStep]:
        query = (
            select(SlaFiring, SlaClock.kind, WorkOrder.number)
            .join(SlaClock, SlaClock.id == SlaFiring.clock_id)
            .join(WorkOrder, WorkOrder.id == SlaClock.work_order_id)
            .where(*due, SlaFiring.late_s > late_s)
            .order_by(SlaFiring.late_s.desc())
            .limit(LATE_SHOWN)
        )
        for firing, kind, number in self._session.execute(query):
            yield LateStep(
                number=number,
                kind=kind,
                step=firing.step,
                due_at=firing.due_at,
                late_s=firing.late_s,
                reason=firing.late_reason,
            )

    def number_of(self, work_order_id: UUID) -> str:
        """Return what people call a work order."""
        query = select(WorkOrder.number).where(WorkOrder.id == work_order_id)
        return self._session.execute(query).scalar_one()

    def mute(self, work_order_id: UUID) -> SlaMute | None:
        """Return the mute of a work order, or None."""
        return self._session.get(SlaMute, work_order_id)

    def muted(self, work_order_ids: Collection[UUID], at: datetime) -> Collection[UUID]:
        """Return those of the work orders that are muted at a moment."""
        query = select(SlaMute.work_order_id).where(
            SlaMute.work_order_id.in_(work_order_ids), SlaMute.until > at
        )
        return set(self._session.execute(query).scalars())

    def keep_mute(self, mute: SlaMute) -> None:
        """Keep a mute in place of an earlier one."""
        self._session.merge(mute)

    def drop_mute(self, work_order_id: UUID) -> None:
        """End a mute."""
        self._session.execute(delete(SlaMute).where(SlaMute.work_order_id == work_order_id))

    def keep_snooze(self, snooze: SlaSnooze) -> None:
        """Keep when somebody wants to be reminded, in place of an earlier wish."""
        self._session.merge(snooze)

    def take_snooze(self, clock_id: UUID, person_id: UUID, now: datetime) -> SlaSnooze | None:
        """Remove and return a wish whose time has come, or None when somebody else did."""
        query = (
            delete(SlaSnooze)
            .where(SlaSnooze.clock_id == clock_id, SlaSnooze.person_id == person_id, SlaSnooze.due_at <= now)
            .returning(SlaSnooze)
        )
        return self._session.execute(query).scalar_one_or_none()

    def up_since(self, name: str) -> datetime | None:
        """Return since when a kind of process lives without a gap, or None where it never did."""
        row = self._session.get(Heartbeat, name)
        return row.up_since if row is not None else None


def ready(row: SlaDocumentRow) -> Published:
    """Make a version ready to count; each of its calendars is made when it is first asked for."""
    document = SlaDocument.model_validate(row.document)

    @cache
    def calendar(name: str) -> BusinessCalendar:
        return BusinessCalendar(document.calendars[name], document.days)

    return Published(row.version, document, calendar, row.published_at)
