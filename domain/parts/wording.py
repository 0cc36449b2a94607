"""How parts and quantities are written, for people."""

from collections.abc import Iterable
from decimal import Decimal

from domain.parts.ledger import quantity_words
from domain.parts.model.catalogue import Part


def part_name(part: Part) -> str:
    """Return what people call a part: `轴承 6204`, with its code where the name does not have it."""
    return part.name if part.code in part.name else f"{part.name} {part.code}"


def line_words(part: Part, quantity: Decimal, lots: Iterable[str] = ()) -> str:
    """Return `轴承 6204 ×2`, or `控制板 KB-10 ×1（SN001）`; a unit that is measured follows its number."""
    count = f"×{quantity_words(quantity)}" if part.whole else f"{quantity_words(quantity)}{part.unit}"
    named = "、".join(lot for lot in lots if lot)
    return f"{part_name(part)} {count}" + (f"（{named}）" if named else "")
