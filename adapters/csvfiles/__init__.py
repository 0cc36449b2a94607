"""The files that fill the system: people, customers, assets, contracts, spare parts; CSV and Excel."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from adapters.csvfiles.reader import read_files
from adapters.imports import ImportRefused, ParsedFiles
from adapters.storage.engine import Database
from adapters.storage.importing import import_rows, preview_rows, take_back_import

SHIPPED_KINDS = Path(__file__).parent / "asset_kinds.csv"
"""The kinds of asset that come with us; a file of the user's own has the same form."""

__all__ = ["ImportRefused", "import_files", "preview_files", "take_back_import"]


def import_files(database: Database, paths: Sequence[Path], now: datetime) -> list[str]:
    """Import files of any kind in any order, and return in Chinese what became of each kind.

    Raises:
        ImportRefused: `lines` say in Chinese what is wrong where; nothing was written.
    """
    return import_rows(database, _read(paths), now).lines()


def preview_files(database: Database, paths: Sequence[Path], now: datetime) -> list[str]:
    """Return in Chinese what an import of these files would do; nothing is written.

    Raises:
        ImportRefused: as the import would.
    """
    return preview_rows(database, _read(paths), now)


def _read(paths: Sequence[Path]) -> ParsedFiles:
    return replace(read_files(paths), shipped_kinds=read_files([SHIPPED_KINDS]).kinds)
