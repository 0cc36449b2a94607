"""A customer names another machine after the registration; until somebody departs, the work order follows.

Source: docs/reference/intake.md, rule RQ-22
"""

from domain.kernel.errors import NotFound
from domain.kernel.notices import DESK, Notice, person_audience
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.commands import CorrectAsset
from domain.workorder.errors import AssetFixed
from domain.workorder.events import AssetCorrected
from domain.workorder.handlers.happen import happen
from domain.workorder.model import WorkOrder
from domain.workorder.status import UNASSIGNED, Status

NOT_DEPARTED = UNASSIGNED | {Status.OFFERED, Status.ACCEPTED}


def may_correct_asset(order: WorkOrder) -> bool:
    """Return whether nobody has set out to the machine it was registered for."""
    return Status(order.held_from or order.status) in NOT_DEPARTED


def correct_asset(cmd: CorrectAsset, uow: EveryUnitOfWork) -> None:
    """Let a work order be about another machine of its customer.

    Raises:
        AssetFixed: a technician is on the way already, or was there.
        NotFound: it is no machine of this customer.
    """
    order = uow.work_orders.get(cmd.work_order_id)
    if not may_correct_asset(order):
        raise AssetFixed(number=order.number)
    asset = uow.assets.get(cmd.asset_id)
    if order.customer_id is None or asset.customer_id != order.customer_id:
        raise NotFound(what="设备")
    if asset.id != order.asset_id:
        event = AssetCorrected(
            occurred_at=cmd.issued_at,
            actor_id=cmd.actor_id,
            work_order_id=order.id,
            before_id=order.asset_id,
            after_id=asset.id,
            before=uow.assets.name_of(order.asset_id) or order.request.device,
            after=uow.assets.name_of(asset.id),
        )
        happen(uow, order, event)


def tell_asset_corrected(event: AssetCorrected, uow: EveryUnitOfWork) -> None:
    """Tell the service desk, and whoever is asked or has accepted, to which machine they go."""
    order = uow.work_orders.get(event.work_order_id)
    holder = (person_audience(str(order.assignee_id)),) if order.assignee_id is not None else ()
    facts = {"before": event.before, "after": event.after}
    for audience in (DESK, *holder):
        uow.notify(
            Notice(
                audience=audience,
                card="news",
                view={"kind": "asset_corrected", "number": order.number, "facts": facts},
                dedupe_key=f"{order.id}:v{order.version}:asset:{audience}"[:200],
            )
        )
