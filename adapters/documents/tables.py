"""Tables: fields with their labels, and lines with totals."""

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Table

from adapters.documents import template as layout
from adapters.documents.fields import FIELDS, LABELS, SOURCES, Column, lines_of, total_rows
from adapters.documents.fonts import FONT
from adapters.documents.styles import (
    ALARM,
    BODY,
    GREY,
    INK,
    LABEL,
    LEADING,
    NUMERIC,
    PADDING,
    RULE,
    SHADE,
    SIZE,
    Sheet,
)
from cards.text_documents import CUT, EMPTY, IN_FULL, NO_LINES, PASSED

Command = tuple[Any, ...]

LABEL_MM = 22
LONG_CHARS = 300
"""Of a field's value: a longer one takes the whole width and may go on on the next page."""
LINES_AT_MOST = 10
"""Of a table's cell."""
ROOM_FOR_SUM_MM = 62
"""At the right of a total's label; the longest sum in words needs it."""
FRAME: Sequence[Command] = (
    ("FONT", (0, 0), (-1, -1), FONT, SIZE, LEADING),
    ("TEXTCOLOR", (0, 0), (-1, -1), INK),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ("BOX", (0, 0), (-1, -1), 0.4, RULE),
)


def rows(sheet: Sheet, block: layout.Rows) -> Iterator[Flowable]:
    """Lay out fields; each row is a table, so that a long value may go on on the next page."""
    kind = sheet.template.kind
    waiting: list[tuple[str, str]] = []
    for bound in block.fields:
        value = FIELDS[kind][bound.field](sheet.document).strip()
        if block.leave_out_empty and not value:
            continue
        pair = (bound.label or LABELS[kind][bound.field], value or EMPTY)
        if bound.wide or block.columns == 1 or len(value) > LONG_CHARS:
            if waiting:
                yield _pairs(sheet, [*waiting, ("", "")])
                waiting = []
            yield _pairs(sheet, [pair])
            continue
        waiting.append(pair)
        if len(waiting) == 2:
            yield _pairs(sheet, waiting)
            waiting = []
    if waiting:
        yield _pairs(sheet, [*waiting, ("", "")])


def _pairs(sheet: Sheet, pairs: Sequence[tuple[str, str]]) -> Table:
    label = LABEL_MM * mm
    value = sheet.width / len(pairs) - label
    cells: list[Any] = []
    for name, text in pairs:
        cells += [sheet.cell(name, label, LABEL), sheet.cell(text, value)]
    shades: list[Command] = []
    for place in range(0, len(cells), 2):
        shades += [
            ("BACKGROUND", (place, 0), (place, 0), SHADE),
            ("TEXTCOLOR", (place, 0), (place, 0), GREY),
        ]
    long = any(len(text) > LONG_CHARS for _, text in pairs)
    if long:
        shades.append(("VALIGN", (0, 0), (-1, -1), "TOP"))
    return Table(
        [cells],
        colWidths=[label, value] * len(pairs),
        style=[*FRAME, *shades, ("INNERGRID", (0, 0), (-1, -1), 0.4, RULE)],
        splitInRow=long,
    )


def lines(sheet: Sheet, block: layout.Table) -> Iterator[Flowable]:
    """Lay out lines; what is too long for its cell is written in full below the table."""
    found = lines_of(sheet.document, block.source)
    if not found and block.leave_out_empty:
        return
    columns = [SOURCES[block.source][one.column] for one in block.columns]
    widths = _widths(sheet, block)
    cells: list[list[Any]] = [
        [
            sheet.cell(_cut(one.label or column.label, width), width, LABEL)
            for one, column, width in zip(block.columns, columns, widths, strict=True)
        ]
    ]
    cells += [_line(sheet, columns, widths, no, line) for no, line in enumerate(found, start=1)]
    if not found:
        cells.append([NO_LINES, *[""] * (len(columns) - 1)])
    commands = [*FRAME, *_look(columns, cells)]
    last = len(cells) - 1
    sums = [(name, pair) for name in block.totals for pair in total_rows(sheet.document, name)]
    names = [one.column for one in block.columns]
    right = names.index("amount") if "amount" in names else len(names) - 1
    left = _label_place(widths[: right + 1])
    cells += [_total(pair, len(widths), (left, right)) for _, pair in sums]
    if sums:
        commands += _look_of_totals(last + 1, (left, right))
        commands += [
            ("TEXTCOLOR", (0, row), (-1, row), sheet.colour)
            for row, (name, _) in enumerate(sums, start=last + 1)
            if name in ("total", "capital", "due")
        ]
        # The totals stand on one page with the last line.
        commands.append(("NOSPLIT", (0, last), (-1, -1)))
    yield Table(cells, colWidths=widths, style=commands, repeatRows=1)
    yield from _in_full(sheet, columns, widths, found)


def _cut(text: str, width: float) -> str:
    """Leave so much of a text that its cell is no higher than a few lines."""
    # No character is wider than the size; a line break may leave the rest of a line empty.
    a_line = max(1, int((width - 2 * PADDING) / SIZE))
    most = a_line * LINES_AT_MOST
    taken = sum(-(-len(part) // a_line) or 1 for part in text.split("\n"))
    if taken <= LINES_AT_MOST:
        return text
    return f"{' '.join(text.split())[: most - len(CUT) - a_line]}{CUT}"


def _in_full(
    sheet: Sheet, columns: Sequence[Column], widths: Sequence[float], found: Sequence[Any]
) -> Iterator[Flowable]:
    for no, line in enumerate(found, start=1):
        for column, width in zip(columns, widths, strict=True):
            text = column.read(no, line)
            if _cut(text, width) != text:
                yield sheet.paragraph(IN_FULL.format(no=no, label=column.label, text=text))


def _line(
    sheet: Sheet, columns: Sequence[Column], widths: Sequence[float], no: int, line: Any
) -> list[str | Paragraph]:
    return [
        sheet.cell(_cut(column.read(no, line), width), width, NUMERIC if column.numeric else BODY)
        for column, width in zip(columns, widths, strict=True)
    ]


def _widths(sheet: Sheet, block: layout.Table) -> list[float]:
    taken = sum(one.width_mm or 0 for one in block.columns) * mm
    free = sum(1 for one in block.columns if one.width_mm is None)
    share = (sheet.width - taken) / free if free else 0
    # Without a free column the table is stretched to the print's width.
    stretch = 1 if free else sheet.width / taken
    return [share if one.width_mm is None else one.width_mm * mm * stretch for one in block.columns]


def _look(columns: Sequence[Column], cells: Sequence[Sequence[object]]) -> list[Command]:
    last = len(cells) - 1
    commands: list[Command] = [
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("TEXTCOLOR", (0, 0), (-1, 0), GREY),
        ("INNERGRID", (0, 0), (-1, last), 0.4, RULE),
    ]
    commands += [
        ("ALIGN", (place, 0), (place, last), "RIGHT")
        for place, column in enumerate(columns)
        if column.numeric
    ]
    commands += [
        ("TEXTCOLOR", (place, row), (place, row), ALARM)
        for row, line in enumerate(cells)
        for place, text in enumerate(line)
        if text == PASSED[False]
    ]
    return commands


def _label_place(widths: Sequence[float]) -> int:
    """Return the last column that leaves room for a sum in words at its right."""
    room = 0.0
    for place in range(len(widths) - 1, 0, -1):
        room += widths[place]
        if room >= ROOM_FOR_SUM_MM * mm:
            return place - 1
    return 0


def _total(pair: tuple[str, str], count: int, places: tuple[int, int]) -> list[str]:
    """Write both to the right; what is wider than its column goes on to the left, over empty ones."""
    cells = [""] * count
    cells[places[0]], cells[places[1]] = pair
    return cells


def _look_of_totals(first: int, places: tuple[int, int]) -> list[Command]:
    left, right = places
    return [
        ("ALIGN", (0, first), (-1, -1), "RIGHT"),
        ("LINEABOVE", (0, first), (-1, -1), 0.4, RULE),
        ("LINEAFTER", (left, first), (left, -1), 0.4, RULE),
        ("BACKGROUND", (0, first), (left, -1), SHADE),
        ("TEXTCOLOR", (0, first), (left, -1), GREY),
        ("TEXTCOLOR", (right, first), (right, -1), INK),
    ]
