"""Which words ask for a customer, a machine or their history, and which words keep those tidy."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Lookup(StrEnum):
    """What somebody wants to know or to tidy."""

    FIND = "find"
    CUSTOMER = "customer"
    ASSET = "asset"
    MERGE_CUSTOMERS = "merge_customers"
    MERGE_ASSETS = "merge_assets"
    CONFIRM_MERGE = "confirm_merge"
    LEVEL = "level"
    LABEL = "label"
    NEW_LABEL = "new_label"
    END_LABEL = "end_label"


@dataclass(frozen=True)
class LookupWords:
    """One message, read; `text` is what follows the command word."""

    wish: Lookup
    text: str


_GAP = r"[\s,，:：、]"
# A number, plate or serial may follow without a gap: 查13800000021, 查沪A12345.
_SHAPE = r"(?=\+?\d|WO|[A-Z0-9-]*\d|[\u4e00-\u9fa5][A-Z][·.]?[A-Z0-9]{4,6})"
LOOKUPS: tuple[tuple[Lookup, str], ...] = (
    (Lookup.CONFIRM_MERGE, r"确认合并[。.!！\s]*$"),
    (Lookup.MERGE_CUSTOMERS, rf"合并客户{_GAP}*(?P<text>.+)"),
    (Lookup.MERGE_ASSETS, rf"合并设备{_GAP}*(?P<text>.+)"),
    (Lookup.LEVEL, rf"客户级别{_GAP}+(?P<text>.+)"),
    (Lookup.END_LABEL, rf"停用二维码{_GAP}*(?P<text>.+)"),
    (Lookup.NEW_LABEL, rf"(?:更换|换|重做)二维码{_GAP}*(?P<text>.+)"),
    (Lookup.LABEL, rf"二维码(?:{_GAP}+|{_SHAPE})(?P<text>.+)"),
    (Lookup.FIND, rf"(?:查一下|查下|查找|查)(?:{_GAP}+|{_SHAPE})(?P<text>.+)"),
    (Lookup.CUSTOMER, rf"客户{_GAP}+(?P<text>.+)"),
    (Lookup.ASSET, rf"设备(?:{_GAP}+|{_SHAPE})(?P<text>.+)"),
)
_PATTERNS = tuple((wish, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for wish, pattern in LOOKUPS)
# A gap on both sides of the word is plainer than none, because names may have the word in them.
_PAIRS = (
    re.compile(r"(.+?)\s+(?:合并到|并入|到|进|→|->)\s+(.+)", re.DOTALL),
    re.compile(r"(.+?)\s*(?:合并到|并入|→|->|到)\s*(.+)", re.DOTALL),
)
_QUESTION = re.compile(r"(?:进度|进展|修到哪|什么时候|怎么样|多久|好了[吗没]|没有[吗呢啊]?$)")
_BARE = re.compile(
    r"\+?\d[\d\s-]{6,18}|[\u4e00-\u9fa5][A-Z][·.]?[A-Z0-9]{4,6}|(?=[A-Z/_-]*\d)[A-Z0-9][A-Z0-9/_-]{3,39}",
    re.IGNORECASE,
)
TEXT_CHARS = 200
"""Characters of a name or number that are looked for."""


def read_lookup(text: str) -> LookupWords | None:
    """Return what a message looks for, or None for words about anything else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for wish, pattern in _PATTERNS:
        if found := pattern.match(plain):
            rest = (found.groupdict().get("text") or "").strip(" \t\r\n,，:：。.!！?？")
            if wish is Lookup.FIND and _QUESTION.search(rest):
                return None
            return LookupWords(wish, rest[:TEXT_CHARS])
    return None


def read_bare(text: str) -> LookupWords | None:
    """Return the phone number, plate or serial that is all of a message, as typed during a call."""
    plain = unicodedata.normalize("NFKC", text).strip(" \t\r\n。.")
    return LookupWords(Lookup.FIND, plain) if _BARE.fullmatch(plain) else None


def read_pair(text: str) -> tuple[str, str] | None:
    """Return both names of `甲 到 乙`, or None."""
    for pattern in _PAIRS:
        if found := pattern.fullmatch(text):
            return found[1].strip(), found[2].strip()
    return None
