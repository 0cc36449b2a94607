"""Facts about process definitions and absences; what happens to running processes are the engine's events."""

from uuid import UUID

from pydantic import AwareDatetime

from domain.kernel.messages import Event


class ProcessPublished(Event):
    """A new version of a definition counts from now on."""

    document_id: UUID
    name: str
    version: int
    note: str = ""

    @property
    def subject_id(self) -> UUID:
        """Return what all versions of the definition are recorded under."""
        return self.document_id


class AbsenceSet(Event):
    """Somebody is away for a while, and a substitute decides for them."""

    person_id: UUID
    substitute_id: UUID
    from_at: AwareDatetime
    to_at: AwareDatetime

    @property
    def subject_id(self) -> UUID:
        """Return who is away."""
        return self.person_id


class AbsenceEnded(Event):
    """Somebody is back before time."""

    person_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return who is back."""
        return self.person_id
