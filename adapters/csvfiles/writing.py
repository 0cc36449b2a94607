"""Writes a table as a CSV file that Excel opens as it is meant."""

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from domain.parts.ledger import quantity_words

NO_FORMULA = re.compile(r"'*[=+\-@]")
"""What Excel would work out instead of showing it; a quote before it is taken off again by the import."""


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str | Decimal]]) -> int:
    """Write a table with a byte order mark, and return how many rows it has."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow([_cell(value) for value in row])
            count += 1
    return count


def _cell(value: str | Decimal) -> str:
    if isinstance(value, Decimal):
        return quantity_words(value)
    return f"'{value}" if NO_FORMULA.match(value) else value
