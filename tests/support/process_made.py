"""Sound definitions at random: sequences, conditions and nested blocks of every kind of node."""

from typing import Any

from hypothesis import strategies as st

from domain.engine.process import Definition
from tests.support.process import approval, process

PEOPLE = ["zhang", "wang", "sun", "zhou", "qian", "wu", "li"]
MODES = [{"mode": "all"}, {"mode": "any"}, {"mode": "sequence"}, {"mode": "vote", "pass_share": 0.6}]
TIMEOUTS = [
    None,
    {"within_min": 40, "do": "remind", "every_min": 30},
    {"within_min": 40, "do": "escalate", "every_min": 60},
    {"within_min": 40, "do": "agree"},
]
KINDS = ["approve", "approve", "approve", "task", "timer", "trigger", "condition", "parallel"]


class _Maker:
    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.nodes: list[dict[str, Any]] = []

    def name(self) -> str:
        return f"n{len(self.nodes)}"

    def add(self, kind: str, **said: Any) -> str:
        name = self.name()
        self.nodes.append({"kind": kind, "id": name, "title": f"节点{name}", **said})
        return name

    def row(self, then: str, depth: int) -> str:
        for _ in range(self.draw(st.integers(1, 3))):
            then = self.piece(then, depth)
        return then

    def piece(self, then: str, depth: int) -> str:
        kind = self.draw(st.sampled_from(KINDS[: 8 if depth < 3 else 6]))
        if kind == "approve":
            return self.approve(then)
        if kind == "task":
            step = self.draw(st.sampled_from(["accept", "work", "arrive"]))
            return self.add("task", step=step, next=then)
        if kind == "timer":
            return self.add("timer", after_min=30, next=then)
        if kind == "trigger":
            return self.add("trigger", do="book", next=then)
        if kind == "condition":
            when = f"amount > {self.draw(st.sampled_from([100, 500]))}"
            ways = [{"when": when, "next": self.row(then, depth + 1)}]
            return self.add(
                "condition", branches=ways, default=self.draw(st.sampled_from([then, self.approve(then)]))
            )
        join = self.add("join", next=then)
        branches = [self.row(join, depth + 1) for _ in range(self.draw(st.integers(2, 3)))]
        return self.add("parallel", branches=branches, join=join)

    def approve(self, then: str) -> str:
        people = self.draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True))
        said: dict[str, Any] = dict(self.draw(st.sampled_from(MODES)))
        said["timeout"] = self.draw(st.sampled_from(TIMEOUTS))
        said["refusal"] = self.draw(st.sampled_from(["end", "return"]))
        said["emergency"] = self.draw(st.integers(0, 5)) == 0
        said["again_when_raised"] = self.draw(st.sampled_from(["", "amount"]))
        said["skip_when"] = self.draw(st.sampled_from(["", "", "amount < 200"]))
        node = approval(self.name(), *people, then=then, **said)
        self.nodes.append(node)
        return str(node["id"])


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Return a definition that every check accepts."""
    maker = _Maker(draw)
    first = maker.row("end", 0)
    used, pending = {first}, [first]
    nodes = {node["id"]: node for node in maker.nodes}
    while pending:
        node = nodes.get(pending.pop(), {})
        ways = [node.get("next"), node.get("default"), *node.get("branches", [])]
        for way in (way["next"] if isinstance(way, dict) else way for way in ways):
            if way in nodes and way not in used:
                used.add(way)
                pending.append(way)
    return process(*(node for node in maker.nodes if node["id"] in used), first=first)
