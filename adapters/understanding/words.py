"""Features of a whole message, for what it wants, how urgent it is and in what tone it is said."""

import re
from collections.abc import Iterable

from adapters.understanding import resources
from adapters.understanding.sheet import Sheet, grams

_LONGEST = 4
_CLAUSE = re.compile(r"[,，。.!！?？;；~…\n ]+")
_REPEATED = re.compile(r"(.)\1{2,}")
_MANY = 3


def text_features(sheet: Sheet, facts: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what words a message has, where, and what else is known of it.

    Args:
        facts: names of facts that were read, such as `order` or `appointment`.
    """
    plain = _REPEATED.sub(r"\1\1", sheet.without_devices())
    found = set(grams(plain, _LONGEST))
    clauses = [clause for clause in _CLAUSE.split(plain) if clause]
    for clause in clauses:
        found.update((f"^{clause[:2]}", f"^{clause[:3]}", f"{clause[-2:]}$", f"{clause[-3:]}$"))
    if clauses:
        found.update(f"^^{clauses[0][:n]}" for n in (1, 2, 4))
        found.update(f"{clauses[-1][-n:]}$$" for n in (1, 2, 4))
    found.update(f"fact:{fact}" for fact in facts)
    found.add(f"long:{min(len(plain) // 8, 8)}")
    found.update(f"has:{mark}" for mark in "?!" if mark in plain)
    found.update(_cues(sheet.folded))
    return tuple(sorted(found))


def _cues(folded: str) -> Iterable[str]:
    clauses = [clause for clause in _CLAUSE.split(folded) if clause]
    for name, pattern in resources.cues().items():
        count = len(pattern.findall(folded))
        if not count:
            yield f"cue-{name}"
            continue
        yield f"cue:{name}"
        yield f"cue:{name}{min(count, _MANY)}"
        if clauses and pattern.search(clauses[-1]):
            yield f"cue:{name}$"
        if clauses and pattern.search(clauses[0]):
            yield f"cue:{name}^"
