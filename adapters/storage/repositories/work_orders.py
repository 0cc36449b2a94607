"""Work orders, their offers and their numbers."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from adapters.storage.numbering import next_of
from adapters.storage.tables import EventRow, NumberSeriesRow
from domain.kernel.errors import NotFound
from domain.workorder.model import UNFINISHED, Offer, Reporter, ReportVersion, WorkOrder
from domain.workorder.status import OPEN, Status
from domain.workorder.timeline import Recorded


class SqlWorkOrders:
    """The work-orders port on SQLAlchemy."""

    def __init__(self, session: Session, counting: Engine | None) -> None:
        self._session = session
        self._counting = counting
        self.born: set[UUID] = set()
        self._offers: dict[UUID, list[Offer]] = {}
        self._reporters: dict[UUID, list[Reporter]] = {}
        self._locked: dict[UUID, WorkOrder] = {}

    def get(self, work_order_id: UUID) -> WorkOrder:
        """Return one work order, locked on its first reading in the transaction.

        One that was only looked up by its number is read again: everybody locks the work order before its
        offers, so that nobody waits for each other. Its key never changes, so that whoever only refers to it
        does not wait at all.
        """
        if work_order_id in self._locked:
            return self._locked[work_order_id]
        query = select(WorkOrder).where(WorkOrder.id == work_order_id).with_for_update(key_share=True)
        order = self._session.execute(
            query, execution_options={"populate_existing": True}
        ).scalar_one_or_none()
        if order is None:
            raise NotFound(what="工单")
        self._locked[work_order_id] = order
        return order

    def find(self, work_order_id: UUID) -> WorkOrder | None:
        """Return one work order without a lock, or None."""
        return self._locked.get(work_order_id) or self._session.get(WorkOrder, work_order_id)

    def lock_free(self, work_order_ids: Collection[UUID]) -> Sequence[WorkOrder]:
        """Return those of the work orders that nobody else works on, locked, without waiting."""
        query = select(WorkOrder).where(WorkOrder.id.in_(work_order_ids)).order_by(WorkOrder.id)
        found = self._session.execute(
            query.with_for_update(skip_locked=True, key_share=True),
            execution_options={"populate_existing": True},
        )
        orders = found.scalars().all()
        self._locked |= {order.id: order for order in orders}
        return orders

    def by_number(self, number: str) -> WorkOrder | None:
        """Return the work order people call by this number, or None."""
        return self._session.execute(select(WorkOrder).where(WorkOrder.number == number)).scalar_one_or_none()

    def add(self, order: WorkOrder) -> None:
        """Keep a new work order, which has no offers yet."""
        self._session.add(order)
        self.born.add(order.id)
        self._offers[order.id] = []
        self._reporters[order.id] = []
        self._locked[order.id] = order

    def next_number(self, day: date) -> str:
        """Return the day's next number, which nobody else ever gets.

        On PostgreSQL the number of a transaction that is undone stays unused.
        See docs/adr/0017-work-order-numbers-outside-the-transaction.md.
        """
        last = next_of(self._session, self._counting, NumberSeriesRow, day=day)
        return f"WO-{day:%Y%m%d}-{last:04d}"

    def of_requester(self, requester_id: UUID, limit: int) -> Sequence[WorkOrder]:
        """Return a requester's newest work orders, newest first."""
        query = select(WorkOrder).where(WorkOrder.requester_id == requester_id)
        return self._session.execute(query.order_by(WorkOrder.created_at.desc()).limit(limit)).scalars().all()

    def open_of_assignee(self, assignee_id: UUID, limit: int) -> Sequence[WorkOrder]:
        """Return what a technician was offered or has accepted, offers first, then oldest first."""
        query = select(WorkOrder).where(
            WorkOrder.assignee_id == assignee_id, WorkOrder.status.in_([status.value for status in OPEN])
        )
        return (
            self._session.execute(
                query.order_by(WorkOrder.status != Status.OFFERED.value, WorkOrder.created_at).limit(limit)
            )
            .scalars()
            .all()
        )

    def of_assignee(self, assignee_id: UUID, statuses: Collection[Status], limit: int) -> Sequence[WorkOrder]:
        """Return a technician's work orders that stand in any of these, oldest first."""
        query = select(WorkOrder).where(
            WorkOrder.assignee_id == assignee_id,
            WorkOrder.status.in_(sorted(status.value for status in statuses)),
        )
        return self._session.execute(query.order_by(WorkOrder.created_at).limit(limit)).scalars().all()

    def offers(self, work_order_id: UUID) -> Sequence[Offer]:
        """Return every offer made, oldest first."""
        if work_order_id not in self._offers:
            query = select(Offer).where(Offer.work_order_id == work_order_id)
            found = self._session.execute(query.order_by(Offer.offered_at, Offer.id)).scalars()
            self._offers[work_order_id] = list(found)
        return self._offers[work_order_id]

    def add_offer(self, offer: Offer) -> None:
        """Keep a new offer."""
        self.offers(offer.work_order_id)
        self._offers[offer.work_order_id].append(offer)
        self._session.add(offer)

    def reporters(self, work_order_id: UUID) -> Sequence[Reporter]:
        """Return everybody who ever joined, oldest first."""
        if work_order_id not in self._reporters:
            query = select(Reporter).where(Reporter.work_order_id == work_order_id)
            found = self._session.execute(query.order_by(Reporter.joined_at, Reporter.id)).scalars()
            self._reporters[work_order_id] = list(found)
        return self._reporters[work_order_id]

    def add_reporter(self, reporter: Reporter) -> None:
        """Keep a new reporter."""
        self.reporters(reporter.work_order_id)
        self._reporters[reporter.work_order_id].append(reporter)
        self._session.add(reporter)

    def add_report(self, report: ReportVersion) -> None:
        """Keep a new version of a service report."""
        self._session.add(report)

    def report(self, work_order_id: UUID, version: int) -> ReportVersion | None:
        """Return one version of the service report, or None."""
        return self._session.get(ReportVersion, (work_order_id, version))

    def history(self, work_order_id: UUID) -> Sequence[Recorded]:
        """Return everything that happened to a work order, oldest first."""
        query = select(EventRow).where(EventRow.subject_id == work_order_id).order_by(EventRow.seq)
        return [
            Recorded(
                name=row.name,
                actor_id=row.actor_id,
                channel=row.channel,
                occurred_at=row.occurred_at,
                payload=row.payload,
                changes={key: tuple(pair) for key, pair in row.changes.items()},
            )
            for row in self._session.execute(query).scalars()
        ]

    def concerning(self, person_id: UUID, limit: int) -> Sequence[WorkOrder]:
        """Return the newest work orders somebody reported or joined, newest first."""
        joined = (
            select(WorkOrder)
            .join(Reporter, Reporter.work_order_id == WorkOrder.id)
            .where(Reporter.person_id == person_id, Reporter.left_at.is_(None))
            .order_by(Reporter.joined_at.desc())
            .limit(limit)
        )
        found = {one.id: one for one in self._session.execute(joined).scalars()}
        found |= {one.id: one for one in self.of_requester(person_id, limit)}
        return sorted(found.values(), key=lambda one: one.created_at, reverse=True)[:limit]

    def of_customer(self, customer_id: UUID, since: datetime, limit: int) -> Sequence[WorkOrder]:
        """Return a customer's newest work orders since a moment, newest first."""
        query = select(WorkOrder).where(WorkOrder.customer_id == customer_id, WorkOrder.created_at >= since)
        return self._session.execute(query.order_by(WorkOrder.created_at.desc()).limit(limit)).scalars().all()

    def of_asset(self, asset_id: UUID, since: datetime, limit: int) -> Sequence[WorkOrder]:
        """Return an asset's newest work orders since a moment, newest first."""
        query = select(WorkOrder).where(WorkOrder.asset_id == asset_id, WorkOrder.created_at >= since)
        return self._session.execute(query.order_by(WorkOrder.created_at.desc()).limit(limit)).scalars().all()

    def in_statuses(self, statuses: Collection[Status], limit: int) -> Sequence[WorkOrder]:
        """Return the oldest work orders that stand in any of these, none of which is an end."""
        wanted = sorted(status.value for status in statuses)
        query = select(WorkOrder).where(UNFINISHED, WorkOrder.status.in_(wanted))
        return self._session.execute(query.order_by(WorkOrder.created_at).limit(limit)).scalars().all()
