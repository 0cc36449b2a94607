"""Purchases: asked for, approved, ordered, followed up, ended; what arrives is received elsewhere.

Source: docs/reference/spare-parts.md, rule PA-10
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.engine import process as engine
from domain.engine.process.events import InstanceEnded
from domain.kernel.localtime import CHINA, day_words, local_day
from domain.parts.errors import DateFar, DatePast, PurchaseWrong
from domain.parts.ledger import value_of
from domain.parts.model.supply import Purchase
from domain.parts.moving import check_quantity
from domain.parts.supply_commands import EndPurchase, PlaceOrder, RequestPurchase, ReviewPurchase
from domain.parts.supply_events import (
    PurchaseApproved,
    PurchaseEnded,
    PurchaseOrdered,
    PurchaseRefused,
    PurchaseReminded,
    PurchaseRequested,
)
from domain.parts.wording import line_words
from domain.policies.parts_process import (
    APPROVED,
    PURCHASE_PROCESS,
    REFUSED,
    ask_for_approval,
    number_of_today,
)
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_stepping import RUNNING, locked, step
from domain.policies.supplier_views import record_words
from domain.policies.supply_people import inside

ORDER_WITHIN = timedelta(days=2)
"""How long an approved purchase may wait until it is ordered, before whoever buys is reminded."""
FARTHEST = timedelta(days=730)
LATE_EVERY = timedelta(days=1)
MORNING = time(9, tzinfo=CHINA)
OPEN = ("approving", "approved", "ordered")
STATES = {
    "approving": "审批中",
    "approved": "待下单",
    "ordered": "已下单",
    "done": "已到齐",
    "refused": "已拒绝",
    "cancelled": "已取消",
}


@dataclass(frozen=True)
class Wanted:
    """What is to be bought, where it goes, and for whom."""

    purchase_id: UUID
    part_id: UUID
    place_id: UUID
    quantity: Decimal
    requested_by: UUID
    rule_id: UUID | None = None
    work_order_id: UUID | None = None
    reason: str = ""


def request_purchase(cmd: RequestPurchase, uow: EveryUnitOfWork) -> None:
    """Ask for something to be bought; said twice with one id, it is asked for once.

    Raises:
        QuantityWrong: not a whole number of what is counted in whole units.
    """
    if uow.supply.find_purchase(cmd.purchase_id) is not None:
        return
    check_quantity(uow.parts.get(cmd.part_id), cmd.quantity)
    wanted = Wanted(
        purchase_id=cmd.purchase_id,
        part_id=cmd.part_id,
        place_id=cmd.place_id,
        quantity=cmd.quantity,
        requested_by=UUID(cmd.actor_id),
        rule_id=cmd.rule_id,
        work_order_id=cmd.work_order_id,
        reason=cmd.reason,
    )
    open_purchase(wanted, cmd.actor_id, cmd.issued_at, uow)


def open_purchase(wanted: Wanted, actor_id: str, at: datetime, uow: EveryUnitOfWork) -> None:
    """Keep a purchase and begin its approval; where nobody has to be asked it is approved."""
    part, place = uow.parts.get(wanted.part_id), inside(wanted.place_id, uow)
    purchase = Purchase(
        id=wanted.purchase_id,
        number=number_of_today(at, uow),
        part_id=part.id,
        place_id=place.id,
        quantity=wanted.quantity,
        received=Decimal(0),
        price_fen=part.price_fen,
        supplier_id=part.supplier_id,
        state="approving",
        reason=wanted.reason,
        rule_id=wanted.rule_id,
        work_order_id=wanted.work_order_id,
        requested_by=wanted.requested_by,
        created_at=at,
    )
    uow.supply.add_purchase(purchase)
    facts = facts_of(purchase, actor_id, at)
    uow.record(PurchaseRequested(quantity=purchase.quantity, rule_id=purchase.rule_id, **facts))
    why = wanted.reason or ("低于安全库存，自动补货" if wanted.rule_id is not None else "")
    wish = f"{line_words(part, purchase.quantity)} 入{place.name}"
    asked = ask_for_approval(
        PURCHASE_PROCESS,
        purchase.id,
        purchase.number,
        initiator_id=purchase.requested_by,
        amount_fen=value_of(purchase.quantity, purchase.price_fen),
        reason="，".join(filter(None, (wish, why, _supplier_words(purchase, at, uow)))),
        work_order_id=purchase.work_order_id,
        at=at,
        uow=uow,
    )
    if not asked:
        _approve(purchase, actor_id, at, uow)


def follow_approval(event: InstanceEnded, uow: EveryUnitOfWork) -> None:
    """Let a purchase be what was decided about it."""
    if uow.processes.get(event.instance_id).name != PURCHASE_PROCESS:
        return
    if uow.supply.find_purchase(event.instance_id) is None:
        return
    purchase = uow.supply.purchase(event.instance_id)
    if purchase.state != "approving":
        return
    if event.status == APPROVED:
        _approve(purchase, event.actor_id, event.occurred_at, uow)
        return
    purchase.state = "refused" if event.status == REFUSED else "cancelled"
    facts = facts_of(purchase, event.actor_id, event.occurred_at)
    uow.record(PurchaseRefused(outcome=event.status, **facts))


def place_order(cmd: PlaceOrder, uow: EveryUnitOfWork) -> None:
    """Keep that a purchase was ordered, or that it comes on another day.

    Raises:
        PurchaseWrong: it is not approved, or over.
        DatePast, DateFar: it is to arrive on a day that is over, or that nobody can promise.
    """
    purchase = locked_purchase(cmd.purchase_id, uow)
    if cmd.via:
        insist_state(purchase, ("ordered",), "改到货日期")
    insist_state(purchase, ("approved", "ordered"), "下单")
    today = local_day(cmd.issued_at)
    if cmd.expected_on < today:
        example = today + timedelta(days=7)
        raise DatePast(day=_day(cmd.expected_on), example=_day(example))
    if cmd.expected_on > today + FARTHEST:
        raise DateFar(day=day_words(cmd.expected_on), example=_day(today + timedelta(days=7)))
    before = purchase.expected_on if purchase.state == "ordered" else None
    _keep_promise(purchase, cmd, today)
    part = uow.parts.get(purchase.part_id)
    purchase.supplier_id = cmd.supplier_id or purchase.supplier_id or part.supplier_id
    purchase.price_fen = purchase.price_fen if cmd.price_fen is None else cmd.price_fen
    purchase.state, purchase.expected_on = "ordered", cmd.expected_on
    purchase.next_due_at = datetime.combine(cmd.expected_on + timedelta(days=1), MORNING)
    facts = facts_of(purchase, cmd.actor_id, cmd.issued_at)
    uow.record(PurchaseOrdered(expected_on=cmd.expected_on, before_on=before, via=cmd.via, **facts))


def end_purchase(cmd: EndPurchase, uow: EveryUnitOfWork) -> None:
    """Wait no longer for what is missing; what waits for approval is asked of nobody any more.

    Raises:
        PurchaseWrong: it is over already.
    """
    found = uow.supply.find_purchase(cmd.purchase_id)
    instance = None
    if found is not None and found.state == "approving" and uow.processes.find(found.id) is not None:
        instance = locked(found.id, uow)
    purchase = locked_purchase(cmd.purchase_id, uow)
    insist_state(purchase, OPEN, "取消")
    purchase.state = "done" if purchase.received else "cancelled"
    purchase.next_due_at, purchase.closed_on = None, local_day(cmd.issued_at)
    if instance is not None and instance.status == RUNNING:
        step(instance, engine.Terminate(actor=cmd.actor_id, reason=cmd.reason), cmd.issued_at, uow)
    uow.record(PurchaseEnded(reason=cmd.reason, **facts_of(purchase, cmd.actor_id, cmd.issued_at)))


def review_purchase(cmd: ReviewPurchase, uow: EveryUnitOfWork) -> None:
    """Remind whoever buys of what was not ordered, or did not arrive in time."""
    purchase = locked_purchase(cmd.purchase_id, uow)
    if purchase.next_due_at is None or purchase.next_due_at > cmd.issued_at:
        return
    every = LATE_EVERY if purchase.state == "ordered" else ORDER_WITHIN
    missed = (cmd.issued_at - purchase.next_due_at) // every + 1
    purchase.next_due_at += missed * every
    uow.record(PurchaseReminded(state=purchase.state, **facts_of(purchase, cmd.actor_id, cmd.issued_at)))


def locked_purchase(purchase_id: UUID, uow: EveryUnitOfWork) -> Purchase:
    """Return a purchase, locked after the job that waits for it.

    Raises:
        NotFound: there is none.
    """
    found = uow.supply.find_purchase(purchase_id)
    if found is not None and found.work_order_id is not None:
        uow.work_orders.get(found.work_order_id)
    return uow.supply.purchase(purchase_id)


def insist_state(purchase: Purchase, states: tuple[str, ...], action: str) -> None:
    """Refuse what cannot be done with a purchase as it is now.

    Raises:
        PurchaseWrong: as said.
    """
    if purchase.state not in states:
        raise PurchaseWrong(number=purchase.number, state=STATES[purchase.state], action=action)


def facts_of(purchase: Purchase, actor_id: str, at: datetime) -> dict[str, Any]:
    """Return what every event of a purchase says."""
    return {
        "occurred_at": at,
        "actor_id": actor_id,
        "purchase_id": purchase.id,
        "part_id": purchase.part_id,
        "place_id": purchase.place_id,
        "work_order_id": purchase.work_order_id,
    }


def _supplier_words(purchase: Purchase, at: datetime, uow: EveryUnitOfWork) -> str:
    """Return whom it would be bought from and how they kept their word, where enough is known to judge by."""
    record = record_words(purchase.supplier_id, local_day(at), uow)
    if not record or purchase.supplier_id is None:
        return ""
    return f"供应商 {uow.parts.supplier(purchase.supplier_id).name}（{record}）"


def _keep_promise(purchase: Purchase, cmd: PlaceOrder, today: date) -> None:
    """Keep the day that was agreed when it was ordered; one that is moved makes no late delivery punctual.

    A slip may be corrected on the day of the order, and another supplier promises anew.
    """
    if cmd.supplier_id not in (None, purchase.supplier_id):
        purchase.received_late = purchase.shipped = Decimal(0)
        purchase.ordered_on, purchase.shipment = None, ""
    if purchase.ordered_on in (None, today) and not cmd.via:
        purchase.ordered_on, purchase.promised_on = today, cmd.expected_on


def _approve(purchase: Purchase, actor_id: str, at: datetime, uow: EveryUnitOfWork) -> None:
    purchase.state, purchase.next_due_at = "approved", at + ORDER_WITHIN
    uow.record(PurchaseApproved(**facts_of(purchase, actor_id, at)))


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
