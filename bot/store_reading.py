"""Parts with what stands around them in words about a store: the place, the reason, a price."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from bot.approval_words import trimmed
from bot.intents import half_width
from bot.part_finding import find_part, lot_meant
from bot.part_words import UNITS, SaidPart, amount_of, read_parts
from bot.ports import BotUnitOfWork
from domain.parts.errors import PartUnknown, PlaceUnknown
from domain.parts.model.catalogue import Part, Place
from domain.people.model import Person

KNOWN_PLACES = 8
_GLUED = re.compile(r"(批次号?|批号|序列号|序号|\bs/?n)(?:\s*[:：#=]\s*|\s+)(?=[A-Za-z0-9])", re.IGNORECASE)
_PRICE = re.compile(
    r"(?:单价|价格|每[个只件台套]|@)\s*[:：]?\s*[¥￥]?\s*(\d[\d,]*(?:\.\d{1,2})?)\s*(?:元|块)?(?=$|[\s,，;；。])"
)
_REASON = re.compile(r"(?:^|[\s,，;；])(?:原因|因为|备注|说明)\s*[:：是]?\s*(.+)$")
_FROM = re.compile(r"(?:^|[\s,，])从\s*([^\s,，;；]+?)(?=$|[\s,，;；]|到)")
_TO = re.compile(r"(?:^|[\s,，]|(?<=[^\s,，;；a-zA-Z\d]))(?:到|至|给|发往)\s*([^\s,，;；\d][^\s,，;；]*)")
_SIGN = re.compile(
    rf"^(?:[×*✕✖xX]\s?[-+−－]?|[-+−－]\s?)\d|^\d+(?:\.\d+)?(?:{UNITS})$|.[×*✕✖xX]\d+(?:\.\d+)?(?:{UNITS})?$"
)
_NUMBER = re.compile(r"^\d+(?:\.\d+)?(?:\^\d+)?[百千万]?$")
_TIMES = re.compile(r"[×*✕✖]\s?\d")
_COUNTED = "".join(one for one in UNITS.split("|") if len(one) == 1)
_MARK = re.compile(rf"(?<=[\d{_COUNTED}])([、，;；]|,(?!\d{{3}}(?!\d)))(?=\S)")
"""What stands between two parts; in `1,000个` the comma does not."""
_LOT_TOKEN = re.compile(r"^(?:s/?n|批次号?|批号|序列号|序号)[-#:：]?[A-Za-z0-9]", re.IGNORECASE)


@dataclass(frozen=True)
class Meant:
    """One part that is meant, so much of it, and the words behind it."""

    part: Part
    said: SaidPart
    rest: str

    def amount(self, default: Decimal | None = None) -> Decimal:
        """Return how many; refused where it makes no sense."""
        return amount_of(self.said, self.part, default)

    def lots(self, uow: BotUnitOfWork) -> tuple[str, ...]:
        """Return the serials or batches as the books have them."""
        return tuple(lot_meant(self.part, lot, uow) for lot in self.said.lots)


@dataclass(frozen=True)
class SeveralParts(Exception):
    """More than one part may be meant."""

    text: str
    parts: tuple[Part, ...]


def split_head(text: str) -> tuple[str, str]:
    """Return the words for a part with its quantity and serials, and those behind them."""
    tokens = _GLUED.sub(r"\1:", half_width(text)).split()
    ends = [at for at, token in enumerate(tokens) if _SIGN.search(token)]
    if not ends:
        ends = [at for at, token in enumerate(tokens) if at and _NUMBER.match(token)]
    end = ends[0] if ends else -1
    if end >= 0 and tokens[end] in "×*✕✖xX":
        end += 1
    while end + 1 < len(tokens) and _LOT_TOKEN.match(tokens[end + 1]):
        end += 1
    if not ends:
        lots = [at for at, token in enumerate(tokens) if _LOT_TOKEN.match(token)]
        end = lots[-1] if lots else 0
    return " ".join(tokens[: end + 1]), " ".join(tokens[end + 1 :])


def part_meant(text: str, uow: BotUnitOfWork) -> Meant:
    """Return the one part that stands at the beginning of some words.

    Raises:
        PartUnknown: nothing is called like it.
        SeveralParts: more than one may be meant.
    """
    head, rest = split_head(text)
    return _meant((read_parts(head) or (SaidPart(head),))[0], rest, uow)


def parts_meant(text: str, uow: BotUnitOfWork) -> tuple[list[Meant], str]:
    """Return all parts that stand at the beginning of some words, each with a quantity, and what follows.

    Raises:
        PartUnknown: nothing is called like one of them.
        SeveralParts: more than one may be meant.
    """
    found: list[Meant] = []
    text = _MARK.sub(r"\1 ", text)
    while not found or text:
        head, rest = split_head(text)
        named = read_parts(head) or (SaidPart(head),)
        if found and not all(one.said and one.text for one in named):
            break
        try:
            found += [_meant(one, rest, uow) for one in named]
        except PartUnknown:
            # `用了3个月` is a reason; `皮代×1` is a slip of the finger, without which nothing is done.
            if not found or _TIMES.search(head):
                raise
            break
        text = rest
    return found, text


def _meant(said: SaidPart, rest: str, uow: BotUnitOfWork) -> Meant:
    found = find_part(said, uow)
    if found.only is None:
        raise SeveralParts(said.text, found.parts)
    return Meant(found.only, found.said, rest)


def take_price(text: str) -> tuple[int | None, str]:
    """Return the price for one, in fen, and the other words."""
    found = _PRICE.search(half_width(text))
    if found is None:
        return None, text
    plain = half_width(text)
    fen = int((Decimal(found[1].replace(",", "")) * 100).to_integral_value())
    return fen, trimmed(f"{plain[: found.start()]} {plain[found.end() :]}")


def take_reason(text: str) -> tuple[str, str]:
    """Return what is written behind 原因, and the words before it."""
    found = _REASON.search(text)
    return (trimmed(found[1]), trimmed(text[: found.start()])) if found is not None else ("", text)


def take_from_to(text: str) -> tuple[str, str, str]:
    """Return where something comes from, where it goes to, and the other words."""
    source, text = _taken(_FROM, text)
    target, text = _taken(_TO, text)
    return source, target, trimmed(text)


def take_place(text: str, uow: BotUnitOfWork) -> tuple[Place | None, str]:
    """Return the place that one of the first words names, and the other words."""
    plain = re.sub(r"(?:^|(?<=\s))(?:在|于|到|从)\s*(?=\S)", "", text)
    tokens = plain.split()
    for at, token in enumerate(tokens[:2]):
        if len(token) > 1 and (place := uow.parts.place_named(token)) is not None:
            return place, " ".join([*tokens[:at], *tokens[at + 1 :]])
    return None, text


def place_called(text: str, uow: BotUnitOfWork) -> Place:
    """Return the place of a name or code.

    Raises:
        PlaceUnknown: there is none; the stores are named.
    """
    place = uow.parts.place_named(text)
    if place is None:
        raise PlaceUnknown(text=text, known=store_names(uow.parts.stores()) or "（还没有仓库）")
    return place


def own_store(person: Person, uow: BotUnitOfWork, among: Sequence[UUID] = ()) -> Place | None:
    """Return the one store somebody keeps, or the only one there is; None where it has to be said.

    Args:
        among: places of which only one of theirs may be.
    """
    kept = [one for one in uow.parts.kept_by(person.id) if not among or one.id in among]
    if len(kept) == 1:
        return kept[0]
    tops = [one for one in kept if one.parent_id is None]
    if len(tops) == 1:
        return tops[0]
    stores = uow.parts.stores()
    return stores[0] if not kept and len(stores) == 1 else None


def store_names(stores: Sequence[Place]) -> str:
    """Return the names of some stores, as far as there is room."""
    shown = "、".join(one.name for one in stores[:KNOWN_PLACES])
    return shown + ("等" if len(stores) > KNOWN_PLACES else "")


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    if found is None:
        return "", text
    return found[1], f"{text[: found.start()]} {text[found.end() :]}"
