"""Which document is meant: by its number, by the end of it, or the only one there is."""

from collections.abc import Callable, Collection, Sequence
from typing import Protocol, TypeVar

from bot.ports import BotUnitOfWork
from bot.replies import Outcome, Said, say
from bot.store_words import StoreWords
from cards.text_store import (
    NO_DOCUMENT,
    OTHER_KIND,
    PURCHASE_NAME,
    WHICH_DOCUMENT,
    WHICH_LINE,
    WHICH_LINE_ABOUT,
)
from domain.parts.model.supply import Purchase

LOOKED_AT = 100
LISTED = 8
UNDER_WAY = ("approving", "approved", "ordered")


class Numbered(Protocol):
    """A document with a number."""

    @property
    def number(self) -> str:
        """Return its number."""


D = TypeVar("D", bound=Numbered)


def document_meant(
    said: Said,
    words: StoreWords,
    numbered: Callable[[str], D | None],
    candidates: Sequence[D],
    what: str,
    uow: BotUnitOfWork,
    about: Callable[[D], str] | None = None,
) -> D | Outcome:
    """Return the one document that is meant, or what was answered instead.

    Args:
        numbered: finds one by its whole number.
        candidates: where it is looked for by the end of its number, or without one.
        what: what such a document is called.
        about: what one is about, so that nobody has to know it by its number.
    """
    if words.number:
        found = numbered(words.number)
        return found if found is not None else _unknown(said, words, what, uow)
    fits = [one for one in candidates if one.number.endswith(f"-{words.tail}")] if words.tail else candidates
    if len(fits) == 1:
        return fits[0]
    if not fits:
        named = f" …{words.tail}" if words.tail else ""
        return say(uow, said, NO_DOCUMENT.format(what=what, named=named), privately=True)
    lines = "\n".join(
        WHICH_LINE.format(words=f"{words.word} {one.number} {words.rest}".rstrip())
        + (WHICH_LINE_ABOUT.format(about=about(one)) if about is not None else "")
        for one in fits[:LISTED]
    )
    return say(uow, said, WHICH_DOCUMENT.format(count=len(fits), what=what, lines=lines), privately=True)


def purchase_meant(
    said: Said, words: StoreWords, states: Collection[str], uow: BotUnitOfWork
) -> Purchase | Outcome:
    """Return the one purchase in some states that is meant, or what was answered instead."""
    candidates = uow.supply.purchases(states, LOOKED_AT)
    if words.tail and not any(one.number.endswith(f"-{words.tail}") for one in candidates):
        # Why it cannot be done is said by its state; that there is none would be wrong.
        candidates = uow.supply.purchases(UNDER_WAY, LOOKED_AT)
    return document_meant(said, words, uow.supply.purchase_numbered, candidates, PURCHASE_NAME, uow)


def _unknown(said: Said, words: StoreWords, what: str, uow: BotUnitOfWork) -> Outcome:
    """Say that there is no such document, and what the number is of, if it is another kind's."""
    number = words.number
    others = (
        (uow.hand_overs.request_numbered(number), "领料单", f"出库 {number}"),
        (uow.supply.purchase_numbered(number), "采购单", f"入库 {number}"),
        (uow.supply.count_numbered(number), "盘点单", f"盘点 {number}"),
    )
    for found, kind, again in others:
        if found is not None:
            text = OTHER_KIND.format(number=number, kind=kind, what=what, words=again)
            return say(uow, said, text, privately=True)
    return say(uow, said, NO_DOCUMENT.format(what=what, named=f" {number}"), privately=True)
