"""Which way a definition would send something, and whom it would ask on it: to compare two definitions."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from domain.engine.process import Assign, Definition, Directory, Foreseen, Node, simulate
from domain.engine.process.definition import (
    ByField,
    ByHead,
    ByRelation,
    ByRole,
    BySkill,
    End,
    Milestone,
    Timer,
    Trigger,
)
from domain.kernel.errors import DomainError
from domain.policies.process_directory import RELATED
from domain.policies.process_fields import compile_rule
from domain.policies.process_reading import assigns_of

NOBODY_ASKED = "不用审批"
ARROW = " → "
_QUIET = ("start", "condition", "parallel", "join")
"""Nodes that do nothing themselves."""


class RememberingDirectory:
    """A directory that is asked each question once, however many ways are tried.

    Args:
        directory: who is asked the first time.
        now: the moment of every question.
    """

    def __init__(self, directory: Directory, now: datetime) -> None:
        self._directory = directory
        self._people: dict[tuple[object, ...], tuple[str, ...]] = {}
        self._initiators_own = cache(
            lambda who: isinstance(who, ByHead) or getattr(who, "same_region", False)
        )
        self._substitute = cache(lambda person: directory.substitute(person, now))
        self.manager = cache(directory.manager)
        self.active = cache(directory.active)
        self.admins = cache(directory.admins)

    def people(self, who: Assign, data: Mapping[str, Any], initiator: str) -> tuple[str, ...]:
        """Return everybody an assignment means, in a stable order."""
        theirs = isinstance(who, ByHead) or (isinstance(who, ByRole | BySkill) and who.same_region)
        asker = initiator if theirs else ""
        key = (who, asker, *(str(data.get(one)) for one in _keys_of(who)))
        if key not in self._people:
            self._people[key] = self._directory.people(who, data, initiator)
        return self._people[key]

    def substitute(self, person: str, now: datetime) -> str | None:
        """Return who stands in for somebody."""
        return self._substitute(person)


class Way(NamedTuple):
    """One way through a process.

    Args:
        steps: what happens on it, comparable; names of nodes do not matter.
        words: whom it asks and tells, for people.
        all_words: the same with every milestone.
        asked: how often it asks whom.
    """

    steps: tuple[object, ...]
    words: str
    all_words: str
    asked: Counter[str]


NO_PROCESS = Way((), NOBODY_ASKED, "没有流程", Counter())


def way_of(
    definition: Definition,
    data: Mapping[str, Any],
    *,
    initiator: str,
    directory: Directory,
    now: datetime,
    name: Callable[[str], str],
) -> Way:
    """Return the way that something would take now, if everybody agreed."""
    try:
        found = simulate(
            definition, data, compile=compile_rule, directory=directory, now=now, initiator=initiator
        )
    except DomainError as refusal:
        return Way(("refused", refusal.code), refusal.message, refusal.message, Counter())
    nodes = {node.id: node for node in definition.nodes}
    happens = [one for one in found if one.kind not in _QUIET and not one.skipped]
    telling = [one for one in happens if one.kind not in ("task", "end")]
    asked = Counter(
        each.person for one in happens if one.kind == "approve" for each in one.asked if not each.why
    )
    return Way(
        tuple(_step(one, nodes[one.node]) for one in happens),
        ARROW.join(words_of(one, name) for one in telling) or NOBODY_ASKED,
        ARROW.join(words_of(one, name) for one in happens),
        asked,
    )


def words_of(one: Foreseen, name: Callable[[str], str]) -> str:
    """Return a node with whom it asks or tells, e.g. `服务总监审批（周明）`."""
    people = "、".join(
        f"{name(each.person)}（代 {name(each.principal)}）" if each.principal else name(each.person)
        for each in one.asked
    )
    return f"{one.title}（{people}）" if people else one.title


def people_keys(definition: Definition) -> frozenset[str]:
    """Return the keys of the values by which a definition finds people."""
    return frozenset(key for who in assigns_of(definition) for key in _keys_of(who))


def _keys_of(who: Assign) -> Iterator[str]:
    if isinstance(who, ByRole | BySkill) and who.same_region:
        yield "region"
    if isinstance(who, ByField | BySkill) and who.field:
        yield who.field
    if isinstance(who, ByRelation) and who.relation in RELATED:
        yield RELATED[who.relation]


def _step(one: Foreseen, node: Node) -> object:
    match node:
        case Milestone():
            what: object = node.step
        case Trigger():
            what = (node.do, repr(sorted(node.with_.items())))
        case Timer():
            what = node.after_min
        case End():
            what = node.result
        case _:
            what = (one.mode, one.asked)
    return (one.kind, one.depth, what)
