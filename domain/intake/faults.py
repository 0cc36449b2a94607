"""Several faults in one request: which of them a word belongs to, and what each order says.

Source: docs/reference/intake.md, rules RQ-2 and RQ-7
"""

import re
from collections.abc import Sequence
from typing import Final

from domain.intake.data import DraftData, FaultDraft
from domain.intake.understanding import Fault, Guess
from domain.intake.wording import comparable

_CLAUSE: Final = re.compile(r"[^\s,，。;；!！?？、]+[\s,，。;；!！?？、]*")
_STOPS: Final = " \t\r\n,，;；、"


def drafted(fault: Fault) -> FaultDraft:
    """Return a fault that was read as a draft keeps it."""
    return FaultDraft(
        words=fault.words,
        device=value_of(fault.device),
        device_type=value_of(fault.device_type),
        model=value_of(fault.model),
        serial=value_of(fault.serial) if fault.asset_id else "",
        symptoms=tuple(one.value for one in fault.symptoms),
        fault_code=value_of(fault.fault_code),
        asset_id=fault.asset_id,
        candidates=fault.asset_candidates,
    )


def value_of(guess: Guess | None) -> str:
    """Return what was read, or an empty text."""
    return guess.value if guess is not None else ""


def belongs_to(faults: Sequence[FaultDraft], new: FaultDraft) -> int | None:
    """Return which fault a new telling completes, or None; two machines never share one.

    Source: docs/reference/intake.md, rule RQ-2.
    """
    fitting = [at for at, one in enumerate(faults) if not _apart(one, new)]
    for at in fitting:
        one = faults[at]
        if (one.asset_id and one.asset_id == new.asset_id) or (one.device and one.device == new.device):
            return at
    if not faults or len(faults) - 1 not in fitting:
        return None
    last = faults[-1]
    nameless = not (new.device or new.asset_id)
    completes = not (last.device or last.asset_id) or not (last.symptoms or last.fault_code)
    return len(faults) - 1 if nameless or completes else None


def joined(one: FaultDraft, new: FaultDraft) -> FaultDraft:
    """Return two tellings of one fault as one; the later word wins where both name something."""
    named = {
        name: getattr(new, name) or getattr(one, name)
        for name in ("device", "device_type", "model", "serial", "fault_code", "asset_id")
    }
    return one.model_copy(
        update={
            **named,
            "words": "，".join(dict.fromkeys(filter(None, (one.words, new.words)))),
            "symptoms": tuple(dict.fromkeys((*one.symptoms, *new.symptoms))),
            "candidates": () if named["asset_id"] else new.candidates or one.candidates,
        }
    )


def own_words(data: DraftData, at: int) -> str:
    """Return what was said of one fault among several; a clause about none belongs to the one before it.

    Source: docs/reference/intake.md, rule RQ-7.
    """
    told = [_clauses(fault.words) for fault in data.faults]
    kept: list[str] = []
    last: frozenset[int] = frozenset()
    for spoken in (one.text for one in data.said if one.report and one.text):
        mine = ""
        for clause in _CLAUSE.findall(spoken):
            last = _told_by(clause, told) or last
            mine += clause if at in (last or {0}) else ""
        if mine.strip(_STOPS):
            kept.append(mine.strip(_STOPS))
    return "\n".join(kept)


def _apart(one: FaultDraft, new: FaultDraft) -> bool:
    return bool(one.asset_id and new.asset_id and one.asset_id != new.asset_id)


def _told_by(clause: str, told: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return whose words a clause has, or those that have the whole clause."""
    plain = comparable(clause)
    holding = frozenset(at for at, parts in enumerate(told) if any(part in plain for part in parts))
    return holding or frozenset(
        at for at, parts in enumerate(told) if len(plain) > 1 and any(plain in part for part in parts)
    )


def _clauses(words: str) -> list[str]:
    return [plain for part in _CLAUSE.findall(words) if (plain := comparable(part))]
