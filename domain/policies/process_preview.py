"""A rule tried on the past: what would have gone another way, had a definition counted before.

Facts that every rule of both definitions answers alike take the same way, so the engine is asked once for
each such combination, however many work orders there are.
"""

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from domain.approval.ports import PublishedProcess
from domain.approval.views import ApproverLoad, OtherWay, PreviewView
from domain.engine.process import Definition
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_directory import RecordedDirectory
from domain.policies.process_fields import AMOUNT, ORDER, compile_rule, rules_of
from domain.policies.process_orders import DEFAULT, PREFIX, who_answers
from domain.policies.process_ways import NO_PROCESS, RememberingDirectory, Way, people_keys, way_of
from domain.policies.sla_audience import Superiors
from domain.policies.views import name_of_actor
from domain.workorder.details import OrderType

DECIDED = ("agreed", "refused", "returned")
"""Outcomes of tasks that somebody decided."""
Key = tuple[object, ...]


class Case(NamedTuple):
    """One past work order or request.

    Args:
        asker_id: who reported the work order, or who made the request.
        facts: the values that rules see, as they are now.
    """

    number: str
    asker_id: UUID
    facts: Mapping[str, Any]


@dataclass
class _Alike:
    """Cases that take the same way; the first few are kept with their place among all."""

    first: Case
    count: int = 0
    shown: list[tuple[int, str, int | None]] = field(default_factory=list)


class Comparison:
    """Two definitions and the past, grouped by what makes a difference.

    Args:
        before: what counts now; None where nothing does.
        limit: how many lines are shown.
    """

    def __init__(self, before: Definition | None, after: Definition, limit: int) -> None:
        self.before, self.after, self.limit = before, after, limit
        both = [one for one in (before, after) if one is not None]
        self._tests = [
            compile_rule(rule).holds for rule in sorted({r for one in both for r in rules_of(one)})
        ]
        keys = {key for one in both for key in people_keys(one)}
        self._keys = sorted(keys | {"region"} if after.about == ORDER else keys)
        self._groups: dict[Key, _Alike] = {}
        self.looked_at = 0

    def take(self, cases: Iterable[Case], asker_matters: bool) -> Iterable[int]:
        """Group the past, the newest first; yields how many were looked at, now and then.

        Args:
            asker_matters: who asked may make a difference.
        """
        for case in cases:
            facts = case.facts
            answers = tuple([test(facts) for test in self._tests])
            people = tuple([str(facts.get(key)) for key in self._keys])
            key = (answers, people, case.asker_id if asker_matters else None)
            group = self._groups.get(key)
            if group is None:
                group = self._groups[key] = _Alike(case)
            group.count += 1
            if len(group.shown) < self.limit:
                group.shown.append((self.looked_at, case.number, facts.get(AMOUNT)))
            self.looked_at += 1
            yield self.looked_at

    def ways(self, uow: EveryUnitOfWork, now: datetime) -> "Ways":
        """Ask the engine for both ways of every group."""
        ways, superiors = Ways(self), Superiors(uow)
        directory = RememberingDirectory(RecordedDirectory(uow), now)
        names: dict[str, str] = {}

        def name(person: str) -> str:
            if person not in names:
                names[person] = name_of_actor(person, uow) or person
            return names[person]

        for group in self._groups.values():
            asker = group.first.asker_id
            if self.after.about == ORDER:
                asker = who_answers(str(group.first.facts.get("region", "")), asker, superiors)
            before, after = (
                way_of(one, group.first.facts, initiator=str(asker), directory=directory, now=now, name=name)
                if one is not None
                else NO_PROCESS
                for one in (self.before, self.after)
            )
            ways.add(group, before, after)
        ways.names = names
        return ways


class Ways:
    """What goes another way, counted."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._lines: list[tuple[int, OtherWay]] = []
        self.changed = 0
        self.more: Counter[str] = Counter()
        self.fewer: Counter[str] = Counter()
        self.names: Mapping[str, str] = {}

    def add(self, group: _Alike, before: Way, after: Way) -> None:
        """Count a group where its two ways differ."""
        if before.steps == after.steps or (before is NO_PROCESS and before.words == after.words):
            return
        self.changed += group.count
        for counts, extra in (
            (self.more, after.asked - before.asked),
            (self.fewer, before.asked - after.asked),
        ):
            for person, times in extra.items():
                counts[person] += times * group.count
        old, new = (before.words, after.words)
        if old == new:
            old, new = before.all_words, after.all_words
        self._lines += [
            (place, OtherWay(number=number, amount_fen=amount, before=old, after=new))
            for place, number, amount in group.shown
        ]

    @property
    def people(self) -> Sequence[UUID]:
        """Return everybody who would be asked more or less often."""
        return [UUID(person) for person in sorted({*self.more, *self.fewer})]

    def view(self, version: int, days: int, answers: Mapping[UUID, Sequence[int]]) -> PreviewView:
        """Return what the owner is shown.

        Args:
            answers: how long people took to answer, in seconds.
        """
        comparison = self._comparison
        lines = sorted(self._lines, key=lambda one: one[0])[: comparison.limit]
        loads = [
            ApproverLoad(
                name=self.names[str(person)],
                more=self.more[str(person)],
                fewer=self.fewer[str(person)],
                answer_s=int(statistics.median(answers[person])) if answers.get(person) else None,
            )
            for person in self.people
        ]
        loads.sort(key=lambda one: (one.fewer - one.more, one.name))
        return PreviewView(
            name=comparison.after.name,
            title=comparison.after.title,
            version=version,
            about=comparison.after.about,
            days=days,
            looked_at=comparison.looked_at,
            changed=self.changed,
            lines=tuple(line for _, line in lines),
            loads=tuple(loads),
        )


def counts_now(definition: Definition, uow: EveryUnitOfWork) -> PublishedProcess | None:
    """Return what decides now where this definition would decide, or None where nothing does."""
    current = uow.processes.current(definition.name)
    if current is None and definition.about == ORDER and definition.name.startswith(PREFIX):
        current = uow.processes.current(DEFAULT)
    return current if current is not None and current.definition.about == definition.about else None


def types_of(name: str, uow: EveryUnitOfWork) -> frozenset[str]:
    """Return the types of work order that a process of this name is for."""
    types = {one.value for one in OrderType}
    if name != DEFAULT:
        return frozenset({name.removeprefix(PREFIX)} & types if name.startswith(PREFIX) else ())
    return frozenset(one for one in types if uow.processes.current(f"{PREFIX}{one}") is None)


def asker_matters(definition: Definition, uow: EveryUnitOfWork) -> bool:
    """Return whether who asked makes a difference: for work orders only where no colleague answers for it."""
    return definition.about != ORDER or not Superiors(uow).at(1, "")
