"""What the work-order area needs of storage."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from domain.kernel.ports import UnitOfWork
from domain.workorder.model import Offer, Reporter, ReportVersion, WorkOrder
from domain.workorder.report import CheckItem
from domain.workorder.status import Status
from domain.workorder.timeline import Recorded


class WorkOrders(Protocol):
    """The work orders."""

    def get(self, work_order_id: UUID) -> WorkOrder:
        """Return one work order, locked until the transaction ends.

        Raises:
            NotFound: there is none.
        """

    def find(self, work_order_id: UUID) -> WorkOrder | None:
        """Return one work order without a lock, to be read only, or None."""

    def lock_free(self, work_order_ids: Collection[UUID]) -> Sequence[WorkOrder]:
        """Return those of the work orders that nobody else works on, locked; the others are left out."""

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

    def of_assignee(self, assignee_id: UUID, statuses: Collection[Status], limit: int) -> Sequence[WorkOrder]:
        """Return a technician's work orders that stand in any of these, oldest first."""

    def offers(self, work_order_id: UUID) -> Sequence[Offer]:
        """Return every offer made, oldest first."""

    def add_offer(self, offer: Offer) -> None:
        """Keep a new offer."""

    def reporters(self, work_order_id: UUID) -> Sequence[Reporter]:
        """Return everybody who ever joined, oldest first; who left has `left_at`."""

    def add_reporter(self, reporter: Reporter) -> None:
        """Keep a new reporter."""

    def add_report(self, report: ReportVersion) -> None:
        """Keep a new version of a service report."""

    def report(self, work_order_id: UUID, version: int) -> ReportVersion | None:
        """Return one version of the service report, or None."""

    def history(self, work_order_id: UUID) -> Sequence[Recorded]:
        """Return everything that happened to a work order, oldest first, with what it changed."""

    def concerning(self, person_id: UUID, limit: int) -> Sequence[WorkOrder]:
        """Return the newest work orders somebody reported or joined, newest first."""

    def of_customer(self, customer_id: UUID, since: datetime, limit: int) -> Sequence[WorkOrder]:
        """Return a customer's newest work orders since a moment, newest first."""

    def of_asset(self, asset_id: UUID, since: datetime, limit: int) -> Sequence[WorkOrder]:
        """Return an asset's newest work orders since a moment, newest first."""

    def in_statuses(self, statuses: Collection[Status], limit: int) -> Sequence[WorkOrder]:
        """Return the oldest work orders that stand in any of these; statuses that end one find nothing."""


class WorkOrderUnitOfWork(UnitOfWork, Protocol):
    """One transaction over work orders."""

    @property
    def work_orders(self) -> WorkOrders:
        """Return the work orders."""

    def checklist(self, asset_id: UUID | None) -> Sequence[CheckItem]:
        """Return what a report about this asset has to answer; empty for an unknown asset."""

    def name_of(self, person_id: UUID | None) -> str:
        """Return the name of whoever holds a work order, or a general word for nobody."""
