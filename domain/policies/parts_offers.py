"""Who offers which pieces to whom: back to a store, to a colleague, or from one store to another.

Source: docs/reference/spare-parts.md, rule PA-6
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from domain.parts.commands import OfferParts, PartLine
from domain.parts.errors import NeverIssued, PlaceUnknown, ReceiverGone, SamePlace
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Place
from domain.parts.moving import check_quantity
from domain.parts.places import STORES, PlaceKind, Reason
from domain.parts.wording import part_name
from domain.people.model import Role
from domain.policies.parts_places import insist_on_keeper, van_for
from domain.policies.parts_transfers import Way, send
from domain.policies.ports import EveryUnitOfWork

VANS = frozenset({PlaceKind.VAN})
TO: Mapping[str, frozenset[PlaceKind]] = {
    Reason.RETURN: STORES,
    Reason.HAND_OVER: VANS,
    Reason.TRANSFER: STORES | VANS,
}
"""Where each kind of offer can go."""


def offer_parts(cmd: OfferParts, uow: EveryUnitOfWork) -> None:
    """Offer pieces to another holder; they are on their way until that one takes them.

    What is handed over to a colleague goes to that colleague's van, which is made when they need it first.

    Raises:
        NotKeeper: the sender does not answer for where they come from.
        ReceiverGone: the colleague left, or is no technician.
        PlaceUnknown, SamePlace: nothing of this kind can go there.
        NeverIssued, NotEnough, LotNeeded, LotNotHere: they are not there.
    """
    order = uow.work_orders.get(cmd.work_order_id) if cmd.work_order_id is not None else None
    if uow.hand_overs.find_transfer(cmd.transfer_id) is not None:
        return
    source = uow.parts.place(cmd.from_id)
    insist_on_keeper(cmd.actor_id, source, uow)
    target, receiver_id = _to_whom(cmd, uow)
    if target.id == source.id:
        raise SamePlace(place=source.name)
    if source.kind == PlaceKind.VAN.value:
        insist_on_van(source, cmd.lines, uow)
    way = Way(Reason(cmd.kind), source, target, receiver_id, None, order)
    send(cmd.transfer_id, way, cmd.lines, cmd.reason.strip(), cmd, uow)


def insist_on_van(van: Place, lines: Sequence[PartLine], uow: EveryUnitOfWork) -> None:
    """Refuse pieces that somebody does not have.

    Raises:
        NeverIssued: there are not so many in their van.
    """
    total: dict[UUID, Decimal] = {}
    for line in lines:
        total[line.part_id] = total.get(line.part_id, Decimal(0)) + line.quantity
    uow.stock.lock([(part_id, van.id) for part_id in total])
    for part_id, quantity in total.items():
        part, balance = uow.parts.get(part_id), uow.stock.balance(part_id, van.id)
        check_quantity(part, quantity)
        free = balance.quantity - balance.reserved
        if quantity > free:
            raise NeverIssued(name=part_name(part), free=quantity_words(free), unit=part.unit)


def _to_whom(cmd: OfferParts, uow: EveryUnitOfWork) -> tuple[Place, UUID | None]:
    """Return where the pieces go, and who has to take them; None for whoever keeps the store."""
    if cmd.kind == Reason.HAND_OVER.value and cmd.receiver_id is not None:
        receiver = uow.people.get(cmd.receiver_id)
        if not receiver.active or Role.TECHNICIAN not in receiver.roles:
            raise ReceiverGone(name=receiver.name)
        return van_for(receiver, uow), receiver.id
    target = uow.parts.place(cmd.to_id)
    if not target.active or target.kind not in TO[cmd.kind]:
        raise PlaceUnknown(text=target.name, known="、".join(one.name for one in uow.parts.stores()))
    if target.kind != PlaceKind.VAN.value or target.keeper_id is None:
        return target, None
    keeper = uow.people.get(target.keeper_id)
    if not keeper.active:
        raise ReceiverGone(name=keeper.name)
    return target, keeper.id
