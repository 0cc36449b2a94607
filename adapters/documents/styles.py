"""Sizes, colours and the few flowables that ReportLab lacks."""

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from adapters.documents.fonts import FONT, Wording
from adapters.documents.pictures import Picture
from adapters.documents.qr import draw_code
from adapters.documents.template import Template
from cards.text_documents import NOT_A_PICTURE
from domain.policies.documents import Document

INK: Final = HexColor("#1b1f24")
GREY: Final = HexColor("#667079")
RULE: Final = HexColor("#b9c1c9")
SHADE: Final = HexColor("#f1f4f7")
ALARM: Final = HexColor("#c62828")
SIZE: Final = 9.0
LEADING: Final = 12.5
SMALLEST: Final = 6.0
"""To which a number or a word is made smaller before it is broken."""
_WORD: Final = re.compile(r"[!-~¥]+")
PADDING: Final = 4.0
BOLD_STROKE: Final = 0.03
"""Of the size: how much the outline of a bold text is thickened; there is one font file only."""


def style(
    size: float = SIZE, colour: Color = INK, align: Literal[0, 1, 2] = 0, **more: Any
) -> ParagraphStyle:
    """Return a style that breaks anywhere, as Chinese does."""
    return ParagraphStyle(
        f"{size}{colour}{align}{sorted(more)}",
        fontName=FONT,
        fontSize=size,
        leading=round(size * LEADING / SIZE, 1),
        textColor=colour,
        alignment=align,
        wordWrap="CJK",
        **more,
    )


BODY: Final = style()
SMALL: Final = style(7.5, GREY)
NUMERIC: Final = style(align=2)
LABEL: Final = style(colour=GREY)


class Bold(Paragraph):
    """A paragraph whose letters are drawn with a thicker outline."""

    def draw(self) -> None:
        """Draw it."""
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(self.style.textColor)
        canvas.setLineWidth(self.style.fontSize * BOLD_STROKE)
        mode = canvas.beginText()
        # Fill and stroke; it holds until the state is restored.
        mode.setTextRenderMode(2)
        canvas.drawText(mode)
        super().draw()
        canvas.restoreState()


def _literal(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


@dataclass(frozen=True)
class Sheet:
    """What every block needs."""

    document: Document
    template: Template
    url: str
    wording: Wording

    @cached_property
    def colour(self) -> Color:
        """Return the colour of titles and rules."""
        return HexColor(self.template.colour)

    @property
    def width(self) -> float:
        """Return the print's width in points."""
        return self.template.width_mm * mm

    def paragraph(self, text: str, look: ParagraphStyle = BODY) -> Paragraph:
        """Return a text as it was written: nothing in it is markup."""
        return Paragraph(_literal(self.wording.plain(text)), look)

    def bold(self, text: str, look: ParagraphStyle) -> Paragraph:
        """Return the same in bold."""
        return Bold(_literal(self.wording.plain(text)), look)

    def cell(self, text: str, width: float, look: ParagraphStyle = BODY) -> str | Paragraph:
        """Return a table's cell; what fits on a line need not be a paragraph, which takes longer."""
        plain = self.wording.plain(text)
        needed = stringWidth(plain, FONT, look.fontSize)
        room = width - 2 * PADDING
        if "\n" not in plain and needed <= room:
            return plain
        if _WORD.fullmatch(plain):
            size = math.floor(look.fontSize * room / needed * 2) / 2
            look = look.clone(f"{look.name} {size}", fontSize=size) if size >= SMALLEST else look
        return Paragraph(_literal(plain), look)


class SectionTitle(Flowable):
    """A bar in the document's colour and the title beside it."""

    def __init__(self, title: Paragraph, colour: Color) -> None:
        super().__init__()
        self._text, self._colour = title, colour
        self._height = 0.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """Return the size; the arguments are called so by ReportLab."""
        _, self._height = self._text.wrap(aW - 3 * mm, aH)
        return aW, self._height + 4.5 * mm

    def draw(self) -> None:
        """Draw it."""
        self.canv.setFillColor(self._colour)
        self.canv.rect(0, 1.5 * mm + 1.5, 1 * mm, self._height - 3, stroke=0, fill=1)
        self._text.drawOn(self.canv, 3 * mm, 1.5 * mm)


class Code(Flowable):
    """A QR code of a fixed size."""

    def __init__(self, text: str, size: float) -> None:
        super().__init__()
        self._text = text
        self.width = self.height = size

    def draw(self) -> None:
        """Draw it."""
        draw_code(self.canv, self._text, 0, 0, self.width)


class Framed(Flowable):
    """A picture in a frame, in its own proportions; without a picture, words that say so."""

    def __init__(
        self, picture: Picture | None, size: tuple[float, float], outlined: bool = True, struck: bool = False
    ) -> None:
        super().__init__()
        self._picture, (self.width, self.height) = picture, size
        self._outlined, self._struck = outlined, struck

    def draw(self) -> None:
        """Draw it."""
        canvas = self.canv
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.4)
        if self._picture is None:
            canvas.setFillColor(SHADE)
            canvas.rect(0, 0, self.width, self.height, stroke=1, fill=1)
            canvas.setFillColor(GREY)
            canvas.setFont(FONT, SIZE)
            canvas.drawCentredString(self.width / 2, self.height / 2 - SIZE / 3, NOT_A_PICTURE)
        else:
            self._draw_picture(canvas, self._picture)
        if self._struck:
            canvas.setStrokeColor(ALARM)
            canvas.setLineWidth(1.2)
            canvas.line(0, 0, self.width, self.height)
            canvas.line(0, self.height, self.width, 0)

    def _draw_picture(self, canvas: Canvas, picture: Picture) -> None:
        scale = min(self.width / picture.width, self.height / picture.height)
        wide, high = picture.width * scale, picture.height * scale
        left, bottom = (self.width - wide) / 2, (self.height - high) / 2
        canvas.drawImage(picture.reader(), left, bottom, width=wide, height=high)
        if self._outlined:
            canvas.rect(left, bottom, wide, high, stroke=1, fill=0)
