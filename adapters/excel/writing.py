"""Writes a table as a workbook, row by row, so that its size does not matter."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import xlsxwriter

ROWS_AT_MOST = 1_048_576


class TooLarge(Exception):
    """The table has more rows, or a longer text, than a sheet can take; the message says where."""


def write_workbook(
    path: Path, title: str, header: Sequence[str], rows: Iterable[Sequence[str | Decimal]]
) -> int:
    """Write a table with texts as texts, whatever they begin with, and return how many rows it has.

    Raises:
        TooLarge: as said.
    """
    count = 0
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(header):
            sheet.write_string(0, column, name)
        for count, row in enumerate(rows, start=1):
            if count >= ROWS_AT_MOST:
                raise TooLarge(f"超过 {ROWS_AT_MOST} 行")
            for column, value in enumerate(row):
                if isinstance(value, Decimal):
                    sheet.write_number(count, column, float(value))
                elif value and sheet.write_string(count, column, value) != 0:
                    raise TooLarge(f"第 {count + 1} 行的“{header[column]}”超过一个单元格能放的字数")
    return count
