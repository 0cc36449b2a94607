"""Cards about parts: one part everywhere, parts to choose from, a request, a hand-over."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cards.part_lines import called, line_words, lines_words
from cards.spec import Button, ButtonStyle, Card, CardAction, Link, Tone
from cards.store import lacks_words
from cards.text_parts import (
    AT_PLACE,
    AT_VAN,
    BACK_AT,
    BRANCHES,
    CENTRE,
    CHOICE_FIELD,
    CHOICE_FREE,
    CHOICE_HINT,
    CHOICE_PART,
    CHOICE_TITLE,
    DONE_OF,
    ENDED_AT,
    FAR_VANS,
    FOR_VAN,
    HAND_OVER_BUTTONS,
    HAND_OVER_STATE,
    HAND_OVER_TITLE,
    IN_TRANSIT,
    ISSUED_BACK_HINT,
    LABEL_ASKED,
    LABEL_ASKED_AT,
    LABEL_ASSET,
    LABEL_BACK,
    LABEL_FOR,
    LABEL_LOTS,
    LABEL_ORDER,
    LABEL_PARTS,
    LABEL_PLACE,
    LABEL_REASON,
    LABEL_VAN_STOCK,
    LABEL_WAY,
    MODELS,
    NEAR_VANS,
    ON_ORDER,
    ORDERED,
    ORDERED_UNKNOWN,
    OWN_VAN,
    PICK_HINT,
    PICK_HINT_LOT,
    PICK_STATE,
    PICK_TITLE,
    PRICE,
    RECALL_HINT,
    REPAIRING,
    REQUEST_BUTTONS,
    REQUEST_HINT,
    REQUEST_STATE,
    REQUEST_TITLE,
    RESERVED,
    SIDE,
    SPEC,
    STOCK_FREE,
    STOCK_HINT,
    STOCK_LOW,
    STOCK_NONE,
    STOCK_TITLE,
    SUBSTITUTES,
    TAKE_HINT,
    TO_TAKE,
    VALUE,
    WAY,
    YUAN,
)
from cards.text_staff_pages import STORE_LINK, STORE_LINK_TEXT
from domain.kernel.localtime import day_words, local_time
from domain.kernel.money import grouped_yuan
from domain.parts.document_views import HandOverView, PartsRequestView
from domain.parts.ledger import quantity_words
from domain.parts.places import PlaceKind
from domain.parts.views import OnOrderLine, PartChoiceView, PlaceLine, StockView

LABEL_CHARS = 10
REQUEST_VERBS = {"issue": "store.issue_all", "cancel": "parts.cancel"}
_REQUEST_TONE = {
    "approving": Tone.WARNING,
    "picking": Tone.INFO,
    "issued": Tone.SUCCESS,
    "refused": Tone.DANGER,
}
_TRANSFER_TONE = {
    "offered": Tone.WARNING,
    "taken": Tone.SUCCESS,
    "refused": Tone.DANGER,
    "expired": Tone.DANGER,
}
_BACK = frozenset({"refused", "expired", "recalled"})
_STYLE = {"take": ButtonStyle.PRIMARY, "issue": ButtonStyle.PRIMARY, "refuse": ButtonStyle.DANGER}


def stock(view: StockView) -> Card:
    """Say where a part is, the nearest first: small cards show but six fields."""
    fields = tuple((label, value) for label, value in _stock_fields(view) if value)
    free = STOCK_FREE.format(free=view.free, unit=view.unit) if view.places else STOCK_NONE
    return Card(
        title=STOCK_TITLE.format(part=called(view.name, view.code)),
        status=STOCK_LOW.format(free=free) if view.low else free,
        tone=Tone.WARNING if view.low else Tone.INFO if view.places else Tone.DANGER,
        fields=fields,
        hint=view.lead or (STOCK_HINT.format(code=view.code) if view.asks else ""),
    )


def part_choice(view: PartChoiceView) -> Card:
    """Let somebody choose the part they mean; the words of a button say it with its code."""
    fields = tuple(
        (
            CHOICE_FIELD.format(no=no, code=one.code),
            CHOICE_FREE.format(
                part=CHOICE_PART.format(name=one.name, spec=one.spec).strip(),
                free=one.quantity,
                unit=one.unit,
            ),
        )
        for no, one in enumerate(view.parts, start=1)
    )
    buttons = tuple(
        Button(
            label=one.code
            if len(one.code) <= LABEL_CHARS
            else CHOICE_FIELD.format(no=no, code=one.name)[:LABEL_CHARS],
            action=CardAction("parts.pick", view.ask_id, 0, one.part_id.hex),
            words=words,
        )
        for no, (one, words) in enumerate(zip(view.parts, view.words, strict=True), start=1)
    )
    hint = CHOICE_HINT.format(text=view.text, count=len(view.parts))
    return Card(title=CHOICE_TITLE, tone=Tone.INFO, fields=fields, hint=hint, buttons=buttons)


def parts_request(view: PartsRequestView) -> Card:
    """Lay out a request: what to pick for a storekeeper, how it stands for whoever asked."""
    picks = view.for_keeper
    state = (PICK_STATE if picks else REQUEST_STATE)[view.state]
    return Card(
        title=(PICK_TITLE if picks and view.state == "picking" else REQUEST_TITLE).format(number=view.number),
        status=state,
        tone=_REQUEST_TONE.get(view.state, Tone.NEUTRAL),
        fields=tuple((label, value) for label, value in _request_fields(view) if value),
        links=(Link(STORE_LINK, STORE_LINK_TEXT, view.page_url),) if view.page_url else (),
        hint=view.remark or _request_hint(view),
        buttons=tuple(_request_button(view, verb) for verb in view.actions if verb in REQUEST_BUTTONS),
    )


def hand_over(view: HandOverView) -> Card:
    """Lay out a hand-over, for whoever has to take it or sent it."""
    state = HAND_OVER_STATE[view.state].format(receiver=view.receiver, sender=view.sender)
    state = TO_TAKE if "take" in view.actions else state
    if view.ended_at is not None:
        state = ENDED_AT.format(state=state, time=local_time(view.ended_at))
    way = WAY.format(source=_side(view.sender, view.from_place), target=_side(view.receiver, view.to_place))
    open_until = view.back_at if view.state == "offered" else None
    back = BACK_AT.format(time=local_time(open_until), sender=view.sender) if open_until is not None else ""
    fields = (
        (LABEL_PARTS, lines_words(view.lines)),
        (LABEL_WAY, way),
        (LABEL_ORDER, view.order_number),
        (LABEL_REASON, view.reason),
        (LABEL_BACK, back),
    )
    return Card(
        title=HAND_OVER_TITLE[view.kind].format(number=view.number),
        status=state,
        tone=_TRANSFER_TONE.get(view.state, Tone.NEUTRAL),
        fields=tuple((label, value) for label, value in fields if value),
        hint=_hand_over_hint(view),
        buttons=tuple(_hand_over_button(view, verb) for verb in view.actions if verb in HAND_OVER_BUTTONS),
    )


def _side(name: str, place: str) -> str:
    """Return who has the pieces, or gets them, and where; a van is called by its holder already."""
    return place if name in place else SIDE.format(name=name, place=place)


def _stock_fields(view: StockView) -> Iterator[tuple[str, str]]:
    vans = [one for one in view.places if one.kind == PlaceKind.VAN.value]
    yield OWN_VAN, _at(view, [one for one in vans if one.own], AT_PLACE)
    yield NEAR_VANS, _at(view, [one for one in vans if one.near and not one.own], AT_VAN)
    branches = (PlaceKind.BRANCH.value, PlaceKind.BIN.value)
    yield BRANCHES, _at(view, [one for one in view.places if one.kind in branches], AT_PLACE)
    yield CENTRE, _at(view, [one for one in view.places if one.kind == PlaceKind.STORE.value], AT_PLACE)
    yield IN_TRANSIT, f"{view.in_transit} {view.unit}" if view.in_transit != "0" else ""
    yield ON_ORDER, "；".join(_ordered(one, view.unit) for one in view.on_order)
    yield SUBSTITUTES, "；".join(view.substitutes)
    yield FAR_VANS, _at(view, [one for one in vans if not one.near], AT_VAN)
    yield REPAIRING, _at(view, [one for one in view.places if one.kind == PlaceKind.REPAIR.value], AT_PLACE)
    yield SPEC, view.spec
    yield MODELS, "、".join(view.models)
    yield PRICE, YUAN.format(amount=grouped_yuan(view.price_fen)) if view.price_fen is not None else ""
    yield VALUE, YUAN.format(amount=grouped_yuan(view.value_fen)) if view.value_fen is not None else ""


def _at(view: StockView, places: Iterable[PlaceLine], words: str) -> str:
    return "；".join(
        words.format(place=one.name, keeper=one.keeper or one.name, quantity=one.quantity, unit=view.unit)
        + (RESERVED.format(reserved=one.reserved) if one.reserved != "0" else "")
        for one in places
    )


def _ordered(line: OnOrderLine, unit: str) -> str:
    if line.expected_on is None:
        return ORDERED_UNKNOWN.format(quantity=line.quantity, unit=unit)
    return ORDERED.format(quantity=line.quantity, unit=unit, day=day_words(line.expected_on))


def _request_fields(view: PartsRequestView) -> Iterator[tuple[str, str]]:
    yield (
        LABEL_PARTS,
        "；".join(
            DONE_OF.format(line=line_words(one, lots=False), done=one.done)
            if one.done
            else line_words(one, lots=False)
            for one in view.lines
        ),
    )
    if view.for_keeper:
        yield LABEL_FOR, view.technician
    yield (LABEL_ORDER, view.order_number) if view.order_number else (LABEL_VAN_STOCK, FOR_VAN)
    yield LABEL_PLACE, view.place
    yield LABEL_ASKED, "、".join(view.asked)
    yield LABEL_LOTS, "；".join(f"{one.code}：{'、'.join(one.lots)}" for one in view.lines if one.lots)
    yield LABEL_REASON, view.reason
    yield LABEL_ASSET, view.asset
    yield LABEL_ASKED_AT, local_time(view.asked_at)


def _request_hint(view: PartsRequestView) -> str:
    if not view.for_keeper:
        return REQUEST_HINT[view.state]
    if view.state != "picking":
        return ""
    if view.lacks:
        return lacks_words(view.number, view.lacks, view.some)
    return (PICK_HINT if "issue" in view.actions else PICK_HINT_LOT).format(number=view.number)


def _hand_over_hint(view: HandOverView) -> str:
    if "take" in view.actions:
        return TAKE_HINT
    if view.kind == "issue" and view.state in _BACK:
        return ISSUED_BACK_HINT.format(again=_again(view))
    return RECALL_HINT if "recall" in view.actions else ""


def _again(view: HandOverView) -> str:
    """Return the words that ask for the same parts once more; a line for each serial is one part."""
    wanted: dict[str, Decimal] = {}
    for line in view.lines:
        wanted[line.code] = wanted.get(line.code, Decimal(0)) + Decimal(line.quantity)
    parts = "，".join(f"{code} ×{quantity_words(quantity)}" for code, quantity in wanted.items())
    return " ".join(("要配件", view.order_number, parts) if view.order_number else ("要配件", parts, "备车"))


def _request_button(view: PartsRequestView, verb: str) -> Button:
    label, words = REQUEST_BUTTONS[verb]
    action = CardAction(REQUEST_VERBS[verb], view.request_id, view.version)
    return Button(label, action, words.format(number=view.number), _STYLE.get(verb, ButtonStyle.DEFAULT))


def _hand_over_button(view: HandOverView, verb: str) -> Button:
    label, words = HAND_OVER_BUTTONS[verb]
    action = CardAction(f"parts.{verb}", view.transfer_id, view.version)
    return Button(label, action, words.format(number=view.number), _STYLE.get(verb, ButtonStyle.DEFAULT))
