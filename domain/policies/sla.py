"""The clocks of a work order follow what happens to it.

Source: docs/reference/sla.md, rules SLA-2 to SLA-8
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.people.model import STAFF_ROLES
from domain.policies.ports import EveryUnitOfWork
from domain.policies.sla_keeper import Keeper
from domain.policies.sla_todo import close_todos
from domain.sla.definition import NODE, Kind
from domain.sla.model import SlaClock
from domain.workorder.closing_events import WorkOrderReopened, WorkRejected
from domain.workorder.events import (
    OrderTypeChanged,
    PriorityChanged,
    WordsRelayed,
    WorkOrderAccepted,
    WorkOrderEvent,
    WorkOrderNoteAdded,
    WorkOrderRegistered,
)
from domain.workorder.field_events import (
    TechnicianArrived,
    TechnicianDeparted,
    WorkCompleted,
    WorkOrderHeld,
    WorkOrderResumed,
    WorkStarted,
)
from domain.workorder.model import WorkOrder
from domain.workorder.status import Status

MEASURED = (Kind.RESPONSE, Kind.ARRIVAL, Kind.RESOLUTION, Kind.TOTAL)
"""What runs from the registration on."""
STOPS: dict[type[WorkOrderEvent], tuple[Kind, ...]] = {
    WorkOrderAccepted: (Kind.RESPONSE,),
    TechnicianArrived: (Kind.ARRIVAL,),
    WorkStarted: (Kind.ARRIVAL,),
    WorkCompleted: (Kind.RESPONSE, Kind.ARRIVAL, Kind.RESOLUTION, Kind.TOTAL, Kind.NEXT_UPDATE),
}
"""What each event was waited for; only people cause them."""
SIGNS_OF_LIFE = (TechnicianDeparted, TechnicianArrived, WorkStarted, WorkOrderHeld, WorkOrderResumed)
"""Steps that the customer is told of or sees."""


def keep_clocks(event: WorkOrderEvent, uow: EveryUnitOfWork) -> None:
    """Start, stop, pause and retarget the clocks of the event's work order."""
    order = uow.work_orders.get(event.work_order_id)
    if isinstance(event, WorkOrderRegistered):
        published = uow.sla.current()
        if published is not None:
            keeper = Keeper(order, published, event.occurred_at, event.actor_id, uow)
            keeper.start_all(MEASURED)
            _follow_node(order, keeper, ())
        return
    clocks = uow.sla.clocks(order.id)
    if not clocks:
        return
    keeper = Keeper(order, uow.sla.version(clocks[-1].document), event.occurred_at, event.actor_id, uow)
    if order.state is Status.CANCELLED:
        keeper.cancel(_open(clocks))
        close_todos(order, clocks, event.occurred_at, uow)
        return
    keeper.stop(_open(clocks, STOPS.get(type(event), ())))
    _follow(event, keeper, clocks, uow)
    _follow_node(order, keeper, clocks)
    close_todos(order, clocks, event.occurred_at, uow)


def _follow(event: WorkOrderEvent, keeper: Keeper, clocks: Sequence[SlaClock], uow: EveryUnitOfWork) -> None:
    match event:
        case WorkOrderHeld():
            keeper.pause(_open(clocks), event.reason)
        case WorkOrderResumed():
            keeper.resume(_open(clocks))
        case PriorityChanged() | OrderTypeChanged():
            keeper.retarget(_open(clocks))
        case WorkRejected() | WorkOrderReopened():
            keeper.resume(one for one in clocks if one.kind == Kind.TOTAL)
            keeper.start_like(clocks, Kind.RESOLUTION)
        case WorkOrderAccepted():
            if not _open(clocks, (Kind.NEXT_UPDATE,)):
                keeper.start_like(clocks, Kind.NEXT_UPDATE)
        case WordsRelayed(to="customer") if _is_ours(event, uow):
            keeper.stop(_open(clocks, (Kind.RESPONSE,)))
            keeper.restart(_open(clocks, (Kind.NEXT_UPDATE,)))
        case WorkOrderNoteAdded() if _is_ours(event, uow):
            keeper.restart(_open(clocks, (Kind.NEXT_UPDATE,)))
        case _ if isinstance(event, SIGNS_OF_LIFE):
            keeper.restart(_open(clocks, (Kind.NEXT_UPDATE,)))


def _follow_node(order: WorkOrder, keeper: Keeper, clocks: Sequence[SlaClock]) -> None:
    """Let the clock of the status run that the work order has now, and no other one of a status."""
    wanted = f"{NODE}{order.status}"
    nodes = [one for one in _open(clocks) if one.kind.startswith(NODE)]
    keeper.stop(one for one in nodes if one.kind != wanted)
    if any(one.kind == wanted for one in nodes):
        return
    if clocks:
        keeper.start_like(clocks, wanted)
    else:
        keeper.start_all((wanted,))


def _open(clocks: Iterable[SlaClock], kinds: Iterable[str] | None = None) -> list[SlaClock]:
    return [one for one in clocks if one.is_open and (kinds is None or one.kind in kinds)]


def _is_ours(event: WorkOrderEvent, uow: EveryUnitOfWork) -> bool:
    """Return whether one of our people caused it."""
    try:
        return bool(uow.people.get(UUID(event.actor_id)).roles & STAFF_ROLES)
    except ValueError:
        return False
