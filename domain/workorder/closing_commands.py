"""Wishes at the end of the loop."""

from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Command
from domain.workorder.details import Payer
from domain.workorder.signature import Signature


class SignOffWork(Command):
    """The work is accepted, by the customer or for a permitted reason in their place.

    Args:
        seen_report: the version of the service report that the pressed card or page showed; the signature is
            for it.
        signature: what the customer drew, on their own phone or on the technician's.
    """

    work_order_id: UUID
    skip_reason: str = ""
    seen_version: int | None = None
    seen_report: int | None = None
    signature: Signature | None = None


class RejectWork(Command):
    """The customer does not accept the work."""

    work_order_id: UUID
    reason: str
    seen_version: int | None = None
    seen_report: int | None = None


class SettleWorkOrder(Command):
    """Say what the work order costs and who pays."""

    work_order_id: UUID
    amount_fen: int = Field(ge=0, le=10**12)
    payer: Payer
    note: str = ""


class NoteFollowUp(Command):
    """The customer was asked afterwards.

    Args:
        complete: nobody is still to be asked, and nothing was left unsolved.
    """

    work_order_id: UUID
    result: str
    note: str = ""
    score: int | None = None
    complete: bool = True


class OweFollowUp(Command):
    """The customer is to be asked (again) before the work order may be closed."""

    work_order_id: UUID
    kind: str
    due_at: AwareDatetime


class NoteRating(Command):
    """Somebody who reported the fault said how it went.

    Args:
        lowest: what the work order counts as rated with: the lowest score of all who reported it.
    """

    work_order_id: UUID
    score: int = Field(ge=1, le=5)
    lowest: int | None = Field(default=None, ge=1, le=5)
    comment: str = ""


class CloseWorkOrder(Command):
    """Close the loop; `skip_reason` takes the place of a follow-up."""

    work_order_id: UUID
    skip_reason: str = ""


class ReopenWorkOrder(Command):
    """A finished work order needs more work."""

    work_order_id: UUID
    reason: str
