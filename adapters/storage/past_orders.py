"""Past work orders and requests as rules would see them, and how long approvers took; only read."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from adapters.storage.engine import Database
from domain.approval.model import ProcessInstance, ProcessTask
from domain.assets.model import Asset, AssetKind, Customer
from domain.policies.process_fields import Recorded, facts_of
from domain.policies.process_preview import DECIDED, Case
from domain.workorder.model import WorkOrder

LOT = 2000

_ORDERS = (
    select(
        WorkOrder.number,
        WorkOrder.requester_id,
        # From here on in the order of Recorded.
        WorkOrder.type,
        WorkOrder.priority,
        WorkOrder.region,
        WorkOrder.description,
        WorkOrder.details,
        WorkOrder.settled_fen,
        WorkOrder.payer,
        WorkOrder.rejections,
        WorkOrder.reopenings,
        WorkOrder.assignee_id,
        WorkOrder.created_at,
        Customer.level,
        Customer.name,
        Asset.id.is_not(None),
        AssetKind.name,
        Asset.warranty_until,
        Asset.responsible_id,
    )
    .outerjoin(Customer, Customer.id == WorkOrder.customer_id)
    .outerjoin(Asset, Asset.id == WorkOrder.asset_id)
    .outerjoin(AssetKind, AssetKind.code == Asset.kind_code)
    .order_by(WorkOrder.created_at.desc(), WorkOrder.number.desc())
)


def past_orders(
    database: Database, since: datetime, until: datetime, types: Collection[str]
) -> Iterator[Case]:
    """Go through the work orders of some types that were registered in a period, the newest first."""
    query = _ORDERS.where(WorkOrder.created_at >= since, WorkOrder.created_at < until)
    query = query.where(WorkOrder.type.in_(sorted(types)))
    with database.read() as session:
        for number, requester_id, *known in session.execute(query.execution_options(yield_per=LOT)):
            yield Case(number, requester_id, facts_of(Recorded(*known)))


def past_requests(database: Database, name: str, since: datetime, until: datetime) -> Iterator[Case]:
    """Go through the requests of a name that were made in a period, the newest first."""
    query = (
        select(ProcessInstance.number, ProcessInstance.initiator_id, ProcessInstance.state["data"])
        .where(ProcessInstance.name == name)
        .where(ProcessInstance.created_at >= since, ProcessInstance.created_at < until)
        .order_by(ProcessInstance.created_at.desc(), ProcessInstance.number.desc())
    )
    with database.read() as session:
        for number, initiator_id, data in session.execute(query.execution_options(yield_per=LOT)):
            yield Case(number, initiator_id, data)


def answer_times(
    database: Database, people: Collection[UUID], since: datetime
) -> Mapping[UUID, Sequence[int]]:
    """Return how long each of these people took to decide themselves, in seconds, since a moment."""
    task = ProcessTask
    query = select(task.assignee_id, task.opened_at, task.closed_at, task.closed_by)
    query = query.where(task.assignee_id.in_(sorted(people)), task.outcome.in_(DECIDED))
    found: dict[UUID, list[int]] = defaultdict(list)
    with database.read() as session:
        rows = session.execute(query.where(task.opened_at >= since).execution_options(yield_per=LOT))
        for person_id, opened_at, closed_at, closed_by in rows:
            if closed_at is not None and closed_by == str(person_id):
                found[person_id].append(int((closed_at - opened_at).total_seconds()))
    return found


def running_counts(database: Database) -> Mapping[str, int]:
    """Return how many instances of each process run."""
    query = select(ProcessInstance.name, func.count()).where(ProcessInstance.status == "running")
    with database.read() as session:
        found = session.execute(query.group_by(ProcessInstance.name)).all()
    return {row[0]: row[1] for row in found}


def running_ids(database: Database, name: str) -> Sequence[UUID]:
    """Return the running instances of a process, the oldest first."""
    query = select(ProcessInstance.id).where(
        ProcessInstance.name == name, ProcessInstance.status == "running"
    )
    with database.read() as session:
        return session.execute(query.order_by(ProcessInstance.created_at)).scalars().all()
