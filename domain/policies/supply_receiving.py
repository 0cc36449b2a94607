"""What arrives of a purchase: into the books, and on to the job that waits for it.

Source: docs/reference/spare-parts.md, rule PA-10
"""

from datetime import datetime
from decimal import Decimal
from uuid import uuid5

from domain.kernel.localtime import local_day
from domain.kernel.messages import Cause
from domain.parts.commands import PartLine
from domain.parts.errors import LotsWrong, MoreThanOrdered
from domain.parts.keeping import KEPT_FOR, reserve
from domain.parts.ledger import quantity_words, value_of
from domain.parts.model.catalogue import Part
from domain.parts.model.stock import Reservation
from domain.parts.model.supply import Purchase
from domain.parts.moving import KIND_WORDS, Why, check_quantity, locked_pairs, move
from domain.parts.places import SUPPLIER_ID, Reason, Tracking
from domain.parts.supply_commands import ReceivePurchase
from domain.parts.supply_events import PurchaseEnded, PurchaseOrdered, PurchaseReceived, PurchaseRefused
from domain.parts.views import PartsNewsView
from domain.parts.wording import line_words, part_name
from domain.policies.ports import EveryUnitOfWork
from domain.policies.supply_people import SYSTEM, insist_keeper
from domain.policies.supply_purchases import OPEN, facts_of, insist_state, locked_purchase
from domain.policies.supply_tell import tell_news
from domain.workorder.details import HoldReason
from domain.workorder.events import JobPartsChanged
from domain.workorder.field_commands import ResumeWorkOrder
from domain.workorder.handlers.field import resume_work_order
from domain.workorder.handlers.happen import happen
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN as OPEN_JOBS
from domain.workorder.status import Status


def receive_purchase(cmd: ReceivePurchase, uow: EveryUnitOfWork) -> None:
    """Take what arrived into the books, at what it cost.

    Raises:
        PurchaseWrong: it is not approved, or over.
        NotKeeper: somebody else keeps the place.
        QuantityWrong, MoreThanOrdered, LotsWrong: so many, or these serials, cannot be.
        PieceExists: a serial is in stock already.
    """
    purchase = locked_purchase(cmd.purchase_id, uow)
    part = uow.parts.get(purchase.part_id)
    insist_state(purchase, ("approved", "ordered"), "入库")
    insist_keeper(uow.parts.place(purchase.place_id), cmd.actor_id, uow)
    check_quantity(part, cmd.quantity)
    missing = purchase.quantity - purchase.received
    if cmd.quantity > missing:
        raise MoreThanOrdered(
            number=purchase.number,
            name=part_name(part),
            unit=part.unit,
            missing=quantity_words(missing),
            quantity=quantity_words(cmd.quantity),
            more=quantity_words(cmd.quantity - missing),
        )
    lines = _lines(part, cmd)
    price = purchase.price_fen if cmd.price_fen is None else cmd.price_fen
    why = Why(
        reason=Reason.PURCHASE,
        actor_id=cmd.actor_id,
        at=cmd.issued_at,
        work_order_id=purchase.work_order_id,
        document_id=purchase.id,
    )
    locked_pairs(lines, [purchase.place_id], uow)
    for line in lines:
        value_fen = value_of(line.quantity, price)
        move(line, SUPPLIER_ID, purchase.place_id, why, uow, value_fen=value_fen)
    today = local_day(cmd.issued_at)
    purchase.received += cmd.quantity
    if purchase.promised_on is not None and today > purchase.promised_on:
        purchase.received_late += cmd.quantity
    complete = purchase.received == purchase.quantity
    if complete:
        purchase.state, purchase.next_due_at, purchase.closed_on = "done", None, today
    facts = facts_of(purchase, cmd.actor_id, cmd.issued_at)
    uow.record(PurchaseReceived(quantity=cmd.quantity, complete=complete, **facts))


def tell_job_ordered(event: PurchaseOrdered, uow: EveryUnitOfWork) -> None:
    """Let the job that waits for it show the day it is expected."""
    if event.work_order_id is None or (event.via and event.before_on == event.expected_on):
        return
    purchase = uow.supply.purchase(event.purchase_id)
    order, part = uow.work_orders.get(event.work_order_id), uow.parts.get(event.part_id)
    parts = line_words(part, purchase.quantity - purchase.received)
    day = f"预计{event.expected_on.month}月{event.expected_on.day}日到货"
    change_job(order, "ordered", parts, day, event.actor_id, event.occurred_at, uow)


def tell_job_without(event: PurchaseRefused | PurchaseEnded, uow: EveryUnitOfWork) -> None:
    """Tell the job that waits for it, and its technician, that it will not come."""
    if event.work_order_id is None:
        return
    purchase, order = uow.supply.purchase(event.purchase_id), uow.work_orders.get(event.work_order_id)
    parts = line_words(uow.parts.get(event.part_id), purchase.quantity - purchase.received)
    reason = event.reason if isinstance(event, PurchaseEnded) else ""
    change_job(
        order, "short", parts, f"采购 {purchase.number} 不再进行", event.actor_id, event.occurred_at, uow
    )
    if order.assignee_id is None:
        return
    view = PartsNewsView(
        news="purchase_off",
        number=purchase.number,
        order_number=order.number,
        lines=(parts,),
        facts={"reason": reason},
    )
    tell_news(view, [order.assignee_id], purchase.id, event.occurred_at, uow)


def wake_job(event: PurchaseReceived, uow: EveryUnitOfWork) -> None:
    """Keep what arrived for the job that waits for it, tell its technician, and let it go on.

    It goes on when nothing that was bought for it is missing any more.
    """
    if event.work_order_id is None:
        return
    order = uow.work_orders.get(event.work_order_id)
    if order.state not in OPEN_JOBS:
        return
    purchase, part = uow.supply.purchase(event.purchase_id), uow.parts.get(event.part_id)
    place = uow.parts.place(event.place_id)
    kept = _keep_for(order, purchase, event, uow)
    waits = any(one.state in OPEN for one in uow.supply.purchases_for(order.id))
    parts = line_words(part, kept or event.quantity)
    note = place.name if kept else f"{place.name}，已被别的单预留"
    change_job(order, "arrived", parts, note, event.actor_id, event.occurred_at, uow)
    if order.assignee_id is not None:
        view = PartsNewsView(
            news="arrived",
            number=purchase.number,
            order_number=order.number,
            lines=(parts,),
            facts={
                "place": place.name,
                "kept": quantity_words(kept) if kept else "",
                "again": f"领料 {order.number}",
                "waits": "1" if waits else "",
            },
        )
        tell_news(view, [order.assignee_id], purchase.id, event.occurred_at, uow)
    if order.state == Status.ON_HOLD and order.hold_reason == HoldReason.PART and not waits:
        key = f"arrived:{purchase.id}:{purchase.received}"
        cause = Cause(actor_id=SYSTEM, issued_at=event.occurred_at, idempotency_key=key)
        resume_work_order(ResumeWorkOrder(work_order_id=order.id, **cause), uow)


def _keep_for(order: WorkOrder, purchase: Purchase, event: PurchaseReceived, uow: EveryUnitOfWork) -> Decimal:
    """Reserve as many of what arrived as are free, and return how many these are."""
    balance = uow.stock.balance(purchase.part_id, purchase.place_id)
    quantity = min(event.quantity, balance.quantity - balance.reserved)
    if quantity <= 0:
        return Decimal(0)
    reservation = Reservation(
        id=uuid5(purchase.id, f"received:{purchase.received}"),
        part_id=purchase.part_id,
        place_id=purchase.place_id,
        quantity=quantity,
        work_order_id=order.id,
        state="held",
        next_due_at=event.occurred_at + KEPT_FOR,
        created_at=event.occurred_at,
    )
    reserve(reservation, event.actor_id, event.occurred_at, uow)
    return quantity


def _lines(part: Part, cmd: ReceivePurchase) -> list[PartLine]:
    """Return what enters the books: one line for each serial, else one line."""
    lots = tuple(lot for lot in cmd.lots if lot)
    if part.tracking == Tracking.NONE.value:
        return [PartLine(part_id=part.id, quantity=cmd.quantity)]
    kind = KIND_WORDS[part.tracking]
    serial = part.tracking == Tracking.SERIAL.value
    wanted = int(cmd.quantity) if serial else 1
    if len(lots) != wanted or len(set(lots)) != wanted:
        why = f"{wanted}{part.unit}要写 {wanted} 个不同的{kind}号" if serial else "一次入库请写一个批次号"
        example = " ".join(f"SN{no:03d}" for no in range(1, min(wanted, 3) + 1)) if serial else "B20261130"
        raise LotsWrong(name=part_name(part), kind=kind, why=why, example=example)
    each = Decimal(1) if serial else cmd.quantity
    return [PartLine(part_id=part.id, quantity=each, lot=lot) for lot in lots]


def change_job(
    order: WorkOrder, what: str, parts: str, note: str, actor_id: str, at: datetime, uow: EveryUnitOfWork
) -> None:
    """Let a job's history and cards say what became of its parts."""
    happen(
        uow,
        order,
        JobPartsChanged(
            occurred_at=at, actor_id=actor_id, work_order_id=order.id, what=what, parts=parts, note=note
        ),
    )
