"""Facts about messages in groups."""

from uuid import UUID

from domain.groups.outcome import Outcome
from domain.kernel.messages import Event


class GroupMessageTaken(Event):
    """Somebody addressed the robot in a group with words that may be a request."""

    request_id: UUID
    outcome: Outcome
    source_key: str

    @property
    def subject_id(self) -> UUID:
        """Return the message."""
        return self.request_id


class GroupMessageExtended(Event):
    """Somebody added what a message lacked."""

    request_id: UUID
    words: str
    asset_id: UUID | None = None

    @property
    def subject_id(self) -> UUID:
        """Return the message."""
        return self.request_id


class GroupMessageOverdue(Event):
    """Nobody decided on a message for a while; the group is reminded, or the service desk is asked.

    Args:
        to_desk: the group was reminded before.
    """

    request_id: UUID
    to_desk: bool

    @property
    def subject_id(self) -> UUID:
        """Return the message."""
        return self.request_id


class GroupMessageResolved(Event):
    """A message in a group ended as an order, a link to one, an assignment, or no request.

    Args:
        before: where it stood; another end was corrected.
        work_order_id: the work order it ended as or at.
        joined: the speaker joined that work order.
    """

    request_id: UUID
    before: Outcome
    outcome: Outcome
    work_order_id: UUID | None = None
    joined: bool = False

    @property
    def subject_id(self) -> UUID:
        """Return the message."""
        return self.request_id
