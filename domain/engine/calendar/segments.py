"""Why a clock shows what it shows: the stretches of its life, which add up to the elapsed time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from domain.engine.calendar.clock import Clock, Stage, stages, unpaused


class SegmentKind(StrEnum):
    """What a stretch was. A pause outside working hours is a pause."""

    COUNTED = "counted"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True)
class Segment:
    """A stretch of one kind.

    Args:
        stage: 0 until the first change, one more after each.
    """

    from_at: datetime
    to_at: datetime
    kind: SegmentKind
    stage: int


def segments(clock: Clock, until: datetime) -> tuple[Segment, ...]:
    """Return the stretches from the start to a moment: no gap, no overlap, none of no length.

    Source: docs/reference/calendar.md, rule CAL-23.
    """
    return tuple(
        Segment(first, last, kind, number)
        for number, stage in enumerate(stages(clock, until))
        for first, last, kind in _of_stage(clock, stage)
        if first < last
    )


def _of_stage(clock: Clock, stage: Stage) -> Iterator[tuple[datetime, datetime, SegmentKind]]:
    at = stage.from_at
    for first, last in unpaused(clock.pauses, stage.from_at, stage.to_at):
        yield at, first, SegmentKind.PAUSED
        yield from _of_hours(first, last, stage.calendar.open_between(first, last))
        at = last
    yield at, stage.to_at, SegmentKind.PAUSED


def _of_hours(
    from_at: datetime, to_at: datetime, opened: Iterable[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime, SegmentKind]]:
    marks = [from_at, *(mark for stretch in opened for mark in stretch), to_at]
    for number, (first, last) in enumerate(pairwise(marks)):
        yield first, last, SegmentKind.COUNTED if number % 2 else SegmentKind.CLOSED
