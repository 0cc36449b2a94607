"""The font that is shipped with us, and what becomes of characters it lacks.

See docs/adr/0038-documents.md.
"""

import gzip
import hashlib
import io
import json
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFont

from cards.text_documents import MORE_CODES

FONT: Final = "NotoSansSC"
GETA: Final = "〓"
"""What Chinese printers put where a character is missing."""
CODES_AT_MOST: Final = 20
_FIVE_DIGITS: Final = re.compile(r"<([0-9A-F]{5,6})>")
_VOID = frozenset("\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\u00ad")
"""Characters without any shape."""


class _Font(TTFont):
    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802
        """Add the font, and say in UTF-16 which character a glyph is.

        ReportLab 5.1 writes five digits for a character outside the basic plane; then none of the text
        around it could be searched or copied.
        """
        super().addObjects(doc)
        for name, found in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and isinstance(found, PDFStream):
                found.content = _FIVE_DIGITS.sub(_in_utf16, found.content)


def _in_utf16(code: re.Match[str]) -> str:
    return f"<{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>"


@cache
def coverage() -> frozenset[int]:
    """Register the font once in a process, and return what it can show.

    Raises:
        ValueError: the file is not the one that was released.
    """
    folder = files(__package__) / "font"
    lock = json.loads((folder / "lock.json").read_text("utf-8"))
    packed = (folder / lock["file"]).read_bytes()
    if hashlib.sha256(packed).hexdigest() != lock["sha256"]:
        raise ValueError(f"the font of documents is damaged: {lock['file']}; install Fixloop again")
    font = _Font(FONT, io.BytesIO(gzip.decompress(packed)))
    pdfmetrics.registerFont(font)
    # Bytes as they are: the detour over ASCII makes every file a quarter larger and slower.
    rl_config.useA85 = 0
    return frozenset(font.face.charToGlyph)


class Wording:
    """Makes texts of one document printable and remembers what could not be shown."""

    def __init__(self) -> None:
        self._known = coverage()
        self._lost: dict[str, None] = {}

    def plain(self, text: str) -> str:
        """Return the text with line breaks as its only control characters; a missing one becomes 〓."""
        joined = text.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(map(self._shown, joined))

    def lost(self) -> str:
        """Return the code points that could not be shown: `U+1F600、U+20BB7`; empty when there are none."""
        names = [f"U+{ord(character):04X}" for character in self._lost]
        said = "、".join(names[:CODES_AT_MOST])
        return said if len(names) <= CODES_AT_MOST else MORE_CODES.format(codes=said, count=len(names))

    def _shown(self, character: str) -> str:
        if character == "\n" or (ord(character) in self._known and character >= " "):
            return character
        kind = unicodedata.category(character)
        if character in _VOID or kind in ("Mn", "Cf"):
            return ""
        if kind in ("Cc", "Zs", "Zl", "Zp"):
            return " "
        self._lost[character] = None
        return GETA
