"""What a code is: a part's code or barcode, or a piece's serial or batch, scanned or typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.part_words import SaidPart, amount_of, pieces_of
from bot.ports import BotUnitOfWork
from bot.store_reading import Meant, part_meant
from domain.parts.errors import PartUnknown, QuantityWrong
from domain.parts.model.catalogue import Part
from domain.parts.wording import part_name
from domain.policies.store_page import piece_called


@dataclass(frozen=True)
class Heard:
    """One part that was scanned or typed.

    Args:
        said: the quantity as it was said; none where a code was scanned.
        lot: the serial or batch.
    """

    part: Part
    said: SaidPart
    lot: str = ""

    def amount(self, default: Decimal | None = None) -> Decimal:
        """Return how many; refused where it makes no sense."""
        return amount_of(self.said, self.part, default)


def heard_typed(text: str, uow: BotUnitOfWork) -> tuple[Heard, ...]:
    """Return what was typed: codes and serials alone, or parts with quantities.

    Raises:
        PartUnknown: nothing is called like it.
        SeveralParts: more than one part may be meant.
        QuantityWrong: there are more or fewer serials than pieces.
    """
    pieces = [of_piece(token, uow) for token in text.split()]
    if pieces and all(pieces):
        return tuple(one for one in pieces if one is not None)
    heard: list[Heard] = []
    for piece in pieces_of(text):
        if piece.strip():
            heard += _typed(part_meant(piece.strip(), uow), uow)
    return tuple(heard)


def _typed(meant: Meant, uow: BotUnitOfWork) -> tuple[Heard, ...]:
    lots = meant.lots(uow)
    if len(lots) <= 1:
        return (Heard(meant.part, meant.said, lots[0] if lots else ""),)
    if meant.said.said and meant.amount() != len(lots):
        why = f"写了 {len(lots)} 个序列号"
        raise QuantityWrong(name=part_name(meant.part), quantity=meant.said.said, why=why)
    return tuple(Heard(meant.part, SaidPart(meant.said.text), lot) for lot in lots)


def heard_codes(codes: Sequence[str], uow: BotUnitOfWork) -> tuple[Heard, ...]:
    """Return what was scanned; a part's label beside its piece's serial is one thing.

    Raises:
        PartUnknown: a code is neither a part's nor a piece's.
    """
    pieces: list[Heard] = []
    parts: list[Part] = []
    for code in codes:
        if (found := of_piece(code, uow)) is not None:
            pieces.append(found)
        elif labelled := uow.parts.by_code(code):
            parts.append(labelled[0])
        else:
            raise PartUnknown(text=code)
    serials = {one.part.id for one in pieces}
    bare = [Heard(part, SaidPart(part.code)) for part in parts if part.id not in serials]
    return (*bare, *pieces)


def of_piece(code: str, uow: BotUnitOfWork) -> Heard | None:
    """Return the piece of a serial or batch, or None where it is no one's, or several parts'."""
    piece = piece_called(code, uow)
    return Heard(piece.part, SaidPart(piece.part.code), piece.lot) if piece is not None else None
