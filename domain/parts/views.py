"""What people are shown of parts.

Every quantity is words already (`2`, `1.5`), because a card neither reckons nor rounds; costs are in fen and
None for who may not see them.
"""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from domain.kernel.messages import Message


class PartLineView(Message):
    """So much of one part.

    Args:
        done: how many of them were issued, taken or counted already; empty where that says nothing.
        lots: serials or batches: those that are meant, or those to choose from.
    """

    part_id: UUID
    code: str
    name: str
    spec: str = ""
    unit: str = "个"
    quantity: str
    done: str = ""
    lots: tuple[str, ...] = ()
    price_fen: int | None = None


class PlaceLine(Message):
    """How much of a part is at one place.

    Args:
        kind: a value of `PlaceKind`.
        free: what nobody has reserved.
        near: it is the reader's own van, or in their region.
        own: it is the reader's own van.
    """

    name: str
    kind: str
    keeper: str = ""
    quantity: str
    reserved: str = "0"
    free: str
    near: bool = False
    own: bool = False


class OnOrderLine(Message):
    """Pieces that were bought and did not arrive yet; `expected_on` is None until it was ordered."""

    number: str
    quantity: str
    expected_on: date | None = None


class StockView(Message):
    """The answer to `库存 6204`: where a part is, and what may stand in for it.

    Args:
        lead: why it is shown, where nobody asked: e.g. that there is not enough.
        substitutes: code, name and how many are free, one line each.
        models: what it fits; empty where it fits anything.
        value_fen: what all of it cost.
        free: how many nobody has reserved, in stores and vans.
        asks: the reader may ask for it.
    """

    part_id: UUID
    code: str
    name: str
    spec: str = ""
    unit: str = "个"
    lead: str = ""
    price_fen: int | None = None
    value_fen: int | None = None
    models: tuple[str, ...] = ()
    total: str = "0"
    free: str = "0"
    asks: bool = False
    places: tuple[PlaceLine, ...] = ()
    in_transit: str = "0"
    on_order: tuple[OnOrderLine, ...] = ()
    substitutes: tuple[str, ...] = ()
    low: bool = False


class PartChoiceView(Message):
    """Several parts may be meant; the buttons say the same words again with a code.

    Args:
        ask_id: what the buttons are about.
        text: what was looked for.
        parts: each with how many are free in stores and vans.
        words: for each part the words that ask for it.
    """

    ask_id: UUID
    text: str
    parts: tuple[PartLineView, ...]
    words: tuple[str, ...]


class PartsNewsView(Message):
    """A message in words about parts.

    Every key with the facts it carries; `lines` are always the parts it is about. To whoever asked:
    `refused` (by, text), `cancelled` (by, why), `expired` (place, again: the words that ask for it again),
    `written_off` (undo: words that take one of them back), `return_these` (why, again: words that return
    them), `return_taken` (by, place), `old_owed` (due), `old_overdue` (due, days), `old_back` (by, place),
    `old_waived` (by, reason). To whoever keeps a place: `pick_again` (technician, place, until: when they are
    no longer kept), `old_sent` (technician, place). To the sender of a way between stores: `on_the_way`
    (from, to, since). To whoever is above a technician: `old_overdue_boss` (technician, due, days).

    Args:
        news: a key of the words, e.g. `written_off`, `low`, `arrived`.
        number: of the request, hand-over, purchase, count or old part; may be empty.
        order_number: of the job; may be empty.
        lines: parts with quantities in words.
        facts: what else the words need; a fact that nobody knows is empty.

    News about what keeps the stock right, with their facts:
        low: a part fell below its safety stock (`part code place quantity below order unit`; `order` is how
            many were asked for, empty where the rule only alerts); `lines` is the part with what is left.
        refilled: the same card when it is not low any more, same facts.
        purchase_to_order: approved and not ordered for two days (`place supplier`); `number`, `lines`.
        purchase_late: ordered and not there on the day (`place supplier expected`); `number`, `lines`.
        supplier_moves, supplier_agrees, shipped: what a supplier says about a purchase (`place from expected
            job`, and `before` or `shipment`); to whoever buys and the technician of the job that waits.
        purchase_off: a job's purchase was refused or ended (`reason`, may be empty); to its technician.
        arrived: parts a job waited for are there (`place kept again waits`): `kept` is how many are reserved
            for the job, empty where none was free; `again` the words that ask for them; `waits` is `1` where
            other purchases of the job are still missing.
        count_left: what of an approved count could not be posted, because it left meanwhile (`place`).
        count_freed: reserved pieces are not there, a count found (`place`); `number` is the request's.
    """

    news: str
    number: str = ""
    order_number: str = ""
    lines: tuple[str, ...] = ()
    facts: dict[str, str] = Field(default_factory=dict)


class HolderView(Message):
    """`我的车`: what somebody answers for.

    Args:
        coming: hand-overs they have to take, e.g. `DB-20261130-0001 轴承 6204 ×2（赵仓发出）`.
        leaving: hand-overs of theirs that nobody took yet.
        old: old parts they have to bring back, with the day.
    """

    holder: str
    lines: tuple[PartLineView, ...] = ()
    coming: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    old: tuple[str, ...] = ()
    more: int = 0


class PieceMove(Message):
    """One movement of a piece, in words."""

    at: AwareDatetime
    from_place: str
    to_place: str
    reason: str
    who: str
    order_number: str = ""


class PieceView(Message):
    """`谁拿着 SN…`: where a serial or a batch is, who answers for it, and how it came there.

    Args:
        where: place with holder and quantity, one line each; empty where it left the stock.
        in_asset: the machine it sits in, or empty.
        moves: newest first.
    """

    lot: str
    part: str
    where: tuple[str, ...] = ()
    in_asset: str = ""
    moves: tuple[PieceMove, ...] = ()


class LowLine(Message):
    """One part below its safety stock."""

    code: str
    name: str
    place: str
    quantity: str
    below: str
    unit: str = "个"
    purchase: str = ""


class LowStockView(Message):
    """`低库存`: what is below its safety stock now."""

    lines: tuple[LowLine, ...] = ()
    more: int = 0


class DocumentLine(Message):
    """One request, hand-over, purchase, count or old part in a list."""

    number: str
    text: str
    state: str
    since: AwareDatetime | None = None
    due_on: date | None = None
    words: str = ""


class DocumentsView(Message):
    """A list of documents: `待出库`, `在途配件`, `领料单`, `采购单`, `旧件`, `盘点`.

    Args:
        kind: `picks`, `transit`, `requests`, `purchases`, `old` or `counts`.
        page_url: where the reader works on them in a browser; may be empty.
    """

    kind: str
    lines: tuple[DocumentLine, ...] = ()
    more: int = 0
    page_url: str = ""
