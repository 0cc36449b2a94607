"""Facts about people."""

from uuid import UUID

from domain.kernel.messages import Event


class IdentityBound(Event):
    """A platform user is now known to be this person."""

    person_id: UUID
    platform: str
    user_id: str
    conversation: str
    newly_met: bool

    @property
    def subject_id(self) -> UUID:
        """Return the person."""
        return self.person_id


class CallerMet(Event):
    """Somebody who is not on any platform of ours became known by a call or another system."""

    person_id: UUID
    customer_id: UUID | None

    @property
    def subject_id(self) -> UUID:
        """Return the person."""
        return self.person_id
