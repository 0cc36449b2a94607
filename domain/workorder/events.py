"""Facts about work orders."""

from uuid import UUID

from pydantic import AwareDatetime

from domain.kernel.messages import Event


class WorkOrderEvent(Event):
    """Something happened to a work order."""

    work_order_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return the work order."""
        return self.work_order_id


class WorkOrderRegistered(WorkOrderEvent):
    """A fault report became a work order."""

    number: str
    requester_id: UUID
    customer_id: UUID | None
    asset_id: UUID | None
    description: str
    origin: str
    source_key: str


class WorkOrderOffered(WorkOrderEvent):
    """A technician is asked to take the work order on; the offer ends by itself."""

    technician_id: UUID
    expires_at: AwareDatetime
    reason: str


class WorkOrderLeftUnassigned(WorkOrderEvent):
    """Nobody is left to ask; a person must decide."""

    asked: int


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


class WorkOrderCancelled(WorkOrderEvent):
    """The work order is not wanted any more."""

    reason: str


class WorkOrderNoteAdded(WorkOrderEvent):
    """Somebody added words, a picture or a place to an open work order."""

    kind: str
    text: str
    media_ref: str = ""
