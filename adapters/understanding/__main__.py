"""`python -m adapters.understanding`: train the shipped model again from the seed sentences."""

from pathlib import Path

from adapters.understanding import resources
from adapters.understanding.model import dump
from adapters.understanding.training import train_model

_TARGET = Path(__file__).parent / "data" / "model.json"


def main() -> None:
    """Write the model; the same seeds give the same file."""
    rows = resources.seeds()
    text = dump(train_model(rows, resources.gazetteer()))
    _TARGET.write_text(f"{text}\n", "utf-8")
    print(f"{_TARGET}: {len(rows)} sentences, {len(text.encode()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
