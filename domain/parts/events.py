"""Facts about parts."""

from decimal import Decimal
from uuid import UUID

from domain.kernel.messages import Event


class StockMoved(Event):
    """Pieces left one place for another; the ledger has the same as an entry.

    Args:
        left, stands: how many are at `from_id` and `to_id` now; None outside.
    """

    part_id: UUID
    from_id: UUID
    to_id: UUID
    quantity: Decimal
    lot: str = ""
    value_fen: int
    reason: str
    work_order_id: UUID | None = None
    document_id: UUID | None = None
    left: Decimal | None = None
    stands: Decimal | None = None

    @property
    def subject_id(self) -> UUID:
        """Return the part."""
        return self.part_id


class ReservationEvent(Event):
    """Something happened to a reservation."""

    reservation_id: UUID
    part_id: UUID
    place_id: UUID
    quantity: Decimal
    work_order_id: UUID | None = None

    @property
    def subject_id(self) -> UUID:
        """Return the part."""
        return self.part_id


class PartsReserved(ReservationEvent):
    """Pieces are kept for somebody."""


class ReservationEnded(ReservationEvent):
    """They are not kept any more: issued, freed, or their time is over (`used`, `released`, `expired`)."""

    outcome: str


class RequestEvent(Event):
    """Something happened to a request for parts."""

    request_id: UUID
    work_order_id: UUID | None = None

    @property
    def subject_id(self) -> UUID:
        """Return the request."""
        return self.request_id


class PartsRequested(RequestEvent):
    """A technician asked for parts."""

    technician_id: UUID
    place_id: UUID
    amount_fen: int


class PartsApproved(RequestEvent):
    """It may be picked."""


class PartsRefused(RequestEvent):
    """It may not, or was withdrawn (`refused`, `withdrawn`)."""

    outcome: str


class PartsRequestCancelled(RequestEvent):
    """Whoever asked does not need it any more."""


class PartsIssued(RequestEvent):
    """Parts left the store; `complete` says that nothing of the request is left to pick."""

    transfer_id: UUID
    complete: bool


class TransferEvent(Event):
    """Something happened to a hand-over."""

    transfer_id: UUID
    kind: str
    from_id: UUID
    to_id: UUID
    sender_id: UUID
    receiver_id: UUID | None = None
    request_id: UUID | None = None
    work_order_id: UUID | None = None

    @property
    def subject_id(self) -> UUID:
        """Return the hand-over."""
        return self.transfer_id


class PartsOffered(TransferEvent):
    """Pieces wait for their receiver."""


class PartsTaken(TransferEvent):
    """The receiver answers for them now."""


class RefusalExplained(TransferEvent):
    """Whoever refused pieces said why afterwards."""

    reason: str


class PartsSentBack(TransferEvent):
    """They are at the sender's again: `refused`, `expired` or `recalled`."""

    outcome: str
    reason: str = ""


class TransferReminded(TransferEvent):
    """Pieces are on their way between stores for long, and nobody took them."""


class PartsUsed(Event):
    """Pieces were used on a job."""

    work_order_id: UUID
    part_id: UUID
    quantity: Decimal
    lot: str = ""
    value_fen: int
    technician_id: UUID
    replaced: str = ""

    @property
    def subject_id(self) -> UUID:
        """Return the job."""
        return self.work_order_id


class UsedTakenBack(Event):
    """Pieces were not used on a job after all."""

    work_order_id: UUID
    part_id: UUID
    quantity: Decimal
    lot: str = ""
    value_fen: int
    technician_id: UUID

    @property
    def subject_id(self) -> UUID:
        """Return the job."""
        return self.work_order_id


class OldPartEvent(Event):
    """Something happened to an old part."""

    old_part_id: UUID
    part_id: UUID
    work_order_id: UUID
    technician_id: UUID
    state: str

    @property
    def subject_id(self) -> UUID:
        """Return the old part."""
        return self.old_part_id


class OldPartOwed(OldPartEvent):
    """A technician has to bring an old part back."""


class OldPartChanged(OldPartEvent):
    """It is on its way, back, repaired, scrapped or waived; `place_id` is where it is to go or went."""

    place_id: UUID | None = None
    reason: str = ""


class OldPartReminded(OldPartEvent):
    """It is overdue."""
