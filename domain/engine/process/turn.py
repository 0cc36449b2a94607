"""One command being decided: the board, what was recorded so far, and whom to ask."""

from collections import deque
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.engine.process import events as facts
from domain.engine.process.board import Board
from domain.engine.process.definition import Approve, Node
from domain.engine.process.plan import Formulas, Plan
from domain.engine.process.ports import Compile, Directory
from domain.engine.process.state import Group, ProcessState, Run, Task
from domain.kernel.messages import Event

MAX_APPROVERS = 100
MAX_DEPTH = 10


class Turn:
    """What the rules work with.

    Args:
        why: what is being decided; void tasks are told it.
        before: the data as it was before the command.
        ask_what_was_raised: looks at the way that a straight return jumps over.
        queue: nodes that were entered and have not begun; with each whether the flow goes on behind it.
        known_done: nodes that count as done when the flow comes to them.
    """

    def __init__(
        self,
        plan: Plan,
        state: ProcessState,
        *,
        actor: str,
        now: datetime,
        directory: Directory,
        compile: Compile,
    ) -> None:
        self.graph = plan.graph
        self.board = Board(state, plan.graph)
        self.actor, self.now, self.directory = actor, now, directory
        self.formulas: Formulas = plan.formulas(compile)
        self.events: list[Event] = []
        self.why = ""
        self.before: Mapping[str, Any] = state.data
        self.ask_what_was_raised: Callable[[Turn], None] = _nothing
        self.queue: deque[tuple[int, bool]] = deque()
        self.known_done: Collection[str] = ()

    def emit(self, kind: type[facts.ProcessEvent], **said: Any) -> None:
        """Record a fact and let it take effect."""
        event = kind(occurred_at=self.now, actor_id=self.actor, instance_id=self.board.instance_id, **said)
        self.events.append(event)
        self.board.fold(event)

    def kept(self) -> tuple[ProcessState, int]:
        """Return what `put_back` needs."""
        return self.board.frozen(), len(self.events)

    def put_back(self, kept: tuple[ProcessState, int]) -> None:
        """Undo everything recorded since; nothing may be waiting in the queue."""
        state, count = kept
        self.board = Board(state, self.graph)
        del self.events[count:]

    def node(self, name: str) -> Node:
        """Return a node of the definition."""
        return self.graph.nodes[name]

    def approve_node(self, run: Run) -> Approve | None:
        """Return the approve node a run stands on, or None where it is the initiator's start."""
        node = self.graph.nodes[run.node]
        return node if isinstance(node, Approve) else None

    def members(self, run: int, group: int) -> list[Task]:
        """Return who decides together, in the order of their turn."""
        return [task for task in self.board.tasks.values() if task.run == run and task.group == group]

    def groups(self, task: Task, *where: str) -> list[Group]:
        """Return the groups that were added to a task, in the order they were added."""
        run = self.board.runs[task.run]
        return [group for group in run.groups if group.parent == task.no and group.where in where]

    def amount(self, key: str) -> int | None:
        """Return the value of a watched field; None where nothing is watched."""
        return amount(self.board.data.get(key)) if key else None

    def flow(self) -> list[str]:
        """Return the nodes the flow stands on, with the emergencies behind which it has yet to go on."""
        to_go_on = {no for no, goes_on in self.queue if goes_on}
        return [run.node for run in self.board.runs.values() if not run.detached or run.no in to_go_on]

    def due_at(self, run: Run) -> datetime | None:
        """Return when a task that opens now is due."""
        node = self.approve_node(run)
        if node is None or node.timeout is None:
            return None
        return self.now + timedelta(minutes=node.timeout.within_min)

    def close(self, task: Task, outcome: str, *, why: str = "", comment: str = "", by: str = "") -> None:
        """Close a task."""
        self.emit(
            facts.TaskClosed,
            task_id=task.id,
            outcome=outcome,
            by=by or self.actor,
            why=why,
            comment=comment,
        )

    def close_rest(self, run: int) -> None:
        """Close every task of a run that is not, and tell them what was decided."""
        for task in list(self.board.tasks.values()):
            if task.run == run and task.status != "closed":
                self.close(task, "cancelled", why=self.why)


def _nothing(_: Turn) -> None:
    """Nothing was raised before there was an instance."""


def amount(value: Any) -> int:
    """Return a watched value; what is no number counts as 0."""
    return value if isinstance(value, int) else 0
