"""A transaction over every area, for policies."""

from typing import Protocol
from uuid import UUID

from domain.assets.ports import AssetUnitOfWork
from domain.people.ports import PeopleUnitOfWork
from domain.workorder.ports import WorkOrderUnitOfWork


class EveryUnitOfWork(WorkOrderUnitOfWork, PeopleUnitOfWork, AssetUnitOfWork, Protocol):
    """One transaction over work orders, people, customers and assets."""

    def is_owed(self, audience: str, subject_id: UUID) -> bool:
        """Return whether a notice about this record is still on its way to an audience."""

    def release_held(self, platform: str, user_id: str) -> None:
        """Let what an unknown sender said before they were bound be handled now, in its order."""
