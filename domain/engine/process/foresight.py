"""A dry run: which way sample data would take, by which rules, and whom it would ask. Nothing is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.engine.process import deciding
from domain.engine.process.board import Board
from domain.engine.process.definition import Approve, Cc, Choice, Definition, Mode, Node, Parallel
from domain.engine.process.graph import exits
from domain.engine.process.plan import plan_of
from domain.engine.process.ports import Compile, Directory
from domain.engine.process.state import ProcessState
from domain.engine.process.turn import Turn
from domain.engine.process.ways import chosen
from domain.engine.process.who import meant, seat
from domain.kernel.messages import Message

_NOBODY = UUID(int=0)


class Asked(Message):
    """Somebody who would be asked.

    Args:
        person: who would decide.
        principal: for whom, as a substitute; else empty.
        why: `self` where they would agree by rule, else empty.
    """

    person: str
    principal: str = ""
    why: str = ""


class Foreseen(Message):
    """A node the instance would come to, if everybody agreed.

    Args:
        depth: how many parallel blocks are around it.
        mode: how an approval is decided.
        rule: for a condition, the rule that held; for a skipped approval, why.
        values: what the rule saw.
        next: where a condition leads.
    """

    node: str
    title: str
    kind: str
    depth: int = 0
    mode: Mode | None = None
    asked: tuple[Asked, ...] = ()
    rule: str = ""
    values: tuple[tuple[str, Any], ...] = ()
    next: str = ""
    skipped: bool = False


def simulate(
    definition: Definition,
    data: Mapping[str, Any],
    *,
    compile: Compile,
    directory: Directory,
    now: datetime,
    initiator: str = "",
) -> list[Foreseen]:
    """Return the nodes in the order they would be reached, parallel branches one after another.

    Args:
        initiator: who would start it; needed where the definition asks their manager.

    Raises:
        NobodyToAsk: an approval finds neither approvers nor administrators.
    """
    plan = plan_of(definition)
    state = ProcessState(instance_id=_NOBODY, name=plan.name, version=0, initiator=initiator, data=dict(data))
    turn = Turn(plan, state, actor="system", now=now, directory=directory, compile=compile)
    assert isinstance(turn.board, Board)
    graph, found = plan.graph, []
    pending, seen = [graph.start], set()
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        node = graph.nodes[name]
        here = _foresee(turn, node, len(graph.scope[name]))
        found.append(here)
        ways = (here.next,) if isinstance(node, Choice) else exits(node)
        if isinstance(node, Parallel):
            pending += [node.join, *reversed(ways)]
        else:
            pending += [way for way in ways if graph.nodes[way].kind != "join" or not graph.scope[name]]
    return found


def _foresee(turn: Turn, node: Node, depth: int) -> Foreseen:
    said: dict[str, Any] = {}
    if isinstance(node, Choice):
        way, rule, values = chosen(turn, node)
        said = {"next": way, "rule": rule, "values": values}
    elif isinstance(node, Approve):
        said = _foresee_approval(turn, node)
    elif isinstance(node, Cc):
        said = {"asked": tuple(Asked(person=person) for person in meant(turn, node.to))}
    return Foreseen(node=node.id, title=node.title, kind=node.kind, depth=depth, **said)


def _foresee_approval(turn: Turn, node: Approve) -> dict[str, Any]:
    if node.skip_when:
        formula = turn.formulas.of(node.skip_when)
        if formula.holds(turn.board.data):
            values = tuple(formula.trace(turn.board.data))
            return {"skipped": True, "rule": f"满足跳过条件：{formula.sentence()}", "values": values}
    people, mode = meant(turn, node.approvers), node.mode
    if not people and node.empty == "pass":
        return {"skipped": True, "rule": "没有审批人，按规则自动通过"}
    if not people:
        people, mode = deciding.admins(turn, node), "any"
    seats = [seat(turn, node, person, run=0) for person in people]
    asked = tuple(Asked(person=one.assignee, principal=one.principal, why=one.why) for one in seats)
    return {"mode": mode, "asked": asked}
