"""What people are shown of one request, hand-over, purchase or count.

Quantities are words already, as in `domain.parts.views`.
"""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from domain.kernel.messages import Message
from domain.parts.views import PartLineView


class PartsRequestView(Message):
    """One request: the storekeeper's pick task, and the technician's receipt.

    Args:
        place: where it is picked.
        state: `approving`, `picking`, `issued`, `refused`, `cancelled` or `closed`.
        asked: who has to approve it, by name, while that is waited for.
        actions: `issue` for a storekeeper where no line needs a serial and all is there; `cancel` for the
            asker.
        lacks: what the place does not have any more, for the storekeeper.
        some: what can be let out meanwhile, as it is said to the bot.
        for_keeper: the reader picks it; otherwise they asked for it.
        remark: one line about the last change.
        page_url: where the reader picks it in a browser; empty for everybody else.
    """

    request_id: UUID
    version: int
    number: str
    order_number: str = ""
    asset: str = ""
    technician: str
    place: str
    lines: tuple[PartLineView, ...]
    state: str
    reason: str = ""
    asked: tuple[str, ...] = ()
    asked_at: AwareDatetime
    actions: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    for_keeper: bool = False
    remark: str = ""
    page_url: str = ""


class HandOverView(Message):
    """Pieces on their way from one holder to another, for the receiver or the sender.

    Args:
        kind: `issue`, `return`, `hand_over`, `transfer` or `old`.
        state: `offered`, `taken`, `refused`, `expired` or `recalled`.
        actions: `take` and `refuse` for a receiver, `recall` for the sender, while it is offered.
    """

    transfer_id: UUID
    version: int
    number: str
    kind: str
    sender: str
    receiver: str
    from_place: str
    to_place: str
    order_number: str = ""
    lines: tuple[PartLineView, ...]
    state: str
    reason: str = ""
    back_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    actions: tuple[str, ...] = ()


class PurchaseView(Message):
    """One purchase, for whoever buys.

    Args:
        state: `approving`, `approved`, `ordered`, `done`, `refused` or `cancelled`.
        supplier_record: how they kept their word, in words, while it is to be ordered.
        shipped, shipment: how many the supplier said are on their way, and how the last ones travel.
        actions: `receive` where all that is missing can be received in one tap.
    """

    purchase_id: UUID
    version: int
    number: str
    part: PartLineView
    place: str
    received: str
    missing: str
    supplier: str = ""
    supplier_record: str = ""
    shipped: str = ""
    shipment: str = ""
    expected_on: date | None = None
    order_number: str = ""
    requested_by: str
    reason: str = ""
    state: str
    late: bool = False
    actions: tuple[str, ...] = ()
    remark: str = ""


class CountLineView(Message):
    """One difference of a count; the books are shown only when it is done."""

    code: str
    name: str
    lot: str = ""
    unit: str = "个"
    booked: str
    counted: str
    difference: str
    value_fen: int


class CountView(Message):
    """A count, while it runs (blind: what was entered only) or when it is done.

    Args:
        state: `counting`, `submitted`, `posted`, `refused` or `cancelled`.
        entered: how many lines have a number; `total` of how many.
        missing: what nobody counted yet, by code and name, as far as there is room.
        lines: the differences, once it is submitted.
        value_fen: what they are worth together; negative for a loss.
    """

    count_id: UUID
    version: int
    number: str
    place: str
    state: str
    started_by: str
    started_at: AwareDatetime
    entered: int
    total: int
    missing: tuple[str, ...] = ()
    last: str = ""
    lines: tuple[CountLineView, ...] = ()
    value_fen: int = 0
    remark: str = ""


class LatePurchase(Message):
    """A purchase that was not there on its promised day.

    Args:
        late_d: how many days it was late, or is until today.
        came_late: how many pieces came after the day; `missing` how many never came, or not yet.
    """

    number: str
    part: str
    promised_on: date
    expected_on: date | None = None
    late_d: int
    came_late: str = ""
    missing: str = ""
    open: bool = False


class SupplierLine(Message):
    """How one supplier kept their word within a year.

    Args:
        purchases, on_time: how many were due, and how many of them were complete in time.
        on_time_percent: None where nothing was due.
        average_late_d: of the late ones; None where none was.
        late_now: how many are late and not complete today.
        enough: there are enough to judge by.
    """

    code: str
    name: str
    purchases: int
    on_time: int
    on_time_percent: int | None = None
    average_late_d: float | None = None
    late_now: int = 0
    enough: bool = False


class SupplierView(Message):
    """`供应商 华东轴承`: one supplier, for whoever buys."""

    line: SupplierLine
    contact: str = ""
    lead_days: int = 0
    late: tuple[LatePurchase, ...] = ()


class SuppliersView(Message):
    """`供应商`: those that had something due, the worst first."""

    lines: tuple[SupplierLine, ...] = ()
    more: int = 0
