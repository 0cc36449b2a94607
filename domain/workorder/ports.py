"""What the work-order area needs of storage."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from domain.kernel.ports import UnitOfWork
from domain.workorder.model import Offer, WorkOrder


class WorkOrders(Protocol):
    """The work orders."""

    def get(self, work_order_id: UUID) -> WorkOrder:
        """Return one work order, locked until the transaction ends.

        Raises:
            NotFound: there is none.
        """

    def by_number(self, number: str) -> WorkOrder | None:
        """Return the work order people call by this number, or None."""

    def add(self, order: WorkOrder) -> None:
        """Keep a new work order."""

    def next_number(self, day: date) -> str:
        """Return the day's next `WO-YYYYMMDD-NNNN`, never given twice."""

    def of_requester(self, requester_id: UUID, limit: int) -> Sequence[WorkOrder]:
        """Return a requester's newest work orders, newest first."""

    def open_of_assignee(self, assignee_id: UUID, limit: int) -> Sequence[WorkOrder]:
        """Return what a technician was offered or has accepted, oldest first."""

    def offers(self, work_order_id: UUID) -> Sequence[Offer]:
        """Return every offer made, oldest first."""

    def add_offer(self, offer: Offer) -> None:
        """Keep a new offer."""


class WorkOrderUnitOfWork(UnitOfWork, Protocol):
    """One transaction over work orders."""

    @property
    def work_orders(self) -> WorkOrders:
        """Return the work orders."""

    def name_of(self, person_id: UUID | None) -> str:
        """Return the name of whoever holds a work order, or a general word for nobody."""
