"""The state while it is worked on, and the fold: what each event changes; nothing else changes it."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid5

from domain.engine.process import events as facts
from domain.engine.process.graph import Graph
from domain.engine.process.state import Group, ProcessState, Run, Task, earliest
from domain.kernel.messages import Event

_KEPT = {"agreed", "skipped", "reached", "passed_over"}
_NOT_ACTED = {"cancelled", "removed"}
_T = TypeVar("_T", Task, Run)


class Board:
    """A state that can be changed; only `fold` does."""

    def __init__(self, state: ProcessState, graph: Graph) -> None:
        self.graph = graph
        self.instance_id = state.instance_id
        self.name, self.version, self.initiator = state.name, state.version, state.initiator
        self.data: dict[str, Any] = dict(state.data)
        self.status = state.status
        self.runs: dict[int, Run] = {run.no: run for run in state.runs}
        self.passed: dict[str, Run] = dict(state.passed)
        self.tasks: dict[int, Task] = {task.no: task for task in state.tasks}
        self.detours: dict[str, str] = dict(state.detours)
        self.changed: dict[str, int] = dict(state.changed)
        self.handler, self.acted, self.data_no = state.handler, state.acted, state.data_no
        self.last_run, self.last_task, self.rev = state.last_run, state.last_task, state.rev

    def frozen(self) -> ProcessState:
        """Return the state as a value."""
        due = [task.due_at for task in self.tasks.values() if task.status == "open"]
        return ProcessState.model_construct(
            instance_id=self.instance_id,
            name=self.name,
            version=self.version,
            initiator=self.initiator,
            data=dict(self.data),
            status=self.status,
            runs=tuple(self.runs.values()),
            passed=dict(self.passed),
            tasks=tuple(self.tasks.values()),
            detours=dict(self.detours),
            handler=self.handler,
            acted=self.acted,
            data_no=self.data_no,
            changed=dict(self.changed),
            last_run=self.last_run,
            last_task=self.last_task,
            next_due_at=earliest([*due, *(run.due_at for run in self.runs.values())]),
            rev=self.rev,
        )

    def fold(self, event: Event) -> None:
        """Let an event take effect."""
        effect = _EFFECTS.get(type(event))
        if effect is not None:
            effect(self, event)
        self.rev += 1

    def task_no(self, task_id: Any) -> int:
        """Return the number of a task that is known."""
        return next(no for no, task in self.tasks.items() if task.id == task_id)

    def forget(self, void: int) -> None:
        """Make the decisions of nodes void; tasks that were void before are not kept any longer."""
        bit = self.graph.bit
        self.passed = {node: run for node, run in self.passed.items() if not bit[node] & void}
        self.detours = {node: to for node, to in self.detours.items() if not bit[node] & void}
        kept: dict[int, Task] = {}
        for no, task in self.tasks.items():
            # A node that another version no longer has keeps its history.
            if task.status != "closed" or not bit.get(task.node, 0) & void:
                kept[no] = task
            elif task.data_no >= 0:
                kept[no] = changed(task, data_no=-1)
        self.tasks = kept

    def forget_runs_before_last(self, node: str) -> None:
        """Keep of a node's closed tasks only those of its last pass, and of the one that is valid."""
        runs = {task.run for task in self.tasks.values() if task.node == node}
        if len(runs) > 1:
            valid = self.passed.get(node)
            kept = {max(runs), valid.no if valid is not None else 0, *self.runs}
            self.tasks = {no: t for no, t in self.tasks.items() if t.node != node or t.run in kept}


def changed(value: _T, **changes: Any) -> _T:
    """Return a task or run with some fields changed; they are ours, so they are not checked again."""
    return value.model_copy(update=changes)


def _started(board: Board, event: facts.InstanceStarted) -> None:
    board.data = dict(event.data)


def _data(board: Board, event: facts.DataChanged) -> None:
    board.data.update(event.changes)
    board.data_no += 1
    board.changed |= dict.fromkeys(event.changes, board.rev + 1)
    board.acted = 0


def _entered(board: Board, event: facts.NodeEntered) -> None:
    board.last_run = event.run
    board.runs[event.run] = Run(
        no=event.run,
        node=event.node,
        detached=event.detached,
        watch=event.watch,
        due_at=event.due_at,
    )


def _left(board: Board, event: facts.NodeLeft) -> None:
    run = board.runs.pop(event.run)
    if event.outcome in _KEPT:
        board.passed[event.node] = run
    if event.outcome == "reached":
        board.acted = 0
        if event.actor_id != "system":
            board.handler = event.actor_id


def _reopened_node(board: Board, event: facts.NodeReopened) -> None:
    run = board.passed.pop(event.node)
    board.runs[run.no] = run
    board.acted = 0
    if not run.detached:
        board.forget(board.graph.after[event.node])


def _asked(board: Board, event: facts.ApproversAsked) -> None:
    run = board.runs[event.run]
    if event.where == "node":
        board.forget_runs_before_last(event.node)
    if event.where != "beside":
        group = Group(no=event.group, parent=event.parent, where=event.where, mode=event.mode)
        board.runs[run.no] = changed(run, groups=(*run.groups, group))
    if event.by:
        board.acted = 0
    added = []
    for person in event.people:
        board.last_task = no = board.last_task + 1
        made = Task(
            id=uuid5(board.instance_id, str(no)),
            no=no,
            run=event.run,
            node=event.node,
            group=event.group,
            assignee=person,
            added_by=event.by,
        )
        added.append(made)
    parent = board.tasks.get(event.parent)
    if event.where in {"before", "entrust"} and parent is not None:
        board.tasks[event.parent] = changed(parent, status="waiting", due_at=None)
    if event.where != "beside":
        board.tasks.update({task.no: task for task in added})
        return
    tasks: dict[int, Task] = {}
    for no, task in board.tasks.items():
        tasks[no] = task
        if no == event.parent:
            tasks.update({one.no: one for one in added})
    board.tasks = tasks


def _opened(board: Board, event: facts.TaskOpened) -> None:
    board.tasks[event.task.no] = event.task


def _deferred(board: Board, event: facts.TaskDeferred) -> None:
    no = board.task_no(event.task_id)
    board.tasks[no] = changed(board.tasks[no], status="waiting", due_at=None)


def _closed(board: Board, event: facts.TaskClosed) -> None:
    no = board.task_no(event.task_id)
    task = board.tasks[no]
    # An opinion is about the data of the moment only: it is no agreement that counts later.
    is_opinion = board.runs[task.run].groups[task.group].where == "entrust"
    board.tasks[no] = changed(
        task,
        status="closed",
        outcome=event.outcome,
        by=event.by,
        why=event.why,
        data_no=-1 if is_opinion else board.data_no,
        opened_at=None,
        due_at=None,
        draft="",
    )
    if event.outcome in {"agreed", "refused"} and not event.why:
        board.handler = event.by
    if event.outcome in _NOT_ACTED or event.why in {"duplicate", "self"}:
        return
    board.acted = no if event.outcome == "agreed" and not event.why else 0


def _reopened(board: Board, event: facts.TaskReopened) -> None:
    no = board.task_no(event.task_id)
    board.acted = 0
    board.tasks[no] = changed(
        board.tasks[no],
        status="open",
        outcome="",
        by="",
        why="",
        data_no=0,
        opened_at=event.occurred_at,
        due_at=event.due_at,
    )


def _passed(board: Board, event: facts.TaskPassed) -> None:
    no = board.task_no(event.task_id)
    board.acted = 0
    board.tasks[no] = changed(board.tasks[no], assignee=event.to, principal=event.principal, draft="")


def _claimed(board: Board, _: facts.TaskClaimed) -> None:
    board.acted = 0


def _stashed(board: Board, event: facts.Stashed) -> None:
    no = board.task_no(event.task_id)
    board.tasks[no] = changed(board.tasks[no], draft=event.text)


def _timed_out(board: Board, event: facts.TimeoutFired) -> None:
    no = board.task_no(event.task_id)
    board.tasks[no] = changed(board.tasks[no], due_at=event.next_due_at)


def _fired(board: Board, _: facts.TriggerFired) -> None:
    board.acted = 0


def _returned(board: Board, event: facts.InstanceReturned) -> None:
    board.acted = 0
    board.forget(board.graph.voided(event.entry, event.back))
    if event.back:
        board.detours[board.graph.way_out(event.entry)] = event.back


def _moved(board: Board, event: facts.InstanceMoved) -> None:
    board.version = event.to_version
    board.acted = 0
    board.passed = {node: run for node, run in board.passed.items() if node not in event.void}


def _ended(board: Board, event: facts.InstanceEnded) -> None:
    board.status = event.status


def _reopened_instance(board: Board, _: facts.InstanceReopened) -> None:
    board.status = "running"


_EFFECTS: dict[type[Event], Callable[[Board, Any], None]] = {
    facts.InstanceStarted: _started,
    facts.DataChanged: _data,
    facts.NodeEntered: _entered,
    facts.NodeLeft: _left,
    facts.NodeReopened: _reopened_node,
    facts.ApproversAsked: _asked,
    facts.TaskOpened: _opened,
    facts.TaskDeferred: _deferred,
    facts.TaskClosed: _closed,
    facts.TaskReopened: _reopened,
    facts.TaskPassed: _passed,
    facts.TaskClaimed: _claimed,
    facts.Stashed: _stashed,
    facts.TimeoutFired: _timed_out,
    facts.TriggerFired: _fired,
    facts.InstanceReturned: _returned,
    facts.InstanceMoved: _moved,
    facts.InstanceEnded: _ended,
    facts.InstanceReopened: _reopened_instance,
}
