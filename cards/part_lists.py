"""Lists and news about parts, in plain words."""

from cards.part_lines import called, line_words
from cards.spec import Card, Link, Note, Tone
from cards.text_parts import (
    BUYING,
    HOLDER_COMING,
    HOLDER_EMPTY,
    HOLDER_HOW,
    HOLDER_LEAVING,
    HOLDER_MORE,
    HOLDER_OLD,
    HOLDER_TITLE,
    LABEL_BUYING,
    LABEL_LEFT,
    LABEL_PLACE,
    LABEL_SAFE,
    LINE,
    LIST_DUE,
    LIST_LINE,
    LIST_NONE,
    LIST_SINCE,
    LIST_STATE,
    LIST_TITLE,
    LIST_WORDS,
    LOW_LINE,
    LOW_NEWS_HINT,
    LOW_NEWS_STATUS,
    LOW_NEWS_TITLE,
    LOW_NO_PURCHASE,
    LOW_NONE,
    LOW_PURCHASE,
    LOW_TITLE,
    MORE,
    NEWS,
    NEWS_AGAIN,
    NEWS_BY,
    NEWS_JOB,
    NEWS_KEPT,
    NEWS_NOT_KEPT,
    NEWS_NUMBER,
    NEWS_ORDER,
    NEWS_REASON,
    NEWS_SAYING,
    NEWS_SUPPLIER,
    NEWS_WAITS,
    NEWS_WHY,
    NOT_BUYING,
    PIECE_GONE,
    PIECE_HERE,
    PIECE_IN_ASSET,
    PIECE_MOVE,
    PIECE_MOVES,
    PIECE_ORDER,
    PIECE_TITLE,
    PIECE_WHO,
    REASON_LABEL,
    REFILLED_TITLE,
)
from cards.text_staff_pages import STORE_LINK, STORE_LINK_TEXT
from domain.kernel.localtime import day_words, local_time
from domain.parts.views import (
    DocumentLine,
    DocumentsView,
    HolderView,
    LowLine,
    LowStockView,
    PartsNewsView,
    PieceMove,
    PieceView,
)

_OPTIONAL = {
    "by": NEWS_BY,
    "text": NEWS_SAYING,
    "why": NEWS_WHY,
    "supplier": NEWS_SUPPLIER,
    "reason": NEWS_REASON,
    "kept": NEWS_KEPT,
    "job": NEWS_JOB,
}
"""Facts that bring their own marks along where they are known, and leave nothing behind where not."""
_BARE = frozenset({"return_taken", "old_back", "old_waived"})
"""News that name who did it, and why, in the middle of the sentence."""
LOW, REFILLED, ARRIVED, FREED = "low", "refilled", "arrived", "count_freed"


def parts_news(view: PartsNewsView) -> Card | Note:
    """Say what happened to parts, and what to do about it; what runs low is a card that changes."""
    if view.news in (LOW, REFILLED):
        return _low_card(view)
    facts = {key: _marked(view, key, words) for key, words in view.facts.items()}
    order = view.order_number
    if view.news == ARRIVED:
        facts["kept"] = facts["kept"] or NEWS_NOT_KEPT
        waits = [NEWS_AGAIN.format(again=view.facts["again"])] if view.facts["kept"] else []
        facts["waits"] = "".join(([NEWS_WAITS] if view.facts["waits"] else []) + waits)
    number = view.number
    if view.news == FREED:
        number = NEWS_NUMBER.format(number=number) if number else ""
        order = NEWS_ORDER.format(number=order) if order else ""
    said = {"number": number, "order": order, "parts": "；".join(view.lines), **facts}
    return Note(NEWS[view.news].format_map(said))


def holder(view: HolderView) -> Note:
    """List what somebody answers for."""
    lines = [HOLDER_TITLE.format(holder=view.holder)]
    lines += [LINE.format(line=line_words(one)) for one in view.lines] or [HOLDER_EMPTY]
    lines += [HOLDER_MORE.format(count=view.more)] if view.more else []
    for title, those in (
        (HOLDER_COMING, view.coming),
        (HOLDER_LEAVING, view.leaving),
        (HOLDER_OLD, view.old),
    ):
        lines += [title, *(LINE.format(line=one) for one in those)] if those else []
    lines += [HOLDER_HOW] if view.lines else []
    return Note("\n".join(lines))


def piece(view: PieceView) -> Note:
    """Say where a serial or batch is and how it came there."""
    lines = [PIECE_TITLE.format(part=view.part, lot=view.lot)]
    if view.in_asset:
        lines.append(PIECE_IN_ASSET.format(asset=view.in_asset))
    if view.where:
        lines.append(PIECE_HERE.format(where="；".join(view.where)))
    elif not view.in_asset:
        lines.append(PIECE_GONE)
    lines += [PIECE_MOVES, *map(_move, view.moves)] if view.moves else []
    return Note("\n".join(lines))


def low_stock(view: LowStockView) -> Note:
    """List what is below its safety stock, and whether it was bought."""
    if not view.lines:
        return Note(LOW_NONE)
    more = [MORE.format(count=view.more)] if view.more else []
    return Note("\n".join([LOW_TITLE, *map(_low, view.lines), *more]))


def documents(view: DocumentsView) -> Note:
    """List requests, hand-overs, purchases, counts or old parts, each with the words that go on with it."""
    links = (Link(STORE_LINK, STORE_LINK_TEXT, view.page_url),) if view.page_url else ()
    if not view.lines:
        return Note(LIST_NONE[view.kind], links=links)
    more = [MORE.format(count=view.more)] if view.more else []
    lines = (_document(one, view.kind) for one in view.lines)
    return Note("\n".join([LIST_TITLE[view.kind], *lines, *more]), links=links)


def _marked(view: PartsNewsView, key: str, words: str) -> str:
    if view.news in _BARE or key not in _OPTIONAL or not words:
        return words
    return _OPTIONAL[key].format_map({key: words})


def _low_card(view: PartsNewsView) -> Card:
    """Lay out that a part runs low at a place, or does no more."""
    facts, low = view.facts, view.news == LOW
    buying = BUYING.format(order=facts["order"], unit=facts["unit"]) if facts["order"] else NOT_BUYING
    return Card(
        title=(LOW_NEWS_TITLE if low else REFILLED_TITLE).format(part=facts["part"]),
        status=LOW_NEWS_STATUS.format(quantity=facts["quantity"], unit=facts["unit"]),
        tone=Tone.WARNING if low else Tone.SUCCESS,
        fields=(
            (LABEL_PLACE, facts["place"]),
            (LABEL_LEFT, LOW_NEWS_STATUS.format(quantity=facts["quantity"], unit=facts["unit"])),
            (LABEL_SAFE, facts["below"]),
            *(((LABEL_BUYING, buying),) if low else ()),
        ),
        hint=LOW_NEWS_HINT.format(code=facts["code"]) if low and not facts["order"] else "",
    )


def _move(move: PieceMove) -> str:
    return PIECE_MOVE.format(
        time=local_time(move.at),
        from_place=move.from_place,
        to_place=move.to_place,
        reason=REASON_LABEL.get(move.reason, move.reason),
        who=PIECE_WHO.format(who=move.who) if move.who else "",
        order=PIECE_ORDER.format(number=move.order_number) if move.order_number else "",
    )


def _low(line: LowLine) -> str:
    return LOW_LINE.format(
        part=called(line.name, line.code),
        place=line.place,
        quantity=line.quantity,
        unit=line.unit,
        below=line.below,
        purchase=LOW_PURCHASE.format(number=line.purchase) if line.purchase else LOW_NO_PURCHASE,
    )


def _document(line: DocumentLine, kind: str) -> str:
    due = LIST_DUE.get(kind, "") if line.due_on is not None else ""
    return LIST_LINE.format(
        number=line.number,
        text=line.text,
        state=LIST_STATE.get(line.state, line.state),
        since=LIST_SINCE.format(time=local_time(line.since)) if line.since is not None else "",
        due=due.format(day=day_words(line.due_on)),
        words=LIST_WORDS.format(words=line.words) if line.words else "",
    )
