"""What views over many work orders need of storage; every question has an index."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from domain.assets.views import FirstTimeFix
from domain.people.model import Person
from domain.workorder.model import WorkOrder


@dataclass(frozen=True)
class Fact:
    """One event as it was kept."""

    subject_id: UUID
    name: str
    actor_id: str
    occurred_at: datetime
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Score:
    """How a customer rated us: the average of so many answers, from 1 to 5."""

    average: float
    answers: int


class Histories(Protocol):
    """What happened before, read only."""

    def of_customer(self, customer_id: UUID, limit: int) -> Sequence[WorkOrder]:
        """Return a customer's work orders: open ones first, then the newest."""

    def of_asset(self, asset_id: UUID, limit: int) -> Sequence[WorkOrder]:
        """Return an asset's work orders: open ones first, then the newest."""

    def holds_job(self, person_id: UUID, customer_id: UUID) -> bool:
        """Return whether a technician has an unfinished work order of this customer."""

    def contacts(self, customer_id: UUID, limit: int) -> Sequence[Person]:
        """Return a customer's people by name."""

    def complaints(self, customer_id: UUID) -> int:
        """Return how often a customer complained."""

    def score(self, customer_id: UUID) -> Score | None:
        """Return how a customer rated us, or None where nobody answered."""

    def first_time_fix(self, customer_id: UUID, asset_id: UUID | None = None) -> FirstTimeFix:
        """Return how many repairs of a customer, or of one of their assets, were right the first time."""

    def charged_fen(self, customer_id: UUID) -> int:
        """Return what a customer was charged for settled work orders that they pay themselves."""

    def asset_count(self, customer_id: UUID) -> int:
        """Return how many assets a customer has, without merged ones."""

    def doubles_of_customer(self, customer_id: UUID) -> Sequence[UUID]:
        """Return the customers that were merged into this one."""

    def facts(self, subject_ids: Collection[UUID], names: Collection[str]) -> Sequence[Fact]:
        """Return the events of these names about these records, newest first."""
