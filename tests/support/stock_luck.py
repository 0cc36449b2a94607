"""What people do with parts at random, of which most makes sense; some of it is wrong on purpose."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.commands import AgreeTask, RefuseTask
from domain.approval.model import ProcessTask
from domain.kernel.localtime import local_day
from domain.kernel.messages import Command
from domain.parts import commands as parts
from domain.parts import supply_commands as supply
from domain.parts.commands import PartLine, WantedLine
from domain.parts.model.catalogue import Place
from domain.parts.model.documents import OldPart, PartsRequest, PartsRequestLine, Transfer
from domain.parts.model.stock import Reservation, StockEntry
from domain.parts.model.supply import CountLine, Purchase, StockCount
from domain.parts.places import Reason
from domain.policies.parts_places import van_id
from domain.workorder.closing_commands import RejectWork
from domain.workorder.commands import CancelWorkOrder
from domain.workorder.field_commands import CompleteWork
from domain.workorder.model import WorkOrder
from domain.workorder.report import ServiceReport
from tests.support.builders import CHEN, LI, ZHAO
from tests.support.stock_player import TECHNICIANS, Player
from tests.support.stockroom import BOARD, BRANCH, COIL, JOBS, MENG, PARTS, SONG, STORE, TANG

KEEPER = {STORE: SONG, BRANCH: TANG}
WHOLE = ServiceReport(cause="轴承磨损", remedy="更换轴承", hours=Decimal("1.5"))
Wish = Callable[[Player], Command | None]


def ask_for_parts(player: Player) -> Command:
    luck, technician = player.luck, player.luck.choice(TECHNICIANS)
    wanted = tuple(
        WantedLine(
            part_id=part_id,
            quantity=player.amount(part_id, Decimal(4)),
            place_id=luck.choice((None, STORE, BRANCH)),
        )
        for part_id in luck.sample(PARTS, luck.choice((1, 1, 2)))
    )
    job = None if luck.random() < 0.3 else player.job_of(technician)
    return parts.RequestParts(
        request_id=player.id(), work_order_id=job, lines=wanted, **player.by(technician)
    )


def cancel_request(player: Player) -> Command | None:
    request = player.any(PartsRequest, PartsRequest.state.in_(["approving", "picking"]))
    if request is None:
        return None
    return parts.CancelPartsRequest(request_id=request.id, **player.by(request.technician_id))


def decide(player: Player) -> Command | None:
    task = player.any(ProcessTask, ProcessTask.closed_at.is_(None))
    if task is None:
        return None
    kind = RefuseTask if player.luck.random() < 0.2 else AgreeTask
    return kind(task_id=task.id, comment="按库存处理", **player.by(task.assignee_id))


def issue(player: Player) -> Command | None:
    request = player.any(PartsRequest, *([] if player.rarely() else [PartsRequest.state == "picking"]))
    if request is None:
        return None
    open_lines = [
        one
        for one in player.all(PartsRequestLine, PartsRequestLine.request_id == request.id)
        if one.issued < one.quantity
    ]
    chosen = player.luck.sample(open_lines, player.luck.randint(min(1, len(open_lines)), len(open_lines)))
    lines = tuple(player.line(one.part_id, request.place_id, one.quantity - one.issued) for one in chosen)
    if not lines:
        return None
    return parts.IssueParts(
        request_id=request.id,
        transfer_id=player.id(),
        lines=lines,
        **player.by(KEEPER.get(request.place_id, MENG)),
    )


def give_back(player: Player) -> Command | None:
    technician = player.luck.choice(TECHNICIANS)
    job = player.job_of(technician) if player.luck.random() < 0.5 else None
    return _offer(player, "return", van_id(technician), player.luck.choice((STORE, BRANCH)), technician, job)


def hand_over(player: Player) -> Command | None:
    giver, taker = player.luck.sample(TECHNICIANS, 2)
    return _offer(player, "hand_over", van_id(giver), van_id(taker), giver, receiver_id=taker)


def transfer(player: Player) -> Command | None:
    source, target = player.luck.sample((STORE, BRANCH), 2)
    return _offer(player, "transfer", source, target, KEEPER[source])


def _offer(
    player: Player,
    kind: Any,
    from_id: UUID,
    to_id: UUID,
    sender: UUID,
    job: UUID | None = None,
    receiver_id: UUID | None = None,
) -> Command | None:
    lines = player.lines(from_id)
    if not lines:
        return None
    return parts.OfferParts(
        transfer_id=player.id(),
        kind=kind,
        from_id=from_id,
        to_id=to_id,
        receiver_id=receiver_id,
        work_order_id=job,
        lines=lines,
        **player.by(sender),
    )


def answer(player: Player) -> Command | None:
    """Take what is offered, or do not, or take it back; now and then when it is too late."""
    found = player.any(Transfer, *([] if player.rarely() else [Transfer.state == "offered"]))
    if found is None:
        return None
    receiver = found.receiver_id or KEEPER.get(found.to_id, MENG)
    kinds: Sequence[tuple[type[parts.TransferCommand], UUID]] = (
        *[(parts.TakeParts, receiver)] * 4,
        (parts.RefuseParts, receiver),
        (parts.RecallParts, found.sender_id),
    )
    kind, actor = player.luck.choice(kinds)
    seen = player.luck.choice((None, None, found.rev, found.rev - 1))
    return kind(transfer_id=found.id, seen_rev=seen, **player.by(actor))


def use(player: Player) -> Command | None:
    technician = player.luck.choice(TECHNICIANS)
    lines = player.lines(van_id(technician))
    if not lines:
        return None
    removed = ("SN-旧",) if player.luck.random() < 0.2 else ()
    job = player.job_of(technician)
    return parts.UseParts(work_order_id=job, lines=lines, removed=removed, **player.by(technician))


def take_back(player: Player) -> Command | None:
    entry = player.any(StockEntry, StockEntry.reason == Reason.USE.value)
    if entry is None:
        return None
    quantity = min(player.amount(entry.part_id, entry.quantity), entry.quantity)
    line = PartLine(part_id=entry.part_id, quantity=quantity, lot=entry.lot)
    job = next(iter(player.all(WorkOrder, WorkOrder.id == entry.work_order_id)))
    return parts.TakeBackUsed(work_order_id=job.id, lines=(line,), **player.by(job.assignee_id or LI))


def adjust(player: Player) -> Command:
    part_id = player.luck.choice(PARTS)
    place_id = player.luck.choice([place.id for place in player.all(Place, Place.keeper_id.is_not(None))])
    line = player.line(part_id, place_id, Decimal(3))
    more = player.luck.random() < 0.5
    return supply.AdjustStock(
        part_id=part_id,
        place_id=place_id,
        quantity=line.quantity if more else -line.quantity,
        lot=player.new_lot(part_id) if more else line.lot,
        reason="清点",
        **player.by(MENG),
    )


def scrap(player: Player) -> Command | None:
    place_id = player.luck.choice((STORE, BRANCH))
    lines = player.lines(place_id)
    if not lines:
        return None
    (line, *_) = lines
    return supply.ScrapParts(
        part_id=line.part_id,
        place_id=place_id,
        quantity=line.quantity,
        lot=line.lot,
        reason="锈蚀",
        **player.by(KEEPER[place_id]),
    )


def set_rule(player: Player) -> Command:
    return supply.SetStockRule(
        part_id=player.luck.choice(PARTS),
        place_id=player.luck.choice((STORE, BRANCH)),
        below=Decimal(player.luck.randint(0, 8)),
        order_quantity=Decimal(player.luck.randint(0, 3)),
        **player.by(MENG),
    )


def buy(player: Player) -> Command:
    part_id, place_id = player.luck.choice(PARTS), player.luck.choice((STORE, BRANCH))
    job = player.luck.choice(JOBS) if player.luck.random() < 0.4 else None
    return supply.RequestPurchase(
        purchase_id=player.id(),
        part_id=part_id,
        place_id=place_id,
        quantity=Decimal(player.luck.randint(1, 5)),
        work_order_id=job,
        **player.by(KEEPER[place_id]),
    )


def go_on_buying(player: Player) -> Command | None:
    """Order what was approved, receive what was ordered at a price of its own, or give it up."""
    going = [] if player.rarely() else [Purchase.state.in_(["approved", "ordered"])]
    purchase = player.any(Purchase, *going)
    if purchase is None:
        return None
    price = player.luck.choice((None, 0, 1, 333, player.luck.randint(0, 200_000)))
    base = player.by(KEEPER[purchase.place_id])
    if purchase.state == "approved":
        day = local_day(player.now) + timedelta(days=3)
        return supply.PlaceOrder(purchase_id=purchase.id, expected_on=day, price_fen=price, **base)
    if player.rarely():
        return supply.EndPurchase(purchase_id=purchase.id, reason="停产", **base)
    most = max(1, int(purchase.quantity - purchase.received) + player.rarely())
    quantity = player.luck.randint(1, most)
    fresh = [player.new_lot(purchase.part_id) for _ in range(quantity)]
    lots = fresh if purchase.part_id == BOARD else fresh[:1] if purchase.part_id == COIL else []
    return supply.ReceivePurchase(
        purchase_id=purchase.id, quantity=Decimal(quantity), lots=tuple(lots), price_fen=price, **base
    )


def count(player: Player) -> Command | None:
    """Begin a count, or go on with one that runs."""
    running = player.any(StockCount, StockCount.state == "counting")
    if running is None or player.rarely():
        place_id = player.luck.choice((STORE, BRANCH))
        return supply.StartCount(count_id=player.id(), place_id=place_id, **player.by(KEEPER[place_id]))
    base: dict[str, Any] = {"count_id": running.id, **player.by(running.started_by)}
    what = player.luck.randrange(16)
    if what == 0:
        return supply.CancelCount(**base)
    if what <= 4:
        return supply.SubmitCount(**base)
    line = player.any(CountLine, CountLine.count_id == running.id)
    if line is None or player.rarely():
        part_id = player.luck.choice(PARTS)
        return supply.EnterCount(part_id=part_id, lot=player.new_lot(part_id), quantity=Decimal(1), **base)
    least = 0 if line.part_id == BOARD else max(0, int(line.booked) - 2)
    found = player.luck.randint(least, 1 if line.part_id == BOARD else int(line.booked) + 2)
    return supply.EnterCount(part_id=line.part_id, lot=line.lot, quantity=Decimal(found), **base)


def bring_old_part(player: Player) -> Command | None:
    going = OldPart.state.in_(["owed", "sent", "back", "repairing"])
    old = player.any(OldPart, *([] if player.rarely() else [going]))
    if old is None:
        return None
    place_id = player.luck.choice((STORE, BRANCH))
    keeper, base = KEEPER[place_id], {"old_part_id": old.id}
    match old.state:
        case "owed" if player.luck.random() < 0.1:
            return parts.WaiveOldPart(reason="客户留用", **base, **player.by(keeper))
        case "owed":
            return parts.BringOldPart(place_id=place_id, **base, **player.by(old.technician_id))
        case "sent":
            lot = player.luck.choice(("", old.lot, *[f"OLD{player.luck.randrange(99)}"] * 4))
            return parts.TakeOldPart(lot=lot, **base, **player.by(keeper))
        case "back" if player.luck.random() < 0.5:
            return parts.RepairOldPart(outcome="send", **base, **player.by(keeper))
        case _:
            outcome: Any = player.luck.choice(("repaired", "repaired", "scrapped"))
            return parts.RepairOldPart(outcome=outcome, place_id=place_id, **base, **player.by(keeper))


def end_job(player: Player) -> Command | None:
    """Cancel a job, complete it, or let the customer reject what was done."""
    order = player.any(WorkOrder, WorkOrder.status.in_(["in_progress", "completed"]))
    if order is None or player.luck.random() < 0.3:
        return None
    if order.status == "completed":
        return RejectWork(work_order_id=order.id, reason="还在响", **player.by(CHEN))
    if player.luck.random() < 0.3:
        return CancelWorkOrder(work_order_id=order.id, reason="不修了", **player.by(ZHAO))
    assert order.assignee_id is not None
    return CompleteWork(work_order_id=order.id, report=WHOLE, **player.by(order.assignee_id))


def let_clock_look(player: Player) -> Command | None:
    """Let the clock look at something that is due."""
    due: list[Command] = []
    base = player.by("system")
    for request in player.all(Transfer, Transfer.next_due_at <= player.now):
        due.append(parts.ReviewTransfer(transfer_id=request.id, **base))
    for kept in player.all(Reservation, Reservation.next_due_at <= player.now):
        due.append(parts.ReviewReservation(reservation_id=kept.id, **base))
    for old in player.all(OldPart, OldPart.next_due_at <= player.now):
        due.append(parts.ReviewOldPart(old_part_id=old.id, **base))
    for purchase in player.all(Purchase, Purchase.next_due_at <= player.now):
        due.append(supply.ReviewPurchase(purchase_id=purchase.id, **base))
    return player.luck.choice(due) if due else None


WISHES: Mapping[str, Wish] = {
    wish.__name__: wish
    for wish in (
        *(ask_for_parts, cancel_request, decide, issue, give_back, hand_over, transfer, answer, use),
        *(take_back, adjust, scrap, set_rule, buy, go_on_buying, count, bring_old_part, end_job),
        let_clock_look,
    )
}
_OFTEN = {"answer": 8, "decide": 4, "issue": 4, "use": 5, "ask_for_parts": 4, "go_on_buying": 4, "count": 6}
_OFTEN |= {"take_back": 2, "bring_old_part": 8, "give_back": 2, "hand_over": 2}
OFTEN = tuple(name for name in WISHES for _ in range(_OFTEN.get(name, 1)))
"""Names of wishes; those that others lead up to come more often."""
