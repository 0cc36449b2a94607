"""A sheet of asset labels with QR codes, for printing on stickers."""

import io
from collections.abc import Sequence
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from adapters.documents.fonts import FONT, Wording
from adapters.documents.qr import draw_code
from adapters.documents.styles import GREY, INK, RULE
from adapters.documents.template import LabelTemplate
from cards.text_documents import LABEL_SERIAL, LABELS_TITLE
from domain.policies.documents import AssetLabel

LABELS_AT_MOST: Final = 2_000
"""On one sheet of paper after the other; more is a slip."""
_PADDING: Final = 3 * mm
_LEGIBLE: Final = 6.0
_SMALLEST: Final = 4.5


def render_labels(
    labels: Sequence[AssetLabel], template: LabelTemplate | None = None, skip: int = 0
) -> bytes:
    """Return sheets of labels; the same input gives the same bytes.

    Args:
        template: 24 labels on A4 when there is none.
        skip: stickers at the beginning of the first sheet that are used up already.

    Raises:
        ValueError: there are none, too many, or more are skipped than a sheet has.
    """
    sheet = template or LabelTemplate()
    a_page = sheet.columns * sheet.rows
    if not 1 <= len(labels) <= LABELS_AT_MOST or not 0 <= skip < a_page:
        raise ValueError(f"{len(labels)} labels after {skip} used ones do not fit on sheets of {a_page}")
    wording, out = Wording(), io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(LABELS_TITLE)
    for place, label in enumerate(labels, start=skip):
        if place % a_page == 0 and place > skip:
            canvas.showPage()
        _draw(canvas, sheet, _corner(sheet, place % a_page), label, wording)
    canvas.save()
    return out.getvalue()


def _corner(sheet: LabelTemplate, place: int) -> tuple[float, float]:
    """Return the lower left corner of a sticker, in points."""
    row, column = divmod(place, sheet.columns)
    left = sheet.left_mm + column * (sheet.width_mm + sheet.column_gap_mm)
    top = sheet.top_mm + row * (sheet.height_mm + sheet.row_gap_mm)
    return left * mm, A4[1] - (top + sheet.height_mm) * mm


def _draw(
    canvas: Canvas, sheet: LabelTemplate, corner: tuple[float, float], label: AssetLabel, wording: Wording
) -> None:
    left, bottom = corner
    width, height = sheet.width_mm * mm, sheet.height_mm * mm
    if sheet.frames:
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.3)
        canvas.rect(left, bottom, width, height, stroke=1, fill=0)
    code = min(height - 2 * _PADDING, width / 2 - _PADDING)
    draw_code(canvas, label.url, left + _PADDING, bottom + (height - code) / 2, code)
    text = left + _PADDING + code + 1 * mm
    room = left + width - _PADDING - text
    canvas.setFillColor(INK)
    top = bottom + height - _PADDING - 10
    for line in _two_lines(wording.plain(label.name), 10, room):
        canvas.setFont(FONT, 10)
        canvas.drawString(text, top, line)
        top -= 12.5
    serial = LABEL_SERIAL.format(serial=wording.plain(label.serial)) if label.serial else ""
    _draw_whole(canvas, serial, (text, top), room, bottom + _PADDING + 22)
    canvas.setFont(FONT, 11)
    canvas.drawString(text, bottom + _PADDING + 11, sheet.tagline)
    canvas.setFillColor(GREY)
    canvas.setFont(FONT, 6.5)
    canvas.drawString(text, bottom + _PADDING, _cut(wording.plain(label.company), 6.5, room))


def _two_lines(text: str, size: float, room: float) -> list[str]:
    """Break a name over two lines; what does not fit is cut with a sign."""
    text = " ".join(text.split())
    first = _fitting(text, size, room)
    rest = text[len(first) :].strip()
    return [first, _cut(rest, size, room)] if rest else [first]


def _draw_whole(canvas: Canvas, text: str, at: tuple[float, float], room: float, lowest: float) -> None:
    """Draw a serial number completely: smaller and over several lines where it is long; never cut."""
    left, top = at
    text = " ".join(text.split())
    sizes = [size / 2 for size in range(16, int(_SMALLEST * 2) - 1, -1)]
    # One line if that stays legible; else as large as the height allows.
    on_one = [size for size in sizes if size >= _LEGIBLE and stringWidth(text, FONT, size) <= room]
    fitting = [size for size in sizes if top - (len(_broken(text, size, room)) - 1) * size * 1.2 >= lowest]
    size = (on_one or fitting or [_SMALLEST])[0]
    lines = _broken(text, size, room)
    canvas.setFont(FONT, size)
    for no, line in enumerate(lines):
        canvas.drawString(left, top - no * size * 1.2, line)


def _broken(text: str, size: float, room: float) -> list[str]:
    lines = []
    while text:
        line = _fitting(text, size, room)
        lines.append(line)
        text = text[len(line) :].lstrip()
    return lines


def _fitting(text: str, size: float, room: float) -> str:
    """Return what of the text's beginning fits, at least one character."""
    count, width = 0, 0.0
    for character in text:
        width += stringWidth(character, FONT, size)
        if width > room and count:
            break
        count += 1
    return text[:count]


def _cut(text: str, size: float, room: float) -> str:
    text = " ".join(text.split())
    if len(_fitting(text, size, room)) == len(text):
        return text
    return _fitting(text, size, room - stringWidth("…", FONT, size)) + "…"
