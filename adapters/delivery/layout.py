"""How many lines fit into one message of a fold, and which rung shows them best."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from adapters.delivery.ports import Address
from adapters.delivery.store import Owed, Shown

ROOM: Final = {
    # Bytes of a fold's lines: what each adapter's own limit leaves beside title, status and hint.
    "dingtalk.own_card": 900,
    "dingtalk.built_in_card": 900,
    "dingtalk.text": 12_000,
    "wecom.text": 1_800,
    "wecom.webhook": 3_600,
    "wecom.aibot": 3_600,
    "wecom.kf": 1_800,
    "wecom.card": 0,
}
LIVING: Final = frozenset({"dingtalk.own_card", "dingtalk.built_in_card"})
"""Rungs whose fold can be changed at any time; a WeCom card can only after a press."""
_BREAK: Final = 4
_WIDENED: Final = re.compile(r'[@#\[\]<>*`~|\\"+=_-]')
"""Characters that the platforms' markdown or JSON make longer, by two bytes at most."""

Step = tuple[str, Address]


def size_of(lines: Iterable[str]) -> int:
    """Return how many bytes lines need at most on any platform."""
    return sum(len(line.encode()) + 2 * len(_WIDENED.findall(line)) + _BREAK for line in lines)


def best_first(steps: Sequence[Step], lines: Iterable[str]) -> list[Step]:
    """Return the rungs that hold all the lines in the ladder's order, then the others by their room."""
    need = size_of(lines)
    return sorted(steps, key=lambda step: 0 if need <= ROOM[step[0]] else 1_000_000 - ROOM[step[0]])


def first_part(rows: Sequence[Owed], room: int) -> Sequence[Owed]:
    """Return as many of the rows, from the first, as one message holds; at least one."""
    taken = 0
    for count, owed in enumerate(rows):
        taken += size_of([owed.line])
        if taken > room and count:
            return rows[:count]
    return rows


def view_of(lines: Sequence[Owed | Shown], more: int) -> dict[str, Any]:
    """Return the view of the fold card, the most urgent line first."""
    ordered = sorted(lines, key=lambda each: -each.urgency)
    urgent = sum(each.urgency > 0 for each in ordered)
    return {"lines": [each.line for each in ordered], "urgent": urgent, "more": more}


def fold_key(rows: Sequence[Owed]) -> str:
    """Return the key of a new fold: the same rows have the same one."""
    keys = ",".join(sorted(owed.message_key for owed in rows))
    return "f" + hashlib.sha256(keys.encode()).hexdigest()[:30]
