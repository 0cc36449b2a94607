"""What the groups area needs of storage."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from domain.groups.model import GroupRequest
from domain.kernel.ports import UnitOfWork


class GroupRequests(Protocol):
    """Messages that were addressed to the robot in groups."""

    def get(self, request_id: UUID) -> GroupRequest:
        """Return one message, locked until the transaction ends.

        Raises:
            NotFound: there is none.
        """

    def newest(self, group_key: str, limit: int) -> Sequence[GroupRequest]:
        """Return a group's newest messages, newest first."""

    def add(self, request: GroupRequest) -> None:
        """Keep a new message."""


class GroupsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over messages in groups."""

    @property
    def group_requests(self) -> GroupRequests:
        """Return what was said to the robot in groups."""
