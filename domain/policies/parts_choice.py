"""Where a part is taken from, whether it fits, and what else there is where it is not to be had.

Source: docs/reference/spare-parts.md, rule PA-5
"""

from collections.abc import Collection, Sequence
from decimal import Decimal
from uuid import UUID

from domain.dispatching.rules import distance
from domain.kernel.localtime import day_words
from domain.parts.errors import NotEnough, PartDoesNotFit
from domain.parts.keys import code_key, plain
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part, Place
from domain.parts.places import STORES, PlaceKind
from domain.parts.wording import part_name
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder

OTHERS_SHOWN = 3
ON_ORDER = ("ordered",)


def model_of(order: WorkOrder | None, uow: EveryUnitOfWork) -> str:
    """Return the model of the machine a job is about, or an empty text."""
    if order is None:
        return ""
    model = uow.assets.get(order.asset_id).model if order.asset_id is not None else ""
    return model or order.request.model


def fits(part: Part, model: str) -> bool:
    """Return whether a part fits a machine; a part for any model does, and so does any for an unknown one."""
    return not part.models or not plain(model) or plain(model) in {plain(one) for one in part.models}


def insist_on_fit(part: Part, quantity: Decimal, order: WorkOrder | None, uow: EveryUnitOfWork) -> None:
    """Refuse a part that does not fit the machine.

    Raises:
        PartDoesNotFit: it is for other models; a substitute that fits is named.
    """
    model = model_of(order, uow)
    if fits(part, model):
        return
    fitting = next((one for one in substitutes(part, uow) if fits(one, model)), None)
    number = f" {order.number}" if order is not None else ""
    raise PartDoesNotFit(
        name=part_name(part),
        model=model,
        models="、".join(part.models),
        instead=f"可以换用 {part_name(fitting)}。" if fitting is not None else "",
        again=f"要配件{number} {part.code} ×{quantity_words(quantity)} 确认领用",
    )


def substitutes(part: Part, uow: EveryUnitOfWork) -> Sequence[Part]:
    """Return the parts that may stand in for one, best first."""
    found = [uow.parts.by_code(code) for code in part.substitutes]
    return [one for same in found for one in same[:1] if one.id != part.id]


def free_at(part_id: UUID, uow: EveryUnitOfWork) -> Sequence[tuple[Place, Decimal]]:
    """Return every place with free pieces of a part, the fullest first."""
    found = []
    for balance in uow.stock.balances(part_id):
        place, free = uow.parts.place(balance.place_id), balance.quantity - balance.reserved
        if place.active and free > 0:
            found.append((place, free))
    return sorted(found, key=lambda one: (-one[1], one[0].code))


def stores_with(
    part: Part, quantity: Decimal, region: str, uow: EveryUnitOfWork, first: Collection[UUID] = ()
) -> list[Place]:
    """Return the stores that have enough free, the nearest one first.

    Args:
        first: stores that are picked at anyway, so that one errand fetches everything.
    """
    enough = [place for place, free in free_at(part.id, uow) if _is_store(place) and free >= quantity]
    return sorted(enough, key=lambda place: (place.id not in first, distance(place.region, region)))


def not_enough(
    part: Part, wanted: Decimal, place: Place | None, order: WorkOrder | None, uow: EveryUnitOfWork
) -> NotEnough:
    """Return the refusal that names what else there is.

    Args:
        place: where it was asked for; None for any store.
    """
    everywhere = free_at(part.id, uow)
    instead, how = _instead(part, wanted, place, order, uow)
    here = [free for one, free in everywhere if (one.id == place.id if place is not None else _is_store(one))]
    return NotEnough(
        place=place.name if place is not None else "仓库",
        name=part_name(part),
        wanted=quantity_words(wanted),
        free=quantity_words(max(here, default=Decimal(0))),
        unit=part.unit,
        instead=instead,
        how=how,
    )


def on_order_words(part_id: UUID, uow: EveryUnitOfWork) -> str:
    """Return how many were bought and when they are expected, or an empty text."""
    bought = uow.supply.purchases_of(part_id, ON_ORDER)
    dated = [one for one in bought if one.expected_on is not None]
    if not dated:
        return ""
    first = dated[0]
    missing = quantity_words(first.quantity - first.received)
    return f"采购在途 {missing}，预计 {day_words(first.expected_on)} 到货"


def _is_store(place: Place) -> bool:
    return place.kind in STORES


def _instead(
    part: Part, wanted: Decimal, place: Place | None, order: WorkOrder | None, uow: EveryUnitOfWork
) -> tuple[str, str]:
    """Return where else it is, what stands in for it and when it comes; and what to say for it in a chat."""
    other = [(one, free) for one, free in free_at(part.id, uow) if place is None or one.id != place.id]
    held = [one for one in other if _is_store(one[0]) or one[0].kind == PlaceKind.VAN.value][:OTHERS_SHOWN]
    words = [f"{one.name}有 {quantity_words(free)}{part.unit}" for one, free in held]
    number = f" {order.number}" if order is not None else ""
    again = ""
    for substitute in substitutes(part, uow)[:OTHERS_SHOWN]:
        free = max((free for one, free in free_at(substitute.id, uow) if _is_store(one)), default=Decimal(0))
        if free and fits(substitute, model_of(order, uow)):
            words.append(f"可换用 {part_name(substitute)}（有 {quantity_words(free)}{substitute.unit}）")
            if free >= wanted:
                again = again or f"要配件{number} {substitute.code} ×{quantity_words(wanted)}"
    coming = on_order_words(part.id, uow)
    words += [coming] if coming else []
    again = again or _again(part, wanted, held, number)
    said = f"{'；'.join(words)}。" if words else "目前没有可用的现货，也没有在途采购。"
    return said, f"可回复：{again}" if again else f"可回复“库存 {part.code}”查看，或请仓管员采购"


def _again(part: Part, wanted: Decimal, held: Sequence[tuple[Place, Decimal]], number: str) -> str:
    """Return words that ask for what can be had: in the store that has enough, else as many as there are."""
    stores = [(place, free) for place, free in held if _is_store(place)]
    enough = next((place for place, free in stores if free >= wanted), None)
    if enough is not None:
        return f"要配件{number} {part.code} ×{quantity_words(wanted)} {enough.name}"
    most = max((free for _, free in stores), default=Decimal(0))
    whole = most // 1 if part.whole else most
    return f"要配件{number} {part.code} ×{quantity_words(whole)}" if whole > 0 else ""


def same_lot(one: str, other: str) -> bool:
    """Return whether two people mean the same serial or batch."""
    return bool(one) and code_key(one) == code_key(other)
