"""Counts: the books are frozen, what is found is entered blind, and differences wait for approval.

What moved before a number was entered was not on the shelf when it was counted, so each number is compared
with the books of its own moment; what moves after it stays moved.

Source: docs/reference/spare-parts.md, rule PA-11
"""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.engine import process as engine
from domain.engine.process.events import InstanceEnded
from domain.kernel.localtime import local_time
from domain.parts.errors import CountOver, CountRunning, LotNeeded, NothingCounted, PieceExists, QuantityWrong
from domain.parts.keys import code_key
from domain.parts.ledger import quantity_words, share_of_value
from domain.parts.model.catalogue import Part, Place
from domain.parts.model.supply import CountLine, StockCount
from domain.parts.moving import KIND_WORDS, check_quantity
from domain.parts.places import Tracking
from domain.parts.supply_commands import CancelCount, EnterCount, StartCount, SubmitCount
from domain.parts.supply_events import CountEnded, CountPosted, CountStarted, CountSubmitted
from domain.parts.wording import part_name
from domain.policies.parts_process import APPROVED, COUNT_PROCESS, REFUSED, ask_for_approval, number_of_today
from domain.policies.ports import EveryUnitOfWork
from domain.policies.process_stepping import RUNNING, locked, step
from domain.policies.supply_differences import Difference, differences_of
from domain.policies.supply_people import inside, insist_keeper
from domain.policies.supply_posting import post_differences

COUNTING, SUBMITTED = "counting", "submitted"
STATES = {
    COUNTING: "在盘点中",
    SUBMITTED: "提交审批",
    "posted": "过账",
    "refused": "被拒绝",
    "cancelled": "取消",
}
REASON_SHOWN = 8
"""So many differences an approver reads one by one."""


def start_count(cmd: StartCount, uow: EveryUnitOfWork) -> None:
    """Freeze the books of a place for comparison.

    Raises:
        NotKeeper: somebody else keeps it.
        CountRunning: it is counted already.
    """
    if uow.supply.find_count(cmd.count_id) is not None:
        return
    place = inside(cmd.place_id, uow)
    insist_keeper(place, cmd.actor_id, uow)
    running = uow.supply.running_count(place.id)
    if running is not None:
        raise CountRunning(
            place=place.name,
            number=running.number,
            who=uow.people.get(running.started_by).name,
            at=local_time(running.started_at),
        )
    count = StockCount(
        id=cmd.count_id,
        number=number_of_today(cmd.issued_at, uow),
        place_id=place.id,
        state=COUNTING,
        started_by=UUID(cmd.actor_id),
        started_at=cmd.issued_at,
    )
    uow.supply.add_count(count)
    uow.supply.freeze(count)
    uow.record(CountStarted(**_facts(count, cmd.actor_id, cmd.issued_at)))


def enter_count(cmd: EnterCount, uow: EveryUnitOfWork) -> None:
    """Keep how many were found; what the books do not have there is a line of its own.

    Raises:
        CountOver: it runs no more.
        NotKeeper: somebody else keeps the place.
        QuantityWrong, LotNeeded: so many cannot be.
        PieceExists: the books have this serial somewhere else.
    """
    count = _running(cmd.count_id, cmd.actor_id, (COUNTING,), uow)
    part = uow.parts.get(cmd.part_id)
    lot = _as_booked(part, _checked_lot(part, cmd), count, uow)
    line = uow.supply.count_line(count.id, part.id, lot)
    if line is None:
        _insist_nowhere_else(part, lot, count, uow)
        line = CountLine(count_id=count.id, part_id=part.id, lot=lot, booked=Decimal(0), booked_fen=0)
        uow.supply.add_count_line(line)
    line.counted = cmd.quantity
    line.booked, line.booked_fen = _books_now(line, count.place_id, uow)


def submit_count(cmd: SubmitCount, uow: EveryUnitOfWork) -> None:
    """Ask for the approval of what differs; where nothing does, the count is over.

    Raises:
        CountOver: it runs no more.
        NotKeeper: somebody else keeps the place.
        NothingCounted: no number was entered.
    """
    count = _running(cmd.count_id, cmd.actor_id, (COUNTING,), uow)
    if all(line.counted is None for line in uow.supply.count_lines(count.id)):
        raise NothingCounted(number=count.number)
    found = differences_of(count.id, uow)
    value_fen = sum(one.value_fen for one in found)
    count.state = SUBMITTED
    facts = _facts(count, cmd.actor_id, cmd.issued_at)
    uow.record(CountSubmitted(differences=len(found), value_fen=value_fen, **facts))
    if not found or not ask_for_approval(
        COUNT_PROCESS,
        count.id,
        count.number,
        initiator_id=UUID(cmd.actor_id),
        amount_fen=sum(abs(one.value_fen) for one in found),
        reason=_reason(uow.parts.place(count.place_id), found, uow),
        work_order_id=None,
        at=cmd.issued_at,
        uow=uow,
    ):
        _post(count, cmd.actor_id, cmd.issued_at, uow)


def cancel_count(cmd: CancelCount, uow: EveryUnitOfWork) -> None:
    """End a count of which nothing is posted; its approval is asked of nobody any more.

    Raises:
        CountOver: it is over already.
        NotKeeper: somebody else keeps the place.
    """
    found = uow.supply.find_count(cmd.count_id)
    instance = None
    if found is not None and found.state == SUBMITTED and uow.processes.find(found.id) is not None:
        instance = locked(found.id, uow)
    count = _running(cmd.count_id, cmd.actor_id, (COUNTING, SUBMITTED), uow)
    _end(count, "cancelled", cmd.actor_id, cmd.issued_at, uow)
    if instance is not None and instance.status == RUNNING:
        step(instance, engine.Terminate(actor=cmd.actor_id, reason="盘点已取消"), cmd.issued_at, uow)


def follow_count(event: InstanceEnded, uow: EveryUnitOfWork) -> None:
    """Post the differences of a count that were approved, or end it."""
    if uow.processes.get(event.instance_id).name != COUNT_PROCESS:
        return
    if uow.supply.find_count(event.instance_id) is None:
        return
    count = uow.supply.count(event.instance_id)
    if count.state != SUBMITTED:
        return
    if event.status == APPROVED:
        _post(count, event.actor_id, event.occurred_at, uow)
    else:
        outcome = "refused" if event.status == REFUSED else "cancelled"
        _end(count, outcome, event.actor_id, event.occurred_at, uow)


def _post(count: StockCount, actor_id: str, at: datetime, uow: EveryUnitOfWork) -> None:
    found = differences_of(count.id, uow)
    value_fen = post_differences(count, found, actor_id, at, uow)
    count.state, count.ended_at = "posted", at
    facts = _facts(count, actor_id, at)
    uow.record(CountPosted(differences=len(found), value_fen=value_fen, **facts))


def _end(count: StockCount, outcome: str, actor_id: str, at: datetime, uow: EveryUnitOfWork) -> None:
    count.state, count.ended_at = outcome, at
    uow.record(CountEnded(outcome=outcome, **_facts(count, actor_id, at)))


def _running(count_id: UUID, actor_id: str, states: tuple[str, ...], uow: EveryUnitOfWork) -> StockCount:
    count = uow.supply.count(count_id)
    insist_keeper(uow.parts.place(count.place_id), actor_id, uow)
    if count.state not in states:
        raise CountOver(number=count.number, state=STATES[count.state])
    return count


def _checked_lot(part: Part, cmd: EnterCount) -> str:
    """Return the lot a number is about; a part whose pieces are not told apart has none."""
    check_quantity(part, cmd.quantity)
    if part.tracking == Tracking.NONE.value:
        return ""
    kind = KIND_WORDS[part.tracking]
    if not cmd.lot:
        raise LotNeeded(name=part_name(part), kind=kind, example=f"{part.code} {kind}号 1")
    if part.tracking == Tracking.SERIAL.value and cmd.quantity > 1:
        why = "一个序列号只有一件"
        raise QuantityWrong(name=part_name(part), quantity=quantity_words(cmd.quantity), why=why)
    return cmd.lot


def _books_now(line: CountLine, place_id: UUID, uow: EveryUnitOfWork) -> tuple[Decimal, int]:
    """Return how many the books have at this moment, and what these cost."""
    balance = uow.stock.balance(line.part_id, place_id)
    if not line.lot:
        return balance.quantity, balance.value_fen
    here = uow.stock.lot(line.part_id, line.lot, place_id).quantity
    return here, share_of_value(here, balance.quantity, balance.value_fen) if here else 0


def _as_booked(part: Part, lot: str, count: StockCount, uow: EveryUnitOfWork) -> str:
    """Return a serial or batch as the count spells it already, however it was typed or scanned."""
    if not lot:
        return lot
    known = (line.lot for line in uow.supply.count_lines(count.id) if line.part_id == part.id)
    return next((one for one in known if code_key(one) == code_key(lot)), lot)


def _insist_nowhere_else(part: Part, lot: str, count: StockCount, uow: EveryUnitOfWork) -> None:
    if part.tracking != Tracking.SERIAL.value:
        return
    for held in uow.stock.lots_called(lot):
        if held.part_id == part.id and held.place_id != count.place_id:
            raise PieceExists(name=part_name(part), lot=lot, place=uow.parts.place(held.place_id).name)


def _reason(place: Place, found: list[Difference], uow: EveryUnitOfWork) -> str:
    """Return what an approver reads: the first differences in words."""
    words = []
    for one in found[:REASON_SHOWN]:
        sign = "多" if one.quantity > 0 else "少"
        name = " ".join(filter(None, (part_name(uow.parts.get(one.part_id)), one.lot)))
        words.append(f"{name} {sign}{quantity_words(abs(one.quantity))}")
    more = f" 等 {len(found)} 项" if len(found) > REASON_SHOWN else ""
    return f"{place.name}盘点：{'，'.join(words)}{more}"


def _facts(count: StockCount, actor_id: str, at: datetime) -> dict[str, Any]:
    return {"occurred_at": at, "actor_id": actor_id, "count_id": count.id, "place_id": count.place_id}
