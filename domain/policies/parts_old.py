"""Old parts come back: owed by whoever put in the new one, taken by a storekeeper, repaired or thrown away.

Source: docs/reference/spare-parts.md, rule PA-8
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from domain.kernel.errors import NotPermitted
from domain.kernel.localtime import day_words, local_day
from domain.kernel.messages import Command
from domain.parts.commands import (
    BringOldPart,
    PartLine,
    RepairOldPart,
    TakeOldPart,
    WaiveOldPart,
)
from domain.parts.errors import LotNeeded, OldPartWrong, PlaceUnknown
from domain.parts.events import OldPartChanged, OldPartOwed
from domain.parts.model.catalogue import Part, Place
from domain.parts.model.documents import OldPart
from domain.parts.moving import Why, move
from domain.parts.places import CUSTOMER_ID, REPAIR_ID, SCRAP_ID, STORES, Reason, Tracking
from domain.parts.wording import part_name
from domain.policies.parts_places import insist_on_keeper, keepers_of
from domain.policies.parts_tell import tell_parts_news, words_of
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder

DUE_IN = timedelta(days=7)
EVERY = timedelta(days=1)
SERIES = "JJ"
STATE_WORDS: Mapping[str, str] = {
    "owed": "待交回",
    "sent": "待仓库收货",
    "back": "已收回",
    "repairing": "维修中",
    "repaired": "已修复入库",
    "scrapped": "已报废",
    "waived": "免交",
}
OUTSTANDING = ("owed", "sent")


def owe_old(
    order: WorkOrder,
    part: Part,
    quantity: Decimal,
    lot: str,
    technician_id: UUID,
    at: datetime,
    uow: EveryUnitOfWork,
) -> None:
    """Let whoever used a part owe the old one.

    Args:
        lot: the old one's serial, where it is known.
    """
    old = OldPart(
        id=uuid4(),
        number=uow.supply.next_number(SERIES, local_day(at)),
        part_id=part.id,
        quantity=quantity,
        lot=lot,
        work_order_id=order.id,
        technician_id=technician_id,
        state="owed",
        due_at=at + DUE_IN,
        next_due_at=at + DUE_IN,
        note="",
        created_at=at,
    )
    uow.hand_overs.add_old_part(old)
    uow.record(
        OldPartOwed(
            occurred_at=at,
            actor_id=str(technician_id),
            old_part_id=old.id,
            part_id=part.id,
            work_order_id=order.id,
            technician_id=technician_id,
            state=old.state,
        )
    )
    tell_old("old_owed", old, [technician_id], "", uow, {"due": day_words(local_day(old.due_at))})


def forgive_old(
    order: WorkOrder, part: Part, quantity: Decimal, actor_id: str, at: datetime, uow: EveryUnitOfWork
) -> None:
    """Let nobody owe the old ones of parts that were not used after all; one that came back stays so."""
    left = quantity
    for found in uow.hand_overs.old_parts_of(order.id):
        if found.part_id != part.id or found.state not in OUTSTANDING or left <= 0:
            continue
        old = uow.hand_overs.old_part(found.id)
        share = min(left, old.quantity)
        left -= share
        if share < old.quantity:
            old.quantity -= share
            continue
        old.note, old.next_due_at = "新件未使用，已退回", None
        _become(old, "waived", actor_id, at, uow, reason=old.note)


def bring_old_part(cmd: BringOldPart, uow: EveryUnitOfWork) -> None:
    """Tell a store that an old part is coming; from now on that store is reminded.

    Raises:
        NotPermitted: somebody else owes it.
        OldPartWrong: nobody owes it any more.
        PlaceUnknown: it is no store.
    """
    old = uow.hand_overs.old_part(cmd.old_part_id)
    if str(old.technician_id) != cmd.actor_id:
        raise NotPermitted(action="交回别人的旧件")
    _insist(old, OUTSTANDING, "交回")
    place = _store(cmd.place_id, uow)
    old.next_due_at = cmd.issued_at + EVERY
    _become(old, "sent", cmd.actor_id, cmd.issued_at, uow, place_id=place.id)
    tell_keepers(old, place, uow)


def take_old_part(cmd: TakeOldPart, uow: EveryUnitOfWork) -> None:
    """Take an old part in; it stands at the place `repair`, worth nothing. Taken twice, it is taken once.

    Raises:
        OldPartWrong: it was waived, or is further on already.
        LotNeeded: its serial has to be read off it.
    """
    old = uow.hand_overs.old_part(cmd.old_part_id)
    if old.state == "back":
        return
    _insist(old, OUTSTANDING, "收回")
    part = uow.parts.get(old.part_id)
    if part.tracking != Tracking.NONE.value and not (cmd.lot.strip() or old.lot):
        kind = "序列" if part.tracking == Tracking.SERIAL.value else "批次"
        raise LotNeeded(name=part_name(part), kind=kind, example=f"收旧件 {old.number} {kind}号")
    old.lot, old.next_due_at = cmd.lot.strip() or old.lot, None
    move(_line(old), CUSTOMER_ID, REPAIR_ID, _why(Reason.OLD, old, cmd), uow, value_fen=0)
    place = place_of(old, uow)
    _become(old, "back", cmd.actor_id, cmd.issued_at, uow, place_id=place.id if place is not None else None)
    facts = {"by": _name(cmd.actor_id, uow), "place": place.name if place is not None else ""}
    tell_old("old_back", old, [old.technician_id], "", uow, facts)


def waive_old_part(cmd: WaiveOldPart, uow: EveryUnitOfWork) -> None:
    """Do without an old part.

    Raises:
        OldPartWrong: it came back, or was waived already.
    """
    old = uow.hand_overs.old_part(cmd.old_part_id)
    _insist(old, OUTSTANDING, "免交")
    old.note, old.next_due_at = cmd.reason.strip(), None
    _become(old, "waived", cmd.actor_id, cmd.issued_at, uow, reason=old.note)
    tell_old(
        "old_waived", old, [old.technician_id], "", uow, {"by": _name(cmd.actor_id, uow), "reason": old.note}
    )


def repair_old_part(cmd: RepairOldPart, uow: EveryUnitOfWork) -> None:
    """Send an old part to be repaired, take it into stock again, or throw it away.

    Raises:
        OldPartWrong: it did not come back, or its end was told already.
        PlaceUnknown, NotKeeper: it cannot be stock there, or somebody else keeps that store.
    """
    old = uow.hand_overs.old_part(cmd.old_part_id)
    if cmd.outcome == "send":
        _insist(old, ("back",), "送修")
        _become(old, "repairing", cmd.actor_id, cmd.issued_at, uow)
        return
    _insist(old, ("back", "repairing"), "登记修复" if cmd.outcome == "repaired" else "报废")
    place = None
    if cmd.outcome == "repaired":
        place = _store(cmd.place_id, uow)
        insist_on_keeper(cmd.actor_id, place, uow)
        move(_line(old), REPAIR_ID, place.id, _why(Reason.REPAIR, old, cmd), uow)
    else:
        move(_line(old), REPAIR_ID, SCRAP_ID, _why(Reason.SCRAP, old, cmd), uow)
    _become(
        old, cmd.outcome, cmd.actor_id, cmd.issued_at, uow, place_id=place.id if place is not None else None
    )


def _insist(old: OldPart, states: Sequence[str], action: str) -> None:
    if old.state not in states:
        raise OldPartWrong(number=old.number, state=STATE_WORDS[old.state], action=action)


def _store(place_id: UUID | None, uow: EveryUnitOfWork) -> Place:
    place = uow.parts.place(place_id) if place_id is not None else None
    if place is None or not place.active or place.kind not in STORES:
        known = "、".join(one.name for one in uow.parts.stores())
        raise PlaceUnknown(text=place.name if place is not None else "", known=known)
    return place


def place_of(old: OldPart, uow: EveryUnitOfWork) -> Place | None:
    """Return the store an old part was announced to last, or None."""
    for fact in uow.histories.facts([old.id], [OldPartChanged.__name__]):
        if fact.payload["place_id"]:
            return uow.parts.place(UUID(fact.payload["place_id"]))
    return None


def _line(old: OldPart) -> PartLine:
    return PartLine(part_id=old.part_id, quantity=old.quantity, lot=old.lot)


def _why(reason: Reason, old: OldPart, cmd: Command) -> Why:
    # Its job is left out of the ledger: what it used there is the new part.
    return Why(reason, cmd.actor_id, cmd.issued_at, document_id=old.id)


def _name(actor_id: str, uow: EveryUnitOfWork) -> str:
    return uow.people.get(UUID(actor_id)).name


def _become(
    old: OldPart,
    state: str,
    actor_id: str,
    at: datetime,
    uow: EveryUnitOfWork,
    *,
    place_id: UUID | None = None,
    reason: str = "",
) -> None:
    old.state = state
    uow.record(
        OldPartChanged(
            occurred_at=at,
            actor_id=actor_id,
            old_part_id=old.id,
            part_id=old.part_id,
            work_order_id=old.work_order_id,
            technician_id=old.technician_id,
            state=state,
            place_id=place_id,
            reason=reason,
        )
    )


def tell_keepers(old: OldPart, place: Place, uow: EveryUnitOfWork) -> None:
    facts = {"technician": uow.people.get(old.technician_id).name, "place": place.name}
    keepers = [one.id for one in keepers_of(place, uow)]
    tell_old("old_sent", old, keepers, str(old.rev), uow, facts)


def tell_old(
    news: str, old: OldPart, people: Sequence[UUID], key: str, uow: EveryUnitOfWork, facts: Mapping[str, str]
) -> None:
    tell_parts_news(
        news,
        people,
        f"{old.id}:{key}",
        uow,
        number=old.number,
        order=uow.work_orders.find(old.work_order_id),
        lines=words_of([(old.part_id, old.quantity, old.lot)], uow),
        facts=facts,
    )
