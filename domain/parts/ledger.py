"""What a movement is worth: the moving average, to the fen.

Source: docs/reference/spare-parts.md, rule PA-3
"""

from decimal import ROUND_HALF_UP, Decimal


def share_of_value(quantity: Decimal, on_hand: Decimal, value_fen: int) -> int:
    """Return what a part of the stock cost, in fen; the last pieces take along all that is left.

    Args:
        quantity: how many leave, more than 0 and at most `on_hand`.
        on_hand: how many there are, more than 0.
        value_fen: what these cost together.
    """
    if quantity == on_hand:
        return value_fen
    share = (Decimal(value_fen) * quantity / on_hand).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return min(int(share), value_fen)


def value_of(quantity: Decimal, price_fen: int) -> int:
    """Return what so many cost at a price for one, in fen."""
    return int((quantity * price_fen).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def average_fen(on_hand: Decimal, value_fen: int) -> int:
    """Return what one costs on average, in fen; 0 where there is none."""
    if not on_hand:
        return 0
    return int((Decimal(value_fen) / on_hand).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def quantity_words(quantity: Decimal) -> str:
    """Return `2` or `1.5`, without noughts at the end."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
