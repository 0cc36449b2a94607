"""Whatever door a request came through, its work order knows where the site is and what was before."""

from domain.assets.model import Asset, Customer
from domain.policies.ports import EveryUnitOfWork
from domain.policies.repeats import earlier
from domain.workorder.commands import RegisterWorkOrder
from domain.workorder.details import RequestDetails
from domain.workorder.errors import WorkOrderNotFound
from domain.workorder.handlers.offering import register_work_order


def register_at_site(cmd: RegisterWorkOrder, uow: EveryUnitOfWork) -> None:
    """Make a work order whose place is the one that was said, else the machine's, else the customer's.

    A repaired fault that is back is linked to the work order whose repair did not last.

    Raises:
        WorkOrderNotFound: it is about a work order that is not this customer's.

    Source: docs/reference/work-order-lifecycle.md, rules WO-2 and WO-12.
    """
    about = cmd.details.about_number
    if about:
        order = uow.work_orders.by_number(about)
        if order is None or order.customer_id != cmd.customer_id:
            raise WorkOrderNotFound(number=about)
    known = {"details": _placed(cmd, uow), "earlier_id": cmd.earlier_id or earlier(cmd, uow)}
    register_work_order(cmd.model_copy(update=known), uow)


def whereabouts(customer: Customer | None, asset: Asset) -> str:
    """Return where a machine stands, so that a stranger finds it: `银翔路 1288 号 3号冷库机房`."""
    address = customer.address if customer is not None and asset.site else ""
    return asset.site if address in asset.site else f"{address} {asset.site}"


def _placed(cmd: RegisterWorkOrder, uow: EveryUnitOfWork) -> RequestDetails:
    details = cmd.details
    address, place = details.address, (details.latitude, details.longitude)
    customer = uow.customers.get(cmd.customer_id) if cmd.customer_id is not None else None
    if cmd.asset_id is not None:
        asset = uow.assets.get(cmd.asset_id)
        address = address or whereabouts(customer, asset)
        place = place if None not in place else (asset.latitude, asset.longitude)
    if None in place and not details.address and customer is not None:
        place = (customer.latitude, customer.longitude)
    return details.model_copy(update={"address": address, "latitude": place[0], "longitude": place[1]})
