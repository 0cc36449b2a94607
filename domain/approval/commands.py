"""Wishes about processes and approvals."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Command

Where = Literal["before", "after", "beside"]
COMMENT_LIMIT = 500


class StartRequest(Command):
    """Somebody asks for an approval: a discount, a purchase, a claim.

    Args:
        name: the process definition, e.g. `discount`.
        work_order_id: what it is about, where it is about a work order.
        amount_fen: what it costs; None where it is not about money.
        reason: why; shown to every approver.
        files: sha256 names of kept files that are shown with it.
    """

    instance_id: UUID
    name: str
    work_order_id: UUID | None = None
    amount_fen: int | None = Field(default=None, ge=0, le=10**12)
    reason: str = Field(default="", max_length=COMMENT_LIMIT)
    files: tuple[str, ...] = ()


class TaskCommand(Command):
    """Somebody does something with an approval task; the engine checks that it is theirs."""

    task_id: UUID


class AgreeTask(TaskCommand):
    """An approver agrees.

    Args:
        seen_rev: the revision on the card that was pressed; None where they said it in words.
    """

    seen_rev: int | None = None
    comment: str = Field(default="", max_length=COMMENT_LIMIT)


class RefuseTask(TaskCommand):
    """An approver refuses, and says why."""

    comment: str = Field(default="", max_length=COMMENT_LIMIT)


class ReturnTask(TaskCommand):
    """An approver sends it back.

    Args:
        to: `initiator`, `previous` or the id of a node that was passed.
        straight: it comes straight back to this node afterwards, instead of through every node again.
    """

    to: str = "initiator"
    straight: bool = False
    comment: str = Field(default="", max_length=COMMENT_LIMIT)


class DelegateTask(TaskCommand):
    """An approver hands the task over and is out of it (转交)."""

    to_id: UUID
    comment: str = Field(default="", max_length=COMMENT_LIMIT)


class EntrustTask(TaskCommand):
    """An approver lets somebody look at it first; it comes back to them (委派)."""

    to_id: UUID
    comment: str = Field(default="", max_length=COMMENT_LIMIT)


class AddApprovers(TaskCommand):
    """An approver adds others (加签)."""

    people: tuple[UUID, ...] = Field(min_length=1, max_length=20)
    where: Where = "beside"
    comment: str = Field(default="", max_length=COMMENT_LIMIT)


class RemoveApprover(TaskCommand):
    """Whoever added an approver takes them out again (减签); the task is the added one's."""


class AskInitiator(TaskCommand):
    """An approver asks whoever wants the approval a question; the task stays open."""

    question: str = Field(min_length=1, max_length=COMMENT_LIMIT)


class InstanceCommand(Command):
    """Somebody does something with a running process."""

    instance_id: UUID


class CommentOnProcess(InstanceCommand):
    """Somebody who takes part says something, or answers a question."""

    text: str = Field(min_length=1, max_length=COMMENT_LIMIT)
    files: tuple[str, ...] = ()


class WithdrawRequest(InstanceCommand):
    """Whoever asked for an approval does not need it any more."""


class TakeBackTask(InstanceCommand):
    """Whoever decided last takes it back, as long as nobody went on."""


class ExpediteApproval(InstanceCommand):
    """Whoever waits for an approval nudges the approvers (催办)."""


class ResubmitRequest(InstanceCommand):
    """Whoever asked hands it in again after it was sent back, changed or not."""

    amount_fen: int | None = Field(default=None, ge=0, le=10**12)
    reason: str = Field(default="", max_length=COMMENT_LIMIT)


class ReviewProcess(InstanceCommand):
    """The clock looks at a running process: a limit or a wait is over."""


class ReviewAbsence(Command):
    """The clock found tasks at somebody who is away or has left."""

    person_id: UUID


class HandOverTasks(Command):
    """Somebody left the firm, or does other work: everything open goes to somebody else (离职交接)."""

    from_id: UUID
    to_id: UUID


class SetAbsence(Command):
    """Somebody is away for a while; a substitute decides for them (代理).

    Args:
        from_at, to_at: half-open.
    """

    person_id: UUID
    substitute_id: UUID
    from_at: AwareDatetime
    to_at: AwareDatetime


class EndAbsence(Command):
    """Somebody is back."""

    person_id: UUID


class PublishProcess(Command):
    """The business owner lets a definition count from now on.

    Args:
        document: the definition as it was written.
        based_on: the version it was made from; 0 for none. Another one published since then refuses it.
    """

    document: Mapping[str, Any]
    based_on: int = Field(ge=0)
    note: str = Field(default="", max_length=COMMENT_LIMIT)


class RollBackProcess(Command):
    """The business owner lets an earlier version count again, as a new version."""

    name: str
    version: int = Field(ge=1)
    based_on: int = Field(ge=0)


class MoveInstances(Command):
    """The business owner lets chosen running instances go on by another version; all of them, or none.

    Args:
        name: the process definition.
        to_version: the version they go on by.
    """

    name: str
    instances: tuple[UUID, ...] = Field(min_length=1, max_length=100)
    to_version: int = Field(ge=1)
