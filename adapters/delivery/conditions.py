"""What must still be true when a notice is sent, asked at that very moment."""

from collections.abc import Callable, Mapping

Conditions = Mapping[str, Callable[[str], bool]]
"""For each kind of condition, what answers whether `rest` still holds."""


def holds(conditions: Conditions, only_while: str) -> bool:
    """Return whether `kind:rest` holds; a kind that nobody answers counts as holding."""
    kind, _, rest = only_while.partition(":")
    ask = conditions.get(kind)
    return ask is None or ask(rest)
