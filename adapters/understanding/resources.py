"""The files that are shipped with this package: the model and what it was made from."""

import json
import re
from functools import cache
from importlib.resources import files

from adapters.understanding.rows import LabelledRow, read_rows
from adapters.understanding.segments import Dictionary, read_dictionary


@cache
def dictionary() -> Dictionary:
    """Return the common Chinese words."""
    return read_dictionary(_data("words.csv"))


@cache
def cues() -> dict[str, re.Pattern[str]]:
    """Return patterns that hint at what a message wants, by name."""
    return _patterns("cues.json")


@cache
def faults() -> dict[str, re.Pattern[str]]:
    """Return patterns of words that tell of something broken, by name."""
    return _patterns("faults.json")


@cache
def gazetteer() -> dict[str, tuple[str, ...]]:
    """Return words for devices by class."""
    return {kind: tuple(words) for kind, words in json.loads(_data("devices.json")).items()}


def seeds() -> list[LabelledRow]:
    """Return the labelled sentences the shipped model was trained from, in a fixed order."""
    folder = files(__package__) / "seeds"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".jsonl"))
    return [row for name in names for row in read_rows((folder / name).read_text("utf-8"))]


def model_text() -> str:
    """Return the trained model as JSON."""
    return _data("model.json")


def _patterns(name: str) -> dict[str, re.Pattern[str]]:
    return {key: re.compile(pattern, re.IGNORECASE) for key, pattern in json.loads(_data(name)).items()}


def _data(name: str) -> str:
    return (files(__package__) / "data" / name).read_text("utf-8")
