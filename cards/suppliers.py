"""How suppliers keep their word, in plain words."""

from collections.abc import Iterator

from cards.spec import Note
from cards.text_suppliers import (
    AVERAGE_LATE,
    CAME_LATE,
    LATE_NOW,
    LATE_OPEN,
    LATE_OPEN_TITLE,
    LATE_OVER,
    LATE_OVER_TITLE,
    LIST_LINE,
    LIST_MORE,
    LIST_NEXT,
    LIST_NONE,
    LIST_TITLE,
    NEVER_CAME,
    NOW_EXPECTED,
    RECORD,
    RECORD_FEW,
    RECORD_NONE,
    STILL_MISSING,
    SUPPLIER_CONTACT,
    SUPPLIER_LEAD,
    SUPPLIER_NEXT,
    SUPPLIER_TITLE,
)
from domain.kernel.localtime import day_words
from domain.parts.document_views import LatePurchase, SupplierLine, SuppliersView, SupplierView
from domain.parts.supplier_record import ENOUGH


def supplier(view: SupplierView) -> Note:
    """Say how one supplier kept their word, and what was late."""
    return Note("\n".join(_about(view)))


def suppliers(view: SuppliersView) -> Note:
    """List suppliers, the worst first."""
    if not view.lines:
        return Note(LIST_NONE)
    lines = [LIST_LINE.format(name=one.name, code=one.code, record=_record(one)) for one in view.lines]
    more = [LIST_MORE.format(count=view.more)] if view.more else []
    return Note("\n".join([LIST_TITLE, *lines, *more, LIST_NEXT]))


def _about(view: SupplierView) -> Iterator[str]:
    yield SUPPLIER_TITLE.format(name=view.line.name, code=view.line.code)
    yield _record(view.line)
    if view.contact:
        yield SUPPLIER_CONTACT.format(contact=view.contact)
    yield SUPPLIER_LEAD.format(days=view.lead_days)
    still, over = [one for one in view.late if one.open], [one for one in view.late if not one.open]
    if still:
        yield LATE_OPEN_TITLE
        yield from (_late(one, LATE_OPEN) for one in still)
    if over:
        yield LATE_OVER_TITLE
        yield from (_late(one, LATE_OVER) for one in over)
    if still:
        yield SUPPLIER_NEXT


def _record(line: SupplierLine) -> str:
    if line.on_time_percent is None:
        return RECORD_NONE
    words = RECORD.format(percent=line.on_time_percent, purchases=line.purchases, on_time=line.on_time)
    if line.average_late_d is not None:
        words += AVERAGE_LATE.format(days=f"{line.average_late_d:g}")
    if line.late_now:
        words += LATE_NOW.format(count=line.late_now)
    return words if line.enough else words + RECORD_FEW.format(enough=ENOUGH)


def _late(one: LatePurchase, template: str) -> str:
    missing = STILL_MISSING if one.open else NEVER_CAME
    moved = one.expected_on is not None and one.expected_on != one.promised_on
    return template.format(
        number=one.number,
        part=one.part,
        promised=day_words(one.promised_on),
        days=one.late_d,
        came=CAME_LATE.format(quantity=one.came_late) if one.came_late else "",
        missing=missing.format(quantity=one.missing) if one.missing else "",
        expected=NOW_EXPECTED.format(day=day_words(one.expected_on)) if moved else "",
    )
