"""`python tools/make_document_font.py SC.ttf JP.ttf`: cut the font of documents; needs fonttools.

SC.ttf is NotoSansSC_400Regular.ttf of npm's @expo-google-fonts/noto-sans-sc 0.4.3, JP.ttf the same of
noto-sans-jp, of which only the characters are taken that SC lacks and that stand in names, such as 𠮷.
What it writes is committed together with the hashes.
"""

import gzip
import hashlib
import io
import json
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parents[1] / "adapters" / "documents" / "font"
FILE = "noto-sans-sc-regular.ttf.gz"
RARE = range(0x20000, 0x33480)
"""Unified ideographs outside the basic plane."""
DROPPED = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "gasp", "prep"]
"""Tables that PDF has no use for."""


def main(source: Path, more: Path) -> None:
    """Write the font, and its hash beside those of the sources."""
    font = TTFont(source, recalcTimestamp=False)
    borrowed = _borrow(font, TTFont(more))
    options = subset.Options(layout_features=[], hinting=False, drop_tables=DROPPED)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    packed = gzip.compress(out.getvalue(), 9, mtime=0)
    (FOLDER / FILE).write_bytes(packed)
    lock = {
        "file": FILE,
        "name": "Noto Sans SC",
        "licence": "OFL-1.1",
        "licence_file": "OFL.txt",
        "sha256": hashlib.sha256(packed).hexdigest(),
        "sources": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (source, more)},
        "characters": len(font.getBestCmap()),
        "borrowed": borrowed,
    }
    (FOLDER / "lock.json").write_text(json.dumps(lock, indent=2) + "\n", "utf-8")


def _borrow(font: TTFont, other: TTFont) -> int:
    """Add the other font's rare characters that are missing; both have 1000 units to the em."""
    there, names = font.getBestCmap(), other.getBestCmap()
    glyphs = other.getGlyphSet()
    wanted = [code for code in sorted(names) if code in RARE and code not in there]
    for code in wanted:
        recorded = DecomposingRecordingPen(glyphs)
        glyphs[names[code]].draw(recorded)
        pen = TTGlyphPen(None)
        recorded.replay(pen)
        name = f"u{code:X}"
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = other["hmtx"][names[code]]
        for table in font["cmap"].tables:
            if table.format == 12:
                table.cmap[code] = name
    font.setGlyphOrder(font["glyf"].glyphOrder)
    return len(wanted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
