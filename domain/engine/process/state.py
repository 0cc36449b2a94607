"""What is stored of an instance: who is asked, where it stands, and what later rules need of before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime

from domain.engine.process.definition import Mode
from domain.kernel.messages import Message

Status = Literal["running", "approved", "refused", "withdrawn", "done", "terminated"]
Outcome = Literal[
    "",
    "agreed",
    "refused",
    "returned",
    "resubmitted",
    "cancelled",
    "removed",
    "claimed",
    "withdrawn",
    "again",
]
Where = Literal["node", "before", "after", "beside", "entrust"]


class Task(Message):
    """What one person is asked, or was.

    Args:
        id: uuid5 of the instance's id and `no`.
        run: the pass through the node this belongs to.
        group: the people it votes with; 0 is the node's own.
        principal: on whose seat the assignee sits, A in “B 代 A”; empty for one's own.
        due_at: when the timeout is executed next.
        by: who closed it; of a cancelled task, whose decision made it void.
        why: what made it close by itself.
        data_no: the data the decision was made on; -1 for an opinion, or once a return made it void.
        added_by: who added this approver; empty for those the definition asks.
    """

    id: UUID
    no: int
    run: int
    node: str
    assignee: str
    group: int = 0
    principal: str = ""
    opened_at: AwareDatetime | None = None
    due_at: AwareDatetime | None = None
    status: Literal["open", "waiting", "closed"] = "waiting"
    outcome: Outcome = ""
    by: str = ""
    why: str = ""
    comment: str = ""
    draft: str = ""
    data_no: int = 0
    added_by: str = ""


class Group(Message):
    """People who decide something together.

    Args:
        parent: the task that waits for them or is followed by them; 0 for the node's own.
    """

    no: int
    parent: int = 0
    where: Where = "node"
    mode: Mode = "all"


class Run(Message):
    """One pass through a node.

    Args:
        detached: the flow has gone on; only the end waits for it.
        watch: the value of the field `again_when_raised` when people were asked.
        due_at: when a timer is over.
    """

    no: int
    node: str
    detached: bool = False
    watch: int | None = None
    due_at: AwareDatetime | None = None
    groups: tuple[Group, ...] = ()


class ProcessState(Message):
    """An instance; stored by `stored`, and equal to the replay of its events.

    Args:
        runs: the nodes it stands on.
        passed: the last pass of each approve and task node that is still valid.
        tasks: in the order of their turn: open, waiting, and closed ones.
        detours: where a node leads instead of its next, after a return that jumps straight back.
        handler: who decided last.
        acted: the task that may be taken back; 0 once somebody or something acted after it.
        changed: the revision at which each value changed last, since it began.
        next_due_at: when a Tick has something to do.
        rev: the number of events so far.
    """

    instance_id: UUID
    name: str
    version: int
    initiator: str
    data: Mapping[str, Any]
    status: Status = "running"
    runs: tuple[Run, ...] = ()
    passed: Mapping[str, Run] = {}
    tasks: tuple[Task, ...] = ()
    detours: Mapping[str, str] = {}
    handler: str = ""
    acted: int = 0
    data_no: int = 0
    changed: Mapping[str, int] = {}
    last_run: int = 0
    last_task: int = 0
    next_due_at: AwareDatetime | None = None
    rev: int = 0

    def stored(self) -> str:
        """Return the JSON to store; `ProcessState.model_validate_json` reads it back."""
        return self.model_dump_json(exclude_defaults=True)

    def task(self, task_id: UUID) -> Task | None:
        """Find a task."""
        return next((task for task in self.tasks if task.id == task_id), None)

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """Return what somebody has to decide now."""
        return tuple(task for task in self.tasks if task.status == "open")

    def active(self, node: str) -> bool:
        """Tell whether the instance stands on a node."""
        return any(run.node == node for run in self.runs)


def earliest(moments: list[datetime | None]) -> datetime | None:
    """Return the first of the moments that are set."""
    return min((moment for moment in moments if moment is not None), default=None)
