"""What people are told about parts: living cards of requests and hand-overs, and news in words."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.notices import Notice, person_audience
from domain.parts.events import (
    PartsApproved,
    PartsOffered,
    PartsSentBack,
    PartsTaken,
    RefusalExplained,
    RequestEvent,
    TransferEvent,
    TransferReminded,
)
from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part
from domain.parts.model.documents import PartsRequest, Transfer
from domain.parts.views import PartsNewsView
from domain.parts.wording import line_words
from domain.people.model import Person
from domain.policies.parts_places import keepers_of
from domain.policies.parts_views import hand_over_view, request_view
from domain.policies.ports import EveryUnitOfWork
from domain.policies.store_page import picking_url
from domain.workorder.events import JobPartsChanged
from domain.workorder.handlers.happen import happen
from domain.workorder.model import WorkOrder

NOTE_LIMIT = 300


def show_request(event: RequestEvent, uow: EveryUnitOfWork) -> None:
    """Keep the card of a request up to date: whoever asked for it has one, and who picks it gets a task."""
    request = uow.hand_overs.request(event.request_id)
    asker = uow.people.get(request.technician_id)
    # Of everything else they hear by an answer, by news, or by the card of the hand-over.
    is_approved = isinstance(event, PartsApproved)
    _show_request(request, asker, event.occurred_at, uow, anew=False, quiet=not is_approved)
    if request.state == "approving":
        return
    calls = is_approved and request.state == "picking"
    for keeper in keepers_of(uow.parts.place(request.place_id), uow):
        if keeper.id != asker.id:
            _show_request(request, keeper, event.occurred_at, uow, anew=calls, quiet=not calls)


def _show_request(
    request: PartsRequest, reader: Person, at: datetime, uow: EveryUnitOfWork, *, anew: bool, quiet: bool
) -> None:
    view = request_view(request, reader, uow)
    view = view.model_copy(update={"page_url": picking_url(request, reader, at, uow)})
    uow.notify(
        Notice(
            audience=person_audience(str(reader.id)),
            card="parts_request",
            view=view.model_dump(mode="json"),
            dedupe_key=f"parts-request:{request.id}:{request.rev}:{at.timestamp()}:{reader.id}",
            subject_id=request.id,
            living=True,
            anew=anew,
            asks=anew,
            quiet=quiet,
        )
    )


def show_hand_over(event: TransferEvent, uow: EveryUnitOfWork) -> None:
    """Keep the cards of a hand-over up to date: the receiver's, who has to answer it, and the sender's."""
    transfer = uow.hand_overs.transfer(event.transfer_id)
    offered, back = isinstance(event, PartsOffered), isinstance(event, PartsSentBack)
    calls = offered or isinstance(event, TransferReminded)
    for reader in receivers(transfer, uow):
        if reader.id != transfer.sender_id:
            ends = back and event.actor_id != str(reader.id)
            _show_hand_over(transfer, reader, event.occurred_at, uow, anew=calls, quiet=not (calls or ends))
    lost = back and event.actor_id != str(transfer.sender_id)
    is_taken_issue = isinstance(event, PartsTaken) and transfer.kind == "issue"
    quiet = calls or is_taken_issue or isinstance(event, RefusalExplained)
    sender = uow.people.get(transfer.sender_id)
    _show_hand_over(transfer, sender, event.occurred_at, uow, anew=lost, quiet=quiet)


def receivers(transfer: Transfer, uow: EveryUnitOfWork) -> Sequence[Person]:
    """Return who has to take a hand-over, or took it."""
    if transfer.receiver_id is not None:
        return [uow.people.get(transfer.receiver_id)]
    return keepers_of(uow.parts.place(transfer.to_id), uow)


def _show_hand_over(
    transfer: Transfer, reader: Person, at: datetime, uow: EveryUnitOfWork, *, anew: bool, quiet: bool
) -> None:
    view = hand_over_view(transfer, reader, uow)
    uow.notify(
        Notice(
            audience=person_audience(str(reader.id)),
            card="hand_over",
            view=view.model_dump(mode="json"),
            dedupe_key=f"hand-over:{transfer.id}:{transfer.rev}:{at.timestamp()}:{reader.id}",
            subject_id=transfer.id,
            living=True,
            anew=anew,
            asks=anew and bool(view.actions),
            quiet=quiet and not anew,
        )
    )


def tell_parts_news(
    news: str,
    people: Collection[UUID],
    key: str,
    uow: EveryUnitOfWork,
    *,
    number: str = "",
    order: WorkOrder | None = None,
    lines: Sequence[str] = (),
    facts: Mapping[str, str] | None = None,
) -> None:
    """Tell people something about parts in words, each once.

    Args:
        key: what happened, so that the same is never told twice.
    """
    view = PartsNewsView(
        news=news,
        number=number,
        order_number=order.number if order is not None else "",
        lines=tuple(lines),
        facts=dict(facts or {}),
    )
    for person_id in dict.fromkeys(people):
        uow.notify(
            Notice(
                audience=person_audience(str(person_id)),
                card="parts_news",
                view=view.model_dump(mode="json"),
                dedupe_key=f"parts:{news}:{key}:{person_id}"[-200:],
            )
        )


def tell_job(
    order: WorkOrder | None,
    what: str,
    parts: Sequence[str],
    actor_id: str,
    at: datetime,
    uow: EveryUnitOfWork,
    note: str = "",
) -> None:
    """Let a job's cards and time line say that its parts are others now; a request without a job has none."""
    if order is None or not parts:
        return
    happen(
        uow,
        order,
        JobPartsChanged(
            occurred_at=at,
            actor_id=actor_id,
            work_order_id=order.id,
            what=what,
            parts="，".join(parts)[:NOTE_LIMIT],
            note=note[:NOTE_LIMIT],
        ),
    )


def words_of(lines: Sequence[tuple[UUID, Decimal, str]], uow: EveryUnitOfWork) -> list[str]:
    """Return one line of words for each part, with its quantity and its serials."""
    found: dict[UUID, tuple[Decimal, list[str]]] = {}
    for part_id, quantity, lot in lines:
        total, lots = found.get(part_id, (Decimal(0), []))
        found[part_id] = (total + quantity, [*lots, lot])
    return [line_words(uow.parts.get(part_id), total, lots) for part_id, (total, lots) in found.items()]


def spoken(lines: Sequence[tuple[Part, Decimal]]) -> str:
    """Return parts as people say them to the bot: `6204 ×2，KB-10 ×1`."""
    return "，".join(f"{part.code} ×{quantity_words(quantity)}" for part, quantity in lines)
