"""What happened to an instance; the state is the fold of these and of nothing else."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime

from domain.engine.process.definition import Mode
from domain.engine.process.state import Outcome, Status, Task, Where
from domain.kernel.messages import Event


class ProcessEvent(Event):
    """What every event of an instance has."""

    instance_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return the instance."""
        return self.instance_id


class InstanceStarted(ProcessEvent):
    """An instance began."""

    name: str
    version: int
    initiator: str
    data: Mapping[str, Any]


class DataChanged(ProcessEvent):
    """Fields have other values now; only these are named."""

    changes: Mapping[str, Any]


class NodeEntered(ProcessEvent):
    """The instance stands on a node.

    Args:
        step: the step a task node waits for, else empty.
        detached: the flow has gone on, or never stood here.
    """

    node: str
    run: int
    step: str = ""
    detached: bool = False
    watch: int | None = None
    due_at: AwareDatetime | None = None


class NodeSkipped(ProcessEvent):
    """A node asked nobody; why, in Chinese."""

    node: str
    run: int
    why: str


class NodeLeft(ProcessEvent):
    """The instance stands on a node no longer."""

    node: str
    run: int
    outcome: Literal["agreed", "refused", "skipped", "done", "reached", "passed_over", "cancelled", "again"]


class NodeReopened(ProcessEvent):
    """A decision was taken back, so the instance stands on its node again."""

    node: str
    run: int


class BranchChosen(ProcessEvent):
    """A condition decided.

    Args:
        rule: the formula as a sentence; for the default, that none held.
        values: what the formula saw.
    """

    node: str
    rule: str
    values: tuple[tuple[str, Any], ...] = ()
    next: str


class ApproversAsked(ProcessEvent):
    """People have seats in a decision; each is asked when it is their turn (TaskOpened).

    Args:
        group: the people who decide together; 0 is the node's own.
        parent: the task they were added to, or 0.
        by: who added them, empty for the definition.
    """

    node: str
    run: int
    group: int = 0
    parent: int = 0
    where: Where = "node"
    mode: Mode = "all"
    people: tuple[str, ...]
    by: str = ""
    comment: str = ""


class TaskOpened(ProcessEvent):
    """Somebody has to decide now; the task as it is from here on."""

    task: Task


class TaskDeferred(ProcessEvent):
    """An open task waits again, because a decision before it was taken back."""

    task_id: UUID


class TaskClosed(ProcessEvent):
    """A task is decided or void.

    Args:
        by: who closed it; of a cancelled one, whose decision made it void.
        why: what the decision was that made a task void; or by which rule it closed: `duplicate`, `self`,
            `timeout`, `before`.
    """

    task_id: UUID
    outcome: Outcome
    by: str
    why: str = ""
    comment: str = ""


class TaskReopened(ProcessEvent):
    """A decision was taken back."""

    task_id: UUID
    due_at: AwareDatetime | None = None


class TaskPassed(ProcessEvent):
    """A task has another assignee.

    Args:
        why: `delegate`, `replace`, `escalate`.
    """

    task_id: UUID
    from_: str
    to: str
    principal: str = ""
    why: Literal["delegate", "replace", "escalate"]
    comment: str = ""


class TaskClaimed(ProcessEvent):
    """One of several took the task."""

    task_id: UUID


class Stashed(ProcessEvent):
    """A draft is kept with a task."""

    task_id: UUID
    text: str


class Commented(ProcessEvent):
    """Somebody said something."""

    text: str
    files: tuple[str, ...] = ()


class Copied(ProcessEvent):
    """People are told."""

    people: tuple[str, ...]
    node: str = ""
    comment: str = ""


class Nudged(ProcessEvent):
    """Whoever holds these tasks is reminded by a person."""

    tasks: tuple[UUID, ...]
    people: tuple[str, ...]


class TimeoutFired(ProcessEvent):
    """A due moment was reached and is used up.

    Args:
        next_due_at: the next one of this task, or None.
    """

    task_id: UUID
    do: Literal["remind", "escalate", "agree", "refuse"]
    next_due_at: AwareDatetime | None = None


class TriggerFired(ProcessEvent):
    """The owner of the engine has something to do."""

    node: str
    do: str
    with_: Mapping[str, Any]


class InstanceReturned(ProcessEvent):
    """The instance goes back, or is put elsewhere.

    Args:
        from_node: who sent it, empty for an administrator's jump.
        to: what was asked for.
        entry: where it goes on: `to`, or the split of the parallel block that runs anew.
        back: where it goes from there; empty means every node runs again.
    """

    from_node: str
    to: str
    entry: str
    back: str = ""
    why: Literal["return", "refusal", "revisit", "jump"]
    comment: str = ""


class InstanceMoved(ProcessEvent):
    """An instance follows another version of its process from here on.

    Args:
        void: nodes that were passed and that the other version does not count as passed.
    """

    from_version: int
    to_version: int
    void: tuple[str, ...] = ()


class InstanceReopened(ProcessEvent):
    """What was done goes on, because a step is open again outside."""


class InstanceEnded(ProcessEvent):
    """Nothing more can happen, unless a step of what was done is open again."""

    status: Status
    comment: str = ""
