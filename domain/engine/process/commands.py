"""What can be asked of an instance.

Whether somebody may ask at all is the owner's business; whose task it is, the engine's.
"""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from domain.engine.process.definition import Mode
from domain.kernel.messages import Message


class Ask(Message):
    """What every command has.

    Args:
        actor: who asks, or `system`.
        data: merged into the instance's data before anything is decided.
    """

    actor: str = Field(min_length=1)
    data: Mapping[str, Any] = Field(default_factory=dict)


class TaskAsk(Ask):
    """A command about one open task of the actor."""

    task: UUID


class Agree(TaskAsk):
    """同意: agree on one's own task."""

    comment: str = ""


class Refuse(TaskAsk):
    """拒绝: refuse, with a reason."""

    comment: str = ""


class Return(TaskAsk):
    """退回: send back to the initiator, the previous approval or a node that was passed, with a reason.

    Args:
        then: `again` runs every node from there; `straight` comes straight back to the node that sent it.
    """

    to: str = "initiator"
    then: Literal["again", "straight"] = "again"
    comment: str = ""


class Delegate(TaskAsk):
    """转交: hand the task to somebody; the actor is out."""

    to: str = Field(min_length=1)
    comment: str = ""


class Entrust(TaskAsk):
    """委派: ask somebody's opinion first; the task comes back."""

    to: str = Field(min_length=1)
    comment: str = ""


class AddApprovers(TaskAsk):
    """加签: add people before, after or beside oneself.

    Args:
        mode: how people before or after decide among themselves; beside, each one is a voter.
    """

    people: tuple[str, ...] = Field(min_length=1)
    where: Literal["before", "after", "beside"]
    mode: Mode = "all"
    comment: str = ""


class RemoveApprover(TaskAsk):
    """减签: remove an approver one added, who has not decided yet; `task` is theirs."""


class TakeBack(TaskAsk):
    """拿回: take one's agreement back while nobody acted after it; `task` is the closed one."""


class Claim(TaskAsk):
    """认领: be the one of a 或签 who takes it; the others' tasks close."""


class Stash(TaskAsk):
    """暂存: keep a draft with the task."""

    text: str


class Resubmit(Ask):
    """重新提交: the initiator sends a returned instance on."""

    task: UUID | None = None
    comment: str = ""


class Withdraw(Ask):
    """撤回: the initiator ends the instance."""

    comment: str = ""


class Copy(Ask):
    """抄送: let people know."""

    to: tuple[str, ...] = Field(min_length=1)
    comment: str = ""


class Nudge(Ask):
    """催办: remind whoever holds the task, or all open ones."""

    task: UUID | None = None


class Comment(Ask):
    """评论: say something, with files."""

    text: str = ""
    files: tuple[str, ...] = ()


class Reach(Ask):
    """A step was reached outside."""

    step: str


class Revisit(Ask):
    """A step that was reached is open again outside; what came after it runs anew."""

    step: str


class Change(Ask):
    """The data changed outside; raised amounts are asked again."""


class Tick(Ask):
    """Time has passed; what is due is done, each once."""

    actor: str = "system"


class Replace(Ask):
    """代理 or 离职交接: all open tasks of a person go to another."""

    person: str
    to: str = Field(min_length=1)
    why: str = ""


class Terminate(Ask):
    """终止: an administrator ends the instance, with a reason."""

    reason: str = ""


class Jump(Ask):
    """跳转: an administrator puts the instance on a node; into a parallel block means to its split."""

    node: str
    reason: str = ""


EngineCommand = Ask
