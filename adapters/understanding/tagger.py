"""Marks devices, symptoms and places in a message, character by character."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import add

from adapters.understanding.folding import Span

SLOTS = ("device", "symptom", "address")
_LETTERS = "DSA"
# Each slot has a beginning, a middle, an end and a single character; O is everything else.
TAGS = ("O", *(f"{part}{slot}" for slot in _LETTERS for part in "BIES"))
OUTSIDE = [0, *(index for index, tag in enumerate(TAGS) if tag[0] in "ES" and index)]
OPENING = [0, *(index for index, tag in enumerate(TAGS) if tag[0] in "BS" and index)]
INSIDE = [(TAGS.index(f"B{s}"), TAGS.index(f"I{s}"), TAGS.index(f"E{s}")) for s in _LETTERS]
_NEVER = -1e9


@dataclass(frozen=True)
class TaggerModel:
    """What each feature of a character says for each tag, and each tag for the next one."""

    emissions: dict[str, tuple[float, ...]]
    transitions: tuple[tuple[float, ...], ...]


def scores(model: TaggerModel, rows: Sequence[Sequence[str]]) -> list[list[float]]:
    """Return the score of each tag for each character."""
    found = []
    for row in rows:
        known = [weights for feature in row if (weights := model.emissions.get(feature)) is not None]
        found.append([sum(column) for column in zip(*known, strict=True)] if known else [0.0] * len(TAGS))
    return found


def encouraged(scored: Sequence[Sequence[float]], slot: str, by: float) -> list[list[float]]:
    """Return scores that make it easier, or with a negative value harder, to find a slot."""
    letter = _LETTERS[SLOTS.index(slot)]
    opening = {TAGS.index(f"B{letter}"), TAGS.index(f"S{letter}")}
    return [[score + by if index in opening else score for index, score in enumerate(row)] for row in scored]


def viterbi(scored: Sequence[Sequence[float]], transitions: Sequence[Sequence[float]]) -> list[int]:
    """Return the best sequence of tags that is well formed."""
    if not scored:
        return []
    best = [score if index in OPENING else _NEVER for index, score in enumerate(scored[0])]
    history: list[list[int]] = []
    incoming = [(index, [transitions[before][index] for before in OUTSIDE]) for index in OPENING]
    for row in scored[1:]:
        reached = [_NEVER] * len(TAGS)
        back = [0] * len(TAGS)
        outside = [best[before] for before in OUTSIDE]
        for index, steps in incoming:
            sums = list(map(add, outside, steps))
            value = max(sums)
            reached[index], back[index] = value + row[index], OUTSIDE[sums.index(value)]
        for begin, middle, end in INSIDE:
            for index in (middle, end):
                opened = best[begin] + transitions[begin][index]
                running = best[middle] + transitions[middle][index]
                back[index] = begin if opened >= running else middle
                reached[index] = max(opened, running) + row[index]
        history.append(back)
        best = reached
    last = max(OUTSIDE, key=lambda index: best[index])
    path = [last]
    for back in reversed(history):
        path.append(back[path[-1]])
    return path[::-1]


def spans(tags: Sequence[int]) -> list[tuple[str, Span]]:
    """Return the marked stretches, each with its slot."""
    found = []
    start = 0
    for position, index in enumerate(tags):
        name = TAGS[index]
        if name[0] in "BS":
            start = position
        if name[0] in "ES":
            found.append((SLOTS[_LETTERS.index(name[1])], Span(start, position + 1)))
    return found


def tags_of(length: int, marked: Sequence[tuple[str, Span]]) -> list[int]:
    """Return the tags that mark these stretches; they do not overlap."""
    tags = [0] * length
    for slot, span in marked:
        letter = _LETTERS[SLOTS.index(slot)]
        if span.end - span.start == 1:
            tags[span.start] = TAGS.index(f"S{letter}")
            continue
        tags[span.start : span.end] = [TAGS.index(f"I{letter}")] * (span.end - span.start)
        tags[span.start], tags[span.end - 1] = TAGS.index(f"B{letter}"), TAGS.index(f"E{letter}")
    return tags
