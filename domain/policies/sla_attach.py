"""Work orders that ran before a document was published, or by an older one, are brought to the newest."""

from collections.abc import Sequence

from domain.policies.ports import EveryUnitOfWork
from domain.policies.sla import MEASURED, STOPS
from domain.policies.sla_keeper import Keeper
from domain.sla.clocks import Stop
from domain.sla.commands import AttachSla
from domain.sla.definition import NODE, Kind
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN, UNDER_WAY, Status
from domain.workorder.timeline import Recorded, segments


def attach_sla(cmd: AttachSla, uow: EveryUnitOfWork) -> None:
    """Give clocks to a work order that has none, as if they had run since its registration.

    One that has clocks gets the limits of the newest document; what it used and its pauses stay.

    Source: docs/reference/sla.md, rule SLA-9
    """
    order, published = uow.work_orders.get(cmd.work_order_id), uow.sla.current()
    if published is None or order.state not in OPEN:
        return
    keeper = Keeper(order, published, cmd.issued_at, cmd.actor_id, uow)
    clocks = [one for one in uow.sla.clocks(order.id) if one.is_open]
    if clocks:
        for clock in clocks:
            clock.document = published.version
        keeper.retarget(clocks)
        return
    history = uow.work_orders.history(order.id)
    holds = _holds(order, history, cmd)
    names = {one.name for one in history}
    reached = {kind for event, kinds in STOPS.items() if event.__name__ in names for kind in kinds}
    wanted = [kind for kind in MEASURED if kind not in reached or kind in (Kind.RESOLUTION, Kind.TOTAL)]
    keeper.start_all(wanted, since=order.created_at, holds=holds)
    keeper.start_all([f"{NODE}{order.status}"], since=order.status_since)
    if order.state in UNDER_WAY:
        keeper.start_all([Kind.NEXT_UPDATE])


def _holds(order: WorkOrder, history: Sequence[Recorded], cmd: AttachSla) -> list[Stop]:
    """Return when it was held; whoever held it is in its history."""
    return [
        Stop(
            from_at=one.from_at,
            to_at=None if one.to_at == cmd.issued_at and order.state is Status.ON_HOLD else one.to_at,
            reason=one.node.value.removeprefix("waiting_"),
            by=cmd.actor_id,
        )
        for one in segments(history, cmd.issued_at)
        if one.status is Status.ON_HOLD
    ]
