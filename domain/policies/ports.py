"""A transaction over every area, for policies."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from domain.approval.ports import ApprovalUnitOfWork
from domain.assets.ports import AssetUnitOfWork
from domain.dispatching.ports import DispatchUnitOfWork
from domain.files.ports import FilesUnitOfWork
from domain.groups.ports import GroupsUnitOfWork
from domain.intake.ports import IntakeUnitOfWork
from domain.kernel.links import Links
from domain.parts.ports import PartsUnitOfWork
from domain.people.ports import PeopleUnitOfWork
from domain.policies.digest_ports import DigestBook
from domain.policies.histories import Histories
from domain.policies.pool import Board, Pool
from domain.sla.ports import SlaUnitOfWork
from domain.survey.ports import SurveyUnitOfWork
from domain.workorder.ports import WorkOrderUnitOfWork


class EveryUnitOfWork(
    WorkOrderUnitOfWork,
    PeopleUnitOfWork,
    AssetUnitOfWork,
    FilesUnitOfWork,
    SurveyUnitOfWork,
    DispatchUnitOfWork,
    GroupsUnitOfWork,
    IntakeUnitOfWork,
    SlaUnitOfWork,
    ApprovalUnitOfWork,
    PartsUnitOfWork,
    Protocol,
):
    """One transaction over every area."""

    @property
    def histories(self) -> Histories:
        """Return what happened before."""

    @property
    def digests(self) -> DigestBook:
        """Return the figures of digests."""

    @property
    def pool(self) -> Pool:
        """Return every open work order."""

    @property
    def board(self) -> Board:
        """Return what stands at which node and who has what."""

    @property
    def links(self) -> Links:
        """Return what makes links to pages."""

    def is_owed(self, audience: str, subject_id: UUID) -> bool:
        """Return whether a notice about this record is still on its way to an audience."""

    def changes_once(self, audience: str, subject_id: UUID) -> bool:
        """Return whether the card shown to an audience can be changed once at most: worth only its end."""

    def shown_to(self, subject_id: UUID) -> Sequence[UUID]:
        """Return the people who have the living card of this record in their own chats."""

    def release_held(self, platform: str, user_id: str) -> None:
        """Let what an unknown sender said before they were bound be handled now, in its order."""
