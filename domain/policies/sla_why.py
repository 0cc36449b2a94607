"""Where the time of a limit went: the work order's life laid over its clock.

Source: docs/reference/sla.md, rule SLA-16
"""

from collections.abc import Sequence
from datetime import datetime

from domain.engine.calendar import Segment as Stretch
from domain.engine.calendar import SegmentKind
from domain.engine.calendar import segments as stretches
from domain.policies.ports import EveryUnitOfWork
from domain.policies.timeline import person_name
from domain.sla import clocks as clock_rules
from domain.sla.definition import Kind
from domain.sla.errors import NothingRuns
from domain.sla.model import SlaClock
from domain.sla.views import LatenessLine, LatenessView
from domain.workorder.model import WorkOrder
from domain.workorder.timeline import Segment, segments


def lateness_view(order: WorkOrder, at: datetime, uow: EveryUnitOfWork) -> LatenessView:
    """Return where the time of the limit went that people ask about: what is late, else the resolution.

    Raises:
        NothingRuns: the work order has no limits.
    """
    clock = _asked_about(order, at, uow)
    if clock is None:
        raise NothingRuns(number=order.number)
    calendars = uow.sla.version(clock.document).calendars
    until = clock.stopped_at or max(at.replace(microsecond=0), clock.started_at)
    life = stretches(clock_rules.as_engine(clock, calendars), until)
    lines = _laid_over(segments(uow.work_orders.history(order.id), until), life, uow)
    counted_s = clock_rules.used_s(clock, calendars, until)
    return LatenessView(
        number=order.number,
        kind=clock.kind,
        state=clock.state,
        policy=clock.policy,
        reason=clock.reason,
        calendar=clock.calendar,
        target_s=clock.target_s,
        started_at=clock.started_at,
        until=until,
        due_at=clock.due_at,
        lines=tuple(lines),
        seconds=int((until - clock.started_at).total_seconds()),
        counted_s=counted_s,
        late_by_s=counted_s - clock.target_s if clock.target_s is not None else None,
    )


def _asked_about(order: WorkOrder, at: datetime, uow: EveryUnitOfWork) -> SlaClock | None:
    """Return what is late, the resolution first; else the newest resolution; else any limit."""
    limited = [one for one in reversed(uow.sla.clocks(order.id)) if one.target_s is not None]
    limited.sort(key=lambda one: (not _is_late(one, at), one.kind != Kind.RESOLUTION))
    return limited[0] if limited else None


def _is_late(clock: SlaClock, at: datetime) -> bool:
    return clock.state == "missed" or (clock.due_at is not None and clock.due_at < at)


def _laid_over(
    life: tuple[Segment, ...], clock: Sequence[Stretch], uow: EveryUnitOfWork
) -> list[LatenessLine]:
    """Cut both against each other; one line for each place and owner, in the order they first occurred."""
    found: dict[tuple[str, str, bool], list[int]] = {}
    for stretch in clock:
        for one in life:
            first, last = max(stretch.from_at, _cut(one.from_at)), min(stretch.to_at, _cut(one.to_at))
            if first >= last:
                continue
            paused = stretch.kind is SegmentKind.PAUSED
            sums = found.setdefault((one.node.value, one.owner_id, paused), [0, 0, 0])
            length = int((last - first).total_seconds())
            sums[0] += length
            sums[1] += length if stretch.kind is SegmentKind.COUNTED else 0
            sums[2] += length if stretch.kind is SegmentKind.CLOSED else 0
    return [
        LatenessLine(
            node=node,
            owner=person_name(owner, uow),
            paused=paused,
            seconds=total,
            counted_s=counted,
            closed_s=closed,
        )
        for (node, owner, paused), (total, counted, closed) in found.items()
    ]


def _cut(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
