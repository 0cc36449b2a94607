"""The engine's four ways in: start, step, replay, and what a step waits for. All are pure.

Source: docs/reference/process-engine.md.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.engine.process import acts, running
from domain.engine.process import commands as asks
from domain.engine.process import events as facts
from domain.engine.process.board import Board
from domain.engine.process.definition import Definition
from domain.engine.process.errors import STATUSES, InstanceOver
from domain.engine.process.flow import enter, pump
from domain.engine.process.plan import Plan, plan_of
from domain.engine.process.ports import Compile, Directory
from domain.engine.process.raised import ask_what_was_raised
from domain.engine.process.state import ProcessState
from domain.engine.process.turn import Turn
from domain.kernel.messages import Event


def start(
    definition: Definition,
    *,
    instance_id: UUID,
    initiator: str,
    data: Mapping[str, Any],
    version: int,
    now: datetime,
    directory: Directory,
    compile: Compile,
    nodes_done: Collection[str] = (),
) -> tuple[ProcessState, list[Event]]:
    """Begin an instance of a definition that was checked.

    Args:
        nodes_done: ids of nodes that happened before there was an instance; they are passed without asking.

    Raises:
        NobodyToAsk: an approval finds neither approvers nor administrators.
    """
    plan = plan_of(definition)
    blank = _blank(plan, instance_id=instance_id, version=version, initiator=initiator)
    turn = Turn(plan, blank, actor=initiator, now=now, directory=directory, compile=compile)
    turn.known_done = nodes_done
    turn.emit(facts.InstanceStarted, name=plan.name, version=version, initiator=initiator, data=dict(data))
    enter(turn, plan.graph.start)
    pump(turn)
    return turn.board.frozen(), turn.events


def step(
    definition: Definition,
    state: ProcessState,
    command: asks.Ask,
    *,
    now: datetime,
    directory: Directory,
    compile: Compile,
) -> tuple[ProcessState, list[Event]]:
    """Decide one command; the state given is not changed.

    Returns:
        The new state and what happened; the same state where nothing did.

    Raises:
        DomainError: why it is not possible; see errors.py.
    """
    turn = Turn(
        plan_of(definition), state, actor=command.actor, now=now, directory=directory, compile=compile
    )
    turn.ask_what_was_raised = ask_what_was_raised
    if not isinstance(command, asks.TaskAsk) and state.status != "running":
        if isinstance(command, asks.Tick):
            return state, []
        if state.status != "done" or not isinstance(command, asks.Revisit):
            raise InstanceOver(status=STATUSES[state.status])
        turn.emit(facts.InstanceReopened)
    changes = _changes(state.data, command.data)
    if changes:
        turn.emit(facts.DataChanged, changes=changes)
        ask_what_was_raised(turn, but=_run_of(state, command))
        pump(turn)
    _HANDLERS[type(command)](turn, command)
    if changes and turn.board.status == "running":
        ask_what_was_raised(turn)
    pump(turn)
    return (turn.board.frozen(), turn.events) if turn.events else (state, [])


def replay(
    definition: Definition, events: Iterable[Event], *, versions: Mapping[int, Definition] | None = None
) -> ProcessState:
    """Return the state these events led to.

    Args:
        definition: the version it was started with.
        versions: the versions it was moved to, by number; needed only where it was moved.

    Raises:
        KeyError: it was moved to a version that is not among them.
    """
    plan = plan_of(definition)
    board: Board | None = None
    for event in events:
        if isinstance(event, facts.InstanceStarted):
            blank = _blank(
                plan, instance_id=event.instance_id, version=event.version, initiator=event.initiator
            )
            board = Board(blank, plan.graph)
        if board is None:
            raise ValueError("the first event of an instance is InstanceStarted")
        board.fold(event)
        if isinstance(event, facts.InstanceMoved):
            board.graph = plan_of((versions or {})[event.to_version]).graph
    if board is None:
        raise ValueError("an instance has at least one event")
    return board.frozen()


def waits_for(definition: Definition, state: ProcessState, step: str) -> tuple[str, ...]:
    """Return the nodes that must be decided before a step may be reached; empty where nothing blocks it.

    These are the approvals and timers under way, and a return to the initiator, from which the step's task
    node is still ahead. An approval that is given afterwards (emergency) blocks nothing but the end.
    """
    return running.blockers(plan_of(definition).graph, [*state.runs], set(state.passed), step)


def _blank(plan: Plan, *, instance_id: UUID, version: int, initiator: str) -> ProcessState:
    return ProcessState(
        instance_id=instance_id, name=plan.name, version=version, initiator=initiator, data={}
    )


def _changes(before: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key not in before or before[key] != value}


def _run_of(state: ProcessState, command: asks.Ask) -> int:
    task = state.task(command.task) if isinstance(command, asks.TaskAsk) else None
    return task.run if task is not None else 0


_HANDLERS: dict[type[asks.Ask], Callable[[Turn, Any], None]] = {
    asks.Agree: acts.agree,
    asks.Refuse: acts.refuse,
    asks.Return: acts.send_away,
    asks.Delegate: acts.delegate,
    asks.Entrust: acts.entrust,
    asks.AddApprovers: acts.add_approvers,
    asks.RemoveApprover: acts.remove_approver,
    asks.TakeBack: acts.take_back,
    asks.Claim: acts.claim,
    asks.Stash: acts.stash,
    asks.Resubmit: running.resubmit,
    asks.Withdraw: running.withdraw,
    asks.Copy: running.copy,
    asks.Nudge: running.nudge,
    asks.Comment: running.comment,
    asks.Reach: running.reach,
    asks.Revisit: running.revisit,
    asks.Change: running.change,
    asks.Tick: running.tick,
    asks.Replace: running.replace,
    asks.Terminate: running.terminate,
    asks.Jump: running.jump,
}
