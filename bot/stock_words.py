"""What people say about parts, read: what to do, about which document or job, and what else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from bot.approval_words import REQUEST_NUMBER
from bot.intents import NUMBER, half_width


class StockDeed(StrEnum):
    """What somebody wants to do, or to know, about parts."""

    RESERVED = "reserved"
    CANCEL = "cancel"
    ASK = "ask"
    TAKE = "take"
    REFUSE = "refuse"
    RECALL = "recall"
    USE = "use"
    RETURN = "return"
    GIVE = "give"
    BRING_OLD = "bring_old"
    TRANSIT = "transit"
    LOW = "low"
    STOCK = "stock"
    HOLDER = "holder"
    WHO = "who"
    OLD = "old"
    REQUESTS = "requests"
    SHOW = "show"


@dataclass(frozen=True)
class StockWords:
    """One message about parts.

    Args:
        word: the command word as it was written.
        order: `WO-…` in its written form, or empty.
        document: `SP-…`, `DB-…` or `JJ-…` in its written form, or empty.
        rest: what is left.
        apart: what is left does not stand right behind the word: it is no sentence like `库存不够了`.
        picks: which part was chosen for which of those that are named, by its place among them.
    """

    deed: StockDeed
    word: str
    order: str = ""
    document: str = ""
    rest: str = ""
    apart: bool = True
    picks: Mapping[int, UUID] = field(default_factory=dict)


VERBS: tuple[tuple[StockDeed, str], ...] = (
    (StockDeed.RESERVED, "领预留"),
    (StockDeed.CANCEL, "取消领料"),
    (StockDeed.REQUESTS, "领料单|我的领料"),
    (StockDeed.ASK, "要配件|要备件|申请配件|申请备件|领料|领配件"),
    (StockDeed.TAKE, "收下|收到配件"),
    (StockDeed.REFUSE, "拒收"),
    (StockDeed.RECALL, "撤回交接"),
    (StockDeed.USE, "用料|核销"),
    (StockDeed.RETURN, "退料"),
    (StockDeed.GIVE, "转配件|给配件"),
    (StockDeed.BRING_OLD, "还旧件"),
    (StockDeed.TRANSIT, "在途配件|在途"),
    (StockDeed.LOW, "低库存"),
    (StockDeed.STOCK, "查库存|库存|有没有"),
    (StockDeed.HOLDER, "我的车|车上"),
    (StockDeed.WHO, "谁拿着|谁有"),
    (StockDeed.OLD, "旧件"),
)
DOCUMENT = re.compile(r"(DB|JJ)\s*[-–—_]?\s*(\d{8})\s*[-–—_]?\s*(\d{4,})", re.IGNORECASE)
ALONE = frozenset(
    {
        StockDeed.REQUESTS,
        StockDeed.TRANSIT,
        StockDeed.LOW,
        StockDeed.HOLDER,
        StockDeed.OLD,
        StockDeed.RESERVED,
    }
)
"""What takes no words; with more than a few letters behind it, it is a sentence of its own."""
VAGUE = frozenset({StockDeed.TAKE, StockDeed.REFUSE, StockDeed.WHO, StockDeed.HOLDER, StockDeed.OLD})
"""What is said about other things as well, so that it is no answer to something else that is waited for."""
_ALONE_LETTERS = 3
_QUESTION = "有没有"
_SEPARATOR = r"[\s,，.。:：、;；!！?？~]"
# What follows without a gap is a code, a number or the name of a part, except where words say other things.
_SPACED = frozenset(
    {
        StockDeed.TAKE,
        StockDeed.REFUSE,
        StockDeed.RECALL,
        StockDeed.CANCEL,
        StockDeed.HOLDER,
        StockDeed.OLD,
        StockDeed.TRANSIT,
        StockDeed.LOW,
        StockDeed.REQUESTS,
        StockDeed.RESERVED,
        StockDeed.BRING_OLD,
        StockDeed.WHO,
    }
)
_COMMANDS = tuple(
    (
        deed,
        re.compile(
            rf"^(?:{words})(?=$|{_SEPARATOR}|[A-Z0-9]|的|[有了吗呢]{{1,2}}$)"
            if deed in _SPACED
            else rf"^(?:{words})",
            re.IGNORECASE,
        ),
    )
    for deed, words in VERBS
)
_RECALL = re.compile(r"^撤回(?=\s*DB)", re.IGNORECASE)
_EDGES = re.compile(rf"^(?:{_SEPARATOR})+|(?:[\s,，、;；。!！?？~])+$")
_PARTICLES = re.compile(r"[吗呢啊呀吧了嘛么]*[\s?？。!！~]*$")


def read_stock(text: str) -> StockWords | None:
    """Return what is said about parts, or None: only a command word at the beginning counts."""
    plain = half_width(text).strip()
    document, without, leading = take_document(plain)
    if document and not _letters(without):
        return None if document.startswith("SP") else StockWords(StockDeed.SHOW, document, document=document)
    order, behind = _leading_order(plain)
    command = without if leading else behind
    for deed, pattern in ((StockDeed.RECALL, _RECALL), *_COMMANDS):
        if (found := pattern.match(command)) is None:
            continue
        rest = command[found.end() :]
        apart = not rest[:1].isalpha() or rest[:1].isascii()
        if not leading:
            document, rest, _ = take_document(rest)
        if not order:
            order, rest = _take_order(rest)
        rest = trimmed(rest)
        if deed in ALONE and len(_letters(rest)) > _ALONE_LETTERS:
            return None
        return StockWords(deed, found.group(), order, document, rest, apart and found.group() != _QUESTION)
    return None


def take_document(text: str) -> tuple[str, str, bool]:
    """Return the number of a document about parts, the other words, and whether it came first."""
    for pattern in (DOCUMENT, REQUEST_NUMBER):
        if (found := pattern.search(text)) is not None:
            kind, day, no = found.groups() if pattern is DOCUMENT else ("SP", *found.groups())
            before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
            return f"{kind.upper()}-{day}-{no}", trimmed(f"{before} {after}"), not before
    return "", text, False


def asked_about(text: str) -> str:
    """Return what a question is about: `6204 吗？` asks about `6204`."""
    return _PARTICLES.sub("", text).strip()


def trimmed(text: str) -> str:
    """Return words without blanks and punctuation at their edges."""
    return _EDGES.sub("", _EDGES.sub("", text))


def _leading_order(text: str) -> tuple[str, str]:
    found = NUMBER.match(text)
    return (f"WO-{found[1]}-{found[2]}", trimmed(text[found.end() :])) if found is not None else ("", text)


def _take_order(text: str) -> tuple[str, str]:
    found = NUMBER.search(text)
    if found is None:
        return "", text
    before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
    return f"WO-{found[1]}-{found[2]}", f"{before} {after}"


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
