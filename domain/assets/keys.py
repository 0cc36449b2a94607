"""How people's spellings of one serial, plate or name become one key."""

import re
import unicodedata

PART_LENGTH = 24
"""Characters of a name that a search compares; longer queries are compared by their beginning."""
PARTS = 40
"""Endings of one name that are kept for searching."""

_NO_LETTER = re.compile(r"[\W_]+")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]"
    r"[A-HJ-NP-Z](?:[0-9A-HJ-NP-Z]{5,6}|[0-9A-HJ-NP-Z]{4}[挂学警港澳])"
)


def plain_key(text: str) -> str:
    """Return letters and digits only, half-width and in one case: `ＬＫ-2306 12` and `lk230612` are one."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text)).casefold()


def plate_key(text: str) -> str:
    """Return a number plate without dots and blanks, in capitals; empty when the text is not a plate."""
    plain = plain_key(text).upper()
    return plain if _PLATE.fullmatch(plain) else ""


def name_parts(code: str, name: str) -> frozenset[str]:
    """Return what a customer can be found by: the code, and every longer ending of the name.

    A search by the beginning of an ending is a search anywhere in the name, and needs no table scan.
    """
    whole = plain_key(name)
    endings = {whole[at : at + PART_LENGTH] for at in range(max(1, min(len(whole) - 1, PARTS)))}
    return frozenset(part for part in {*endings, plain_key(code)[:PART_LENGTH]} if part)
