"""What a card or a message may know of a work order."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Message
from domain.workorder.details import OrderType
from domain.workorder.status import Status
from domain.workorder.timeline import Node


class Choice(Message):
    """One of several things a viewer may choose, as a button.

    Args:
        label: e.g. `派给李强`.
        verb: what the button does, e.g. `wo.offer`.
        choice: what is chosen, e.g. a person's id.
        words: the same wish, typed.
    """

    label: str
    verb: str
    choice: str
    words: str


class Repeat(Message):
    """The repair that did not last.

    Args:
        number: its work order.
        days: how long it held; None where that work order is open again.
    """

    number: str
    days: int | None = None


class Limit(Message):
    """A time limit that runs: what for, and until when; `due_at` is None while it is paused."""

    kind: str
    due_at: AwareDatetime | None


class WorkOrderView(Message):
    """One work order as one viewer may see it; a field a viewer may not see is empty here.

    Args:
        actions: what this viewer can do now, as values of `Action`.
        choices: what this viewer can choose from, as buttons of their own.
        about_number: the work order that a complaint or a claim is about.
        repeat: the repair of the same fault that did not last.
        limits: the time limits that run, the first due first.
        released: this viewer was asked once, and it is not theirs any more.
        entitlement: who pays, as `domain.assets.entitlement.Entitlement`; empty when nobody can say.
        parts: the parts it needs or has, one line each: how many, where, how many are free there.
        awaiting: what has to be decided before it goes on, and by whom.
        before: what was tried on this asset before, one line each.
        page_url: where whoever has it works on it; empty for everybody else.
        remark: one line that explains the last change to this viewer; may be empty.
    """

    work_order_id: UUID
    number: str
    version: int
    status: Status
    fault: str
    customer_name: str
    customer_level: str = ""
    priority: str = "P3"
    type: str = OrderType.REPAIR.value
    about_number: str = ""
    repeat: Repeat | None = None
    estimated_min: int | None = None
    contact: str = ""
    address: str = ""
    map_url: str = ""
    page_url: str = ""
    asset: str = ""
    entitlement: dict[str, Any] = Field(default_factory=dict)
    appointment_from: AwareDatetime | None = None
    appointment_to: AwareDatetime | None = None
    hold_reason: str = ""
    reporters: int = 1
    assignee_name: str = ""
    reported_at: AwareDatetime
    offer_expires_at: AwareDatetime | None = None
    limits: tuple[Limit, ...] = ()
    eta_at: AwareDatetime | None = None
    awaiting: str = ""
    parts: tuple[str, ...] = ()
    parts_fen: int | None = None
    before: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    amount_fen: int | None = None
    payer: str = ""
    released: bool = False
    remark: str = ""


class RequesterView(Message):
    """A work order as those who reported it see it: no internal note, no cost before it is theirs to pay.

    Args:
        actions: `sign_off` and `reject` while the work waits for acceptance.
        scores: whether this viewer can rate it now.
        amount_fen: only for a viewer who has to pay it.
        report_version: the report that an acceptance is for.
        cause, remedy: from the service report.
        changed: what a correction changed in it: the field, and what it said before and says now.
        voided_signer: whose signature a correction voided, while nobody signed anew.
        page_url: where this viewer reads the whole report, signs and rates; empty where others read along.
    """

    work_order_id: UUID
    number: str
    version: int
    status: Status
    fault: str
    assignee_name: str = ""
    changed: tuple[tuple[str, str, str], ...] = ()
    cause: str = ""
    remedy: str = ""
    report_version: int = 0
    amount_fen: int | None = None
    actions: tuple[str, ...] = ()
    scores: bool = False
    voided_signer: str = ""
    page_url: str = ""


class ProgressLine(Message):
    """One work order in an answer to “进度”.

    Args:
        version: of the work order where its reader may expedite and cancel it, else nothing.
        page_url: its status page, where its reader reported it and nobody else reads along.
    """

    work_order_id: UUID | None = None
    version: int | None = None
    number: str
    status: Status
    fault: str
    assignee_name: str = ""
    assignee_mobile: str = ""
    hold_reason: str = ""
    eta_at: AwareDatetime | None = None
    since: AwareDatetime
    reported_at: AwareDatetime
    page_url: str = ""


class ProgressView(Message):
    """The answer to “进度”: the newest first; a customer reads no status of ours."""

    lines: tuple[ProgressLine, ...]
    for_customer: bool = False


class JobLine(Message):
    """One work order in a technician's own list."""

    number: str
    status: Status
    fault: str
    customer_name: str
    contact: str
    address: str
    offer_expires_at: AwareDatetime | None = None


class JobsView(Message):
    """A technician's work orders, offers first; `more` says that the list was cut."""

    lines: tuple[JobLine, ...]
    more: bool = False


class ReceiptView(Message):
    """What a requester is told when their words became a work order.

    Args:
        photos: how many pictures came with them.
        page_url: its status page; empty where others read along.
    """

    number: str
    fault: str
    status: Status
    reported_at: AwareDatetime
    photos: int = 0
    page_url: str = ""


class VisitorView(Message):
    """What a requester is told when a technician accepted."""

    number: str
    assignee_name: str
    assignee_mobile: str
    accepted_at: AwareDatetime


class TimelineLine(Message):
    """One thing that happened: when, who, through which door, and what.

    Args:
        who: a name, `STAFF` or `REPORTER` where the viewer is not told it; empty for the clock.
        name: the event's class.
        facts: what the viewer may know of it, in words; empty where there is nothing to say.
    """

    at: AwareDatetime
    who: str
    channel: str
    name: str
    facts: dict[str, str]


class NodeTotal(Message):
    """How long a node took altogether."""

    node: Node
    seconds: int


class TimelineView(Message):
    """The answer to “时间线”: what happened, and where the time went; `totals` add up to `seconds`.

    Args:
        lines: oldest first, of one page or of all; empty when only the time was asked for.
        page: which of the `pages` it is.
    """

    number: str
    status: Status
    lines: tuple[TimelineLine, ...]
    page: int = 1
    pages: int = 1
    totals: tuple[NodeTotal, ...]
    seconds: int
