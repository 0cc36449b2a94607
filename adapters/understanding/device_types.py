"""The class of a device by the words people use for it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

_SHORTEST = 2


def device_type(words: str, types: Mapping[str, str]) -> tuple[str, float]:
    """Return the class of a device and how sure that is.

    Args:
        types: the class of each known word in lower case.
    """
    lowered = words.lower()
    if lowered in types:
        return types[lowered], 0.9
    for length in range(len(lowered) - 1, _SHORTEST - 1, -1):
        if (ending := lowered[-length:]) in types:
            return types[ending], 0.75
    for length in range(len(lowered) - 1, _SHORTEST - 1, -1):
        for start in range(len(lowered) - length + 1):
            if (piece := lowered[start : start + length]) in types:
                return types[piece], 0.6
    return types.get(lowered[-1:], words), 0.4


def learn_types(seen: Iterable[tuple[str, str]], gazetteer: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the class of each word, the one used most often; what was seen outweighs the gazetteer."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for kind, names in gazetteer.items():
        for name in (kind, *names):
            counts[name.lower()][kind] += 1
    for words, kind in seen:
        counts[words.lower()][kind] += 2
        counts[kind.lower()][kind] += 1
    return {
        words: max(kinds.items(), key=lambda pair: (pair[1], pair[0]))[0] for words, kinds in counts.items()
    }
