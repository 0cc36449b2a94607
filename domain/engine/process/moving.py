"""An instance goes on by another version: what stands in the way, and the step itself.

Source: docs/reference/process-engine.md, rule PE-45.
"""

from collections.abc import Iterator
from datetime import datetime

from domain.engine.process.board import Board
from domain.engine.process.definition import Approve, Definition, Milestone, Node
from domain.engine.process.errors import STATUSES
from domain.engine.process.events import InstanceMoved
from domain.engine.process.graph import Graph
from domain.engine.process.plan import plan_of
from domain.engine.process.problem import Problem
from domain.engine.process.state import ProcessState, Run
from domain.kernel.messages import Event


def movable(before: Definition, after: Definition, state: ProcessState) -> list[Problem]:
    """Return why an instance cannot go on by another version of its process; nothing where it can.

    Args:
        before: the version it follows now.
        after: the version it would follow, which was checked.
    """
    if state.status != "running":
        return [Problem(node="", message=f"流程{STATUSES[state.status]}，只有运行中的才能换版本")]
    if (before.name, before.about) != (after.name, after.about):
        return [Problem(node="", message="新版不是同一个流程，或者适用对象不同")]
    old, new = plan_of(before).graph, plan_of(after).graph
    return [*_where_it_stands(old, new, state), *_what_was_passed(old, new, state)]


def move(
    before: Definition,
    after: Definition,
    state: ProcessState,
    *,
    version: int,
    actor: str,
    now: datetime,
) -> tuple[ProcessState, list[Event]]:
    """Let an instance go on by another version; tasks, votes, due moments and history stay.

    Args:
        version: the number of the version `after`.

    Raises:
        ValueError: it is not movable; ask `movable` first.
    """
    problems = movable(before, after, state)
    if problems:
        raise ValueError(problems[0].message)
    old, new = plan_of(before).graph, plan_of(after).graph
    moved = InstanceMoved(
        occurred_at=now,
        actor_id=actor,
        instance_id=state.instance_id,
        from_version=state.version,
        to_version=version,
        void=tuple(_void(old, new, state)),
    )
    board = Board(state, old)
    board.fold(moved)
    return board.frozen(), [moved]


def _where_it_stands(old: Graph, new: Graph, state: ProcessState) -> Iterator[Problem]:
    """Go through the nodes it stands on: each must be the same kind of node at the same place of a block."""
    for run in state.runs:
        node, then = old.nodes[run.node], new.nodes.get(run.node)
        why = _other(node, then) or (_other_decision(run, node, then, state) if then is not None else "")
        if not why and _blocks(old, run.node) != _blocks(new, run.node):
            why = "在新版里换了并行块"
        if not why and run.detached and _comes_again(old, new, state, run.node):
            why = "还没有批完，在新版里却排在后面"
        if why:
            yield Problem(node=run.node, message=f"现在停在“{node.title}”，它{why}")
    yield from _branches(old, new, state)


def _branches(old: Graph, new: Graph, state: ProcessState) -> Iterator[Problem]:
    """Insist that what runs in different branches of a block still does."""
    flow = [run.node for run in state.runs if not run.detached and run.node in new.nodes]
    for place, name in enumerate(flow):
        for other in flow[place + 1 :]:
            if new.is_behind(name, other) or new.is_behind(other, name):
                message = (
                    f"“{old.nodes[name].title}”和“{old.nodes[other].title}”正在同时进行，在新版里却有先后"
                )
                yield Problem(node=name, message=message)


def _what_was_passed(old: Graph, new: Graph, state: ProcessState) -> Iterator[Problem]:
    """Go through what later rules need: steps that may open again, and the ends of a straight return."""
    for name in state.passed:
        node, then = old.nodes[name], new.nodes.get(name)
        why = _other(node, then) if then is not None or isinstance(node, Milestone) else ""
        if not why and isinstance(node, Milestone) and _comes_again(old, new, state, name):
            why = "在新版里却排在后面"
        if why:
            yield Problem(node=name, message=f"“{node.title}”已经完成，它{why}")
    for name, back in state.detours.items():
        if name not in new.nodes or back not in new.nodes or not new.is_behind(back, name):
            title = old.nodes[back].title
            yield Problem(node=back, message=f"退回后要直达“{title}”，在新版里走不到")


def _other(node: Node, then: Node | None) -> str:
    """Return what makes a node another one; titles, people, ways and rules may differ."""
    if then is None:
        return "在新版里没有了"
    if node.kind != then.kind:
        return "在新版里不是同一种节点了"
    if isinstance(node, Milestone) and isinstance(then, Milestone) and node.step != then.step:
        return "在新版里等的是另一个步骤"
    return ""


def _other_decision(run: Run, node: Node, then: Node, state: ProcessState) -> str:
    """Return what people who are asked already could not go on with."""
    if not isinstance(node, Approve) or not isinstance(then, Approve):
        return ""
    if node.mode != then.mode:
        return "在新版里换了审批方式"
    if node.emergency != then.emergency:
        return "在新版里换了先行后补批的规定"
    clocks = [task.due_at for task in state.tasks if task.run == run.no and task.due_at is not None]
    return "已经在计时，在新版里却没有超时规定" if clocks and then.timeout is None else ""


def _blocks(graph: Graph, name: str) -> list[str]:
    return [split for split, _ in graph.scope[name]]


def _comes_again(old: Graph, new: Graph, state: ProcessState, name: str) -> bool:
    """Tell whether the new version leads to a node that lies behind the flow in the old one."""
    flow = [run.node for run in state.runs if not run.detached and run.node in new.nodes]
    return any(new.is_behind(name, here) and not old.is_behind(name, here) for here in flow)


def _void(old: Graph, new: Graph, state: ProcessState) -> Iterator[str]:
    """Go through what was passed and counts no longer: it is gone, or the flow comes to it once more."""
    for name in state.passed:
        if name not in new.nodes or _comes_again(old, new, state, name):
            yield name
