"""How codes, barcodes and words are compared: whatever people type, in one plain form."""

import re
import unicodedata

KEY_LENGTH = 64
GRAMS_AT_MOST = 60
_SIGNS = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")


def plain(text: str) -> str:
    """Return half-width small letters, digits and Chinese characters; everything else is left out."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())


def code_key(text: str) -> str:
    """Return a code, serial or barcode as lookups compare it: `sn 6204-2rs` is `sn62042rs`."""
    return plain(text)[:KEY_LENGTH]


def grams(*texts: str) -> frozenset[str]:
    """Return every two neighbouring letters of some words, and words of one letter as they are."""
    found: dict[str, None] = {}
    for text in texts:
        letters = plain(text)
        pairs = [letters[at : at + 2] for at in range(len(letters) - 1)] or [letters]
        found |= dict.fromkeys(pair for pair in pairs if pair)
    return frozenset(list(found)[:GRAMS_AT_MOST])
