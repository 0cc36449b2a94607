"""From a template's block to what is drawn; tables stand in their own file."""

from collections.abc import Iterator
from typing import Literal

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, Spacer, Table

from adapters.documents import pictures
from adapters.documents import template as layout
from adapters.documents.fields import FIELDS, moment
from adapters.documents.styles import ALARM, GREY, RULE, SMALL, Code, Framed, SectionTitle, Sheet, style
from adapters.documents.tables import FRAME, Command, lines, rows
from cards.text_documents import (
    EMPTY,
    GAP,
    MORE_PHOTOS,
    NUMBER_LINE,
    PHONE,
    PHOTO_NUMBER,
    SIGN_DATE,
    SIGN_HASH,
    SIGN_HERE,
    SIGN_NAME,
    SIGN_OF,
    SIGN_TIME,
    SIGNATURE_INVALID,
    VERSION,
)
from domain.policies.documents import ServiceReportDocument, Signature

TALLEST = 130 * mm
"""Points that are kept in one piece at most; half a page."""
SIDE_MM = 42
CODE_MM = 24
CAPTION_CHARS = 100
SIGNATURE_MM = (62, 28)
GAP_MM = 3
BARE: list[Command] = [
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]


def flow(sheet: Sheet, block: layout.Block) -> Iterator[Flowable]:
    """Lay out one block with its title; nothing at all where there is nothing to show."""
    parts = list(_parts(sheet, block))
    title = getattr(block, "title", "")
    if parts and title:
        heading = SectionTitle(sheet.bold(title, style(10.5, sheet.colour)), sheet.colour)
        yield CondPageBreak(heading.wrap(sheet.width, TALLEST)[1] + _beginning(parts[0], sheet.width))
        yield heading
    yield from parts
    if parts:
        yield Spacer(0, GAP_MM * mm)


def _beginning(part: Flowable, width: float) -> float:
    """Return how much of what follows a title must stand below it: of a table, its heading and two lines."""
    _, height = part.wrap(width, TALLEST)
    if isinstance(part, Table):
        height = sum(part._rowHeights[: part.repeatRows + 2])  # type: ignore[attr-defined]
    return min(height, TALLEST)


def _parts(sheet: Sheet, block: layout.Block) -> Iterator[Flowable]:
    match block:
        case layout.Letterhead():
            yield from _letterhead(sheet, block)
        case layout.Rows():
            yield from rows(sheet, block)
        case layout.Text():
            if value := FIELDS[sheet.template.kind][block.field](sheet.document).strip():
                yield sheet.paragraph(value)
        case layout.Table():
            yield from lines(sheet, block)
        case layout.Photos():
            yield from _photos(sheet, block)
        case layout.SignatureBox():
            yield from _signature(sheet, block)
        case layout.QrCode():
            yield from _code(sheet, block.caption, block.size_mm * mm)
        case layout.Note():
            yield sheet.paragraph(block.text, style(8, GREY))


def _letterhead(sheet: Sheet, block: layout.Letterhead) -> Iterator[Flowable]:
    document, company, side = sheet.document, sheet.document.company, SIDE_MM * mm
    phone = PHONE.format(phone=company.phone) if company.phone else ""
    middle = [
        sheet.paragraph(company.name, style(11, align=1)),
        Spacer(0, 1.5 * mm),
        sheet.bold(sheet.template.title, style(20, sheet.colour, 1)),
    ]
    left = sheet.paragraph("\n".join(part for part in (phone, company.address) if part), SMALL)
    right = list(_code(sheet, block.caption, CODE_MM * mm, align="RIGHT"))
    yield Table(
        [[left, middle, right]],
        colWidths=[side, sheet.width - 2 * side, side],
        style=[*BARE, ("VALIGN", (0, 0), (0, 0), "BOTTOM"), ("ALIGN", (2, 0), (2, 0), "RIGHT")],
    )
    yield Spacer(0, 1.5 * mm)
    said = NUMBER_LINE.format(
        gap=GAP,
        number=document.number,
        version=VERSION.format(version=document.version),
        issued_at=moment(document.issued_at),
    )
    yield HRFlowable(width="100%", thickness=1.2, color=sheet.colour, spaceBefore=0, spaceAfter=1.5 * mm)
    yield sheet.paragraph(said, style(8, GREY, 1))


def _code(
    sheet: Sheet, caption: str, size: float, align: Literal["LEFT", "RIGHT"] = "LEFT"
) -> Iterator[Flowable]:
    """Draw the code with its caption; nothing without an address."""
    if not sheet.url:
        return
    cells: list[list[Flowable]] = [[Code(sheet.url, size)]]
    if caption:
        cells.append([sheet.paragraph(caption, style(7.5, GREY, 1))])
    yield Table(cells, colWidths=[size], style=BARE, hAlign=align)


def _photos(sheet: Sheet, block: layout.Photos) -> Iterator[Flowable]:
    document = sheet.document
    found = document.photos if isinstance(document, ServiceReportDocument) else ()
    width = (sheet.width - GAP_MM * mm * (block.columns - 1)) / block.columns
    size = (width, width * 0.75)
    cells = []
    for no, one in enumerate(found[: block.most], start=1):
        words = (PHOTO_NUMBER.format(no=no), _cut(one.caption.strip()), moment(one.taken_at))
        caption = sheet.paragraph(GAP[:2].join(part for part in words if part), SMALL)
        cells.append([Framed(pictures.photo(one.data), size), Spacer(0, 1 * mm), caption])
    for first in range(0, len(cells), block.columns):
        line = cells[first : first + block.columns]
        line += [[]] * (block.columns - len(line))
        look: list[Command] = [
            *BARE,
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ]
        widths = [*[width + GAP_MM * mm] * (block.columns - 1), width]
        yield Table([line], colWidths=widths, style=look)
    if len(found) > block.most:
        yield sheet.paragraph(MORE_PHOTOS.format(count=len(found) - block.most), SMALL)


def _cut(text: str) -> str:
    return text if len(text) <= CAPTION_CHARS else f"{text[: CAPTION_CHARS - 1]}…"


def _signature(sheet: Sheet, block: layout.SignatureBox) -> Iterator[Flowable]:
    parts: list[Flowable] = []
    if block.statement:
        parts += [sheet.paragraph(block.statement), Spacer(0, 1.5 * mm)]
    signed = sheet.document.signature
    parts.append(_blank_lines(sheet) if signed is None else _signed(sheet, signed))
    # A table of one cell cannot be split, where its parts would be torn.
    yield Table([[parts]], colWidths=[sheet.width], style=BARE)


def _blank_lines(sheet: Sheet) -> Flowable:
    half = sheet.width / 2
    cells = [[sheet.cell(SIGN_HERE, half), sheet.cell(SIGN_DATE, half)]]
    return Table(cells, colWidths=[half, half], rowHeights=[16 * mm], style=FRAME)


def _signed(sheet: Sheet, signed: Signature) -> Flowable:
    holds = sheet.document.signature_holds
    picture_width = SIGNATURE_MM[0] * mm
    width = sheet.width - picture_width - GAP_MM * 2 * mm
    facts = (
        (SIGN_NAME, signed.name.strip() or EMPTY),
        (SIGN_TIME, moment(signed.signed_at)),
        (SIGN_OF, VERSION.format(version=signed.report_version)),
    )
    left: list[Flowable] = [sheet.paragraph(f"{label}：{value}") for label, value in facts]
    left.append(sheet.paragraph(f"{SIGN_HASH}：{signed.report_sha256}", style(6.5, GREY)))
    if not holds:
        left.insert(0, sheet.bold(SIGNATURE_INVALID, style(11, ALARM)))
    right = Framed(pictures.signature(signed.image), (picture_width, SIGNATURE_MM[1] * mm), False, not holds)
    return Table(
        [[left, right]],
        colWidths=[width, picture_width + GAP_MM * 2 * mm],
        style=[
            *FRAME,
            ("ALIGN", (1, 0), (1, 0), "CENTER"),
            ("BOX", (0, 0), (-1, -1), 0.4, RULE if holds else ALARM),
        ],
    )
