"""Pieces are used on a job, at what they cost; or they were not, and are in the van again.

Source: docs/reference/spare-parts.md, rule PA-7
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from domain.parts.commands import PartLine, TakeBackUsed, UseParts
from domain.parts.errors import JobEnded, LotNeeded, NotUsed, NotYourJob
from domain.parts.events import PartsUsed, UsedTakenBack
from domain.parts.ledger import quantity_words, share_of_value
from domain.parts.model.catalogue import Part, Place
from domain.parts.moving import KIND_WORDS, Why, check_quantity, locked_pairs, move
from domain.parts.places import CUSTOMER_ID, Reason, Tracking
from domain.parts.ports import Spent
from domain.parts.wording import part_name
from domain.policies.parts_choice import same_lot
from domain.policies.parts_installed import install, uninstall
from domain.policies.parts_offers import insist_on_van
from domain.policies.parts_old import forgive_old, owe_old
from domain.policies.parts_places import van_for
from domain.policies.parts_request_end import job_label
from domain.policies.parts_tell import tell_job, words_of
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder
from domain.workorder.status import UNDER_WAY, Status

WHILE = UNDER_WAY | {Status.ON_HOLD, Status.COMPLETED, Status.SIGNED_OFF}
"""When a job's parts can still be told: until it is settled by what it cost."""


@dataclass(frozen=True)
class Doing:
    """Who uses, or takes back, pieces of which van on which job.

    Args:
        document_id: what the entries of the ledger have in common.
    """

    order: WorkOrder
    van: Place
    technician_id: UUID
    actor_id: str
    at: datetime
    document_id: UUID


def use_parts(cmd: UseParts, uow: EveryUnitOfWork) -> None:
    """Use pieces of the technician's van on their job.

    Raises:
        NotYourJob, JobEnded: it is not theirs, or settled already.
        NeverIssued: they do not have so many.
        LotNeeded, LotNotHere: the serial or batch is missing, or somewhere else.
    """
    doing = _doing(cmd, uow)
    if uow.stock.entries_of_document(doing.document_id):
        return
    insist_on_van(doing.van, cmd.lines, uow)
    use_lines(doing, cmd.lines, cmd.removed, uow)
    words = words_of([(line.part_id, line.quantity, line.lot) for line in cmd.lines], uow)
    tell_job(doing.order, "used", words, cmd.actor_id, cmd.issued_at, uow)


def use_lines(doing: Doing, lines: Sequence[PartLine], removed: Sequence[str], uow: EveryUnitOfWork) -> None:
    """Move pieces from a van to the customer, put them into the machine, and owe the old ones.

    Args:
        removed: serials of pieces that came out of the machine.
    """
    locked_pairs(lines, [doing.van.id], uow)
    why = Why(Reason.USE, doing.actor_id, doing.at, doing.order.id, doing.document_id)
    left = list(removed)
    for line in lines:
        part = uow.parts.get(line.part_id)
        cost = move(line, doing.van.id, CUSTOMER_ID, why, uow)
        replaced = install(doing.order, part, line, left, doing.technician_id, doing.at, uow)
        uow.record(
            PartsUsed(
                occurred_at=doing.at,
                actor_id=doing.actor_id,
                work_order_id=doing.order.id,
                part_id=part.id,
                quantity=line.quantity,
                lot=line.lot,
                value_fen=cost,
                technician_id=doing.technician_id,
                replaced=replaced,
            )
        )
        if part.return_old:
            owe_old(doing.order, part, line.quantity, replaced, doing.technician_id, doing.at, uow)


def take_back_used(cmd: TakeBackUsed, uow: EveryUnitOfWork) -> None:
    """Put pieces back into the van, at what they were used for.

    Raises:
        NotYourJob, JobEnded: it is not theirs, or settled already.
        NotUsed: not so many were used on it.
        LotNeeded: the serial or batch is missing.
    """
    doing = _doing(cmd, uow)
    if uow.stock.entries_of_document(doing.document_id):
        return
    locked_pairs(cmd.lines, [doing.van.id], uow)
    why = Why(Reason.UNUSE, cmd.actor_id, cmd.issued_at, doing.order.id, doing.document_id)
    for said in cmd.lines:
        part = uow.parts.get(said.part_id)
        check_quantity(part, said.quantity)
        spent = _spent(doing.order, part, said, uow)
        line = said.model_copy(update={"lot": spent.lot})
        cost = share_of_value(line.quantity, spent.quantity, spent.value_fen)
        move(line, CUSTOMER_ID, doing.van.id, why, uow, value_fen=cost)
        uninstall(doing.order, line, cmd.issued_at, uow)
        uow.record(
            UsedTakenBack(
                occurred_at=cmd.issued_at,
                actor_id=cmd.actor_id,
                work_order_id=doing.order.id,
                part_id=part.id,
                quantity=line.quantity,
                lot=line.lot,
                value_fen=cost,
                technician_id=doing.technician_id,
            )
        )
        if part.return_old:
            forgive_old(doing.order, part, line.quantity, cmd.actor_id, cmd.issued_at, uow)
    words = words_of([(line.part_id, line.quantity, line.lot) for line in cmd.lines], uow)
    tell_job(doing.order, "taken_back", words, cmd.actor_id, cmd.issued_at, uow)


def _doing(cmd: UseParts | TakeBackUsed, uow: EveryUnitOfWork) -> Doing:
    order = uow.work_orders.get(cmd.work_order_id)
    if str(order.assignee_id) != cmd.actor_id:
        raise NotYourJob(number=order.number)
    if order.state not in WHILE:
        raise JobEnded(number=order.number, label=job_label(order))
    technician = uow.people.get(UUID(cmd.actor_id))
    return Doing(
        order=order,
        van=van_for(technician, uow),
        technician_id=technician.id,
        actor_id=cmd.actor_id,
        at=cmd.issued_at,
        document_id=uuid5(order.id, cmd.idempotency_key),
    )


def _spent(order: WorkOrder, part: Part, line: PartLine, uow: EveryUnitOfWork) -> Spent:
    """Return what was used of a part, at least as much as is taken back.

    Raises:
        NotUsed, LotNeeded: as said.
    """
    used = [one for one in uow.stock.spent_on(order.id) if one.part_id == part.id]
    if part.tracking != Tracking.NONE.value:
        if not line.lot:
            kind = KIND_WORDS[Tracking(part.tracking)]
            raise LotNeeded(name=part_name(part), kind=kind, example=f"{part.code} {kind}号")
        used = [one for one in used if same_lot(one.lot, line.lot)]
    total = sum((one.quantity for one in used), start=Decimal(0))
    if not used or line.quantity > total:
        raise NotUsed(number=order.number, name=part_name(part), used=quantity_words(total), unit=part.unit)
    return used[0]
