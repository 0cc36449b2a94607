"""Head and foot of every page; how many pages there are is known only at the end."""

from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from adapters.documents.fields import moment
from adapters.documents.fonts import FONT
from adapters.documents.styles import GREY, RULE, Sheet
from cards.text_documents import FOOT, PAGE

HEAD_MM: Final = 14
FOOT_MM: Final = 17
_SIZE: Final = 7.0
_HASH_CHARS: Final = 16
"""Of the content's hash in the foot; the whole stands where it was signed."""


class Paper:
    """Draws what stands on every page."""

    def __init__(self, sheet: Sheet) -> None:
        document = sheet.document
        plain = sheet.wording.plain
        self._left = sheet.template.margin_mm * mm
        self._right = A4[0] - self._left
        self._foot = plain(sheet.template.footer) or FOOT.format(
            number=plain(document.number),
            version=document.version,
            sha256=document.sha256[:_HASH_CHARS],
            issued_at=moment(document.issued_at),
        )
        self._head = plain(f"{sheet.template.title}　{document.number}")
        self._customer = plain(document.customer)

    def draw(self, canvas: Canvas, page: int, pages: int) -> None:
        """Draw the foot, and from the second page on the head."""
        said = PAGE.format(page=page, pages=pages)
        width = self._right - self._left
        canvas.setFont(FONT, _SIZE)
        canvas.setFillColor(GREY)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.4)
        line = (FOOT_MM - 4) * mm
        canvas.line(self._left, line, self._right, line)
        room = width - stringWidth(said, FONT, _SIZE) - 4 * mm
        canvas.drawString(self._left, line - 4 * mm, _fitted(self._foot, room))
        canvas.drawRightString(self._right, line - 4 * mm, said)
        if page > 1:
            top = A4[1] - (HEAD_MM - 4) * mm
            canvas.line(self._left, top, self._right, top)
            canvas.drawString(self._left, top + 1.5 * mm, _fitted(self._head, width / 2 - 2 * mm))
            canvas.drawRightString(self._right, top + 1.5 * mm, _fitted(self._customer, width / 2 - 2 * mm))


def numbered(paper: Paper) -> type[Canvas]:
    """Return a canvas that keeps its pages back until it knows how many there are."""

    class Numbered(Canvas):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802
            self._kept.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            for page, state in enumerate(self._kept, start=1):
                self.__dict__.update(state)
                paper.draw(self, page, len(self._kept))
                super().showPage()
            super().save()

    return Numbered


def _fitted(text: str, width: float) -> str:
    """Cut a line to a width, with a sign that it was cut."""
    text = " ".join(text.split("\n"))
    if stringWidth(text, FONT, _SIZE) <= width:
        return text
    # Nothing is narrower than a fifth of its height, so more need not be measured.
    text = text[: int(width / _SIZE * 5)]
    while text and stringWidth(f"{text}…", FONT, _SIZE) > width:
        text = text[:-1]
    return f"{text}…"
