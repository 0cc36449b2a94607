"""Money as people write it."""


def yuan(amount_fen: int) -> str:
    """Return `380.50` for 38050 fen, exactly."""
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"


def grouped_yuan(amount_fen: int) -> str:
    """Return `5,000.01`, or `4,800` for whole yuan: large sums are read at a glance."""
    whole, rest = divmod(amount_fen, 100)
    return f"{whole:,}" + (f".{rest:02d}" if rest else "")


def exact_yuan(amount_fen: int) -> str:
    """Return `¥1,234.56`, or `-¥0.50`: as it stands on a settlement."""
    whole, rest = divmod(abs(amount_fen), 100)
    return f"{'-' if amount_fen < 0 else ''}¥{whole:,}.{rest:02d}"


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_LARGEST_YUAN = 10**16


def capital_yuan(amount_fen: int) -> str:
    """Return `壹仟贰佰叁拾元零伍分`: an amount in characters that cannot be altered.

    Raises:
        ValueError: it has more than sixteen digits before the point.
    """
    whole, rest = divmod(abs(amount_fen), 100)
    if whole >= _LARGEST_YUAN:
        raise ValueError(f"{amount_fen} fen is more than can be written out")
    jiao, fen = divmod(rest, 10)
    words = _capital_whole(whole) + "元" if whole else ""
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif fen and whole:
        words += "零"
    words += f"{_DIGITS[fen]}分" if fen else "整"
    return ("负" if amount_fen < 0 else "") + (words if whole or rest else "零元整")


def _capital_whole(whole: int) -> str:
    """Say groups of four digits; a gap of noughts between two digits is one `零`."""
    said, gap = "", False
    for group in range(3, -1, -1):
        number = whole // 10_000**group % 10_000
        for place in range(3, -1, -1):
            digit = number // 10**place % 10
            if digit:
                said += ("零" if gap and said else "") + _DIGITS[digit] + _PLACES[place]
            gap = digit == 0
        if number:
            said += _GROUPS[group]
    return said
