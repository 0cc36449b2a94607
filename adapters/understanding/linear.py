"""A linear classifier over text features: logistic regression that trains in seconds, without libraries."""

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Fixed, so that the same sentences always give the same model.
_SEED = 20261123


@dataclass(frozen=True)
class Example:
    """What a classifier learns from.

    Args:
        weight: how much it counts; 1 is ordinary.
    """

    features: tuple[str, ...]
    label: str
    weight: float = 1.0


@dataclass(frozen=True)
class LinearModel:
    """Weights of each feature for each label, in the order of the labels."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Return how probable each label is; the sum is 1."""
        known = [weights for feature in features if (weights := self.weights.get(feature)) is not None]
        scale = 1 / math.sqrt(len(known)) if known else 0.0
        # One sum for each column: zip and sum run in C, this is the inner loop of every message.
        columns = zip(self.bias, *known, strict=True)
        scores = [column[0] + scale * sum(column[1:]) for column in columns]
        return dict(zip(self.labels, _softmax(scores), strict=True))

    def best(self, features: Iterable[str]) -> tuple[str, float]:
        """Return the most probable label and its probability."""
        return max(self.probabilities(features).items(), key=lambda pair: pair[1])


@dataclass(frozen=True)
class Recipe:
    """How a model is trained.

    Args:
        l2: how strongly weights are pulled to zero.
        least: how often a feature must occur.
        balanced: rare labels count as much as frequent ones.
        prune: weights all smaller than this are left out of the model.
    """

    epochs: int = 20
    rate: float = 0.5
    l2: float = 2e-5
    least: int = 2
    balanced: bool = False
    prune: float = 0.05


def train(examples: Sequence[Example], recipe: Recipe | None = None) -> LinearModel:
    """Return a model of the examples' labels, by AdaGrad on the logistic loss."""
    recipe = recipe or Recipe()
    labels = tuple(sorted({example.label for example in examples}))
    counts = Counter(feature for example in examples for feature in set(example.features))
    sizes = Counter(example.label for example in examples)
    share = len(examples) / max(len(labels), 1)
    names = [feature for feature, count in counts.items() if count >= recipe.least]
    number = {feature: index for index, feature in enumerate(names)}
    rows = [
        (
            sorted({number[feature] for feature in example.features if feature in number}),
            labels.index(example.label),
            example.weight * (share / sizes[example.label] if recipe.balanced else 1.0),
        )
        for example in examples
    ]
    descent = _Descent(len(names), len(labels), recipe)
    order = random.Random(_SEED)
    for _ in range(recipe.epochs):
        order.shuffle(rows)
        for indices, label, weight in rows:
            descent.step(indices, label, weight)
    kept = {
        names[index]: tuple(round(weight, 2) for weight in weights)
        for index, weights in enumerate(descent.weights)
        if max(map(abs, weights), default=0) >= recipe.prune
    }
    return LinearModel(labels, tuple(round(weight, 2) for weight in descent.bias), kept)


class _Descent:
    """Weights on their way to the minimum."""

    def __init__(self, features: int, labels: int, recipe: Recipe) -> None:
        self.weights = [[0.0] * labels for _ in range(features)]
        self.bias = [0.0] * labels
        self._squares = [[1e-2] * labels for _ in range(features)]
        self._bias_squares = [1e-2] * labels
        self._recipe = recipe

    def step(self, indices: Sequence[int], label: int, weight: float) -> None:
        """Move the weights of one example's features towards its label."""
        if not indices:
            return
        scale = 1 / math.sqrt(len(indices))
        scores = list(self.bias)
        for index in indices:
            for column, value in enumerate(self.weights[index]):
                scores[column] += value * scale
        errors = [weight * probability for probability in _softmax(scores)]
        errors[label] -= weight
        self._move(self.bias, self._bias_squares, errors, 0.0)
        scaled = [error * scale for error in errors]
        for index in indices:
            self._move(self.weights[index], self._squares[index], scaled, self._recipe.l2)

    def _move(self, weights: list[float], squares: list[float], errors: list[float], l2: float) -> None:
        rate = self._recipe.rate
        for column, error in enumerate(errors):
            gradient = error + l2 * weights[column]
            squares[column] += gradient * gradient
            weights[column] -= rate * gradient / math.sqrt(squares[column])


def _softmax(scores: Sequence[float]) -> list[float]:
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
