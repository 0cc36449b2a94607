"""The pool rule: the technician's own region first, then the fewest open jobs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Candidate(Protocol):
    """A technician who can be reached."""

    @property
    def person_id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def open_jobs(self) -> int: ...


@dataclass(frozen=True)
class Choice:
    """Who is asked, and why, in words for the dispatcher."""

    technician_id: UUID
    reason: str


def choose(candidates: Iterable[Candidate], *, region: str, asked: Collection[UUID]) -> Choice | None:
    """Pick the technician to ask, or None when everybody was asked.

    Same region beats no region beats another region; among equals the fewest open jobs, then the name,
    so that the same facts always give the same answer.

    Source: docs/reference/work-order-lifecycle.md, rule DI-1.
    """
    free = [person for person in candidates if person.person_id not in asked]
    if not free:
        return None
    best = min(free, key=lambda person: (_distance(person.region, region), person.open_jobs, person.name))
    near = ("同区域", "不限区域", "跨区域")[_distance(best.region, region)]
    return Choice(best.person_id, f"{near}，手上 {best.open_jobs} 单")


def _distance(theirs: str, wanted: str) -> int:
    regions = [part.strip() for part in theirs.replace("；", ";").split(";") if part.strip()]
    if not regions or not wanted:
        return 1
    if any(part in wanted or wanted in part for part in regions):
        return 0
    return 2
