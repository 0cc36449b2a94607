"""Facts about work orders; what happened in the field and at the close is in files of its own."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Event


class WorkOrderEvent(Event):
    """Something happened to a work order."""

    work_order_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return the work order."""
        return self.work_order_id


class WorkOrderRegistered(WorkOrderEvent):
    """A fault report became a work order.

    Args:
        earlier_id: an earlier work order of the same fault on the same asset, which did not last.
    """

    number: str
    type: str = "repair"
    priority: str = "P3"
    requester_id: UUID
    customer_id: UUID | None
    asset_id: UUID | None
    description: str
    origin: str
    source_key: str
    details: dict[str, Any] = Field(default_factory=dict)
    earlier_id: UUID | None = None


class WorkOrderOffered(WorkOrderEvent):
    """A technician is asked to take the work order on; the offer ends by itself.

    Args:
        from_id: who had it before, when it was taken from somebody.
    """

    technician_id: UUID
    expires_at: AwareDatetime
    reason: str
    from_id: UUID | None = None


class TechniciansRecommended(WorkOrderEvent):
    """The best technicians were found, and a dispatcher is to choose.

    Args:
        candidates: their ids, best first.
        reasons: why, one line each, in the same order.
        decide_by: when the clock decides if no dispatcher did.
    """

    candidates: tuple[UUID, ...]
    reasons: tuple[str, ...]
    rule: str = ""
    decide_by: AwareDatetime | None = None


class WorkOrderLeftUnassigned(WorkOrderEvent):
    """Nobody is left to ask, or a rule says so; a person must decide.

    Args:
        reason: why; empty when everybody was asked.
    """

    asked: int
    reason: str = ""


class WorkOrderAccepted(WorkOrderEvent):
    """The technician took the work order on and is now its assignee."""

    assignee_id: UUID


class WorkOrderDeclined(WorkOrderEvent):
    """The technician who was asked said no."""

    technician_id: UUID
    reason: str


class OfferExpired(WorkOrderEvent):
    """The technician who was asked did not answer in time."""

    technician_id: UUID


class OfferExtended(WorkOrderEvent):
    """The technician's card could not be delivered yet, so the offer's time begins again."""

    technician_id: UUID
    expires_at: AwareDatetime


class AssigneeLeft(WorkOrderEvent):
    """The assignee is no technician of ours any more, so somebody else is asked."""

    assignee_id: UUID


class WorkOrderRecalled(WorkOrderEvent):
    """The technician did not act in time, so somebody else is asked."""

    technician_id: UUID
    reason: str


class WorkOrderCancelled(WorkOrderEvent):
    """The work order is not wanted any more.

    Args:
        departed: the technician was under way already.
    """

    reason: str
    departed: bool = False


class WorkOrderMerged(WorkOrderEvent):
    """The work order ended because another one is about the same."""

    into_id: UUID
    into_number: str


class WorkOrderNoteAdded(WorkOrderEvent):
    """Somebody added words, a picture or a place to a work order."""

    kind: str
    text: str
    media_ref: str = ""


class WordsRelayed(WorkOrderEvent):
    """Customer and technician spoke through the work order.

    Args:
        to: `customer` or `technician`.
        files: pictures that go along, by their content's name.
        source_key: the message it came in; its other files follow when they are fetched.
    """

    to: str
    text: str
    files: tuple[str, ...] = ()
    source_key: str = ""


class PriorityChanged(WorkOrderEvent):
    """The work order became more or less urgent."""

    before: str
    after: str
    reason: str


class AssetCorrected(WorkOrderEvent):
    """The work order is about another machine than it was registered for.

    Args:
        before, after: what people call both; `before` is empty where no machine was known.
    """

    before_id: UUID | None
    after_id: UUID
    before: str
    after: str


class OrderTypeChanged(WorkOrderEvent):
    """The work order is of another kind than it was taken for."""

    before: str
    after: str
    reason: str


class EstimateChanged(WorkOrderEvent):
    """The work is expected to take so long."""

    minutes: int
    reason: str


class ReporterJoined(WorkOrderEvent):
    """Somebody else reported the same fault and is kept informed."""

    person_id: UUID
    conversation: str
    words: str


class ReporterLeft(WorkOrderEvent):
    """Somebody's report turned out to be about something else."""

    person_id: UUID


class JobPartsChanged(WorkOrderEvent):
    """The parts of a job are others now.

    Args:
        what: `reserved`, `freed`, `requested`, `approved`, `refused`, `issued`, `taken`, `used`,
            `taken_back`, `returned`, `sent_back` (nobody took them), `short` (something it needs
            is nowhere free), `ordered` or `arrived`.
        parts: which, in words, e.g. `轴承 6204 ×2`.
        note: what else there is to know, e.g. the day something is expected; may be empty.
    """

    what: str
    parts: str
    note: str = ""


class DecisionAwaited(WorkOrderEvent):
    """What has to be decided before the work order goes on is another now, or somebody decided.

    Args:
        awaiting: steps with who is asked, e.g. `服务总监审批（沈总）`; empty where nothing is waited for.
        asked: the same where it is news, and nobody decided.
        decided: the step that somebody decided, how and by whom; empty where it was asked only.
        comment: what they said with it.
    """

    awaiting: str
    asked: str = ""
    decided: str = ""
    comment: str = ""
