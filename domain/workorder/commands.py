"""Wishes about a work order until somebody has it, and about what is known of it."""

from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Command
from domain.workorder.details import OrderType, Priority, RequestDetails


class RegisterWorkOrder(Command):
    """A customer reports a fault in their own words.

    Args:
        description: the words at full length.
        origin: the address of the chat they were said in; receipts and news go there.
        source_key: the delivery the words came in; one delivery makes at most one work order per fault.
        earlier_id: the earlier work order of the same fault; found by rule WO-12 where nobody says.
        repeat_failure_d: within so many days a repaired fault that is back counts as a repeat failure.
        fault_words: the words about this fault alone, where the description says more.
        unlike: work orders it was said not to be the same as.
    """

    work_order_id: UUID
    requester_id: UUID
    customer_id: UUID | None
    asset_id: UUID | None = None
    region: str = ""
    description: str = Field(min_length=1)
    origin: str
    source_key: str
    type: OrderType = OrderType.REPAIR
    priority: Priority = Priority.P3
    details: RequestDetails = RequestDetails()
    earlier_id: UUID | None = None
    repeat_failure_d: int = Field(default=30, ge=0)
    fault_words: str = ""
    unlike: tuple[UUID, ...] = ()


class OfferWorkOrder(Command):
    """Ask one technician to take the work order on; decided by the pool rule or by a dispatcher."""

    work_order_id: UUID
    technician_id: UUID
    expires_at: AwareDatetime
    reason: str
    seen_version: int | None = None


class ReassignWorkOrder(Command):
    """Take the work order from its assignee and ask another technician."""

    work_order_id: UUID
    technician_id: UUID
    expires_at: AwareDatetime
    reason: str
    seen_version: int | None = None


class RecommendTechnicians(Command):
    """Let a dispatcher choose among the best.

    Args:
        decide_by: when the clock decides if no dispatcher did; None for never.
    """

    work_order_id: UUID
    candidates: tuple[UUID, ...] = Field(min_length=1)
    reasons: tuple[str, ...]
    rule: str = ""
    decide_by: AwareDatetime | None = None


class LeaveUnassigned(Command):
    """The pool rule found nobody to ask, or a rule leaves it to a dispatcher.

    Args:
        reason: why, in words for the dispatcher; empty when everybody was asked.
    """

    work_order_id: UUID
    reason: str = ""


class AcceptWorkOrder(Command):
    """A technician takes on a work order that was offered to them.

    Args:
        seen_version: the version the pressed card showed; None for words, which carry none.
    """

    work_order_id: UUID
    seen_version: int | None = None


class DeclineWorkOrder(Command):
    """A technician turns an offer down and says why."""

    work_order_id: UUID
    reason: str
    seen_version: int | None = None


class ExpireOffer(Command):
    """The clock found an offer nobody answered."""

    work_order_id: UUID


class ExtendOffer(Command):
    """The clock found an offer whose card the technician could not have seen."""

    work_order_id: UUID
    expires_at: AwareDatetime


class ReleaseWorkOrder(Command):
    """The clock found a work order whose assignee is no technician any more."""

    work_order_id: UUID


class RecallWorkOrder(Command):
    """Whoever was asked or has not set out yet loses the work order, because its time runs out."""

    work_order_id: UUID
    reason: str = Field(min_length=1)


class CancelWorkOrder(Command):
    """The requester or the service desk does not want the work order any more."""

    work_order_id: UUID
    reason: str
    seen_version: int | None = None


class MergeWorkOrders(Command):
    """The service desk says that two work orders are about the same; the first one ends."""

    work_order_id: UUID
    into_id: UUID


class AddWorkOrderNote(Command):
    """Somebody adds something to a work order that is not closed."""

    work_order_id: UUID
    kind: str
    text: str
    media_ref: str = ""


class RelayWords(Command):
    """Customer or technician speaks to the other through the work order.

    Args:
        to: `customer` or `technician`.
        files: sha256 names of the files that we have already.
        source_key: the message it came in; its other files follow when they are fetched.
    """

    work_order_id: UUID
    to: str = Field(pattern="^(customer|technician)$")
    text: str = Field(max_length=2000)
    files: tuple[str, ...] = ()
    source_key: str = ""


class ChangePriority(Command):
    """The work order is more or less urgent than it was taken for."""

    work_order_id: UUID
    priority: Priority
    reason: str


class CorrectAsset(Command):
    """The work order is about another machine of the same customer than it was registered for."""

    work_order_id: UUID
    asset_id: UUID


class ChangeOrderType(Command):
    """The work order is of another kind than it was taken for."""

    work_order_id: UUID
    type: OrderType
    reason: str


class EstimateDuration(Command):
    """Say how long the work is expected to take."""

    work_order_id: UUID
    minutes: int = Field(ge=1, le=100_000)
    reason: str = ""


class JoinWorkOrder(Command):
    """Somebody else reports the same fault and wants to be kept informed.

    Args:
        person_id: the other reporter.
        conversation: where news go to.
        words: what they said, kept so that leaving again loses nothing.
        source_key: the delivery the words came in.
    """

    work_order_id: UUID
    person_id: UUID
    conversation: str
    words: str
    source_key: str


class ReportAgain(Command):
    """The fault of a work order is reported once more: by somebody else, by a reporter, or after it ended.

    Args:
        person_id, conversation, words, source_key: as for whoever joins.
    """

    work_order_id: UUID
    person_id: UUID
    conversation: str
    words: str
    source_key: str


class LeaveWorkOrder(Command):
    """A reporter's fault is another one after all."""

    work_order_id: UUID
    person_id: UUID
