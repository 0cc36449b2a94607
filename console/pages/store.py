"""The storekeeper's page of one place: pick and issue by scan, receive, and count blind."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID, uuid5

from pydantic import Field

from cards.text_parts import REFUSED, TAKEN
from cards.text_staff_pages import STORE_TITLE
from cards.text_store import (
    COUNT_CANCELLED,
    COUNT_STARTED,
    COUNT_SUBMITTED,
    COUNTED,
    ISSUED,
    ISSUED_PART,
    RECEIVED,
    RECEIVED_PART,
)
from console.errors import NotOnThisPage
from console.page import Body, Deed, Done, PageSpec, Visit
from console.pages.store_data import counted, data, place_of, request_here
from domain.kernel.bus import Bus
from domain.kernel.links import Page
from domain.parts.commands import (
    REASON_LIMIT,
    Amount,
    IssueParts,
    Lot,
    PartLine,
    RefuseParts,
    TakeParts,
)
from domain.parts.ledger import quantity_words
from domain.parts.model.documents import Transfer
from domain.parts.model.supply import StockCount
from domain.parts.supply_commands import (
    CancelCount,
    Counted,
    EnterCount,
    Price,
    ReceivePurchase,
    StartCount,
    SubmitCount,
)
from domain.parts.wording import line_words
from domain.policies.parts_tell import words_of

_MADE = UUID("c1f0b3ce-2d0f-4a53-8a0b-2f6f3d1c7a55")
"""Makes the id of what a submission makes from its key."""
Lots = Annotated[tuple[Lot, ...], Field(max_length=200)]


class Line(Body):
    """So much of a part, with serial or batch where it has them."""

    part_id: UUID
    quantity: Amount
    lot: Lot = ""


class Issue(Body):
    """What of a request is let out now."""

    request_id: UUID
    lines: tuple[Line, ...] = Field(min_length=1, max_length=50)


class Receive(Body):
    """What of a purchase arrived; without a price it cost what was ordered for."""

    purchase_id: UUID
    quantity: Amount
    lots: Lots = ()
    price_fen: Price | None = None


class Answer(Body):
    """A hand-over that is taken or refused, as it was seen."""

    transfer_id: UUID
    version: int
    reason: str = Field(default="", max_length=REASON_LIMIT)


class Nothing(Body):
    """No more than the wish itself."""


class CountIt(Body):
    """The count that is meant."""

    count_id: UUID


class Enter(CountIt):
    """So many were found."""

    part_id: UUID
    quantity: Counted
    lot: Lot = ""


def page(bus: Bus) -> PageSpec:
    """Return the page."""
    keeper = Keeper(bus)
    return PageSpec(
        page=Page.STORE,
        title=STORE_TITLE,
        data=data,
        deeds={
            "issue": Deed(Issue, keeper.issue),
            "receive": Deed(Receive, keeper.receive),
            "take": Deed(Answer, keeper.take),
            "refuse": Deed(Answer, keeper.refuse),
            "start_count": Deed(Nothing, keeper.start_count),
            "enter": Deed(Enter, keeper.enter),
            "submit_count": Deed(CountIt, keeper.submit_count),
            "cancel_count": Deed(CountIt, keeper.cancel_count),
        },
    )


class Keeper:
    """What a storekeeper does at the place of the link; every wish is the one that the chat knows."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def issue(self, visit: Visit, body: Issue) -> Done:
        """Let parts of a request out."""
        place_of(visit)
        request = request_here(body.request_id, visit)
        if request is None:
            raise NotOnThisPage
        lines = _merged(body.lines)
        command = IssueParts(
            request_id=request.id, transfer_id=_made(visit, "issue"), lines=lines, **visit.cause()
        )
        self._bus.handle(command, visit.uow)
        transfer = visit.uow.hand_overs.find_transfer(command.transfer_id)
        assert transfer is not None, "the command made it"
        again = visit.uow.hand_overs.request(request.id)
        words = ISSUED if again.state != "picking" else ISSUED_PART
        return Done(
            words.format(
                number=request.number,
                lines="，".join(words_of([(one.part_id, one.quantity, one.lot) for one in lines], visit.uow)),
                receiver=visit.uow.people.get(request.technician_id).name,
                transfer=transfer.number,
            )
        )

    def receive(self, visit: Visit, body: Receive) -> Done:
        """Take what arrived of a purchase into the books."""
        place = place_of(visit)
        found = visit.uow.supply.find_purchase(body.purchase_id)
        if found is None or found.place_id != place.id:
            raise NotOnThisPage
        command = ReceivePurchase(
            purchase_id=found.id,
            quantity=body.quantity,
            lots=body.lots,
            price_fen=body.price_fen,
            **visit.cause(),
        )
        self._bus.handle(command, visit.uow)
        purchase = visit.uow.supply.purchase(found.id)
        part, left = visit.uow.parts.get(purchase.part_id), purchase.quantity - purchase.received
        return Done(
            (RECEIVED_PART if left else RECEIVED).format(
                number=purchase.number,
                lines=line_words(part, body.quantity, body.lots),
                place=place.name,
                left=quantity_words(left),
                unit=part.unit,
            )
        )

    def take(self, visit: Visit, body: Answer) -> Done:
        """Have in hand what a technician brings back or another store sends."""
        transfer = _transfer(visit, body)
        command = TakeParts(transfer_id=transfer.id, seen_rev=body.version, **visit.cause())
        self._bus.handle(command, visit.uow)
        return _answered(TAKEN, transfer, visit)

    def refuse(self, visit: Visit, body: Answer) -> Done:
        """Let it go back to whoever sent it."""
        transfer = _transfer(visit, body)
        command = RefuseParts(
            transfer_id=transfer.id, seen_rev=body.version, reason=body.reason, **visit.cause()
        )
        self._bus.handle(command, visit.uow)
        return _answered(REFUSED, transfer, visit)

    def start_count(self, visit: Visit, body: Nothing) -> Done:
        """Freeze the books of the place for comparison."""
        place = place_of(visit)
        command = StartCount(count_id=_made(visit, "count"), place_id=place.id, **visit.cause())
        self._bus.handle(command, visit.uow)
        count = visit.uow.supply.count(command.count_id)
        return Done(COUNT_STARTED.format(number=count.number, place=place.name))

    def enter(self, visit: Visit, body: Enter) -> Done:
        """Keep how many were found; the newer number counts."""
        count = _count(visit, body)
        command = EnterCount(
            count_id=count.id, part_id=body.part_id, quantity=body.quantity, lot=body.lot, **visit.cause()
        )
        self._bus.handle(command, visit.uow)
        lines = visit.uow.supply.count_lines(count.id)
        entered = line_words(visit.uow.parts.get(body.part_id), body.quantity, (body.lot,))
        done = sum(line.counted is not None for line in lines)
        return Done(COUNTED.format(lines=entered, entered=done, total=len(lines)))

    def submit_count(self, visit: Visit, body: CountIt) -> Done:
        """Ask for the approval of what differs, and show it."""
        count = _count(visit, body)
        self._bus.handle(SubmitCount(count_id=count.id, **visit.cause()), visit.uow)
        after = visit.uow.supply.count(count.id)
        return Done(COUNT_SUBMITTED.format(number=after.number), {"count": counted(after, visit)})

    def cancel_count(self, visit: Visit, body: CountIt) -> Done:
        """Let a count be for nothing."""
        count = _count(visit, body)
        self._bus.handle(CancelCount(count_id=count.id, **visit.cause()), visit.uow)
        return Done(COUNT_CANCELLED.format(number=count.number))


def _merged(lines: tuple[Line, ...]) -> tuple[PartLine, ...]:
    """Return every part and lot once."""
    total: dict[tuple[UUID, str], Decimal] = {}
    for line in lines:
        key = (line.part_id, line.lot)
        total[key] = total.get(key, Decimal(0)) + line.quantity
    return tuple(PartLine(part_id=part_id, quantity=total[part_id, lot], lot=lot) for part_id, lot in total)


def _made(visit: Visit, what: str) -> UUID:
    """Return the id of what a submission makes; the same submission makes the same one."""
    return uuid5(_MADE, f"{visit.key}|{what}")


def _transfer(visit: Visit, body: Answer) -> Transfer:
    place = place_of(visit)
    found = visit.uow.hand_overs.find_transfer(body.transfer_id)
    if found is None or found.to_id != place.id:
        raise NotOnThisPage
    return found


def _answered(words: str, transfer: Transfer, visit: Visit) -> Done:
    lines = visit.uow.hand_overs.transfer_lines(transfer.id)
    return Done(
        words.format(
            number=transfer.number,
            parts="，".join(words_of([(one.part_id, one.quantity, one.lot) for one in lines], visit.uow)),
            place=visit.uow.parts.place(transfer.to_id).name,
            sender=visit.uow.people.get(transfer.sender_id).name,
        )
    )


def _count(visit: Visit, body: CountIt) -> StockCount:
    place = place_of(visit)
    found = visit.uow.supply.find_count(body.count_id)
    if found is None or found.place_id != place.id:
        raise NotOnThisPage
    return found
