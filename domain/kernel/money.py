"""Money as people write it."""


def yuan(amount_fen: int) -> str:
    """Return `380.50` for 38050 fen, exactly."""
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"
