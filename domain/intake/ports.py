"""What the intake area needs of storage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.intake.model import Draft
from domain.kernel.ports import UnitOfWork


class Drafts(Protocol):
    """The requests that are not registered yet, and what became of them."""

    def get(self, draft_id: UUID) -> Draft:
        """Return one draft, locked until the transaction ends.

        Raises:
            NotFound: there is none.
        """

    def find(self, draft_id: UUID) -> Draft | None:
        """Return one draft without a lock, or None."""

    def live_of(self, sender_key: str) -> Draft | None:
        """Return a sender's one live draft, locked, or None."""

    def expired_of(self, sender_key: str, since: datetime) -> Draft | None:
        """Return a sender's newest draft that expired since a moment, or None."""

    def elsewhere(self, person_id: UUID, draft_id: UUID) -> Draft | None:
        """Return another live draft of the same person, or None."""

    def siblings(self, person_id: UUID, draft_id: UUID) -> Sequence[Draft]:
        """Return the other live drafts of a person, locked, without those that somebody works at now."""

    def confirm_in_turn(self, customer_id: UUID | None, person_id: UUID) -> None:
        """Let nobody else of the same customer, else the same person, register until the transaction ends.

        Whoever waits here sees the work orders of whoever was first.
        """

    def at_work_order(self, work_order_id: UUID, person_id: UUID) -> Draft | None:
        """Return a person's newest draft that ended at this work order, or None."""

    def add(self, draft: Draft) -> None:
        """Keep a new draft."""


class IntakeUnitOfWork(UnitOfWork, Protocol):
    """One transaction over drafts."""

    @property
    def drafts(self) -> Drafts:
        """Return the requests that are not registered yet."""
