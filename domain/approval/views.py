"""What people are shown of processes and approvals."""

from uuid import UUID

from pydantic import AwareDatetime

from domain.kernel.messages import Message


class Seat(Message):
    """One approver at a step.

    Args:
        name: who is asked; `B（代 A）` for a substitute.
        state: `open`, `waiting`, `agreed`, `refused`, `returned`, `delegated`, `cancelled` or `absent`.
        comment: what they said with it.
    """

    name: str
    state: str
    comment: str = ""
    at: AwareDatetime | None = None


class Remark(Message):
    """What somebody said about a process."""

    name: str
    text: str
    at: AwareDatetime


class ApprovalView(Message):
    """One task of one approver: everything needed to decide.

    Args:
        task_id: what the buttons act on.
        number: what people call it: `SP-…` of a request, or the number of the work order.
        title: the process, e.g. `折扣申请`.
        node: the step, e.g. `服务总监审批`.
        mode: `all`, `any`, `sequence` or `vote`.
        needs: agreeing votes that are needed; None unless it is a vote.
        amount_fen: None where it is not about money.
        before_fen: what was agreed to before, where the amount was raised since.
        fields: more about it, as (label, value).
        seats: everybody who is asked at this step, in order.
        remarks: what was said about it, newest last.
        decided: how it ended for this reader, e.g. `agreed`, `refused`, `cancelled`; empty while it is open.
        decided_by: who ended it, or who has it now where it was `delegated`; empty while it is open.
        decided_at: when it ended; None while it is open.
        ended: how the whole process ended; empty while it runs.
        actions: verbs of the buttons: `agree`, `refuse`, `delegate`, `return`, `add`, `ask`; or `resubmit`,
            `withdraw` where it is back at whoever asked.
        version: the revision of the instance that is shown, for the buttons.
        late: the limit is over.
        principal: for whom a substitute decides; empty otherwise.
        opinion_for: who decides afterwards and only wants an opinion; empty where the reader decides.
        why: why this step is asked, e.g. `费用大于 5000 元（费用 5000.01 元）`.
        page_url: the same in a browser, of whoever has the task; empty where it is shown to anybody else.
    """

    task_id: UUID
    instance_id: UUID
    work_order_id: UUID | None = None
    version: int
    number: str
    title: str
    node: str
    mode: str
    needs: int | None = None
    amount_fen: int | None = None
    before_fen: int | None = None
    reason: str = ""
    initiator: str
    fields: tuple[tuple[str, str], ...] = ()
    files: int = 0
    seats: tuple[Seat, ...] = ()
    remarks: tuple[Remark, ...] = ()
    due_at: AwareDatetime | None = None
    late: bool = False
    principal: str = ""
    opinion_for: str = ""
    why: str = ""
    decided: str = ""
    decided_by: str = ""
    decided_at: AwareDatetime | None = None
    comment: str = ""
    ended: str = ""
    actions: tuple[str, ...] = ()
    page_url: str = ""


class TaskLine(Message):
    """One line of `待我审批`.

    Args:
        back: it was sent back to whoever asked, who is to hand it in again or to withdraw it.
    """

    task_id: UUID
    number: str
    title: str
    node: str
    amount_fen: int | None = None
    reason: str = ""
    initiator: str
    opened_at: AwareDatetime
    due_at: AwareDatetime | None = None
    late: bool = False
    principal: str = ""
    back: bool = False


class TaskListView(Message):
    """`待我审批`: what waits for one person, the most urgent first.

    Args:
        total: how many there are; the lines may be fewer.
    """

    lines: tuple[TaskLine, ...] = ()
    total: int = 0


class RequestLine(Message):
    """One line of `我发起的`.

    Args:
        status: `running`, `returned`, `approved`, `refused`, `withdrawn`, `done` or `terminated`.
        waits_for: who is to decide now, by name.
    """

    instance_id: UUID
    number: str
    title: str
    amount_fen: int | None = None
    status: str
    waits_for: tuple[str, ...] = ()
    since: AwareDatetime


class RequestListView(Message):
    """`我发起的`: what one person asked for, newest first."""

    lines: tuple[RequestLine, ...] = ()


class RequestStep(Message):
    """What one person decided about a request."""

    node: str
    name: str
    state: str
    comment: str = ""
    at: AwareDatetime | None = None


class RequestView(Message):
    """Where one request stands, for whoever asked.

    Args:
        lead: what is said before it, or empty.
        order_number: the work order it is about, or empty.
        status: as in `RequestLine`.
        waits_for: who is to decide now, by name.
        ended_at: None while it runs.
        steps: what was decided, oldest first.
        remarks: what was said about it, newest last.
    """

    lead: str = ""
    number: str
    title: str
    order_number: str = ""
    amount_fen: int | None = None
    reason: str = ""
    status: str
    waits_for: tuple[str, ...] = ()
    ended_at: AwareDatetime | None = None
    steps: tuple[RequestStep, ...] = ()
    remarks: tuple[Remark, ...] = ()


class ApprovalNewsView(Message):
    """A message in words about a process, to whoever waits for it or takes part.

    Args:
        news: `approved`, `refused`, `returned`, `withdrawn`, `terminated`, `question`, `comment`, `copied`,
            `expedited`, `reminded`, `delegated`, `substituted`, `asked_again`, `settle_again`.
        by: who caused it, by name.
        text: what they said.
        to: who has it now, by name, where it was handed on.
    """

    news: str
    number: str
    title: str
    node: str = ""
    by: str = ""
    text: str = ""
    to: str = ""
    amount_fen: int | None = None


class OrderApprovalLine(Message):
    """What a work order waits for, for its cards and its time line."""

    node: str
    waits_for: tuple[str, ...]
    since: AwareDatetime


class OtherWay(Message):
    """One past work order or request that would go another way.

    Args:
        before, after: whom it would ask, in words.
    """

    number: str
    amount_fen: int | None = None
    before: str
    after: str


class ApproverLoad(Message):
    """How often somebody would be asked more, or less, than now.

    Args:
        answer_s: how long they usually take, in seconds; None where they never answered anything.
    """

    name: str
    more: int = 0
    fewer: int = 0
    answer_s: int | None = None


class PreviewView(Message):
    """What a definition would have changed, had it counted before.

    Args:
        version: the version that counts now; 0 for none.
        about: `work_order` or `request`.
        looked_at: how many were looked at.
        changed: how many would go another way; the lines are the newest of them.
    """

    name: str
    title: str
    version: int
    about: str
    days: int
    looked_at: int
    changed: int
    lines: tuple[OtherWay, ...] = ()
    loads: tuple[ApproverLoad, ...] = ()
