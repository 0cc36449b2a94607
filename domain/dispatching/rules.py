"""Pure rules: which row of the table fits a work order, and who is asked in which order.

The same facts always give the same answer, whatever order they are listed in.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

NEAR = ("同区域", "不限区域", "跨区域")
LEVELS = ("初级", "中级", "高级", "专家")
"""Skills of which a higher one stands for every lower one."""
Holds = Callable[[str], bool]
"""Tells whether a formula holds for the work order; what it is asked about is not read before."""


class DispatchMode(StrEnum):
    """Who decides whom to ask."""

    AUTO = "auto"
    """The best technician is asked at once."""
    RECOMMEND = "recommend"
    """A dispatcher chooses among the best."""
    MANUAL = "manual"
    """A dispatcher names somebody."""


class Skilled(Protocol):
    """Somebody with skills."""

    @property
    def skills(self) -> Collection[str]: ...


class Candidate(Skilled, Protocol):
    """A technician who can be reached."""

    @property
    def person_id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def open_jobs(self) -> int: ...
    @property
    def open_minutes(self) -> int: ...


class Rule(Protocol):
    """A row of the rule table; an empty condition fits everything."""

    @property
    def position(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def customer_level(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def asset_kind(self) -> str: ...
    @property
    def priority(self) -> str: ...
    @property
    def when(self) -> str: ...


R = TypeVar("R", bound=Rule)


@dataclass(frozen=True)
class Facts:
    """What a rule may look at.

    Args:
        asset_kinds: code and name of the kind of machine; empty for an unknown one.
    """

    type: str
    customer_level: str
    region: str
    asset_kinds: tuple[str, ...]
    priority: str


@dataclass(frozen=True)
class Choice:
    """Who is asked, and why, in words for the dispatcher."""

    technician_id: UUID
    reason: str


def match_rule(facts: Facts, rules: Iterable[R], holds: Holds) -> R | None:
    """Return the first rule that fits by position, or None.

    Args:
        holds: asked about the formula of a rule only where its other conditions fit.

    Source: docs/reference/work-order-lifecycle.md, rules DI-2 and DI-7.
    """
    ordered = sorted(rules, key=lambda rule: rule.position)
    return next(
        (rule for rule in ordered if _fits(rule, facts) and (not rule.when or holds(rule.when))), None
    )


def choose(
    candidates: Iterable[Candidate],
    *,
    region: str,
    asked: Collection[UUID],
    skill: str = "",
    previous: UUID | None = None,
) -> Choice | None:
    """Pick the technician to ask, or None when nobody is left: the first of `rank`."""
    return next(iter(rank(candidates, region=region, asked=asked, skill=skill, previous=previous)), None)


def rank(
    candidates: Iterable[Candidate],
    *,
    region: str,
    asked: Collection[UUID],
    skill: str = "",
    previous: UUID | None = None,
) -> Sequence[Choice]:
    """Return who may be asked, the best first.

    A needed skill is never waived. Whoever did the work before is asked first. Then same region beats no
    region beats another region; among equals the fewest open jobs, then the fewest minutes that these are
    expected to take, then the name, then the id.

    Args:
        asked: technicians who were asked already.
        skill: what they must know; empty asks nothing.
        previous: who did the work that is open again.

    Source: docs/reference/work-order-lifecycle.md, rules DI-1 and DI-3.
    """
    free = [one for one in candidates if one.person_id not in asked and knows(one, skill)]
    free.sort(
        key=lambda one: (
            one.person_id != previous,
            distance(one.region, region),
            one.open_jobs,
            one.open_minutes,
            one.name,
            one.person_id.int,
        )
    )
    return [Choice(one.person_id, _reason(one, region, skill, previous)) for one in free]


def knows(person: Skilled, skill: str) -> bool:
    """Return whether somebody has a skill, however it is written; everybody has the empty one.

    A level is had by whoever has it or a higher one.

    Source: docs/reference/work-order-lifecycle.md, rule DI-3.
    """
    if not skill:
        return True
    wanted = _folded(skill)
    enough = LEVELS[LEVELS.index(wanted) :] if wanted in LEVELS else (wanted,)
    return not {_folded(each) for each in person.skills}.isdisjoint(enough)


def needed(skill: str, marked: str = "“{}”") -> str:
    """Return what a technician must be like: `会“制冷”`, `“高级”及以上`."""
    name = marked.format(skill)
    return f"{name}及以上" if _folded(skill) in LEVELS else f"会{name}"


def distance(theirs: str, wanted: str) -> int:
    """Return 0 for the same region, 1 where nobody said, 2 for another region."""
    regions = _parts(theirs)
    if not regions or not wanted:
        return 1
    if any(part in wanted or wanted in part for part in regions):
        return 0
    return 2


def _reason(person: Candidate, region: str, skill: str, previous: UUID | None) -> str:
    words = ["上次由其处理"] if person.person_id == previous else []
    words.append(NEAR[distance(person.region, region)])
    words += [needed(skill, "{}")] if skill else []
    expected = f"（预计 {person.open_minutes} 分钟）" if person.open_minutes else ""
    return "，".join([*words, f"手上 {person.open_jobs} 单{expected}"])


def _fits(rule: Rule, facts: Facts) -> bool:
    return (
        _one_of(rule.type, (facts.type,))
        and _one_of(rule.customer_level, (facts.customer_level,))
        and _one_of(rule.asset_kind, facts.asset_kinds)
        and _one_of(rule.priority, (facts.priority,))
        and (not _parts(rule.region) or (bool(facts.region) and distance(rule.region, facts.region) == 0))
    )


def _one_of(wanted: str, values: Iterable[str]) -> bool:
    parts = {_folded(part) for part in _parts(wanted)}
    return not parts or any(_folded(value) in parts for value in values)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace("；", ";").split(";") if part.strip()]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
