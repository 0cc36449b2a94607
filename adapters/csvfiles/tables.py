"""Opens a file as tables of texts: a CSV file is one, a workbook has one on each sheet."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from adapters.excel.unpacking import OLD_FORMAT, WorkbookRefused
from adapters.excel.workbook import Sheet, read_workbook

SIZE_LIMIT_BYTES = 20 * 1024 * 1024
BREAKS = re.compile(r"[\t\r\n\v\f]+")
INVISIBLE = re.compile(r"[\u200b\u2060\ufeff]")
QUOTED = re.compile(r"'+[=+\-@]")
"""How a text is kept from being a formula, in a CSV file that Excel opens; the first quote is not meant."""


class Unreadable(Exception):
    """The message says why this file cannot be read as one of ours."""


@dataclass(frozen=True)
class Table:
    """Records of texts that are not blank, each with the line or row it begins on."""

    name: str
    records: Iterator[tuple[int, list[str]]]


def open_tables(path: Path) -> Sequence[Table]:
    """Return the tables of a file; a record that cannot be read raises `Unreadable` when it is asked for.

    Raises:
        Unreadable: it is too large, damaged, or in no encoding we know.
        OSError: it cannot be opened.
    """
    with path.open("rb") as stream:
        content = stream.read(SIZE_LIMIT_BYTES + 1)
    if len(content) > SIZE_LIMIT_BYTES:
        raise Unreadable(f"文件超过 {SIZE_LIMIT_BYTES // 1024 // 1024} MB，请拆成几个文件后一起导入")
    if not content.startswith((b"PK\x03\x04", OLD_FORMAT)):
        return [Table(str(path), _csv_records(_decoded(content)))]
    try:
        sheets = read_workbook(content)
    except WorkbookRefused as refused:
        raise Unreadable(str(refused)) from None
    return [Table(f"{path} 工作表“{sheet.name}”", _sheet_records(sheet)) for sheet in sheets]


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("文字编码不是 UTF-8 也不是 GB18030；请在 Excel 里另存为“CSV UTF-8（逗号分隔）”")


def _csv_records(content: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True, skipinitialspace=True)
    begins_on = 1
    try:
        for record in reader:
            cells = [cell[1:] if QUOTED.match(cell) else cell for cell in _cleaned(record)]
            if any(cells):
                yield begins_on, cells
            begins_on = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            f'第 {begins_on} 行起读不下去（{error}）；常见原因是双引号没有成对，例如 "2 号冷库" 少了后一个'
        ) from None


def _sheet_records(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    if sheet.problem:
        raise Unreadable(sheet.problem)
    for number, row in sheet.rows:
        cells = _cleaned(row)
        if any(cells):
            yield number, cells


def _cleaned(record: Iterable[str]) -> list[str]:
    return [INVISIBLE.sub("", BREAKS.sub(" ", cell)).strip() for cell in record]
