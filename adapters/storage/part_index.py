"""The index of the search for parts by words: pairs of letters, and short words of letters and digits.

Whoever writes the catalogue calls `replace_grams`; the search asks with `grams_asked`.
"""

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import bindparam, delete
from sqlalchemy.orm import Session

from adapters.storage.dialect import dialect_of, insert_for, table_of
from domain.parts.keys import GRAMS_AT_MOST, grams
from domain.parts.model.catalogue import Part, PartGram

WORD = range(3, 9)
"""How long a word of letters and digits is that is kept whole: `6204` tells more than `62` and `04`."""
ASKED_AT_MOST = 16
_LATIN = re.compile(r"[0-9a-z]+")
_RUNS = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff\s]+")
_CHUNK = 500
_grams = table_of(PartGram)
_FORGET = delete(_grams).where(_grams.c.part_id.in_(bindparam("parts", expanding=True)))


def grams_of(part: Part) -> frozenset[str]:
    """Return what the search can find a part by."""
    return grams_in(part.code, part.name, part.spec, part.barcode)


def grams_asked(text: str) -> frozenset[str]:
    """Return what words that somebody typed have in common with the parts they mean."""
    return frozenset(sorted(grams_in(*_RUNS.findall(text)), key=len, reverse=True)[:ASKED_AT_MOST])


def replace_grams(session: Session, parts: Sequence[Part]) -> None:
    """Make the search know parts that are new or were changed; they are written before."""
    session.flush()
    adding = insert_for(dialect_of(session), PartGram)
    for at in range(0, len(parts), _CHUNK):
        some = parts[at : at + _CHUNK]
        session.execute(_FORGET, {"parts": [part.id for part in some]})
        rows = [{"gram": gram, "part_id": part.id} for part in some for gram in sorted(grams_of(part))]
        if rows:
            session.execute(adding, rows)


def grams_in(*texts: str) -> frozenset[str]:
    """Return the grams of some texts."""
    words: dict[str, None] = {}
    for text in texts:
        found = _LATIN.findall(unicodedata.normalize("NFKC", text).casefold())
        words |= dict.fromkeys(word for word in found if len(word) in WORD)
    return grams(*texts) | frozenset(list(words)[:GRAMS_AT_MOST])
