"""Digests: what a group, a team lead or a technician is told once a day, as the business owner plans it."""

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Message

GROUP = "group:"
"""An audience that is one chat begins with this: `group:dingtalk_group:<openConversationId>`."""


class Block(StrEnum):
    """One part of a digest."""

    NEW = "new"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    WAITING = "waiting"
    UNASSIGNED = "unassigned"
    ATTAINMENT = "attainment"
    TOP_FAULTS = "top_faults"


class DigestPlan(Message):
    """One digest.

    Args:
        to: `desk`, `group:` and a chat, or everybody with a role: `dispatcher`, `manager`, `director` or
            `technician`.
        at: when, in China.
        weekdays: Monday is 1; empty for the working days of `calendar`, 调休 included.
        calendar: whose working days count.
        region: only work orders of this region; empty for all.
        silent_when_empty: nothing is sent on a day without anything to tell; else one line says so.
    """

    name: str = Field(min_length=1, max_length=100)
    to: str = Field(pattern=r"^(desk|dispatcher|manager|director|technician|group:[a-z_]+:.+)$")
    at: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$")
    weekdays: tuple[int, ...] = ()
    calendar: str = ""
    region: str = ""
    blocks: tuple[Block, ...] = (
        Block.NEW,
        Block.OVERDUE,
        Block.DUE_TODAY,
        Block.UNASSIGNED,
        Block.WAITING,
        Block.ATTAINMENT,
        Block.TOP_FAULTS,
    )
    silent_when_empty: bool = False


class Attained(Message):
    """How many limits of a kind that ended in a period were kept: `met` of `ended`."""

    kind: str
    met: int
    ended: int


class DigestLine(Message):
    """One work order that is late or soon will be.

    Args:
        late_s: seconds since its limit by the clock on the wall; negative while there is time.
        anew: it was not in the digest before.
    """

    work_order_id: UUID
    version: int
    number: str
    kind: str
    priority: str
    status: str
    fault: str
    owner: str = ""
    due_at: AwareDatetime
    late_s: int
    anew: bool = False


class Figures(Message):
    """What a digest counts, at a moment.

    Args:
        since: from when on new work orders are counted.
        waiting: how many are held, by reason.
        yesterday, month: limits kept, by kind.
        top_faults: the most frequent faults of the last seven days.
    """

    at: AwareDatetime
    since: AwareDatetime
    new: int = 0
    overdue: int = 0
    due_today: int = 0
    unassigned: int = 0
    waiting: dict[str, int] = Field(default_factory=dict)
    yesterday: tuple[Attained, ...] = ()
    month: tuple[Attained, ...] = ()
    top_faults: tuple[tuple[str, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing that anybody has to know or do."""
        return not (self.new or self.overdue or self.due_today or self.unassigned or self.waiting)


class DigestView(Message):
    """One digest as its reader sees it.

    Args:
        blocks: what is told, in this order.
        before: the figures of the digest before, to tell what changed; None for the first one.
        lines: late and soon late work orders, the most urgent first.
    """

    title: str
    on: str
    blocks: tuple[Block, ...]
    figures: Figures
    before: Figures | None = None
    lines: tuple[DigestLine, ...] = ()
    personal: bool = False
