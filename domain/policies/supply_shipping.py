"""What a supplier tells us about a purchase on its way: that it left, and when it comes.

Source: docs/reference/spare-parts.md, rule PA-15
"""

from decimal import Decimal

from domain.kernel.localtime import day_words
from domain.parts.errors import MoreShipped
from domain.parts.ledger import quantity_words
from domain.parts.model.supply import Purchase
from domain.parts.moving import check_quantity
from domain.parts.supply_commands import ReportShipment
from domain.parts.supply_events import PurchaseOrdered, PurchaseShipped
from domain.parts.views import PartsNewsView
from domain.parts.wording import line_words
from domain.policies.ports import EveryUnitOfWork
from domain.policies.supply_people import buyers_of
from domain.policies.supply_purchases import facts_of, insist_state, locked_purchase
from domain.policies.supply_receiving import change_job
from domain.policies.supply_tell import tell_news
from domain.policies.supply_views import order_number_of


def report_shipment(cmd: ReportShipment, uow: EveryUnitOfWork) -> None:
    """Keep that pieces of a purchase are on their way; they enter the books when they are received.

    Raises:
        PurchaseWrong: it is not ordered, or over.
        QuantityWrong, MoreShipped: so many cannot be.
    """
    purchase = locked_purchase(cmd.purchase_id, uow)
    part = uow.parts.get(purchase.part_id)
    insist_state(purchase, ("ordered",), "登记发货")
    check_quantity(part, cmd.quantity)
    left = not_shipped(purchase)
    if cmd.quantity > left:
        raise MoreShipped(
            number=purchase.number,
            left=quantity_words(left),
            quantity=quantity_words(cmd.quantity),
            unit=part.unit,
        )
    purchase.shipped, purchase.shipment = purchase.quantity - left + cmd.quantity, cmd.shipment
    facts = facts_of(purchase, cmd.actor_id, cmd.issued_at)
    uow.record(PurchaseShipped(quantity=cmd.quantity, shipment=cmd.shipment, via=cmd.via, **facts))


def not_shipped(purchase: Purchase) -> Decimal:
    """Return how many are neither here nor reported on their way."""
    return purchase.quantity - max(purchase.shipped, purchase.received)


def tell_job_shipped(event: PurchaseShipped, uow: EveryUnitOfWork) -> None:
    """Let the job that waits for it show that it is on its way."""
    if event.work_order_id is None:
        return
    purchase = uow.supply.purchase(event.purchase_id)
    order, part = uow.work_orders.get(event.work_order_id), uow.parts.get(event.part_id)
    parts = line_words(part, event.quantity)
    note = f"供应商已发货，预计{day_words(purchase.expected_on)}到货"
    change_job(order, "ordered", parts, note, event.actor_id, event.occurred_at, uow)


def tell_shipped(event: PurchaseShipped, uow: EveryUnitOfWork) -> None:
    """Tell whoever buys, and whoever waits for it, that it is on its way."""
    purchase = uow.supply.purchase(event.purchase_id)
    parts = line_words(uow.parts.get(event.part_id), event.quantity)
    _tell("shipped", parts, purchase, event, {"shipment": event.shipment}, uow)


def tell_supplier_date(event: PurchaseOrdered, uow: EveryUnitOfWork) -> None:
    """Tell whoever buys, and whoever waits for it, what day the supplier says; our own words they know."""
    if not event.via or event.before_on is None:
        return
    purchase = uow.supply.purchase(event.purchase_id)
    parts = line_words(uow.parts.get(event.part_id), purchase.quantity - purchase.received)
    news = "supplier_agrees" if event.before_on == event.expected_on else "supplier_moves"
    _tell(news, parts, purchase, event, {"before": day_words(event.before_on)}, uow)


def _tell(
    news: str,
    parts: str,
    purchase: Purchase,
    event: PurchaseOrdered | PurchaseShipped,
    facts: dict[str, str],
    uow: EveryUnitOfWork,
) -> None:
    place = uow.parts.place(purchase.place_id)
    supplier = uow.parts.supplier(purchase.supplier_id).name if purchase.supplier_id is not None else ""
    job = order_number_of(purchase.work_order_id, uow)
    view = PartsNewsView(
        news=news,
        number=purchase.number,
        order_number=job,
        lines=(parts,),
        facts={
            "place": place.name,
            "from": supplier,
            "expected": day_words(purchase.expected_on),
            "job": job,
            **facts,
        },
    )
    people = buyers_of(place, purchase.requested_by, uow)
    order = uow.work_orders.find(purchase.work_order_id) if purchase.work_order_id is not None else None
    if order is not None and order.assignee_id is not None:
        people.append(order.assignee_id)
    others = [one for one in people if str(one) != event.actor_id]
    tell_news(view, others, purchase.id, event.occurred_at, uow)
