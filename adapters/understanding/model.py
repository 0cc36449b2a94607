"""The trained model as it is kept in a file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.understanding.linear import LinearModel
from adapters.understanding.tagger import TaggerModel

VERSION = 2
_PER_UNIT = 100


@dataclass(frozen=True)
class Model:
    """Everything that was learned.

    Args:
        lexicon: words for devices in lower case.
        types: the class of each device word in lower case.
    """

    codes: LinearModel
    times: LinearModel
    intent: LinearModel
    urgency: LinearModel
    angry: LinearModel
    tagger: TaggerModel
    lexicon: frozenset[str]
    types: dict[str, str]


def dump(model: Model) -> str:
    """Return the model as JSON."""
    linear = {name: _linear_to(getattr(model, name)) for name in _LINEAR}
    return json.dumps(
        {
            "version": VERSION,
            **linear,
            "tagger": {
                "emissions": _hundredths(model.tagger.emissions),
                "transitions": [_whole(row) for row in model.tagger.transitions],
            },
            "lexicon": sorted(model.lexicon),
            "types": model.types,
        },
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )


def parse(text: str) -> Model:
    """Read what `dump` wrote.

    Raises:
        ValueError: it was written by another version.
    """
    data = json.loads(text)
    if data.get("version") != VERSION:
        raise ValueError(f"the model has version {data.get('version')}, not {VERSION}")
    tagger = TaggerModel(
        {feature: _parts(weights) for feature, weights in data["tagger"]["emissions"].items()},
        tuple(_parts(row) for row in data["tagger"]["transitions"]),
    )
    linear = {name: _linear_from(data[name]) for name in _LINEAR}
    return Model(**linear, tagger=tagger, lexicon=frozenset(data["lexicon"]), types=data["types"])


_LINEAR = ("codes", "times", "intent", "urgency", "angry")


def _linear_to(model: LinearModel) -> dict[str, Any]:
    return {"labels": model.labels, "bias": _whole(model.bias), "weights": _hundredths(model.weights)}


def _linear_from(data: dict[str, Any]) -> LinearModel:
    weights = {feature: _parts(row) for feature, row in data["weights"].items()}
    return LinearModel(tuple(data["labels"]), _parts(data["bias"]), weights)


def _hundredths(weights: Mapping[str, Sequence[float]]) -> dict[str, list[int]]:
    return {feature: _whole(row) for feature, row in weights.items()}


def _whole(weights: Sequence[float]) -> list[int]:
    """Return weights as hundredths, which take half as many characters."""
    return [round(weight * _PER_UNIT) for weight in weights]


def _parts(weights: Sequence[int]) -> tuple[float, ...]:
    return tuple(weight / _PER_UNIT for weight in weights)
