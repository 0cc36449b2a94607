"""Cards of stores: picking a request, a purchase, a stock count."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from cards.spec import Button, ButtonStyle, Card, CardAction, Tone
from cards.text_store import (
    COUNT_DONE_LABEL,
    COUNT_DONE_WORDS,
    COUNT_ENTERED,
    COUNT_HINT,
    COUNT_LABELS,
    COUNT_LEFT_LABEL,
    COUNT_LEFT_WORDS,
    COUNT_LINE,
    COUNT_MORE,
    COUNT_NO_DIFFERENCE,
    COUNT_STATUS,
    COUNT_TITLE,
    LACKS,
    LACKS_SOME,
    PICK_ALL_LABEL,
    PICK_ALL_WORDS,
    PICK_DONE_LABEL,
    PICK_DONE_WORDS,
    PICKING_HOW,
    PICKING_LABELS,
    PICKING_LAST,
    PICKING_LINE,
    PICKING_LOTS,
    PICKING_LOTS_HERE,
    PICKING_READY,
    PICKING_STATUS,
    PICKING_TITLE,
    PURCHASE_HINT,
    PURCHASE_LABELS,
    PURCHASE_LATE,
    PURCHASE_RECEIVED,
    PURCHASE_STATUS,
    PURCHASE_TITLE,
    RECEIVED_LABEL,
    RECEIVED_WORDS,
)
from domain.kernel.localtime import day_words, local_time
from domain.kernel.messages import Message
from domain.kernel.money import grouped_yuan
from domain.parts.document_views import CountLineView, CountView, PurchaseView
from domain.parts.views import PartLineView

LINES_SHOWN = 10
LOTS_SHOWN = 6
_COUNT_TONE = {"counting": Tone.INFO, "submitted": Tone.WARNING, "posted": Tone.SUCCESS}
_PURCHASE_TONE = {"approving": Tone.NEUTRAL, "approved": Tone.WARNING, "ordered": Tone.INFO}


class PickingView(Message):
    """How far a storekeeper is with picking a request.

    Args:
        last: what was scanned or typed last.
        picked: something was picked and not issued yet.
        complete: nothing is left to be picked.
        lots_needed: a line needs serials or batches, so it cannot be issued in one tap.
        lacks, some: what the place does not have any more, and what can be let out meanwhile.
    """

    request_id: UUID
    version: int
    number: str
    order_number: str = ""
    technician: str
    place: str
    lines: tuple[PartLineView, ...]
    last: str = ""
    picked: bool = False
    complete: bool = False
    lots_needed: bool = False
    lacks: tuple[str, ...] = ()
    some: tuple[str, ...] = ()


def picking(view: PickingView) -> Card:
    """Lay out what is to be picked and what was."""
    state = "complete" if view.complete else "some" if view.picked else "none"
    last = PICKING_LAST.format(line=view.last) if view.last else ""
    return Card(
        title=PICKING_TITLE.format(number=view.number),
        status=PICKING_STATUS[state],
        tone=Tone.SUCCESS if view.complete else Tone.INFO,
        fields=tuple(
            (label, value)
            for label, value in (
                (PICKING_LABELS["technician"], view.technician),
                (PICKING_LABELS["order"], view.order_number),
                (PICKING_LABELS["place"], view.place),
            )
            if value
        ),
        body="\n".join(_pick_line(line) for line in view.lines),
        hint=last + _picking_hint(view),
        buttons=tuple(_pick_buttons(view)),
    )


def lacks_words(number: str, lacks: Sequence[str], some: Sequence[str]) -> str:
    """Return what is missing for a request, and what can be done."""
    said = LACKS_SOME.format(number=number, lines="，".join(some)) if some else ""
    return LACKS.format(missing="，".join(lacks), some=said)


def purchase(view: PurchaseView) -> Card:
    """Lay out one purchase for whoever buys or receives."""
    status = PURCHASE_LATE if view.late and view.state == "ordered" else PURCHASE_STATUS[view.state]
    hint = PURCHASE_HINT.get(view.state, "").format(number=view.number)
    tone = Tone.DANGER if view.late else _PURCHASE_TONE.get(view.state, Tone.NEUTRAL)
    buttons: tuple[Button, ...] = ()
    if "receive" in view.actions:
        buttons = (
            Button(
                RECEIVED_LABEL,
                CardAction("store.received", view.purchase_id, view.version),
                RECEIVED_WORDS.format(number=view.number, missing=view.missing),
                ButtonStyle.PRIMARY,
            ),
        )
    return Card(
        title=PURCHASE_TITLE.format(number=view.number, name=_name(view.part), quantity=view.part.quantity),
        status=status,
        tone=tone,
        fields=tuple((label, value) for label, value in _purchase_fields(view) if value),
        hint="".join(part for part in (view.remark, hint) if part),
        buttons=buttons,
    )


def stock_count(view: CountView) -> Card:
    """Lay out a count: blind while it runs, its differences once it is done."""
    running = view.state == "counting"
    buttons = (
        Button(
            COUNT_DONE_LABEL,
            CardAction("store.count_done", view.count_id, view.version),
            COUNT_DONE_WORDS.format(number=view.number),
            ButtonStyle.PRIMARY,
        ),
        Button(
            COUNT_LEFT_LABEL,
            CardAction("store.count_left", view.count_id, view.version),
            COUNT_LEFT_WORDS,
        ),
    )
    return Card(
        title=COUNT_TITLE[view.state].format(number=view.number),
        status=COUNT_STATUS[view.state],
        tone=_COUNT_TONE.get(view.state, Tone.NEUTRAL),
        fields=tuple(_count_fields(view)),
        body="" if running else _differences(view),
        hint="".join(part for part in (view.remark, COUNT_HINT[view.state]) if part),
        buttons=buttons if running else (),
    )


def _picking_hint(view: PickingView) -> str:
    if view.complete and view.picked:
        return PICKING_READY
    if view.lacks and not view.picked:
        return lacks_words(view.number, view.lacks, view.some)
    return PICKING_HOW


def _pick_line(line: PartLineView) -> str:
    shown = "、".join(line.lots[:LOTS_SHOWN])
    words = PICKING_LOTS if line.done else PICKING_LOTS_HERE
    return PICKING_LINE.format(
        mark="✓" if line.done == line.quantity else "·",
        name=_name(line),
        spec=f" {line.spec}" if line.spec else "",
        wanted=line.quantity,
        picked=line.done or "0",
        unit=line.unit,
        lots=words.format(lots=shown) if shown else "",
    )


def _pick_buttons(view: PickingView) -> Iterator[Button]:
    if view.picked:
        action = CardAction("store.issue_done", view.request_id, view.version)
        yield Button(PICK_DONE_LABEL, action, PICK_DONE_WORDS, ButtonStyle.PRIMARY)
    elif not view.lots_needed and not view.complete and not view.lacks:
        action = CardAction("store.issue_all", view.request_id, view.version)
        words = PICK_ALL_WORDS.format(number=view.number)
        yield Button(PICK_ALL_LABEL, action, words, ButtonStyle.PRIMARY)


def _purchase_fields(view: PurchaseView) -> Iterator[tuple[str, str]]:
    part = view.part
    yield PURCHASE_LABELS["part"], f"{_name(part)}{f' {part.spec}' if part.spec else ''}"
    yield PURCHASE_LABELS["place"], view.place
    yield (
        PURCHASE_LABELS["received"],
        PURCHASE_RECEIVED.format(received=view.received, missing=view.missing, unit=part.unit),
    )
    price = f"{grouped_yuan(part.price_fen)} 元" if part.price_fen is not None else ""
    yield PURCHASE_LABELS["price"], price
    yield PURCHASE_LABELS["supplier"], _with(view.supplier, view.supplier_record)
    yield (
        PURCHASE_LABELS["shipped"],
        _with(f"{view.shipped}{part.unit}", view.shipment) if view.shipped else "",
    )
    yield PURCHASE_LABELS["expected"], day_words(view.expected_on)
    yield PURCHASE_LABELS["order"], view.order_number
    yield PURCHASE_LABELS["who"], view.requested_by
    yield PURCHASE_LABELS["reason"], view.reason


def _with(words: str, more: str) -> str:
    return f"{words}（{more}）" if words and more else words


def _count_fields(view: CountView) -> Iterator[tuple[str, str]]:
    yield COUNT_LABELS["place"], view.place
    yield COUNT_LABELS["who"], view.started_by
    yield COUNT_LABELS["since"], local_time(view.started_at)
    yield COUNT_LABELS["entered"], COUNT_ENTERED.format(entered=view.entered, total=view.total)
    if view.state in ("submitted", "posted", "refused"):
        yield COUNT_LABELS["value"], f"{_signed_yuan(view.value_fen)} 元"


def _differences(view: CountView) -> str:
    if view.state == "cancelled":
        return ""
    if not view.lines:
        return COUNT_NO_DIFFERENCE
    lines = [_difference(line) for line in view.lines[:LINES_SHOWN]]
    left = len(view.lines) - len(lines)
    return "\n".join([*lines, *([COUNT_MORE.format(count=left)] if left > 0 else [])])


def _difference(line: CountLineView) -> str:
    name = line.name if line.code in line.name else f"{line.name} {line.code}"
    return COUNT_LINE.format(
        name=name,
        lot=f"（{line.lot}）" if line.lot else "",
        booked=line.booked,
        counted=line.counted,
        difference=line.difference,
        unit=line.unit,
        value=_signed_yuan(line.value_fen),
    )


def _signed_yuan(amount_fen: int) -> str:
    return f"-{grouped_yuan(-amount_fen)}" if amount_fen < 0 else grouped_yuan(amount_fen)


def _name(part: PartLineView) -> str:
    return part.name if part.code in part.name else f"{part.name} {part.code}"
