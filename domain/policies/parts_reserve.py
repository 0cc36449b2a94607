"""What a fault usually needs is kept for its job from the registration on, and freed when it is over.

Source: docs/reference/spare-parts.md, rule PA-4
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from domain.kernel.localtime import local_time
from domain.parts.commands import ReviewReservation
from domain.parts.errors import NotEnough
from domain.parts.keeping import KEPT_FOR, reserve
from domain.parts.model.documents import PartsRequest
from domain.parts.model.stock import Reservation
from domain.parts.wording import line_words
from domain.policies.parts_choice import fits, model_of, on_order_words, stores_with
from domain.policies.parts_hand import in_hand
from domain.policies.parts_picking import free_all, new_reservation
from domain.policies.parts_places import keepers_of
from domain.policies.parts_request_end import WAITING, end_request, request_words
from domain.policies.parts_tell import spoken, tell_job, tell_parts_news, words_of
from domain.policies.ports import EveryUnitOfWork
from domain.policies.views import name_of_actor
from domain.workorder.events import WorkOrderCancelled, WorkOrderEvent, WorkOrderMerged, WorkOrderRegistered
from domain.workorder.model import WorkOrder

OVER: Mapping[type[WorkOrderEvent], str] = {
    WorkOrderCancelled: "工单已取消",
    WorkOrderMerged: "工单已合并",
}
TIME_OVER = "预留时间已过"


def reserve_usual(event: WorkOrderRegistered, uow: EveryUnitOfWork) -> None:
    """Keep what the fault usually needs at the nearest store with enough; the cards say what is short."""
    order = uow.work_orders.get(event.work_order_id)
    fault_code = order.request.fault_code
    usual = uow.parts.usual(fault_code) if fault_code else ()
    if not usual:
        return
    model = model_of(order, uow)
    pairs, short = [], []
    for one in usual:
        part = uow.parts.get(one.part_id)
        if not part.active or not fits(part, model):
            continue
        stores = stores_with(part, one.quantity, order.region, uow)
        if stores:
            pairs.append((part, one.quantity, stores[0]))
        else:
            short.append((part, one.quantity))
    uow.stock.lock([(part.id, place.id) for part, _, place in pairs])
    kept = []
    for part, quantity, place in pairs:
        reservation = new_reservation(part.id, place.id, quantity, order, event.occurred_at)
        try:
            reserve(reservation, event.actor_id, event.occurred_at, uow)
        except NotEnough:
            short.append((part, quantity))
        else:
            kept.append(line_words(part, quantity) + f"（{place.name}）")
    tell_job(order, "reserved", kept, event.actor_id, event.occurred_at, uow)
    missing = [line_words(part, quantity) for part, quantity in short]
    coming = "；".join(words for part, _ in short if (words := on_order_words(part.id, uow)))
    tell_job(order, "short", missing, event.actor_id, event.occurred_at, uow, note=coming)


def end_job(event: WorkOrderCancelled | WorkOrderMerged, uow: EveryUnitOfWork) -> None:
    """Keep nothing any longer for a job that is off, and ask whoever has pieces for it to return them."""
    order = uow.work_orders.get(event.work_order_id)
    if order.has_parts:
        why = OVER[type(event)]
        lock_job(order, (), uow)
        free_job(order, why, event.actor_id, event.occurred_at, uow)
        _ask_to_return(order, why, uow)


def lock_job(order: WorkOrder, pairs: Sequence[tuple[UUID, UUID]], uow: EveryUnitOfWork) -> None:
    """Lock every request of a job and every balance that it keeps something of, in everybody's order.

    Args:
        pairs: other balances that are needed too.
    """
    for request in uow.hand_overs.requests_for(order.id):
        if request.state in WAITING:
            uow.processes.lock(request.id)
            uow.hand_overs.request(request.id)
    held = [(one.part_id, one.place_id) for one in uow.stock.held_for(order.id)]
    uow.stock.lock([*held, *pairs])


def free_job(order: WorkOrder, why: str, actor_id: str, at: datetime, uow: EveryUnitOfWork) -> None:
    """Keep nothing any longer for a job that is over; `lock_job` comes first."""
    for request in uow.hand_overs.requests_for(order.id):
        if request.state in WAITING:
            end_request(request.id, why, order, actor_id, at, uow)
    held = [one for one in uow.stock.held_for(order.id) if one.request_id is None]
    free_all(held, "released", actor_id, at, uow)
    words = words_of([(one.part_id, one.quantity, "") for one in held], uow)
    tell_job(order, "freed", words, actor_id, at, uow, note=why)


def review_reservation(cmd: ReviewReservation, uow: EveryUnitOfWork) -> None:
    """End a reservation whose time is over; one that waits to be picked is renewed once, and its keeper told.

    What ends is free again, and whoever counted on it is told how to ask once more.
    """
    found = uow.stock.find_reservation(cmd.reservation_id)
    order = uow.work_orders.get(found.work_order_id) if found.work_order_id is not None else None
    request = None
    if found.request_id is not None:
        uow.processes.lock(found.request_id)
        request = uow.hand_overs.request(found.request_id)
    uow.stock.lock([(found.part_id, found.place_id)])
    reservation = uow.stock.reservation(found.id)
    if reservation.state != "held" or reservation.next_due_at is None:
        return
    if reservation.next_due_at > cmd.issued_at:
        return
    if request is None:
        _expire(reservation, order, cmd, uow)
    elif request.state == "picking" and reservation.next_due_at <= request.created_at + KEPT_FOR:
        _renew(request, order, cmd.issued_at, uow)
    else:
        _end_request(request, order, cmd, uow)


def _expire(
    reservation: Reservation, order: WorkOrder | None, cmd: ReviewReservation, uow: EveryUnitOfWork
) -> None:
    free_all([reservation], "expired", cmd.actor_id, cmd.issued_at, uow)
    words = words_of([(reservation.part_id, reservation.quantity, "")], uow)
    tell_job(order, "freed", words, cmd.actor_id, cmd.issued_at, uow, note=TIME_OVER)
    if order is not None and order.assignee_id is not None:
        part = uow.parts.get(reservation.part_id)
        tell_parts_news(
            "expired",
            [order.assignee_id],
            str(reservation.id),
            uow,
            order=order,
            lines=words,
            facts={
                "place": uow.parts.place(reservation.place_id).name,
                "again": f"要配件 {order.number} {spoken([(part, reservation.quantity)])}",
            },
        )


def _renew(request: PartsRequest, order: WorkOrder | None, at: datetime, uow: EveryUnitOfWork) -> None:
    """Keep everything of a request once more as long, and remind whoever has to pick it."""
    held = uow.stock.held_of(request.id)
    uow.stock.lock([(one.part_id, one.place_id) for one in held])
    until = at + KEPT_FOR
    for one in held:
        uow.stock.reservation(one.id).next_due_at = until
    place = uow.parts.place(request.place_id)
    tell_parts_news(
        "pick_again",
        [one.id for one in keepers_of(place, uow)],
        str(request.id),
        uow,
        number=request.number,
        order=order,
        lines=request_words(request, uow),
        facts={
            "technician": name_of_actor(str(request.technician_id), uow),
            "place": place.name,
            "until": local_time(until),
        },
    )


def _end_request(
    request: PartsRequest, order: WorkOrder | None, cmd: ReviewReservation, uow: EveryUnitOfWork
) -> None:
    words = request_words(request, uow)
    lines = [
        (uow.parts.get(line.part_id), line.quantity - line.issued)
        for line in uow.hand_overs.request_lines(request.id)
        if line.quantity > line.issued
    ]
    at = cmd.issued_at
    end_request(request.id, TIME_OVER, order, cmd.actor_id, at, uow, outcome="expired", silent=True)
    number = f" {order.number}" if order is not None else ""
    tell_parts_news(
        "expired",
        [request.technician_id],
        str(request.id),
        uow,
        number=request.number,
        order=order,
        lines=words,
        facts={
            "place": uow.parts.place(request.place_id).name,
            "again": f"要配件{number} {spoken(lines)}",
        },
    )


def _ask_to_return(order: WorkOrder, why: str, uow: EveryUnitOfWork) -> None:
    """Ask everybody who has pieces for a job that is off to bring them back."""
    holders = {one.technician_id for one in uow.hand_overs.requests_for(order.id)}
    for technician_id in sorted(holders):
        pieces = in_hand(order, technician_id, uow, with_coming=True)
        if not pieces:
            continue
        lines = [(part_id, quantity, lot) for (part_id, lot), quantity in pieces.items()]
        again = spoken([(uow.parts.get(part_id), quantity) for part_id, quantity, _ in lines])
        tell_parts_news(
            "return_these",
            [technician_id],
            f"{order.id}:{order.version}",
            uow,
            order=order,
            lines=words_of(lines, uow),
            facts={"why": why, "again": f"退料 {order.number} {again}"},
        )
