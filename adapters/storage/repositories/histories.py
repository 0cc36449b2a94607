"""What happened before, for views over many work orders; every query has an index."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from adapters.storage.tables import EventRow
from domain.assets.model import Asset, Customer
from domain.assets.views import FirstTimeFix
from domain.people.model import Person
from domain.policies.histories import Fact, Score
from domain.survey.model import Rating
from domain.workorder.details import OrderType, Payer
from domain.workorder.model import WorkOrder
from domain.workorder.status import ENDED, OPEN, Status

_UNFINISHED = [status.value for status in OPEN]
_ENDED = [status.value for status in ENDED]


class SqlHistories:
    """The histories port on SQLAlchemy."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_customer(self, customer_id: UUID, limit: int) -> Sequence[WorkOrder]:
        """Return a customer's work orders: open ones first, then the newest."""
        return self._open_first(WorkOrder.customer_id == customer_id, limit)

    def of_asset(self, asset_id: UUID, limit: int) -> Sequence[WorkOrder]:
        """Return an asset's work orders: open ones first, then the newest."""
        return self._open_first(WorkOrder.asset_id == asset_id, limit)

    def holds_job(self, person_id: UUID, customer_id: UUID) -> bool:
        """Return whether a technician has an unfinished work order of this customer."""
        query = select(WorkOrder.id).where(
            WorkOrder.assignee_id == person_id,
            WorkOrder.status.in_(_UNFINISHED),
            WorkOrder.customer_id == customer_id,
        )
        return self._session.execute(query.limit(1)).first() is not None

    def contacts(self, customer_id: UUID, limit: int) -> Sequence[Person]:
        """Return a customer's people by name."""
        query = select(Person).where(Person.customer_id == customer_id, Person.active)
        return self._session.execute(query.order_by(Person.name, Person.id).limit(limit)).scalars().all()

    def complaints(self, customer_id: UUID) -> int:
        """Return how often a customer complained."""
        query = select(func.count()).where(
            WorkOrder.customer_id == customer_id, WorkOrder.type == OrderType.COMPLAINT.value
        )
        return self._session.execute(query).scalar_one()

    def score(self, customer_id: UUID) -> Score | None:
        """Return how a customer rated us, or None where nobody answered."""
        query = (
            select(func.avg(Rating.score), func.count())
            .join(WorkOrder, WorkOrder.id == Rating.work_order_id)
            .where(WorkOrder.customer_id == customer_id)
        )
        average, answers = self._session.execute(query).one()
        return Score(float(average), answers) if answers else None

    def first_time_fix(self, customer_id: UUID, asset_id: UUID | None = None) -> FirstTimeFix:
        """Return how many repairs of a customer, or of one of their assets, were right the first time."""
        later = aliased(WorkOrder)
        came_back = (
            select(later.id)
            .where(later.earlier_id == WorkOrder.id, later.asset_id == WorkOrder.asset_id)
            .where(later.status != Status.CANCELLED.value)
            .exists()
        )
        mine = WorkOrder.asset_id == asset_id if asset_id else WorkOrder.customer_id == customer_id
        first = case((came_back, 0), else_=1)
        again = case((or_(came_back, WorkOrder.rejections > 0, WorkOrder.reopenings > 0), 0), else_=1)
        query = select(func.count(), func.sum(first), func.sum(again)).where(
            mine,
            WorkOrder.report_version > 0,
            WorkOrder.type == OrderType.REPAIR.value,
            WorkOrder.status != Status.CANCELLED.value,
        )
        finished, lasting, fixed = self._session.execute(query).one()
        return FirstTimeFix(finished=finished, fixed=int(fixed or 0), repeats=finished - int(lasting or 0))

    def charged_fen(self, customer_id: UUID) -> int:
        """Return what a customer was charged for settled work orders that they pay themselves."""
        query = select(func.sum(WorkOrder.settled_fen)).where(
            WorkOrder.customer_id == customer_id, WorkOrder.payer == Payer.CUSTOMER.value
        )
        return int(self._session.execute(query).scalar_one() or 0)

    def asset_count(self, customer_id: UUID) -> int:
        """Return how many assets a customer has, without merged ones."""
        query = select(func.count()).where(Asset.customer_id == customer_id, Asset.merged_into_id.is_(None))
        return self._session.execute(query).scalar_one()

    def doubles_of_customer(self, customer_id: UUID) -> Sequence[UUID]:
        """Return the customers that were merged into this one."""
        return self._session.scalars(select(Customer.id).where(Customer.merged_into_id == customer_id)).all()

    def facts(self, subject_ids: Collection[UUID], names: Collection[str]) -> Sequence[Fact]:
        """Return the events of these names about these records, newest first.

        Sorted here: a database that sorts by `seq` may rather read all events backwards.
        """
        found = self._session.execute(
            select(
                EventRow.seq,
                EventRow.subject_id,
                EventRow.name,
                EventRow.actor_id,
                EventRow.occurred_at,
                EventRow.payload,
            ).where(EventRow.subject_id.in_(subject_ids), EventRow.name.in_(names))
        ).all()
        return [Fact(*row[1:]) for row in sorted(found, key=lambda row: row.seq, reverse=True)]

    def _open_first(self, whose: ColumnElement[bool], limit: int) -> Sequence[WorkOrder]:
        """Read open ones and newest ones, both along the index of whose they are by time."""
        newest_first = select(WorkOrder).where(whose).order_by(WorkOrder.created_at.desc()).limit(limit)
        still_open = self._session.scalars(newest_first.where(WorkOrder.status.not_in(_ENDED))).all()
        if len(still_open) == limit:
            return still_open
        newest = self._session.scalars(newest_first).all()
        rest = [order for order in newest if order not in still_open]
        return [*still_open, *rest][:limit]
