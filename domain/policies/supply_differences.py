"""What differs in a count, what that is worth, and what of it could not be posted.

Source: docs/reference/spare-parts.md, rule PA-11
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from domain.parts.ledger import average_fen, share_of_value, value_of
from domain.policies.ports import EveryUnitOfWork


@dataclass(frozen=True)
class Difference:
    """So many more of a part were found than the books had when the count began; fewer where negative."""

    part_id: UUID
    lot: str
    booked: Decimal
    counted: Decimal
    quantity: Decimal
    value_fen: int


def differences_of(count_id: UUID, uow: EveryUnitOfWork) -> list[Difference]:
    """Return what was counted and is not as the books had it; what nobody counted is no difference."""
    lines = uow.supply.count_lines(count_id)
    booked: dict[UUID, tuple[Decimal, int]] = {}
    for line in lines:
        quantity, value_fen = booked.get(line.part_id, (Decimal(0), 0))
        booked[line.part_id] = (quantity + line.booked, value_fen + line.booked_fen)
    found = []
    for line in lines:
        if line.counted is None or line.counted == line.booked:
            continue
        quantity = line.counted - line.booked
        if quantity > 0:
            on_hand, value_fen = booked[line.part_id]
            price = average_fen(on_hand, value_fen) if on_hand else uow.parts.get(line.part_id).price_fen
            worth = value_of(quantity, price)
        else:
            worth = -share_of_value(-quantity, line.booked, line.booked_fen)
        found.append(Difference(line.part_id, line.lot, line.booked, line.counted, quantity, worth))
    return found


def unposted(count_id: UUID, place_id: UUID, uow: EveryUnitOfWork) -> Sequence[Difference]:
    """Return what of a count is not in the books, e.g. because the pieces left meanwhile."""
    posted: dict[tuple[UUID, str], Decimal] = {}
    for entry in uow.stock.entries_of_document(count_id):
        key = (entry.part_id, entry.lot)
        sign = 1 if entry.to_id == place_id else -1
        posted[key] = posted.get(key, Decimal(0)) + sign * entry.quantity
    rest = []
    for one in differences_of(count_id, uow):
        left = one.quantity - posted.get((one.part_id, one.lot), Decimal(0))
        if left:
            rest.append(replace(one, quantity=left))
    return rest
