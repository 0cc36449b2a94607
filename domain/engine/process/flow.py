"""How an instance moves: into nodes, through them, and back.

Source: docs/reference/process-engine.md, rules PE-18 to PE-24.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from domain.engine.process import deciding
from domain.engine.process import events as facts
from domain.engine.process.definition import (
    Approve,
    Cc,
    Choice,
    End,
    Join,
    Milestone,
    Node,
    Parallel,
    Timer,
    Trigger,
)
from domain.engine.process.state import Run
from domain.engine.process.turn import Turn
from domain.engine.process.ways import chosen, is_decided
from domain.engine.process.who import meant


def enter(turn: Turn, name: str, *, detached: bool = False) -> None:
    """Stand on a node; what happens there happens in `pump`.

    A join is entered only by the last branch. `detached` asks an approval again beside the flow.
    """
    node = turn.node(name)
    if isinstance(node, Join) and _is_busy(turn, turn.graph.split_of(name)):
        return
    emergency = isinstance(node, Approve) and node.emergency
    due_at = turn.now + timedelta(minutes=node.after_min) if isinstance(node, Timer) else None
    turn.emit(
        facts.NodeEntered,
        node=name,
        run=turn.board.last_run + 1,
        step=node.step if isinstance(node, Milestone) else "",
        detached=detached or emergency,
        watch=turn.amount(node.again_when_raised) if isinstance(node, Approve) else None,
        due_at=due_at,
    )
    turn.queue.append((turn.board.last_run, emergency and not detached))


def _is_busy(turn: Turn, split: str) -> bool:
    """Tell whether the flow is still in a branch, or has yet to go on behind an emergency there."""
    block = turn.graph.block(split)
    return any(block & turn.graph.bit[name] for name in turn.flow())


def pump(turn: Turn) -> None:
    """Let every node that was entered do its work, until all wait or the instance is over."""
    while turn.queue:
        no, goes_on = turn.queue.popleft()
        run = turn.board.runs.get(no)
        if run is None:
            continue
        node = turn.node(run.node)
        if run.node in turn.known_done and node.kind not in _ALWAYS:
            skip(turn, run, "以前已完成")
        else:
            _ARRIVALS[node.kind](turn, run, node)
        if goes_on and turn.board.status == "running":
            _go_on_behind(turn, node)


def leave(turn: Turn, run: Run, outcome: str) -> None:
    """Stand on a node no longer and go on, unless the flow has gone on already."""
    turn.emit(facts.NodeLeft, node=run.node, run=run.no, outcome=outcome)
    if run.detached:
        finish_if_due(turn)
    else:
        _go_on_behind(turn, turn.node(run.node))


def _go_on_behind(turn: Turn, node: Node) -> None:
    """Enter what follows a node, or jump straight back, and then look at once what was raised since."""
    assert not isinstance(node, End | Choice | Parallel)
    detour = turn.board.detours.get(node.id)
    if detour is None or not is_decided(turn, node.next, detour):
        enter(turn, node.next)
        return
    enter(turn, detour)
    turn.ask_what_was_raised(turn)


def skip(turn: Turn, run: Run, why: str) -> None:
    """Pass a node without asking anybody, and say why."""
    turn.emit(facts.NodeSkipped, node=run.node, run=run.no, why=why)
    leave(turn, run, "skipped")


def finish_if_due(turn: Turn) -> None:
    """End the instance where it stands on its end and nothing is owed any more."""
    board = turn.board
    if len(board.runs) != 1:
        return
    (run,) = board.runs.values()
    node = turn.node(run.node)
    if isinstance(node, End):
        turn.emit(facts.NodeLeft, node=run.node, run=run.no, outcome="done")
        turn.emit(facts.InstanceEnded, status=node.result)


def end_all(turn: Turn, status: str, comment: str = "") -> None:
    """End the instance wherever it stands."""
    for run in list(turn.board.runs.values()):
        cancel(turn, run)
    turn.queue.clear()
    turn.emit(facts.InstanceEnded, status=status, comment=comment)


def cancel(turn: Turn, run: Run, outcome: str = "cancelled") -> None:
    """Stand on a node no longer without going on."""
    turn.close_rest(run.no)
    turn.emit(facts.NodeLeft, node=run.node, run=run.no, outcome=outcome)


def settle(turn: Turn, run: Run) -> None:
    """Ask whose turn it is, and leave the node or the instance once it is decided."""
    node = turn.approve_node(run)
    verdict = deciding.proceed(turn, run)
    if verdict == deciding.REFUSED and node is not None:
        _refuse(turn, run, node)
    elif node is not None and is_raised(turn, run, node):
        ask_anew(turn, run)
    elif verdict == deciding.AGREED:
        turn.close_rest(run.no)
        leave(turn, turn.board.runs[run.no], "agreed")


def is_raised(turn: Turn, run: Run, node: Approve) -> bool:
    """Tell whether the watched amount is over what these people were asked about."""
    now = turn.amount(node.again_when_raised)
    return now is not None and run.watch is not None and now > run.watch


def ask_anew(turn: Turn, run: Run) -> None:
    """Begin a node again, because the amount it is about was raised."""
    turn.why = "again"
    cancel(turn, run, "again")
    enter(turn, run.node, detached=run.detached)


def _refuse(turn: Turn, run: Run, node: Approve) -> None:
    turn.close_rest(run.no)
    turn.emit(facts.NodeLeft, node=run.node, run=run.no, outcome="refused")
    if node.refusal == "end":
        end_all(turn, "refused")
    else:
        to = _last_step(turn) if node.refusal == "step" else turn.graph.start
        send_back(turn, run.node, to, why="refusal")


def _last_step(turn: Turn) -> str:
    """Return the step that was reached last, else the start."""
    passed = turn.board.passed
    steps = [name for name in passed if isinstance(turn.graph.nodes[name], Milestone)]
    return max(steps, key=lambda name: passed[name].no, default=turn.graph.start)


def send_back(
    turn: Turn, from_node: str, to: str, *, why: str, straight: bool = False, comment: str = ""
) -> None:
    """Go back to a node, or be put on one; parallel blocks on the way are cancelled and run anew as a whole.

    Source: docs/reference/process-engine.md, the truth table of 退回 × 并行.
    """
    graph = turn.graph
    entry = graph.lifted(to, from_node or graph.start)
    back = graph.lifted(from_node, entry) if straight else ""
    back = "" if back == entry else back
    void, around = graph.voided(entry, back), graph.scope[entry]
    for run in list(turn.board.runs.values()):
        beside = not run.detached and graph.scope[run.node][: len(around)] == around
        if beside or graph.bit[run.node] & void:
            cancel(turn, run)
    turn.emit(
        facts.InstanceReturned,
        from_node=from_node,
        to=to,
        entry=entry,
        back=back,
        why=why,
        comment=comment,
    )
    enter(turn, entry)


def _start(turn: Turn, run: Run, _: Node) -> None:
    if turn.board.last_run == 1:
        leave(turn, run, "done")
    else:
        _ask(turn, run, (turn.board.initiator,), "any")


def _approve(turn: Turn, run: Run, node: Node) -> None:
    assert isinstance(node, Approve)
    if node.skip_when:
        formula = turn.formulas.of(node.skip_when)
        if formula.holds(turn.board.data):
            skip(turn, run, f"满足跳过条件：{formula.sentence()}")
            return
    people = meant(turn, node.approvers)
    if people:
        _ask(turn, run, people, node.mode)
    elif node.empty == "pass":
        skip(turn, run, "没有审批人，按规则自动通过")
    else:
        _ask(turn, run, deciding.admins(turn, node), "any")


def _ask(turn: Turn, run: Run, people: tuple[str, ...], mode: str) -> None:
    turn.emit(facts.ApproversAsked, node=run.node, run=run.no, people=people, mode=mode)
    settle(turn, turn.board.runs[run.no])


def _choose(turn: Turn, run: Run, node: Node) -> None:
    assert isinstance(node, Choice)
    way, rule, values = chosen(turn, node)
    turn.emit(facts.BranchChosen, node=run.node, rule=rule, values=values, next=way)
    turn.emit(facts.NodeLeft, node=run.node, run=run.no, outcome="done")
    enter(turn, way)


def _split(turn: Turn, run: Run, node: Node) -> None:
    assert isinstance(node, Parallel)
    turn.emit(facts.NodeLeft, node=run.node, run=run.no, outcome="done")
    for branch in dict.fromkeys(node.branches):
        enter(turn, branch)


def _copy(turn: Turn, run: Run, node: Node) -> None:
    assert isinstance(node, Cc)
    turn.emit(facts.Copied, node=run.node, people=meant(turn, node.to))
    leave(turn, run, "done")


def _fire(turn: Turn, run: Run, node: Node) -> None:
    assert isinstance(node, Trigger)
    turn.emit(facts.TriggerFired, node=run.node, do=node.do, with_=node.with_)
    leave(turn, run, "done")


def _end(turn: Turn, _: Run, __: Node) -> None:
    finish_if_due(turn)


def _go_on(turn: Turn, run: Run, _: Node) -> None:
    leave(turn, run, "done")


def _wait(_: Turn, __: Run, ___: Node) -> None:
    """Nothing happens here until somebody or the clock says so."""


_ALWAYS = {"start", "end", "condition", "parallel", "join"}
_ARRIVALS: dict[str, Callable[[Turn, Run, Any], None]] = {
    "start": _start,
    "end": _end,
    "task": _wait,
    "approve": _approve,
    "condition": _choose,
    "parallel": _split,
    "join": _go_on,
    "cc": _copy,
    "trigger": _fire,
    "timer": _wait,
}
