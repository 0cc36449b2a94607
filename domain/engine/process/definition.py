"""How a process is written down: nodes, who is asked, and what happens when nobody answers.

Source: docs/reference/process-engine.md, rules PE-1 to PE-4.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from domain.kernel.messages import Message

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Title = Annotated[str, Field(min_length=1, max_length=60)]
Mode = Literal["all", "any", "sequence", "vote"]


class ByPerson(Message):
    """One person by id."""

    by: Literal["person"] = "person"
    person: str = Field(min_length=1)


class ByRole(Message):
    """Everybody with a role, on wish only of the subject's region."""

    by: Literal["role"] = "role"
    role: str = Field(min_length=1)
    same_region: bool = False


class ByHead(Message):
    """The n-level manager of the initiator."""

    by: Literal["head"] = "head"
    levels: int = Field(default=1, ge=1, le=20)
    of: Literal["initiator"] = "initiator"


class ByField(Message):
    """The person, or the people, a field of the data names."""

    by: Literal["field"] = "field"
    field: str = Field(min_length=1)


class BySkill(Message):
    """Everybody with a skill, named here or by a field."""

    by: Literal["skill"] = "skill"
    skill: str = ""
    field: str = ""
    same_region: bool = False
    level: str = ""


class ByRelation(Message):
    """Somebody by what they are to the instance; the engine itself knows initiator and previous handler."""

    by: Literal["relation"] = "relation"
    relation: Literal["initiator", "asset_responsible", "previous_handler", "assignee"]


Assign = Annotated[
    ByPerson | ByRole | ByHead | ByField | BySkill | ByRelation,
    Field(discriminator="by"),
]


class Timeout(Message):
    """What is done with a task nobody decides.

    Args:
        within_min: minutes of the wall clock from opening to due.
        do: remind again and again, ask the manager instead, or decide.
        every_min: minutes until it is done again, for `remind` and `escalate`; None is once.
    """

    within_min: int = Field(ge=1)
    do: Literal["remind", "escalate", "agree", "refuse"]
    every_min: int | None = Field(default=None, ge=1)


class NodeBase(Message):
    """What every node has."""

    id: Key
    title: Title


class Start(NodeBase):
    """Where an instance begins, and where it waits for its initiator after a return."""

    kind: Literal["start"] = "start"
    title: Title = "发起"
    next: str


class End(NodeBase):
    """Where an instance is over."""

    kind: Literal["end"] = "end"
    title: Title = "结束"
    result: Literal["approved", "refused", "done"] = "done"


class Milestone(NodeBase):
    """A step that is reached from outside, by the command `Reach`; nobody approves it."""

    kind: Literal["task"] = "task"
    step: str = Field(min_length=1)
    next: str


class Approve(NodeBase):
    """People who agree or refuse.

    Args:
        mode: all 会签, any 或签, sequence 依次, vote 票签.
        pass_share: 票签 passes at this share of all who were asked, over 0 and at most 1.
        pass_count: 票签 passes at this many; more than were asked means all of them.
        skip_when: a formula; where it holds nobody is asked, and the record says why.
        empty: what happens where nobody is found: pass, or an administrator decides.
        duplicates: `skip` lets whoever agreed before at the same data agree automatically.
        self_approval: what happens where the initiator is asked: ask, the manager instead, or agree by rule.
        refusal: a refusal ends the instance, returns it to the initiator, or opens the last step again.
        again_when_raised: an integer field; raised above what was agreed, the node is asked again.
        emergency: 紧急先行后补批: the flow goes on at once, the end waits for the approval.
    """

    kind: Literal["approve"] = "approve"
    approvers: tuple[Assign, ...]
    mode: Mode = "all"
    pass_share: float | None = None
    pass_count: int | None = None
    next: str
    skip_when: str = ""
    empty: Literal["pass", "admin"] = "admin"
    duplicates: Literal["skip", "ask"] = "skip"
    self_approval: Literal["ask", "manager", "skip"] = "manager"
    refusal: Literal["end", "return", "step"] = "end"
    timeout: Timeout | None = None
    again_when_raised: str = ""
    emergency: bool = False


class Branch(Message):
    """One way out of a condition."""

    when: str = Field(min_length=1)
    next: str


class Choice(NodeBase):
    """The first branch whose formula holds, else the default."""

    kind: Literal["condition"] = "condition"
    branches: tuple[Branch, ...] = Field(min_length=1)
    default: str


class Parallel(NodeBase):
    """Branches that run at the same time and meet again in one join."""

    kind: Literal["parallel"] = "parallel"
    branches: tuple[str, ...] = Field(min_length=2)
    join: str


class Join(NodeBase):
    """Where the branches of a parallel block meet."""

    kind: Literal["join"] = "join"
    title: Title = "汇合"
    next: str


class Cc(NodeBase):
    """People who are told."""

    kind: Literal["cc"] = "cc"
    to: tuple[Assign, ...] = Field(min_length=1)
    next: str


class Trigger(NodeBase):
    """Something the owner of the engine does; the engine only records that it is due."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    kind: Literal["trigger"] = "trigger"
    do: str = Field(min_length=1)
    with_: Mapping[str, Any] = Field(default_factory=dict, alias="with")
    next: str


class Timer(NodeBase):
    """A wait of minutes of the wall clock."""

    kind: Literal["timer"] = "timer"
    after_min: int = Field(ge=1)
    next: str


Node = Annotated[
    Start | End | Milestone | Approve | Choice | Parallel | Join | Cc | Trigger | Timer,
    Field(discriminator="kind"),
]


class Definition(Message):
    """A whole process; an instance keeps the version it was started with.

    Args:
        about: the kind of subject, which chooses the fields formulas may name; opaque to the engine.
    """

    name: Key
    title: Title
    about: str
    nodes: tuple[Node, ...]
