"""The CSV files that fill the system: people, customers with their contacts, assets."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from adapters.csvfiles.reader import read_files
from adapters.imports import ImportRefused
from adapters.storage.engine import Database
from adapters.storage.importing import import_rows

__all__ = ["ImportRefused", "import_files"]


def import_files(database: Database, paths: Sequence[Path], now: datetime) -> list[str]:
    """Import files of any kind in any order, and return in Chinese what became of each kind.

    Raises:
        ImportRefused: `lines` say in Chinese what is wrong where; nothing was written.
    """
    return import_rows(database, read_files(paths), now).lines()
