"""Wishes about parts on their way to a job, in hand, used and brought back."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from domain.kernel.messages import Command, Message

LARGEST = Decimal(100_000)
"""More than this of one part in one go is a slip of the finger."""
REASON_LIMIT = 200
Amount = Annotated[Decimal, Field(gt=0, le=LARGEST, decimal_places=3)]
Lot = Annotated[str, Field(max_length=100)]


class PartLine(Message):
    """So much of a part; `lot` is the serial or the batch of a part whose pieces are told apart."""

    part_id: UUID
    quantity: Amount
    lot: Lot = ""


class WantedLine(Message):
    """So much of a part that somebody wants; from `place_id`, or wherever it is nearest."""

    part_id: UUID
    quantity: Amount
    place_id: UUID | None = None


class RequestParts(Command):
    """A technician asks for parts; they are reserved at once and wait for approval.

    Args:
        work_order_id: the job they are for; None for stock of their own van.
        fits_anyway: the technician was warned that a part does not fit the machine, and still wants it.
    """

    request_id: UUID
    work_order_id: UUID | None = None
    lines: tuple[WantedLine, ...] = Field(min_length=1, max_length=20)
    reason: str = Field(default="", max_length=REASON_LIMIT)
    fits_anyway: bool = False


class RequestReserved(Command):
    """A technician asks for what was reserved for their job when it was dispatched."""

    request_id: UUID
    work_order_id: UUID


class CancelPartsRequest(Command):
    """Whoever asked does not need it any more, and nothing of it was issued yet."""

    request_id: UUID


class IssueParts(Command):
    """A storekeeper lets the parts of a request out; they are handed over to whoever asked.

    Args:
        transfer_id: the hand-over this makes.
        lines: what is issued now, with serial or batch where the part has them.
    """

    request_id: UUID
    transfer_id: UUID
    lines: tuple[PartLine, ...] = Field(min_length=1, max_length=50)


class OfferParts(Command):
    """Somebody offers pieces that they answer for to another holder.

    Args:
        kind: `return` to a store, `hand_over` to a colleague, `transfer` between stores.
        from_id, to_id: places; the sender answers for the first one.
        receiver_id: the colleague who has to take them; None where a storekeeper of the place does.
    """

    transfer_id: UUID
    kind: Literal["return", "hand_over", "transfer"]
    from_id: UUID
    to_id: UUID
    receiver_id: UUID | None = None
    work_order_id: UUID | None = None
    lines: tuple[PartLine, ...] = Field(min_length=1, max_length=50)
    reason: str = Field(default="", max_length=REASON_LIMIT)


class TransferCommand(Command):
    """Somebody does something with a hand-over.

    Args:
        seen_rev: the revision on the card that was pressed; None where they said it in words.
    """

    transfer_id: UUID
    seen_rev: int | None = None


class TakeParts(TransferCommand):
    """The receiver has the pieces in hand and answers for them from now on."""


class RefuseParts(TransferCommand):
    """The receiver does not take them; they go back to the sender."""

    reason: str = Field(default="", max_length=REASON_LIMIT)


class RecallParts(TransferCommand):
    """The sender takes them back before anybody took them."""


class ReviewTransfer(TransferCommand):
    """The clock looks at a hand-over that nobody answered."""


class ReviewReservation(Command):
    """The clock looks at a reservation whose time is over."""

    reservation_id: UUID


class UseParts(Command):
    """A technician used pieces of their van on a job; their cost is the job's.

    Args:
        removed: serials of the old pieces they took the place of, where somebody read them.
    """

    work_order_id: UUID
    lines: tuple[PartLine, ...] = Field(min_length=1, max_length=50)
    removed: tuple[Lot, ...] = ()


class TakeBackUsed(Command):
    """A technician did not use pieces after all; they are in the van again and off the job's cost."""

    work_order_id: UUID
    lines: tuple[PartLine, ...] = Field(min_length=1, max_length=50)


class BringOldPart(Command):
    """A technician brings an old part back; a storekeeper has to take it."""

    old_part_id: UUID
    place_id: UUID


class TakeOldPart(Command):
    """A storekeeper has an old part in hand."""

    old_part_id: UUID
    lot: Lot = ""


class WaiveOldPart(Command):
    """A storekeeper or manager does without an old part, and says why."""

    old_part_id: UUID
    reason: str = Field(min_length=1, max_length=REASON_LIMIT)


class RepairOldPart(Command):
    """A storekeeper sends an old part that came back to be repaired, or says how that ended.

    Args:
        outcome: `send`, `repaired` (it is stock again, at no cost, at `place_id`) or `scrapped`.
    """

    old_part_id: UUID
    outcome: Literal["send", "repaired", "scrapped"]
    place_id: UUID | None = None


class ReviewOldPart(Command):
    """The clock looks at an old part that did not come back."""

    old_part_id: UUID
