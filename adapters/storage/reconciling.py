"""Does every accepted request have its work order? Run by hand, never on the way of a message."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from adapters.storage.engine import Database
from adapters.storage.tables import InboxRow
from domain.groups.model import GroupRequest
from domain.groups.outcome import Outcome
from domain.intake.data import LIVE, DraftState
from domain.intake.model import Draft
from domain.workorder.model import WorkOrder

LATE = timedelta(minutes=5)
BATCH = 500


@dataclass(frozen=True)
class Reconciliation:
    """How deliveries, requests and work orders fit together.

    Args:
        requests: how many there were, in whatever state.
        registered: how many became work orders, or part of one.
        orders: how many work orders they became.
        missing: source keys of what was registered but has no work order, or has no delivery.
        double: source keys of deliveries in two requests, and of work orders that no request knows.
        undecided: messages in groups that nobody decided on yet.
        overdue: requests and such messages that the clock should have looked at.
        unread: deliveries that failed, or wait for too long.
    """

    requests: int
    registered: int
    orders: int
    missing: tuple[str, ...]
    double: tuple[str, ...]
    undecided: int
    overdue: int
    unread: int

    @property
    def fits(self) -> bool:
        """Return whether nothing is lost and nothing is there twice."""
        return not (self.missing or self.double or self.overdue or self.unread)


def reconcile(database: Database, since: datetime, now: datetime) -> Reconciliation:
    """Compare everything that was begun since a moment.

    Source: docs/reference/intake.md, rule RQ-16.
    """
    with database.read() as session:
        drafts = session.execute(select(Draft).where(Draft.created_at >= since)).scalars().all()
        ended = [one for one in drafts if one.standing in (DraftState.REGISTERED, DraftState.JOINED)]
        orders = _orders(session, [UUID(key) for one in ended for key in one.known.order_ids])
        deliveries = Counter(key for one in drafts for key in set(one.known.source_keys))
        known = _known_deliveries(session, list(deliveries))
        missing = [one.source_key for one in ended if not _whole(one, orders)]
        missing += [key for key in deliveries if key not in known]
        double = [key for key, times in deliveries.items() if times > 1]
        double += _strangers(session, ended)
        return Reconciliation(
            requests=len(drafts),
            registered=len(ended),
            orders=len(orders),
            missing=tuple(missing),
            double=tuple(double),
            undecided=_undecided(session, GroupRequest.created_at >= since),
            overdue=sum(_is_overdue(one, now) for one in drafts)
            + _undecided(session, GroupRequest.due_at < now - LATE),
            unread=_unread(session, since, now),
        )


def _orders(session: Session, ids: Sequence[UUID]) -> Set[UUID]:
    found: set[UUID] = set()
    for begin in range(0, len(ids), BATCH):
        query = select(WorkOrder.id).where(WorkOrder.id.in_(ids[begin : begin + BATCH]))
        found |= set(session.execute(query).scalars())
    return found


def _whole(draft: Draft, orders: Set[UUID]) -> bool:
    ids = [UUID(key) for key in draft.known.order_ids]
    return bool(ids) and all(order_id in orders for order_id in ids)


def _known_deliveries(session: Session, keys: Sequence[str]) -> frozenset[str]:
    """Return which of these the inbox has; a key is `<channel>:<delivery key>`."""
    found: set[str] = set()
    bare = [key.partition(":")[2] for key in keys]
    for begin in range(0, len(bare), BATCH):
        query = select(InboxRow.channel, InboxRow.delivery_key).where(
            InboxRow.delivery_key.in_(bare[begin : begin + BATCH])
        )
        found |= {f"{channel}:{key}" for channel, key in session.execute(query)}
    return frozenset(found)


def _strangers(session: Session, ended: Sequence[Draft]) -> list[str]:
    """Return work orders made of a request's delivery that the request does not know."""
    own = {one.source_key: set(one.known.order_ids) for one in ended}
    keys = [f"{key}{suffix}" for key in own for suffix in ("", *(f":{n}" for n in range(2, 6)))]
    found: list[str] = []
    for begin in range(0, len(keys), BATCH):
        query = select(WorkOrder.id, WorkOrder.source_key).where(
            WorkOrder.source_key.in_(keys[begin : begin + BATCH])
        )
        for order_id, source_key in session.execute(query):
            base = source_key if source_key in own else source_key.rpartition(":")[0]
            if order_id.hex not in own[base]:
                found.append(source_key)
    return found


def _is_overdue(draft: Draft, now: datetime) -> bool:
    return draft.standing in LIVE and draft.ready_at is not None and now - draft.ready_at > LATE


def _undecided(session: Session, which: ColumnElement[bool]) -> int:
    query = select(func.count()).where(GroupRequest.state == Outcome.OPEN.value, which)
    return session.execute(query).scalar_one()


def _unread(session: Session, since: datetime, now: datetime) -> int:
    failed = select(func.count()).where(InboxRow.state == "failed", InboxRow.received_at >= since)
    waiting = select(func.count()).where(InboxRow.state == "pending", InboxRow.received_at < now - LATE)
    return int(session.execute(failed).scalar_one() + session.execute(waiting).scalar_one())
