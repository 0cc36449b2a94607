"""`python bench/understanding.py FILE.jsonl`: how well messages are understood, on any labelled file."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

if __package__ in {None, ""}:
    # Started as a file: Python then finds what stands beside it, not the packages.
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from adapters.understanding.folding import bare
from adapters.understanding.reader import TrainedUnderstander
from adapters.understanding.rows import Gold, LabelledRow, load_rows
from adapters.understanding.symptoms import core
from bench import duplicates
from bench.load import percentile
from domain.intake.understanding import Guess, Understanding
from domain.kernel.localtime import CHINA

_ANGRY = 0.5
FIELDS = (
    "device", "device_type", "model", "serial", "symptoms", "fault_code", "address", "phone", "waybills",
    "plate", "order_number",
)  # fmt: skip


class Read(NamedTuple):
    """A labelled row and what was understood of it."""

    row: LabelledRow
    got: Understanding


class Score(NamedTuple):
    """How many were right, found and there to be found."""

    right: int
    found: int
    there: int

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; 1 when nothing was there and nothing found."""
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 1.0

    def line(self) -> str:
        """Return the figures of one line."""
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.there if self.there else 1.0
        return (
            f"P {precision:.3f}  R {recall:.3f}  F1 {self.f1:.3f}  ({self.there} there, {self.found} found)"
        )


def said(gold: Gold, field: str) -> set[str]:
    """Return the values of a field a person read, in comparable form."""
    value = getattr(gold, field)
    if field == "symptoms":
        value = [core(words) for words in value]
    return _comparable([value] if isinstance(value, str) else value or [])


def understood(got: Understanding, field: str) -> set[str]:
    """Return the values of a field that were understood, in comparable form."""
    if field == "symptoms":
        return _comparable(core(guess.value) for fault in got.faults for guess in fault.symptoms)
    if field == "waybills":
        return _comparable(guess.value for guess in got.waybills)
    if field in {"address", "phone", "plate"}:
        return _one(getattr(got, field))
    if field == "order_number":
        return _one(got.ticket_no)
    return next((values for fault in got.faults if (values := _one(getattr(fault, field)))), set())


def intent_scores(reads: Sequence[Read]) -> dict[str, Score]:
    """Return the score of each intent that was meant or understood."""
    pairs = Counter((each.row.gold.intent, each.got.intent.value) for each in reads)
    names = sorted({each.row.gold.intent for each in reads})
    return {
        name: Score(
            pairs[name, name],
            sum(count for (_, got), count in pairs.items() if got == name),
            sum(count for (gold, _), count in pairs.items() if gold == name),
        )
        for name in names
    }


def field_score(reads: Sequence[Read], field: str) -> Score:
    """Return the score of one field over all rows."""
    return _overlap([(said(each.row.gold, field), understood(each.got, field)) for each in reads])


def written_symptoms(reads: Sequence[Read]) -> Score:
    """Return the score of symptoms when `不制冷了` for `不制冷` counts as wrong."""
    pairs = [
        (
            _comparable(each.row.gold.symptoms),
            _comparable(guess.value for fault in each.got.faults for guess in fault.symptoms),
        )
        for each in reads
    ]
    return _overlap(pairs)


def loose_symptoms(reads: Sequence[Read]) -> Score:
    """Return the score of symptoms when a longer or a shorter wording of the same one counts as right."""
    right = found = there = 0
    for each in reads:
        wanted, read = said(each.row.gold, "symptoms"), understood(each.got, "symptoms")
        right += sum(any(one in other or other in one for other in read) for one in wanted)
        found += len(read)
        there += len(wanted)
    return Score(min(right, found), found, there)


def flag_score(
    reads: Sequence[Read], gold: Callable[[Gold], bool], got: Callable[[Understanding], bool]
) -> Score:
    """Return the score of a yes or no."""
    answers = Counter((gold(each.row.gold), got(each.got)) for each in reads)
    right = answers[True, True]
    return Score(right, right + answers[False, True], right + answers[True, False])


def appointments(reads: Sequence[Read]) -> tuple[Score, float]:
    """Return the score of appointments, and the share of right ones where either side has one."""
    right = found = there = either = 0
    for each in reads:
        gold, got = each.row.gold.appointment, each.got.appointment
        wanted = None if gold is None else (gold.from_at, gold.to_at)
        read = None
        if got is not None:
            read = tuple(at.astimezone(CHINA).replace(tzinfo=None) for at in (got.from_at, got.to_at))
        there += wanted is not None
        found += read is not None
        either += wanted is not None or read is not None
        right += wanted is not None and wanted == read
    return Score(right, found, there), right / either if either else 1.0


def report(reads: Sequence[Read]) -> Iterable[str]:
    """Return the lines of the report on what was understood."""
    intents = intent_scores(reads)
    macro = sum(score.f1 for score in intents.values()) / max(len(intents), 1)
    right = sum(score.right for score in intents.values())
    yield f"messages            {len(reads)}"
    yield f"intent macro-F1     {macro:.3f}  (accuracy {right / max(len(reads), 1):.3f})"
    for name, score in intents.items():
        yield f"  {name:<18}{score.line()}"
    for field in FIELDS:
        yield f"{field:<20}{field_score(reads, field).line()}"
        if field == "symptoms":
            yield f"  word for word     {written_symptoms(reads).line()}"
            yield f"  longer or shorter {loose_symptoms(reads).line()}"
    score, accuracy = appointments(reads)
    recall = score.right / score.there if score.there else 1.0
    yield f"appointment         accuracy {recall:.3f} where there is one, {accuracy:.3f} with false ones"
    yield f"                    {score.line()}"
    angry = flag_score(reads, lambda gold: gold.angry, lambda got: got.angry >= _ANGRY)
    yield f"angry               {angry.line()}"
    yield f"urgency P1          {flag_score(reads, lambda gold: gold.urgency == 'P1', is_danger).line()}"
    faults = [each for each in reads if each.row.gold.urgency]
    exact = sum(
        each.got.urgency is not None and each.got.urgency.value == each.row.gold.urgency for each in faults
    )
    yield f"urgency             accuracy {exact / max(len(faults), 1):.3f} of {len(faults)} that have one"


def timed(rows: Sequence[LabelledRow]) -> tuple[list[Read], list[float]]:
    """Read every row; return what was understood and the milliseconds each took."""
    understander = TrainedUnderstander.load()
    for row in rows[:20]:
        understander.understand(row.text, at=row.ref_time)
    reads, took_ms = [], []
    for row in rows:
        start = time.perf_counter()
        got = understander.understand(row.text, at=row.ref_time)
        took_ms.append((time.perf_counter() - start) * 1000)
        reads.append(Read(row, got))
    return reads, sorted(took_ms)


def time_line(took_ms: Sequence[float]) -> str:
    """Return the line about the time per message."""
    p50, p99 = percentile(took_ms, 50), percentile(took_ms, 99)
    return f"time per message    p50 {p50:.2f} ms, p99 {p99:.2f} ms, longest {max(took_ms):.2f} ms"


def print_time(file: Path) -> None:
    """Print how long the messages of a labelled file take to be understood."""
    _, took_ms = timed(load_rows([file]))
    print(f"\n== Understanding, {len(took_ms)} messages\n   {time_line(took_ms)}")


def main() -> None:
    """Print how well the messages of a file are understood."""
    parser = argparse.ArgumentParser(prog="bench/understanding.py", description=__doc__)
    parser.add_argument("file", type=Path, help="labelled messages, one JSON object a line")
    parser.add_argument("--duplicates", type=Path, help="labelled pairs of reports, one JSON object a line")
    parser.add_argument("--split", help="only rows whose `split` is this")
    options = parser.parse_args()
    rows = [row for row in load_rows([options.file]) if options.split in {None, row.split}]
    reads, took_ms = timed(rows)
    for line in report(reads):
        print(line)
    if took_ms:
        print(time_line(took_ms))
    if options.duplicates:
        for line in duplicates.report(options.duplicates, options.split):
            print(line)


def _overlap(pairs: Sequence[tuple[set[str], set[str]]]) -> Score:
    """Return the score of values that were found, beside those that were there."""
    return Score(
        sum(len(there & found) for there, found in pairs),
        sum(len(found) for _, found in pairs),
        sum(len(there) for there, _ in pairs),
    )


def is_danger(got: Understanding) -> bool:
    """Return whether a message was understood as one that cannot wait."""
    return got.urgency is not None and got.urgency.value == "P1"


def _one(guess: Guess | None) -> set[str]:
    return _comparable([guess.value]) if guess is not None else set()


def _comparable(values: Iterable[str]) -> set[str]:
    return {form for value in values if (form := bare(value))}


if __name__ == "__main__":
    main()
