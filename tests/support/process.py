"""A small firm and small formulas for the process engine."""

import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.engine.process import Definition, ProcessState, Task, replay, start, step
from domain.engine.process import commands as asks
from domain.engine.process.definition import Assign
from domain.kernel.messages import Event

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
INSTANCE = UUID(int=7)
_WAYS = {">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le, "=": operator.eq}
_FORMULA = re.compile(r"([a-z_]+) *(>=|<=|>|<|=) *(-?\d+)")


class BadFormula(ValueError):
    """What a compiler raises."""

    def __init__(self, message: str, column: int | None) -> None:
        super().__init__(message)
        self.message, self.column = message, column


@dataclass(frozen=True)
class Compared:
    """One field compared with a number."""

    key: str
    sign: str
    value: int

    def holds(self, data: Mapping[str, Any]) -> bool:
        return self.key in data and bool(_WAYS[self.sign](data[self.key], self.value))

    def sentence(self) -> str:
        return f"{self.key} {self.sign} {self.value}"

    def trace(self, data: Mapping[str, Any]) -> tuple[tuple[str, object], ...]:
        return ((self.key, data.get(self.key)),)


def compare(text: str) -> Compared:
    """Read `amount > 500`."""
    found = _FORMULA.fullmatch(text.strip())
    if found is None:
        raise BadFormula("看不懂", 1)
    return Compared(found[1], found[2], int(found[3]))


@dataclass
class Firm:
    """Who is who; everybody's manager is `boss`, and hers is nobody."""

    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    managers: dict[str, str] = field(default_factory=dict)
    substitutes: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    admin: tuple[str, ...] = ("admin",)

    def people(self, who: Assign, data: Mapping[str, Any], initiator: str) -> tuple[str, ...]:
        if who.by == "role":
            return self.roles.get(who.role, ())
        if who.by == "head":
            found: str | None = initiator
            for _ in range(who.levels):
                found = self.manager(found or "")
            return (found,) if found else ()
        if who.by == "field":
            named = data.get(who.field, ())
            return (named,) if isinstance(named, str) else tuple(named)
        return ()

    def substitute(self, person: str, now: datetime) -> str | None:
        return self.substitutes.get(person)

    def manager(self, person: str) -> str | None:
        return self.managers.get(person, "boss" if person not in {"boss", ""} else None)

    def active(self, person: str) -> bool:
        return person not in self.gone

    def admins(self) -> tuple[str, ...]:
        return self.admin


class Life:
    """One instance that is played with; each step is checked against the replay."""

    def __init__(
        self,
        definition: Definition,
        *,
        data: Mapping[str, Any] | None = None,
        firm: Firm | None = None,
        initiator: str = "li",
        nodes_done: Sequence[str] = (),
    ) -> None:
        self.definition, self.firm, self.now = definition, firm or Firm(), AT
        self.state, self.events = start(
            definition,
            instance_id=INSTANCE,
            initiator=initiator,
            data=data or {},
            version=1,
            now=AT,
            directory=self.firm,
            compile=compare,
            nodes_done=nodes_done,
        )
        self.new: list[Event] = self.events
        self.check()

    def do(self, command: asks.Ask) -> "Life":
        """Execute a command."""
        before = self.state.model_dump_json()
        old = self.state
        self.state, self.new = step(
            self.definition, self.state, command, now=self.now, directory=self.firm, compile=compare
        )
        assert old.model_dump_json() == before
        self.events = [*self.events, *self.new]
        self.check()
        return self

    def check(self) -> None:
        """Insist that the state is the replay, and comes back from storage."""
        assert replay(self.definition, self.events) == self.state
        assert ProcessState.model_validate_json(self.state.stored()) == self.state
        for event in self.new:
            kept = {**event.payload(), "occurred_at": event.occurred_at, "actor_id": event.actor_id}
            assert type(event).model_validate(kept) == event

    def later(self, minutes: int) -> "Life":
        """Let time pass, and the clock look."""
        self.now += timedelta(minutes=minutes)
        return self.do(asks.Tick())

    def task(self, person: str, node: str = "") -> Task:
        """Return somebody's task, the open one first."""
        found = [t for t in self.state.tasks if t.assignee == person and node in {"", t.node}]
        return sorted(found, key=lambda t: (t.status != "open", t.status != "waiting", -t.no))[0]

    def agree(self, *people: str, **more: Any) -> "Life":
        """Let people agree, one after another."""
        for person in people:
            self.do(asks.Agree(actor=person, task=self.task(person).id, **more))
        return self

    def refuse(self, person: str) -> "Life":
        """Let somebody refuse."""
        return self.do(asks.Refuse(actor=person, task=self.task(person).id, comment="不行"))

    def send_back(self, person: str, to: str, then: Any = "again") -> "Life":
        """Let somebody return it."""
        task = self.task(person).id
        return self.do(asks.Return(actor=person, task=task, to=to, then=then, comment="再看看"))

    def add(self, person: str, *people: str, where: Any, mode: Any = "all") -> "Life":
        """Let somebody add approvers."""
        task = self.task(person).id
        return self.do(asks.AddApprovers(actor=person, task=task, people=people, where=where, mode=mode))

    def play(self, script: str) -> "Life":
        """Play lines such as `zhang agree`, `zhang before wu,xu any`, `sun return first straight`."""
        for line in filter(None, map(str.strip, script.split(";"))):
            person, verb, *rest = line.split()
            self._say(person, verb, rest)
        return self

    def _say(self, person: str, verb: str, rest: list[str]) -> None:
        if verb in {"agree", "refuse"}:
            self.agree(person) if verb == "agree" else self.refuse(person)
        elif verb == "return":
            self.send_back(person, *rest)
        elif verb in {"before", "after", "beside"}:
            self.add(person, *rest[0].split(","), where=verb, mode=rest[1] if rest[1:] else "all")
        elif verb == "entrust":
            self.do(asks.Entrust(actor=person, task=self.task(person).id, to=rest[0]))
        elif verb == "remove":
            self.do(asks.RemoveApprover(actor=person, task=self.task(rest[0]).id))
        elif verb == "resubmit":
            self.do(asks.Resubmit(actor=person))
        elif verb == "reach":
            self.do(asks.Reach(actor=person, step=rest[0]))
        else:
            raise AssertionError(f"unknown line: {verb}")

    @property
    def open(self) -> list[str]:
        """Return who is asked now."""
        return [task.assignee for task in self.state.open_tasks]

    @property
    def stands_on(self) -> list[str]:
        """Return the nodes the instance stands on."""
        return sorted(run.node for run in self.state.runs)

    def names(self) -> list[str]:
        """Return what the last command recorded."""
        return [type(event).__name__ for event in self.new]


def persons(*people: str) -> list[dict[str, str]]:
    """Return an assignment of people by name."""
    return [{"by": "person", "person": person} for person in people]


def approval(name: str, *people: str, then: str, **more: Any) -> dict[str, Any]:
    """Return an approve node."""
    return {
        "kind": "approve",
        "id": name,
        "title": f"{name}审批",
        "approvers": persons(*people),
        "next": then,
        **more,
    }


def process(*nodes: dict[str, Any], first: str = "", result: str = "approved") -> Definition:
    """Return a definition with a start before and an end after some nodes."""
    begin = {"kind": "start", "id": "start", "next": first or nodes[0]["id"]}
    end = {"kind": "end", "id": "end", "result": result}
    said = {"name": "trial", "title": "试验", "about": "quote", "nodes": [begin, *nodes, end]}
    return Definition.model_validate(said)


def one(*people: str, **more: Any) -> Definition:
    """Return a definition with one approval."""
    return process(approval("a", *people, then="end", **more))
