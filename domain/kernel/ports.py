"""What every handler and policy may ask of its unit of work."""

from typing import Protocol

from domain.kernel.messages import Event
from domain.kernel.notices import Notice


class UnitOfWork(Protocol):
    """One transaction; everything in it happens or nothing does."""

    def record(self, event: Event) -> None:
        """Append a fact; the bus runs its policies before the commit."""

    def notify(self, notice: Notice) -> None:
        """Owe somebody a notification; delivered only after the commit."""

    def take_recorded(self) -> list[Event]:
        """Return the facts recorded since the last call."""
