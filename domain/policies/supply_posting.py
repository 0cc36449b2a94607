"""How the differences of a count come into the books.

Source: docs/reference/spare-parts.md, rule PA-11
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.parts.commands import PartLine
from domain.parts.keeping import end_reservation
from domain.parts.model.catalogue import Place
from domain.parts.model.stock import Reservation
from domain.parts.model.supply import StockCount
from domain.parts.moving import Why, move
from domain.parts.places import DIFFERENCE_ID, Reason, Tracking
from domain.parts.wording import line_words
from domain.policies.parts_places import keepers_of
from domain.policies.ports import EveryUnitOfWork
from domain.policies.supply_differences import Difference
from domain.policies.supply_tell import tell_freed


def post_differences(
    count: StockCount, found: Sequence[Difference], actor_id: str, at: datetime, uow: EveryUnitOfWork
) -> int:
    """Bring differences into the books and return what they are worth there.

    What moved meanwhile stays moved. Of a shortage at most what is there is posted; where pieces of it were
    kept for somebody, the newest of these reservations end.
    """
    uow.stock.lock([(one.part_id, count.place_id) for one in found])
    why = Why(reason=Reason.COUNT, actor_id=actor_id, at=at, document_id=count.id, note=count.number)
    value_fen = 0
    for one in sorted(found, key=lambda one: one.quantity < 0):
        if one.quantity > 0:
            value_fen += _post_surplus(one, count.place_id, why, uow)
        else:
            value_fen -= _post_shortage(one, count.place_id, why, uow)
    return value_fen


def _post_surplus(one: Difference, place_id: UUID, why: Why, uow: EveryUnitOfWork) -> int:
    if _is_booked(one, uow):
        return 0
    line = PartLine(part_id=one.part_id, quantity=one.quantity, lot=one.lot)
    return move(line, DIFFERENCE_ID, place_id, why, uow, value_fen=one.value_fen)


def _is_booked(one: Difference, uow: EveryUnitOfWork) -> bool:
    """Return whether somebody brought a piece into the books meanwhile; it is nowhere twice."""
    if uow.parts.get(one.part_id).tracking != Tracking.SERIAL.value:
        return False
    return any(held.part_id == one.part_id for held in uow.stock.lots_called(one.lot))


def _post_shortage(one: Difference, place_id: UUID, why: Why, uow: EveryUnitOfWork) -> int:
    balance = uow.stock.balance(one.part_id, place_id)
    quantity = min(-one.quantity, balance.quantity)
    if one.lot:
        quantity = min(quantity, uow.stock.lot(one.part_id, one.lot, place_id).quantity)
    if quantity <= 0:
        return 0
    if quantity > balance.quantity - balance.reserved:
        _free(one.part_id, place_id, quantity, why, uow)
    line = PartLine(part_id=one.part_id, quantity=quantity, lot=one.lot)
    return move(line, place_id, DIFFERENCE_ID, why, uow)


def _free(part_id: UUID, place_id: UUID, quantity: Decimal, why: Why, uow: EveryUnitOfWork) -> None:
    """End the newest reservations until so many are free, and tell whom they were for."""
    balance = uow.stock.balance(part_id, place_id)
    for reservation in uow.stock.newest_held(part_id, place_id):
        if balance.quantity - balance.reserved >= quantity:
            return
        end_reservation(reservation.id, "released", why.actor_id, why.at, uow)
        _tell_holder(reservation, uow.parts.place(place_id), why, uow)


def _tell_holder(reservation: Reservation, place: Place, why: Why, uow: EveryUnitOfWork) -> None:
    people = [one.id for one in keepers_of(place, uow)]
    number = order_number = ""
    if reservation.request_id is not None:
        request = uow.hand_overs.find_request(reservation.request_id)
        if request is not None:
            number = request.number
            people.append(request.technician_id)
    if reservation.work_order_id is not None:
        # It is only read: whoever holds balances may not wait for a work order.
        order = uow.work_orders.find(reservation.work_order_id)
        if order is not None:
            order_number = order.number
            people += [order.assignee_id] if order.assignee_id is not None else []
    words = line_words(uow.parts.get(reservation.part_id), reservation.quantity)
    tell_freed([words], number, order_number, people, place, reservation.id, why.at, uow)
