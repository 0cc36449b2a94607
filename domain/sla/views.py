"""What a reminder, an answer to “为什么超时” and the escalation statement may know."""

from uuid import UUID

from pydantic import AwareDatetime

from domain.kernel.messages import Message


class ReminderView(Message):
    """One step of a ladder as one person or group reads it.

    Args:
        kind: what is measured, a `Kind` or `node:` and a status.
        due_at: the limit; `at` is the moment of the step that is told.
        left_s: counted seconds until the limit, negative when it is over.
        level: 0 for those who work on it, else the level it was escalated to.
        missed: when steps were due that are only told now, because nobody looked or the limit is new.
        reason: which policy counts, and why.
        personal: one person reads it, who may put it off.
        actions: what its reader can do at once, values of `Action`.
        raised_to: the priority that this step raised it to.
    """

    work_order_id: UUID
    version: int
    clock_id: UUID
    episode: int
    number: str
    status: str
    priority: str
    kind: str
    due_at: AwareDatetime | None
    at: AwareDatetime
    left_s: int
    level: int = 0
    fault: str
    customer_name: str
    assignee_name: str = ""
    hold_reason: str = ""
    reason: str = ""
    missed: tuple[AwareDatetime, ...] = ()
    personal: bool = True
    actions: tuple[str, ...] = ()
    raised_to: str = ""


class LatenessLine(Message):
    """One stretch of a clock's life.

    Args:
        node: where the work order stood, as in the time line.
        owner: who had it; empty for the pool.
        seconds: how long it was by the clock on the wall.
        counted_s: how much of it counted; nothing while paused.
        closed_s: how much of it lay outside working time.
    """

    node: str
    owner: str = ""
    seconds: int
    counted_s: int
    closed_s: int
    paused: bool = False


class LatenessView(Message):
    """The answer to “为什么超时”: where the time of the clock went; the lines add up to `seconds`.

    Args:
        counted_s: what counted towards the limit.
        late_by_s: beyond the limit; negative while some is left; None without a limit.
    """

    number: str
    kind: str
    state: str
    policy: str
    reason: str
    calendar: str
    target_s: int | None
    started_at: AwareDatetime
    until: AwareDatetime
    due_at: AwareDatetime | None
    lines: tuple[LatenessLine, ...]
    seconds: int
    counted_s: int
    late_by_s: int | None


class LateStep(Message):
    """A step that was fired more than a minute late."""

    number: str
    kind: str
    step: str
    due_at: AwareDatetime
    late_s: int
    reason: str


class StatementView(Message):
    """The public escalation statement of one day: everything that was due is accounted for.

    Args:
        due: steps that were due on the day; `told + muted + merged + skipped + open` is the same number.
        skipped: due, but their formula did not hold.
        open: due, and not fired yet.
        late: fired more than a minute after they were due; `steps` are the first of them.
    """

    on: str
    due: int
    told: int
    muted: int
    merged: int
    skipped: int = 0
    open: int
    late: int
    steps: tuple[LateStep, ...] = ()
