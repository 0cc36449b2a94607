"""Which of the times a message names is when somebody should come: learned from what stands around them."""

import re
from collections.abc import Sequence
from datetime import datetime

from adapters.understanding.appointment import Mention, mentions
from adapters.understanding.linear import LinearModel
from adapters.understanding.sheet import grams
from domain.intake.understanding import Appointment

WANTED, OTHER = "wanted", "other"
_LEAST = 0.5
_COME = re.compile(
    r"来|上门|派|过去|有空|方便|在家|约|嚟|得闲|瞅|修|弄|看|处理|搞定|到|行不|可以|有人|等|换|师傅|空"
)
_CLAUSE_END = re.compile(r"[,，。.!！?？;；\n]")


def features(folded: str, found: Sequence[Mention], index: int) -> tuple[str, ...]:
    """Return what stands around one of the times."""
    mention = found[index]
    before = folded[max(0, mention.span.start - 8) : mention.span.start]
    after = folded[mention.span.end : mention.span.end + 14]
    clause_after = _CLAUSE_END.split(after)[0]
    clause_before = _CLAUSE_END.split(before)[-1]
    words = folded[mention.span.start : mention.span.end]
    said = {
        f"kind:{mention.kind}",
        f"only:{len(found) == 1}",
        f"last:{index == len(found) - 1}",
        f"first:{index == 0}",
    }
    said |= {f"<{gram}" for gram in grams(clause_before[-5:], 3)} | {
        f">{gram}" for gram in grams(clause_after[:9], 3)
    }
    said |= {f"<{clause_before[-n:]}|" for n in (1, 2, 3)} | {f"|>{clause_after[:n]}" for n in (1, 2, 3)}
    said |= {
        f"w:{words}",
        f"w$:{words[-1:]}",
        f"w^:{words[:1]}",
        f"come:{_COME.search(clause_after) is not None}",
    }
    said |= {f"come<:{_COME.search(before) is not None}", f"alone:{not clause_before}{not clause_after}"}
    said |= {f"far>{gram}" for gram in grams(after, 2)}
    said.add(f"question:{bool(re.search('[?？]|吗|不$|伐|呗|吧', after))}")
    return tuple(sorted(said))


def appointment(model: LinearModel, folded: str, at: datetime) -> Appointment | None:
    """Return when somebody should come, or None when no time says so."""
    found = mentions(folded, at)
    best: Appointment | None = None
    for index, mention in enumerate(found):
        sure = model.probabilities(features(folded, found, index)).get(WANTED, 0.0)
        if sure >= _LEAST and (best is None or sure > best.confidence):
            best = Appointment(from_at=mention.from_at, to_at=mention.to_at, confidence=min(sure, 1.0))
    return best
