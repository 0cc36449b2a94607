"""Technicians ask for parts, and what follows from the approval.

Source: docs/reference/spare-parts.md, rules PA-4 and PA-5
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

from domain.access.rights import Verb
from domain.kernel.errors import NotFound, NotPermitted
from domain.kernel.messages import Command
from domain.parts.commands import CancelPartsRequest, RequestParts, RequestReserved
from domain.parts.errors import JobEnded, NotYourJob, RequestNotOpen
from domain.parts.events import PartsRequested
from domain.parts.keeping import KEPT_FOR
from domain.parts.ledger import value_of
from domain.parts.model.documents import PartsRequest, PartsRequestLine
from domain.parts.model.stock import Reservation
from domain.people.model import DESK_ROLES, Role
from domain.policies.parts_picking import chosen, reserved
from domain.policies.parts_places import insist_on_keeper
from domain.policies.parts_process import REQUEST_PROCESS, ask_for_approval, number_of_today
from domain.policies.parts_request_end import (
    STATE_WORDS,
    WAITING,
    approve,
    end_request,
    job_label,
    request_words,
)
from domain.policies.parts_tell import tell_job
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder
from domain.workorder.status import OPEN

REASON_SHOWN = 500


class Kept(NamedTuple):
    """A request in the making: what is kept for it already, at one place."""

    place_id: UUID
    reservations: Sequence[Reservation]


def request_parts(cmd: RequestParts, uow: EveryUnitOfWork) -> None:
    """Ask for parts: reserve them, and let the process decide; one request for every place they are at.

    Raises:
        NotYourJob, JobEnded: it is not the technician's job, or no job any more.
        PartDoesNotFit: a part is for other machines, and the technician was not warned yet.
        NotEnough: there are not so many free; the refusal says what else there is.
    """
    order = uow.work_orders.get(cmd.work_order_id) if cmd.work_order_id is not None else None
    if uow.hand_overs.find_request(cmd.request_id) is not None:
        return
    technician_id = _for_whom(cmd.actor_id, order, uow)
    wanted = chosen(cmd.lines, order, technician_id, uow, fits_anyway=cmd.fits_anyway)
    kept = reserved(wanted, order, cmd.actor_id, cmd.issued_at, uow)
    by_place: dict[UUID, list[Reservation]] = {}
    for one in kept:
        by_place.setdefault(one.place_id, []).append(one)
    for number, (place_id, reservations) in enumerate(by_place.items()):
        request_id = uuid5(cmd.request_id, place_id.hex) if number else cmd.request_id
        _ask(request_id, Kept(place_id, reservations), order, technician_id, cmd, cmd.reason.strip(), uow)


def request_reserved(cmd: RequestReserved, uow: EveryUnitOfWork) -> None:
    """Ask for what is kept for a job since it was dispatched, without keeping it twice.

    Raises:
        NotYourJob, JobEnded: it is not the technician's job, or no job any more.
        NotFound: nothing is kept for it.
    """
    order = uow.work_orders.get(cmd.work_order_id)
    if uow.hand_overs.find_request(cmd.request_id) is not None:
        return
    technician_id = _for_whom(cmd.actor_id, order, uow)
    found = [one for one in uow.stock.held_for(order.id) if one.request_id is None]
    if not found:
        raise NotFound(what=f"为工单 {order.number} 预留的备件")
    uow.stock.lock([(one.part_id, one.place_id) for one in found])
    by_place: dict[UUID, list[Reservation]] = {}
    for one in found:
        by_place.setdefault(one.place_id, []).append(uow.stock.reservation(one.id))
    for number, (place_id, reservations) in enumerate(by_place.items()):
        request_id = uuid5(cmd.request_id, place_id.hex) if number else cmd.request_id
        _ask(request_id, Kept(place_id, reservations), order, technician_id, cmd, "派工预留", uow)


def cancel_parts_request(cmd: CancelPartsRequest, uow: EveryUnitOfWork) -> None:
    """End a request that nobody needs any more; what left the store already is handed over all the same.

    Raises:
        NotKeeper: it is somebody else's, at a place that the canceller does not keep.
        RequestNotOpen: nothing of it waits any more.
    """
    found = uow.hand_overs.find_request(cmd.request_id)
    if found is None:
        raise NotFound(what="领料")
    order = uow.work_orders.get(found.work_order_id) if found.work_order_id is not None else None
    is_desk = bool(uow.people.get(UUID(cmd.actor_id)).roles & DESK_ROLES)
    if str(found.technician_id) != cmd.actor_id and not is_desk:
        insist_on_keeper(cmd.actor_id, uow.parts.place(found.place_id), uow)
    if found.state == "cancelled":
        return
    if found.state not in WAITING:
        raise RequestNotOpen(number=found.number, state=STATE_WORDS[found.state], action="取消")
    end_request(found.id, "领料已取消", order, cmd.actor_id, cmd.issued_at, uow)


def _for_whom(actor_id: str, order: WorkOrder | None, uow: EveryUnitOfWork) -> UUID:
    """Return the technician who gets the parts: whoever asks, or for the service desk whoever has the job.

    Raises:
        NotYourJob, JobEnded: as said.
        NotPermitted: somebody without a van wants parts for no job.
    """
    actor = uow.people.get(UUID(actor_id))
    if order is None:
        if Role.TECHNICIAN not in actor.roles:
            raise NotPermitted(action=Verb.ASK_PARTS.value)
        return actor.id
    if order.assignee_id is None or (order.assignee_id != actor.id and not actor.roles & DESK_ROLES):
        raise NotYourJob(number=order.number)
    if order.state not in OPEN:
        raise JobEnded(number=order.number, label=job_label(order))
    return order.assignee_id


def _ask(
    request_id: UUID,
    kept: Kept,
    order: WorkOrder | None,
    technician_id: UUID,
    cmd: Command,
    reason: str,
    uow: EveryUnitOfWork,
) -> None:
    """Keep one request with its lines, and ask whoever has to decide."""
    at = cmd.issued_at
    request = PartsRequest(
        id=request_id,
        number=number_of_today(at, uow),
        work_order_id=order.id if order is not None else None,
        technician_id=technician_id,
        place_id=kept.place_id,
        state="approving",
        reason=reason,
        created_at=at,
    )
    amount_fen = _keep_lines(request, kept, uow)
    uow.record(
        PartsRequested(
            occurred_at=at,
            actor_id=cmd.actor_id,
            request_id=request_id,
            work_order_id=request.work_order_id,
            technician_id=technician_id,
            place_id=kept.place_id,
            amount_fen=amount_fen,
        )
    )
    words = request_words(request, uow)
    tell_job(order, "requested", words, cmd.actor_id, at, uow, note=request.number)
    is_asked = ask_for_approval(
        REQUEST_PROCESS,
        request_id,
        request.number,
        initiator_id=technician_id,
        amount_fen=amount_fen,
        reason="；".join(one for one in ("，".join(words), reason) if one)[:REASON_SHOWN],
        work_order_id=request.work_order_id,
        at=at,
        uow=uow,
    )
    if not is_asked:
        approve(request, cmd.actor_id, at, uow)


def _keep_lines(request: PartsRequest, kept: Kept, uow: EveryUnitOfWork) -> int:
    """Keep a request with a line for each reservation, and return what it costs by the catalogue, in fen."""
    lines = [
        PartsRequestLine(
            request_id=request.id,
            no=number,
            part_id=one.part_id,
            quantity=one.quantity,
            price_fen=uow.parts.get(one.part_id).price_fen,
            reservation_id=one.id,
        )
        for number, one in enumerate(kept.reservations, 1)
    ]
    uow.hand_overs.add_request(request, lines)
    for one in kept.reservations:
        one.request_id, one.next_due_at = request.id, request.created_at + KEPT_FOR
    return sum(value_of(line.quantity, line.price_fen) for line in lines)
