"""Which part somebody means: by its code or barcode, by its whole name, or one of a few to choose from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.part_words import SaidPart
from bot.ports import BotUnitOfWork
from domain.parts.errors import PartUnknown
from domain.parts.keys import code_key, plain
from domain.parts.model.catalogue import Part

_WORDS = re.compile(r"[A-Za-z0-9._/#-]+|[^\sA-Za-z0-9._/#-]+")
CANDIDATES = 6
"""As many as fit on a card with a button each."""


@dataclass(frozen=True)
class Found:
    """What a part in words can be.

    Args:
        parts: the one that is meant, or those to choose from.
        said: the words, without a quantity where this was a piece of the code.
    """

    parts: tuple[Part, ...]
    said: SaidPart

    @property
    def only(self) -> Part | None:
        """Return the one that is meant, or None where somebody has to choose."""
        return self.parts[0] if len(self.parts) == 1 else None


def find_part(said: SaidPart, uow: BotUnitOfWork) -> Found:
    """Return what is meant.

    Raises:
        PartUnknown: nothing is called anything like it.
    """
    if said.whole and (exact := uow.parts.by_code(said.whole)):
        return Found(tuple(exact[:CANDIDATES]), SaidPart(said.whole, lots=said.lots))
    if not said.text and said.lots:
        return Found((_of_lot(said.lots[0], uow),), said)
    parts = parts_called(said.text, uow)
    if not parts:
        raise PartUnknown(text=said.text)
    return Found(tuple(parts), said)


def part_called(text: str, uow: BotUnitOfWork) -> Part | None:
    """Return the part of exactly this code, barcode or name, or None."""
    found = parts_called(text, uow)
    return found[0] if len(found) == 1 else None


def parts_called(text: str, uow: BotUnitOfWork) -> Sequence[Part]:
    """Return the one part that goes by these words, or the nearest few, best first."""
    if exact := uow.parts.by_code(text):
        # `A-1` and `a1` look the same to the search; who spells one of them to the letter means that one.
        to_the_letter = [one for one in exact if one.code == text.strip()]
        return to_the_letter or exact[:CANDIDATES]
    near = uow.parts.search(text, CANDIDATES)
    wanted = plain(text)
    for spelled in (_names, _names_with_code, _words_with_code):
        same = [one for one in near if wanted in spelled(one)]
        if len(same) == 1:
            return same
    return _with_code_said(text, near) or near


def lot_meant(part: Part, lot: str, uow: BotUnitOfWork) -> str:
    """Return a serial or batch as it is kept, also where `SN` was written before it, or was left out."""
    for spelled in spellings(lot):
        kept = [one.lot for one in uow.stock.lots_called(spelled) if one.part_id == part.id]
        if kept:
            return kept[0]
    return lot


def names_part(text: str, uow: BotUnitOfWork) -> bool:
    """Return whether words certainly name a part: its code, or its name, stands in them."""
    said = plain(text)
    near = uow.parts.by_code(text) or uow.parts.search(text, CANDIDATES)
    return any(plain(one.name) in said or code_key(one.code) in said for one in near)


def _of_lot(lot: str, uow: BotUnitOfWork) -> Part:
    for spelled in spellings(lot):
        found: dict[UUID, None] = dict.fromkeys(one.part_id for one in uow.stock.lots_called(spelled))
        if len(found) == 1:
            return uow.parts.get(next(iter(found)))
    raise PartUnknown(text=lot)


def spellings(lot: str) -> tuple[str, ...]:
    """Return a serial or batch as it was said, and with or without `SN` before it."""
    bare = lot[2:].lstrip("-#:/ ") if code_key(lot).startswith("sn") else ""
    return (lot, bare) if bare else (lot, f"SN{lot}")


def _names(part: Part) -> tuple[str, ...]:
    return (plain(part.name),)


def _names_with_code(part: Part) -> tuple[str, ...]:
    return (plain(part.name + part.code), plain(part.code + part.name))


def _words_with_code(part: Part) -> tuple[str, ...]:
    named = part.name + part.spec
    return (plain(named), plain(named + part.code), plain(part.code + named))


def _with_code_said(text: str, near: Sequence[Part]) -> Sequence[Part]:
    """Return the one part whose code stands among the words, while the other words are in its name.

    The longest code counts: `轴承 6204-2RS` is not the part `6204`. No blank is needed: `6204轴承`.
    """
    words = [plain(word) for word in _WORDS.findall(text)]
    spelled = {*words, *(plain(word) for word in text.split())}
    fits = [
        one
        for one in near
        if code_key(one.code) in spelled
        and all(word in plain(one.name + one.spec + one.code) for word in words if word)
    ]
    return fits if len(fits) == 1 else ()
