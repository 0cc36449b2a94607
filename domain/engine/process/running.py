"""What is done with a whole instance: by its initiator, administrators, what happens outside, and the clock.

Source: docs/reference/process-engine.md, rules PE-32 to PE-40.
"""

from datetime import datetime, timedelta

from domain.engine.process import commands as asks
from domain.engine.process import events as facts
from domain.engine.process.acts import hand_to, not_closed, reason
from domain.engine.process.definition import Milestone, Timeout
from domain.engine.process.errors import (
    NotInitiator,
    NotReturned,
    NotYourTask,
    PersonGone,
    StepBlocked,
    UnknownTarget,
)
from domain.engine.process.flow import end_all, leave, pump, send_back, settle
from domain.engine.process.graph import Graph
from domain.engine.process.state import Run, Task
from domain.engine.process.turn import Turn
from domain.engine.process.who import above, present


def resubmit(turn: Turn, said: asks.Resubmit) -> None:
    """重新提交."""
    run = next((run for run in turn.board.runs.values() if run.node == turn.graph.start), None)
    if run is None and said.task is not None:
        not_closed(turn, said.task)
    if run is None:
        raise NotReturned()
    task = next(task for task in turn.board.tasks.values() if task.run == run.no and task.status == "open")
    if task.assignee != turn.actor:
        raise NotYourTask(assignee=task.assignee)
    turn.close(task, "resubmitted", comment=said.comment)
    leave(turn, run, "done")


def withdraw(turn: Turn, said: asks.Withdraw) -> None:
    """撤回."""
    if turn.actor != turn.board.initiator:
        raise NotInitiator(initiator=turn.board.initiator, action="撤回")
    turn.why = "withdrawn"
    end_all(turn, "withdrawn", said.comment)


def copy(turn: Turn, said: asks.Copy) -> None:
    """抄送."""
    for person in said.to:
        if not turn.directory.active(person):
            raise PersonGone(person=person)
    turn.emit(facts.Copied, people=tuple(dict.fromkeys(said.to)), comment=said.comment)


def nudge(turn: Turn, said: asks.Nudge) -> None:
    """催办."""
    tasks = [task for task in turn.board.tasks.values() if task.status == "open"]
    if said.task is not None:
        not_closed(turn, said.task)
        tasks = [task for task in tasks if task.id == said.task]
    if tasks:
        people = tuple(dict.fromkeys(task.assignee for task in tasks))
        turn.emit(facts.Nudged, tasks=tuple(task.id for task in tasks), people=people)


def comment(turn: Turn, said: asks.Comment) -> None:
    """评论."""
    text = said.text if said.files else reason(said.text, "评论")
    turn.emit(facts.Commented, text=text, files=said.files)


def change(turn: Turn, _: asks.Change) -> None:
    """The data is merged and raised amounts are asked again for every command."""


def terminate(turn: Turn, said: asks.Terminate) -> None:
    """终止."""
    turn.why = "terminated"
    end_all(turn, "terminated", reason(said.reason, "终止"))


def jump(turn: Turn, said: asks.Jump) -> None:
    """跳转."""
    comment = reason(said.reason, "跳转")
    if said.node not in turn.graph.nodes:
        raise UnknownTarget(target=said.node)
    turn.why = "jump"
    send_back(turn, "", said.node, why="jump", comment=comment)


def replace(turn: Turn, said: asks.Replace) -> None:
    """代理 and 离职交接."""
    if not turn.directory.active(said.to):
        raise PersonGone(person=said.to)
    for task in list(turn.board.tasks.values()):
        if task.status == "closed" or task.assignee != said.person:
            continue
        node = turn.approve_node(turn.board.runs[task.run])
        barred = turn.board.initiator if node is not None and node.self_approval != "ask" else ""
        to = said.to
        if to == barred:
            to = above(turn, to, barred=barred) or to
        hand_to(turn, task, to, why="replace", comment=said.why, barred=barred)


def steps_of(graph: Graph, step: str) -> list[str]:
    """Return the task nodes that wait for a step."""
    return [name for name, node in graph.nodes.items() if isinstance(node, Milestone) and node.step == step]


def blockers(graph: Graph, runs: list[Run], passed: set[str], step: str) -> tuple[str, ...]:
    """Return the nodes that somebody, or the clock, must decide before a step is reached.

    Where several task nodes wait for the step, one that may be reached now is enough.
    """
    found: dict[str, None] = {}
    for name in steps_of(graph, step):
        before = before_node(graph, runs, name)
        if not before and any(run.node == name for run in runs):
            return ()
        if name not in passed:
            found.update(dict.fromkeys(before))
    return tuple(found)


def before_node(graph: Graph, runs: list[Run], name: str) -> list[str]:
    """Return the nodes under way that a node must wait for."""
    return [run.node for run in runs if _holds_up(graph, run) and graph.is_behind(name, run.node)]


def _holds_up(graph: Graph, run: Run) -> bool:
    node = graph.nodes[run.node]
    return node.kind in {"timer", "start"} or (node.kind == "approve" and not node.emergency)


def reach(turn: Turn, said: asks.Reach) -> None:
    """A step was reached; task nodes before it on the way, that were not, are passed over.

    A step that the flow does not come to changes nothing.

    Raises:
        StepBlocked: an approval or a timer comes first.
    """
    graph, before_it = turn.graph, turn.kept()
    while True:
        board = turn.board
        blocking = blockers(graph, [*board.runs.values()], set(board.passed), said.step)
        if blocking:
            raise StepBlocked(titles="、".join(graph.nodes[name].title for name in blocking))
        waiting = [run for run in board.runs.values() if graph.nodes[run.node].kind == "task"]
        names = set(steps_of(graph, said.step))
        runs = [*board.runs.values()]
        here = [run for run in waiting if run.node in names and not before_node(graph, runs, run.node)]
        before = [run for run in waiting if any(graph.is_behind(name, run.node) for name in names)]
        for run in here:
            leave(turn, run, "reached")
        if here:
            return
        if not before:
            turn.put_back(before_it)
            return
        leave(turn, before[0], "passed_over")
        pump(turn)


def revisit(turn: Turn, said: asks.Revisit) -> None:
    """The step is open again; a step that was not reached yet needs nothing."""
    passed = [name for name in steps_of(turn.graph, said.step) if name in turn.board.passed]
    if passed:
        turn.why = "revisit"
        last = max(passed, key=lambda name: turn.board.passed[name].no)
        send_back(turn, last, last, why="revisit")


def tick(turn: Turn, _: asks.Tick) -> None:
    """Do what is due, each once; what opens meanwhile is not due yet."""
    for run in list(turn.board.runs.values()):
        if _is_due(run.due_at, turn.now) and run.no in turn.board.runs:
            leave(turn, run, "done")
            pump(turn)
    due = [task.no for task in turn.board.tasks.values() if task.status == "open"]
    for no in due:
        task = turn.board.tasks.get(no)
        if task is not None and task.status == "open" and _is_due(task.due_at, turn.now):
            _time_out(turn, task)
            pump(turn)


def _is_due(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and due_at <= now


def _time_out(turn: Turn, task: Task) -> None:
    run = turn.board.runs[task.run]
    node = turn.approve_node(run)
    assert node is not None and node.timeout is not None and task.due_at is not None
    do = node.timeout.do
    next_due_at = None if do in {"agree", "refuse"} else _again(node.timeout, task.due_at, turn.now)
    turn.emit(facts.TimeoutFired, task_id=task.id, do=do, next_due_at=next_due_at)
    if do == "escalate":
        barred = turn.board.initiator if node.self_approval != "ask" else ""
        to = above(turn, task.assignee, barred=barred)
        if to and present(turn, to, barred=barred) != task.assignee:
            hand_to(turn, task, to, why="escalate", barred=barred)
    elif do != "remind":
        outcome = "agreed" if do == "agree" else "refused"
        turn.why = outcome
        turn.close(task, outcome, why="timeout")
        settle(turn, run)


def _again(timeout: Timeout, due_at: datetime, now: datetime) -> datetime | None:
    """Return the next due moment that has not passed: a long downtime is made up for once."""
    if timeout.every_min is None:
        return None
    every = timedelta(minutes=timeout.every_min)
    return due_at + every * ((now - due_at) // every + 1)
