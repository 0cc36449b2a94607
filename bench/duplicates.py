"""How well second reports of one fault are recognised, on any labelled file of pairs."""

import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.intake.duplicates import Report, is_duplicate


class Pair(BaseModel):
    """Two reports and whether they are about one fault."""

    model_config = ConfigDict(extra="ignore")

    id: str
    duplicate: bool
    first: Report
    second: Report
    split: str = ""


def load_pairs(file: Path, split: str | None) -> list[Pair]:
    """Read the pairs of a file, one JSON object a line."""
    lines = file.read_text("utf-8").splitlines()
    pairs = [Pair.model_validate_json(line) for line in lines if line.strip()]
    return [pair for pair in pairs if split in {None, pair.split}]


def report(file: Path, split: str | None) -> Iterable[str]:
    """Return the lines of the report on duplicates."""
    pairs = load_pairs(file, split)
    start = time.perf_counter()
    answers = Counter((pair.duplicate, is_duplicate(pair.first, pair.second)) for pair in pairs)
    took_ms = (time.perf_counter() - start) * 1000
    right, missed, wrong = answers[True, True], answers[True, False], answers[False, True]
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    counted = f"({len(pairs)} pairs, {wrong} false, {missed} missed)"
    yield f"duplicates          P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {counted}"
    yield f"time per pair       {took_ms / max(len(pairs), 1):.2f} ms"
