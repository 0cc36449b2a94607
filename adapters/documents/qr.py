"""QR codes as areas, so that they stay sharp at any size."""

from collections.abc import Iterator
from typing import Final

import segno
from reportlab.pdfgen.canvas import Canvas

QUIET: Final = 4
"""Modules around a code that stay white, by the standard."""
_OVERLAP: Final = 0.02
"""Of a module: no hair lines between areas that touch."""


def draw_code(canvas: Canvas, text: str, left: float, bottom: float, size: float) -> None:
    """Draw a code with error correction M into a square, quiet zone included; lengths are points."""
    matrix = segno.make_qr(text, error="m", boost_error=False).matrix
    module = size / (len(matrix) + 2 * QUIET)
    path = canvas.beginPath()
    for row, begin, end in _runs(matrix):
        path.rect(begin, -row - 1, end - begin, 1 + _OVERLAP)
    canvas.saveState()
    canvas.setFillColorRGB(0, 0, 0)
    canvas.translate(left + QUIET * module, bottom + size - QUIET * module)
    canvas.scale(module, module)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _runs(matrix: tuple[bytearray, ...]) -> Iterator[tuple[int, int, int]]:
    """Return dark modules that touch: row, first and one past the last."""
    for row, modules in enumerate(matrix):
        begin = None
        for place, dark in enumerate((*modules, 0)):
            if dark and begin is None:
                begin = place
            elif not dark and begin is not None:
                yield row, begin, place
                begin = None
