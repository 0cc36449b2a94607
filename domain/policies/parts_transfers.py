"""Pieces change hands: offered by one side, taken, refused or recalled, and never lost in between.

Every step moves them in one transaction: to the place `transit`, and from there to one of both sides.

Source: docs/reference/spare-parts.md, rule PA-6
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.kernel.errors import NotFound
from domain.kernel.localtime import local_day, local_time
from domain.kernel.messages import Command
from domain.parts.commands import (
    PartLine,
    RecallParts,
    RefuseParts,
    ReviewTransfer,
    TakeParts,
    TransferCommand,
)
from domain.parts.errors import NotReceiver, TransferEnded
from domain.parts.events import PartsOffered, PartsSentBack, PartsTaken, RefusalExplained, TransferReminded
from domain.parts.model.catalogue import Place
from domain.parts.model.documents import Transfer, TransferLine
from domain.parts.moving import Why, locked_pairs, move
from domain.parts.places import TRANSIT_ID, PlaceKind, Reason
from domain.policies.parts_places import keeper_words, keeps
from domain.policies.parts_request_end import close_if_done
from domain.policies.parts_tell import tell_job, tell_parts_news, words_of
from domain.policies.ports import EveryUnitOfWork
from domain.workorder.model import WorkOrder

WAITS = timedelta(hours=24)
"""How long pieces wait for their receiver before they go back, or before both stores are reminded."""
SERIES = "DB"
STATE_WORDS: Mapping[str, str] = {
    "taken": "收下",
    "refused": "被拒收，配件已退回发出方",
    "expired": "超时，配件已退回发出方",
    "recalled": "被发出方撤回",
}


@dataclass(frozen=True)
class Way:
    """From whom to whom pieces go, and what for."""

    kind: Reason
    source: Place
    target: Place
    receiver_id: UUID | None
    request_id: UUID | None
    order: WorkOrder | None


def send(
    transfer_id: UUID, way: Way, lines: Sequence[PartLine], reason: str, cmd: Command, uow: EveryUnitOfWork
) -> None:
    """Let pieces go: they are in transit until the receiver takes them, each with what it cost.

    Raises:
        NotEnough, LotNeeded, LotNotHere: they are not there.
    """
    order_id = way.order.id if way.order is not None else None
    locked_pairs(lines, [way.source.id, TRANSIT_ID], uow)
    why = Why(way.kind, cmd.actor_id, cmd.issued_at, order_id, transfer_id)
    costs = [move(line, way.source.id, TRANSIT_ID, why, uow) for line in lines]
    transfer = Transfer(
        id=transfer_id,
        number=uow.supply.next_number(SERIES, local_day(cmd.issued_at)),
        kind=way.kind.value,
        from_id=way.source.id,
        to_id=way.target.id,
        sender_id=UUID(cmd.actor_id),
        receiver_id=way.receiver_id,
        request_id=way.request_id,
        work_order_id=order_id,
        state="offered",
        reason=reason,
        next_due_at=cmd.issued_at + WAITS,
        created_at=cmd.issued_at,
    )
    uow.hand_overs.add_transfer(
        transfer,
        [
            TransferLine(
                transfer_id=transfer_id,
                no=number,
                part_id=line.part_id,
                quantity=line.quantity,
                lot=line.lot,
                value_fen=cost,
            )
            for number, (line, cost) in enumerate(zip(lines, costs, strict=True), 1)
        ],
    )
    uow.record(PartsOffered(**_facts(transfer, cmd)))


def take_parts(cmd: TakeParts, uow: EveryUnitOfWork) -> None:
    """Let the receiver answer for the pieces; whoever presses again after taking hears nothing new.

    Raises:
        NotReceiver: somebody else has to take them.
        TransferEnded: they went back.
    """
    transfer, order = _locked(cmd, uow)
    _insist_on_receiver(transfer, cmd.actor_id, uow)
    if transfer.state == "taken" and str(transfer.receiver_id) == cmd.actor_id:
        return
    _insist_on_offered(transfer)
    _move_on(transfer, transfer.to_id, cmd, uow)
    transfer.state, transfer.next_due_at, transfer.ended_at = "taken", None, cmd.issued_at
    transfer.receiver_id = UUID(cmd.actor_id)
    uow.record(PartsTaken(**_facts(transfer, cmd)))
    _close_request(transfer, uow)
    words = _words(transfer, uow)
    is_return = transfer.kind == Reason.RETURN.value
    tell_job(order, "returned" if is_return else "taken", words, cmd.actor_id, cmd.issued_at, uow)
    if is_return and cmd.actor_id != str(transfer.sender_id):
        tell_parts_news(
            "return_taken",
            [transfer.sender_id],
            str(transfer.id),
            uow,
            number=transfer.number,
            order=order,
            lines=words,
            facts={
                "by": uow.people.get(UUID(cmd.actor_id)).name,
                "place": uow.parts.place(transfer.to_id).name,
            },
        )


def refuse_parts(cmd: RefuseParts, uow: EveryUnitOfWork) -> None:
    """Let the pieces go back, because the receiver does not take them; why may be said afterwards.

    Raises:
        NotReceiver: somebody else has to say so.
        TransferEnded: it is over already.
    """
    transfer, order = _locked(cmd, uow)
    _insist_on_receiver(transfer, cmd.actor_id, uow)
    if transfer.state == "refused":
        _explain(transfer, cmd, uow)
        return
    _insist_on_offered(transfer)
    _send_back(transfer, order, "refused", cmd.reason.strip(), cmd, uow)


def recall_parts(cmd: RecallParts, uow: EveryUnitOfWork) -> None:
    """Let the sender have the pieces again, before anybody took them.

    Raises:
        NotReceiver: somebody else sent them.
        TransferEnded: it is over already.
    """
    transfer, order = _locked(cmd, uow)
    actor = uow.people.get(UUID(cmd.actor_id))
    source = uow.parts.place(transfer.from_id)
    if transfer.sender_id != actor.id and not keeps(actor, source, uow):
        raise NotReceiver(number=transfer.number, receiver=_receiver_words(transfer, uow))
    if transfer.state == "recalled":
        return
    _insist_on_offered(transfer)
    _send_back(transfer, order, "recalled", "", cmd, uow)


def review_transfer(cmd: ReviewTransfer, uow: EveryUnitOfWork) -> None:
    """Send pieces back that nobody took in time; between stores, remind both sides once a day instead."""
    transfer, order = _locked(cmd, uow)
    if transfer.next_due_at is None or transfer.next_due_at > cmd.issued_at:
        return
    if transfer.kind != Reason.TRANSFER.value:
        _send_back(transfer, order, "expired", "", cmd, uow)
        return
    transfer.next_due_at = cmd.issued_at + WAITS
    uow.record(TransferReminded(**_facts(transfer, cmd)))
    tell_parts_news(
        "on_the_way",
        [transfer.sender_id],
        f"{transfer.id}:{transfer.rev}",
        uow,
        number=transfer.number,
        lines=_words(transfer, uow),
        facts={
            "from": uow.parts.place(transfer.from_id).name,
            "to": uow.parts.place(transfer.to_id).name,
            "since": local_time(transfer.created_at),
        },
    )


def _explain(transfer: Transfer, cmd: RefuseParts, uow: EveryUnitOfWork) -> None:
    """Let whoever sent refused pieces read why."""
    if (reason := cmd.reason.strip()) in ("", transfer.reason):
        return
    transfer.reason = reason
    uow.record(RefusalExplained(**_facts(transfer, cmd), reason=reason))
    tell_parts_news(
        "refusal",
        [transfer.sender_id],
        f"{transfer.id}:{transfer.rev}",
        uow,
        number=transfer.number,
        lines=_words(transfer, uow),
        facts={"receiver": uow.people.get(UUID(cmd.actor_id)).name, "text": reason},
    )


def _send_back(
    transfer: Transfer,
    order: WorkOrder | None,
    outcome: str,
    reason: str,
    cmd: TransferCommand,
    uow: EveryUnitOfWork,
) -> None:
    _move_on(transfer, transfer.from_id, cmd, uow)
    transfer.state, transfer.next_due_at, transfer.ended_at = outcome, None, cmd.issued_at
    transfer.reason = reason or transfer.reason
    uow.record(PartsSentBack(**_facts(transfer, cmd), outcome=outcome, reason=reason))
    _close_request(transfer, uow)
    note = {"refused": "拒收", "expired": "超时未收", "recalled": "撤回"}[outcome]
    note += f"：{reason}" if reason else ""
    tell_job(order, "sent_back", _words(transfer, uow), cmd.actor_id, cmd.issued_at, uow, note=note)


def _move_on(transfer: Transfer, to_id: UUID, cmd: TransferCommand, uow: EveryUnitOfWork) -> None:
    """Move everything out of transit, for what it cost when it went in."""
    lines = [
        (PartLine(part_id=line.part_id, quantity=line.quantity, lot=line.lot), line.value_fen)
        for line in uow.hand_overs.transfer_lines(transfer.id)
    ]
    locked_pairs([line for line, _ in lines], [TRANSIT_ID, to_id], uow)
    why = Why(Reason(transfer.kind), cmd.actor_id, cmd.issued_at, transfer.work_order_id, transfer.id)
    for line, value_fen in lines:
        move(line, TRANSIT_ID, to_id, why, uow, value_fen=value_fen)


def _locked(cmd: TransferCommand, uow: EveryUnitOfWork) -> tuple[Transfer, WorkOrder | None]:
    """Lock a hand-over, and its job and its request before, as everybody does."""
    found = uow.hand_overs.find_transfer(cmd.transfer_id)
    if found is None:
        raise NotFound(what="交接")
    order = uow.work_orders.get(found.work_order_id) if found.work_order_id is not None else None
    if found.request_id is not None:
        uow.hand_overs.request(found.request_id)
    return uow.hand_overs.transfer(found.id), order


def _close_request(transfer: Transfer, uow: EveryUnitOfWork) -> None:
    if transfer.request_id is not None:
        close_if_done(uow.hand_overs.request(transfer.request_id), uow)


def _insist_on_receiver(transfer: Transfer, actor_id: str, uow: EveryUnitOfWork) -> None:
    target = uow.parts.place(transfer.to_id)
    is_van = target.kind == PlaceKind.VAN.value
    if transfer.receiver_id is not None and str(transfer.receiver_id) == actor_id:
        return
    if not is_van and keeps(uow.people.get(UUID(actor_id)), target, uow):
        return
    raise NotReceiver(number=transfer.number, receiver=_receiver_words(transfer, uow))


def _receiver_words(transfer: Transfer, uow: EveryUnitOfWork) -> str:
    if transfer.receiver_id is not None:
        return uow.people.get(transfer.receiver_id).name
    return keeper_words(uow.parts.place(transfer.to_id), uow)


def _insist_on_offered(transfer: Transfer) -> None:
    if transfer.state != "offered":
        raise TransferEnded(number=transfer.number, state=STATE_WORDS[transfer.state])


def _words(transfer: Transfer, uow: EveryUnitOfWork) -> list[str]:
    lines = uow.hand_overs.transfer_lines(transfer.id)
    return words_of([(line.part_id, line.quantity, line.lot) for line in lines], uow)


def _facts(transfer: Transfer, cmd: Command) -> dict[str, Any]:
    return {
        "occurred_at": cmd.issued_at,
        "actor_id": cmd.actor_id,
        "transfer_id": transfer.id,
        "kind": transfer.kind,
        "from_id": transfer.from_id,
        "to_id": transfer.to_id,
        "sender_id": transfer.sender_id,
        "receiver_id": transfer.receiver_id,
        "request_id": transfer.request_id,
        "work_order_id": transfer.work_order_id,
    }
