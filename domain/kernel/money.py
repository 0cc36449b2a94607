"""Money as people write it."""


def yuan(amount_fen: int) -> str:
    """Return `380.50` for 38050 fen, exactly."""
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"


def grouped_yuan(amount_fen: int) -> str:
    """Return `5,000.01`, or `4,800` for whole yuan: large sums are read at a glance."""
    whole, rest = divmod(amount_fen, 100)
    return f"{whole:,}" + (f".{rest:02d}" if rest else "")
