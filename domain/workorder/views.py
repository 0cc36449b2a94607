"""What a card or a message may know of a work order."""

from uuid import UUID

from pydantic import AwareDatetime

from domain.kernel.messages import Message
from domain.workorder.status import Status


class WorkOrderView(Message):
    """One work order as one viewer may see it; a field a viewer may not see is empty here.

    Args:
        actions: what this viewer can do now: `accept`, `decline`.
        released: this viewer was asked once, and it is not theirs any more.
        remark: one line that explains the last change to this viewer; may be empty.
    """

    work_order_id: UUID
    number: str
    version: int
    status: Status
    fault: str
    customer_name: str
    contact: str = ""
    address: str = ""
    asset: str = ""
    assignee_name: str = ""
    reported_at: AwareDatetime
    offer_expires_at: AwareDatetime | None = None
    actions: tuple[str, ...] = ()
    released: bool = False
    remark: str = ""


class ProgressLine(Message):
    """One work order in an answer to “进度”."""

    number: str
    status: Status
    fault: str
    assignee_name: str = ""
    assignee_mobile: str = ""
    since: AwareDatetime
    reported_at: AwareDatetime


class ProgressView(Message):
    """The answer to “进度”: the newest first."""

    lines: tuple[ProgressLine, ...]


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
    """What a requester is told when their words became a work order."""

    number: str
    fault: str
    status: Status
    reported_at: AwareDatetime


class VisitorView(Message):
    """What a requester is told when a technician accepted."""

    number: str
    assignee_name: str
    assignee_mobile: str
    accepted_at: AwareDatetime
