"""Parts with quantities, as cards and lists write them."""

from collections.abc import Iterable

from cards.text_parts import LOT_LINE, LOTS_MORE
from domain.parts.views import PartLineView

LOTS_SHOWN = 4


def called(name: str, code: str) -> str:
    """Return what people call a part: its code follows where the name does not have it."""
    return name if code in name else f"{name} {code}"


def line_words(line: PartLineView, *, lots: bool = True) -> str:
    """Return `轴承 6204 ×2`, with serials where these are wanted; what is measured has its unit."""
    whole = line.quantity.lstrip("-").isdigit()
    count = f"×{line.quantity}" if whole else f"{line.quantity}{line.unit}"
    words = f"{called(line.name, line.code)} {count}"
    if not (lots and line.lots):
        return words
    shown = "、".join(line.lots[:LOTS_SHOWN])
    many = len(line.lots) > LOTS_SHOWN
    return LOT_LINE.format(
        line=words, lots=LOTS_MORE.format(lots=shown, count=len(line.lots)) if many else shown
    )


def lines_words(lines: Iterable[PartLineView]) -> str:
    """Return several parts in one line."""
    return "；".join(line_words(one) for one in lines)
