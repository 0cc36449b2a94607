"""Reads the sheets of a workbook as texts, each cell as it stands in Excel."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook

from adapters.excel.unpacking import WORKBOOK, WorkbookRefused, unpack

LARGEST_EXACT = 10**15
"""Excel keeps fifteen digits of a number; of a longer one it has lost the rest already."""
ADDRESSES_SHOWN = 5
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True)
class Sheet:
    """One sheet with something in it.

    Args:
        rows: each row's number as Excel shows it, and its cells as texts.
        problem: why its cells cannot be used, in Chinese; empty where they can.
    """

    name: str
    rows: Sequence[tuple[int, list[str]]]
    problem: str = ""


def read_workbook(content: bytes) -> list[Sheet]:
    """Return the sheets of a workbook that are not empty, hidden ones and hidden rows too.

    Raises:
        WorkbookRefused: it cannot be read, or nothing stands in it.
    """
    unpacked = unpack(content)
    try:
        files = _files_of_sheets(unpacked.content)
        with CalamineWorkbook.from_filelike(io.BytesIO(unpacked.content)) as book:
            sheets = [
                _sheet(book, name, unpacked.formulas.get(files.get(name, ""), []))
                for name in book.sheet_names
            ]
    except (CalamineError, ElementTree.ParseError, DefusedXmlException, KeyError):
        raise WorkbookRefused(
            "文件损坏，打不开；请用 Excel 打开后另存为“Excel 工作簿（*.xlsx）”再导入"
        ) from None
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise WorkbookRefused("工作簿里什么都没有；请核对是不是选错了文件")
    return filled


def _files_of_sheets(content: bytes) -> Mapping[str, str]:
    """Return in which file of the workbook each sheet stands."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        relations = ElementTree.fromstring(packed.read(_RELATIONS))
        book = ElementTree.fromstring(packed.read(WORKBOOK))
    targets = {one.get("Id"): posixpath.join("/xl", one.get("Target", "")) for one in relations}
    return {
        one.get("name", ""): posixpath.normpath(targets.get(one.get(_ID), "")).lstrip("/")
        for one in book.iter()
        if one.tag.endswith("}sheet")
    }


def _sheet(book: CalamineWorkbook, name: str, formulas: Sequence[str]) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    first_row, first_column = sheet.start or (0, 0)
    problems = [_formula_problem(formulas)] if formulas else []
    rows = []
    for number, cells in enumerate(sheet.to_python(), start=first_row + 1):
        rows.append((number, [_text(cell) for cell in cells]))
        problems += _lost_digits(number, first_column, cells)
    return Sheet(name, rows, "；".join(problems))


def _formula_problem(addresses: Sequence[str]) -> str:
    more = f" 等 {len(addresses)} 处" if len(addresses) > ADDRESSES_SHOWN else ""
    return f"{'、'.join(addresses[:ADDRESSES_SHOWN])}{more} 是公式，请粘贴为数值后再导入"


def _lost_digits(row: int, first_column: int, cells: Sequence[Cell]) -> Iterator[str]:
    for column, cell in enumerate(cells, start=first_column):
        if isinstance(cell, float) and abs(cell) >= LARGEST_EXACT:
            yield (
                f"{_letters(column)}{row} 的数字超过 15 位，Excel 没有保住后面的位；"
                "请把这一列设为文本后重新输入"
            )


def _letters(column: int) -> str:
    """Return A for 0, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _text(cell: Cell) -> str:
    """Return a cell as people read it: 6204 and not 6204.0, a day without its midnight."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.15g}'):f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return str(cell)
