"""Which serialised parts sit in a machine: the new one opens, the old one closes.

Source: docs/reference/spare-parts.md, rule PA-7
"""

from datetime import datetime
from uuid import UUID, uuid4

from domain.assets.views import InstalledLine
from domain.parts.commands import PartLine
from domain.parts.keys import code_key
from domain.parts.model.catalogue import Part
from domain.parts.model.documents import InstalledPart
from domain.parts.places import Tracking
from domain.parts.wording import line_words
from domain.policies.parts_choice import same_lot
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder

LOOKED_AT = 200
"""Parts of one machine, newest first, among which the old one is looked for."""


def install(
    order: WorkOrder,
    part: Part,
    line: PartLine,
    removed: list[str],
    technician_id: UUID,
    at: datetime,
    uow: EveryUnitOfWork,
) -> str:
    """Put a part into the machine of a job and take the old one out; return the old one's serial, if known.

    Args:
        removed: serials that somebody read off old pieces; the one that is used here is taken out of it.
    """
    old = _old_one(order, part, removed, uow)
    if old is not None:
        old.removed_at, old.removed_order_id = at, order.id
        removed[:] = [lot for lot in removed if not same_lot(lot, old.lot)]
    if part.tracking != Tracking.NONE.value and order.asset_id is not None:
        uow.hand_overs.add_installed(
            InstalledPart(
                id=uuid4(),
                asset_id=order.asset_id,
                part_id=part.id,
                lot=line.lot,
                quantity=line.quantity,
                work_order_id=order.id,
                installed_by=technician_id,
                installed_at=at,
                removed_order_id=None,
                removed_at=None,
            )
        )
    if old is not None:
        return old.lot
    # Nobody recorded when it was put in, so what was read off it is all there is to know.
    return removed.pop(0) if removed and part.tracking != Tracking.NONE.value else ""


def uninstall(order: WorkOrder, line: PartLine, at: datetime, uow: EveryUnitOfWork) -> None:
    """Take a part out again that was not used after all; what it replaced is inside again."""
    mine = [
        one
        for one in uow.hand_overs.installed_by(order.id)
        if one.part_id == line.part_id and one.removed_at is None and same_lot(one.lot, line.lot)
    ]
    if not mine:
        return
    mine[-1].removed_at, mine[-1].removed_order_id = at, order.id
    for old in uow.hand_overs.installed_in(mine[-1].asset_id, LOOKED_AT):
        closed_by_it = old.removed_order_id == order.id and old.removed_at == mine[-1].installed_at
        if closed_by_it and old.id != mine[-1].id and _replaces(uow.parts.get(line.part_id), old, uow):
            old.removed_at = old.removed_order_id = None
            return


def installed_lines(asset_id: UUID, limit: int, uow: EveryUnitOfWork) -> tuple[InstalledLine, ...]:
    """Return what sits in a machine and what did, newest first, without what was taken out at once."""
    found = [
        one
        for one in uow.hand_overs.installed_in(asset_id, LOOKED_AT)
        if one.removed_order_id != one.work_order_id
    ]
    numbers = {}
    for order_id in {one.work_order_id for one in found[:limit]}:
        order = uow.work_orders.find(order_id)
        numbers[order_id] = order.number if order is not None else ""
    return tuple(
        InstalledLine(
            part=line_words(uow.parts.get(one.part_id), one.quantity, [one.lot]),
            installed_at=one.installed_at,
            removed_at=one.removed_at,
            number=numbers[one.work_order_id],
        )
        for one in found[:limit]
    )


def _old_one(order: WorkOrder, part: Part, removed: list[str], uow: EveryUnitOfWork) -> InstalledPart | None:
    """Return the piece that came out: the one that was read, else the only one it can have been."""
    if order.asset_id is None:
        return None
    inside = [one for one in uow.hand_overs.installed_in(order.asset_id, LOOKED_AT) if one.removed_at is None]
    for lot in removed:
        for one in inside:
            if same_lot(one.lot, lot) and _replaces(part, one, uow):
                return one
    if removed or part.tracking == Tracking.NONE.value:
        return None
    same = [one for one in inside if one.work_order_id != order.id and _replaces(part, one, uow)]
    return same[0] if len(same) == 1 else None


def _replaces(part: Part, old: InstalledPart, uow: EveryUnitOfWork) -> bool:
    """Return whether a part is the same as an old one, or one of those that may stand in for the other."""
    if old.part_id == part.id:
        return True
    before = uow.parts.get(old.part_id)
    return code_key(part.code) in map(code_key, before.substitutes) or code_key(before.code) in map(
        code_key, part.substitutes
    )
