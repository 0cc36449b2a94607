"""The CSV files that fill the system: people, customers with their contacts, assets, contracts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from adapters.csvfiles.reader import read_files
from adapters.imports import ImportRefused
from adapters.storage.engine import Database
from adapters.storage.importing import import_rows

SHIPPED_KINDS = Path(__file__).parent / "asset_kinds.csv"
"""The kinds of asset that come with us; a file of the user's own has the same form."""

__all__ = ["ImportRefused", "import_files"]


def import_files(database: Database, paths: Sequence[Path], now: datetime) -> list[str]:
    """Import files of any kind in any order, and return in Chinese what became of each kind.

    Raises:
        ImportRefused: `lines` say in Chinese what is wrong where; nothing was written.
    """
    shipped = read_files([SHIPPED_KINDS]).kinds
    return import_rows(database, replace(read_files(paths), shipped_kinds=shipped), now).lines()
