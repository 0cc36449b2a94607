"""Facts from the end of the loop: acceptance, settlement, follow-up and close."""

from pydantic import AwareDatetime

from domain.workorder.events import WorkOrderEvent
from domain.workorder.signature import SignedReport


class WorkSignedOff(WorkOrderEvent):
    """The work was accepted.

    Args:
        report_version: the version of the service report that was accepted.
        by_customer: False when a permitted reason took the customer's place.
        signer: who signed, where somebody did.
        signature: what they drew, bound to that version.
    """

    report_version: int
    by_customer: bool
    skip_reason: str = ""
    signer: str = ""
    signature: SignedReport | None = None


class WorkRejected(WorkOrderEvent):
    """The customer did not accept the work; `times` counts rejections of this work order."""

    reason: str
    times: int


class WorkOrderSettled(WorkOrderEvent):
    """What it costs, and who pays.

    Args:
        before_fen, before_payer: what it said before, where this one corrects it.
    """

    amount_fen: int
    payer: str
    note: str = ""
    before_fen: int | None = None
    before_payer: str = ""


class WorkOrderFollowedUp(WorkOrderEvent):
    """The customer was asked afterwards, and the result is kept.

    Args:
        complete: the work order may be closed now, as far as follow-ups go.
    """

    result: str
    note: str = ""
    score: int | None = None
    complete: bool = True


class FollowUpOwed(WorkOrderEvent):
    """The customer is to be asked before the work order may be closed."""

    kind: str
    due_at: AwareDatetime


class WorkOrderRated(WorkOrderEvent):
    """Somebody who reported the fault said how it went, from 1 (bad) to 5 (good).

    Args:
        lowest: the lowest score of all who rated it; None for this one.
    """

    score: int
    lowest: int | None = None
    comment: str = ""


class WorkOrderClosed(WorkOrderEvent):
    """The loop is closed."""

    skip_reason: str = ""


class WorkOrderReopened(WorkOrderEvent):
    """A finished work order needs more work."""

    reason: str
