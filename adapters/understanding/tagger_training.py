"""Trains the tagger, a conditional random field, by stochastic gradient descent without libraries."""

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.understanding.tagger import INSIDE, OPENING, OUTSIDE, TAGS, TaggerModel

_SEED = 20261123
_EPOCHS = 10
# The mean over the last epochs depends less on the order of the texts than the last step does.
_AVERAGED = 4
_LEAST = 2
_L2 = 0.003
_RATE = 0.05
_PRUNE = 0.02
_NEGLIGIBLE = 0.004
_SIZE = len(TAGS)


@dataclass(frozen=True)
class TaggedText:
    """The features of each character and the tags a person gave them."""

    rows: list[list[str]]
    tags: list[int]


def train_tagger(texts: Sequence[TaggedText]) -> TaggerModel:
    """Return a tagger that has seen these texts several times in a fixed disorder."""
    counts = Counter(feature for text in texts for row in text.rows for feature in row)
    names = [feature for feature, count in counts.items() if count >= _LEAST]
    number = {feature: index for index, feature in enumerate(names)}
    numbered = [
        ([[number[feature] for feature in row if feature in number] for row in text.rows], text.tags)
        for text in texts
        if text.rows
    ]
    order = random.Random(_SEED)
    descent = _Descent(len(names), len(numbered))
    for epoch in range(_EPOCHS):
        order.shuffle(numbered)
        for rows, tags in numbered:
            descent.step(rows, tags)
        if epoch >= _EPOCHS - _AVERAGED:
            descent.remember()
    return descent.model(names)


class _Descent:
    """Weights on their way to the minimum; each is worth `scale` times what is written."""

    def __init__(self, features: int, texts: int) -> None:
        self._weights = [[0.0] * _SIZE for _ in range(features)]
        self._transitions = [[0.0] * _SIZE for _ in TAGS]
        self._sums = [[0.0] * _SIZE for _ in range(features)]
        self._transition_sums = [[0.0] * _SIZE for _ in TAGS]
        self._scale = 1.0
        self._steps = 0
        self._texts = texts

    def step(self, rows: list[list[int]], tags: list[int]) -> None:
        """Move the weights towards one text's tags."""
        rate = _RATE / (1 + self._steps / (3 * self._texts))
        self._steps += 1
        self._scale *= 1 - rate * _L2
        factors = [[math.exp(value) for value in row] for row in self._transitions]
        scores = self._potentials(rows)
        ahead, behind = _ahead(scores, factors), _behind(scores, factors)
        nodes = [
            _normal([a * b for a, b in zip(left, right, strict=True)])
            for left, right in zip(ahead, behind, strict=True)
        ]
        moved = rate / self._scale
        for row, tag, node in zip(rows, tags, nodes, strict=True):
            node[tag] -= 1
            changes = [(index, moved * value) for index, value in enumerate(node) if abs(value) > _NEGLIGIBLE]
            if changes:
                for feature in row:
                    weights = self._weights[feature]
                    for index, change in changes:
                        weights[index] -= change
            node[tag] += 1
        self._move_transitions(tags, rate, nodes, (ahead, behind, scores, factors))

    def remember(self) -> None:
        """Add the weights as they are now to those the model is the mean of."""
        share = self._scale / _AVERAGED
        for sums, weights in zip(self._sums, self._weights, strict=True):
            for index, weight in enumerate(weights):
                sums[index] += weight * share
        for sums, weights in zip(self._transition_sums, self._transitions, strict=True):
            for index, weight in enumerate(weights):
                sums[index] += weight / _AVERAGED

    def model(self, names: list[str]) -> TaggerModel:
        """Return the mean weights without those that say little."""
        kept = {}
        for name, sums in zip(names, self._sums, strict=True):
            values = tuple(round(weight, 2) for weight in sums)
            if max(map(abs, values)) >= _PRUNE:
                kept[name] = values
        transitions = tuple(tuple(round(value, 2) for value in row) for row in self._transition_sums)
        return TaggerModel(kept, transitions)

    def _potentials(self, rows: list[list[int]]) -> list[list[float]]:
        """Return the factor of each tag at each character; the largest of a character is 1."""
        found = []
        for row in rows:
            sums = [sum(column) for column in zip(*[self._weights[index] for index in row], strict=True)] or [
                0.0
            ] * _SIZE
            highest = max(sums)
            found.append([math.exp((value - highest) * self._scale) for value in sums])
        return found

    def _move_transitions(
        self,
        tags: list[int],
        rate: float,
        nodes: list[list[float]],
        lattice: tuple[list[list[float]], list[list[float]], list[list[float]], list[list[float]]],
    ) -> None:
        ahead, behind, scores, factors = lattice
        for t in range(len(tags) - 1):
            before, after = tags[t], tags[t + 1]
            if before == after == 0 and nodes[t][0] > 0.99 and nodes[t + 1][0] > 0.99:
                continue
            left = ahead[t]
            right = [score * value for score, value in zip(scores[t + 1], behind[t + 1], strict=True)]
            pairs = [(i, j, left[i] * factors[i][j] * right[j]) for i, j in _PAIRS]
            total = sum(value for _, _, value in pairs) or 1.0
            for i, j, value in pairs:
                self._transitions[i][j] -= rate * value / total
            self._transitions[before][after] += rate


_PAIRS = [(i, j) for i in OUTSIDE for j in OPENING]
_PAIRS += [
    pair
    for begin, middle, end in INSIDE
    for pair in ((begin, middle), (begin, end), (middle, middle), (middle, end))
]


def _ahead(scores: list[list[float]], factors: list[list[float]]) -> list[list[float]]:
    """Return, for each character, how likely each tag is given what stands before it."""
    current = _normal([score if index in OPENING else 0.0 for index, score in enumerate(scores[0])])
    found = [current]
    for row in scores[1:]:
        reached = [0.0] * _SIZE
        for index in OPENING:
            reached[index] = row[index] * sum(
                [current[before] * factors[before][index] for before in OUTSIDE]
            )
        for begin, middle, end in INSIDE:
            for index in (middle, end):
                reached[index] = row[index] * (
                    current[begin] * factors[begin][index] + current[middle] * factors[middle][index]
                )
        current = _normal(reached)
        found.append(current)
    return found


def _behind(scores: list[list[float]], factors: list[list[float]]) -> list[list[float]]:
    """Return, for each character, how well each tag goes with what stands after it."""
    current = [1.0 if index in OUTSIDE else 0.0 for index in range(_SIZE)]
    found = [current]
    for row in reversed(scores[1:]):
        weighted = [score * value for score, value in zip(row, current, strict=True)]
        reached = [0.0] * _SIZE
        for index in OUTSIDE:
            reached[index] = sum([factors[index][after] * weighted[after] for after in OPENING])
        for begin, middle, end in INSIDE:
            for index in (begin, middle):
                reached[index] = (
                    factors[index][middle] * weighted[middle] + factors[index][end] * weighted[end]
                )
        current = _normal(reached)
        found.append(current)
    return found[::-1]


def _normal(values: list[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values] if total > 0 else values
