"""Exports the catalogue, the suppliers, the stock and the ledger into files, CSV or Excel by their name."""

from collections.abc import Generator
from contextlib import closing
from datetime import date
from pathlib import Path

from adapters.csvfiles.writing import write_csv
from adapters.excel.writing import TooLarge, write_workbook
from adapters.imports import PartRow
from adapters.storage.engine import Database
from adapters.storage.exporting import (
    LEDGER_HEADER,
    STOCK_HEADER,
    SUPPLIERS_HEADER,
    Cells,
    NoSuchPlace,
    Period,
    ledger_rows,
    part_rows,
    stock_rows,
    supplier_rows,
)

HEADERS = {
    "parts": PartRow.columns(),
    "suppliers": SUPPLIERS_HEADER,
    "stock": STOCK_HEADER,
    "ledger": LEDGER_HEADER,
}
TITLES = {"parts": "备件", "suppliers": "供应商", "stock": "库存", "ledger": "出入库流水"}
WRITING = ".part"


class ExportRefused(Exception):
    """Nothing was exported; the message says in Chinese why."""


def export_file(database: Database, what: str, path: Path, *, place: str, period: Period, today: date) -> int:
    """Export one of `HEADERS`, and return how many rows the file has.

    The file appears under its name when it is complete.

    Args:
        today: up to when suppliers are judged.

    Raises:
        ExportRefused: an unknown ending or place, more rows than a sheet takes, or a file that cannot be
            written.
    """
    kind = path.suffix.casefold()
    if kind not in (".csv", ".xlsx"):
        raise ExportRefused(f"“{path.name}”的扩展名应为 .csv 或 .xlsx，例如 {what}.xlsx")
    unfinished = path.with_name(path.name + WRITING)
    try:
        with closing(_rows(database, what, place, period, today)) as rows:
            if kind == ".csv":
                count = write_csv(unfinished, HEADERS[what], rows)
            else:
                count = write_workbook(unfinished, TITLES[what], HEADERS[what], rows)
        unfinished.replace(path)
    except NoSuchPlace as missing:
        raise ExportRefused(
            f"没有编码为“{missing.code}”的仓库；可用的有 {'、'.join(missing.known)}"
        ) from None
    except TooLarge as error:
        raise ExportRefused(
            f"{error}，Excel 放不下；请改导出 .csv，或用 --place、--from、--to 缩小范围"
        ) from None
    except OSError as error:
        raise ExportRefused(f"{path}：写不了这个文件（{error.strerror}）") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _rows(
    database: Database, what: str, place: str, period: Period, today: date
) -> Generator[Cells, None, None]:
    if what == "parts":
        return part_rows(database)
    if what == "suppliers":
        return supplier_rows(database, today)
    return stock_rows(database, place) if what == "stock" else ledger_rows(database, place, period)
