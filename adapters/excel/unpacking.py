"""Looks into a workbook before anything else does: its size, its formulas, how far its cells reach."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

UNPACKED_LIMIT_BYTES = 200 * 1024 * 1024
ROW_LIMIT = 100_000
COLUMN_LIMIT = 200
WORKBOOK = "xl/workbook.xml"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(
    rb"""<(?:\w+:)?(?P<tag>row|c)\b[^>]*?\sr\s*=\s*["'](?P<column>[A-Z]*)(?P<row>\d+)["'][^>]*>"""
    rb"""|<(?:\w+:)?(?P<formula>f)(?=[\s/>])"""
)


class WorkbookRefused(Exception):
    """The message says in Chinese why a workbook cannot be read, and what to do."""


@dataclass(frozen=True)
class Unpacked:
    """A workbook that may be read.

    Args:
        content: the same workbook without pictures, no larger than it says it is.
        formulas: addresses of the cells with a formula, by the file of their sheet.
    """

    content: bytes
    formulas: dict[str, list[str]]


def unpack(content: bytes) -> Unpacked:
    """Return a workbook that does no harm to whoever reads it.

    A zip file may say that it is small and grow to gigabytes, and one cell in the last corner of a sheet
    makes a reader lay out billions of empty ones; so every file is unpacked here up to what it says, and
    packed anew.

    Raises:
        WorkbookRefused: encrypted, of the old format, damaged, or too large.
    """
    if content.startswith(OLD_FORMAT):
        if ENCRYPTED in content:
            raise WorkbookRefused("这个工作簿有打开密码，读不了；请在 Excel 里去掉密码后另存一份再导入")
        raise WorkbookRefused("这是旧版 .xls 工作簿；请在 Excel 里另存为“Excel 工作簿（*.xlsx）”后再导入")
    formulas: dict[str, list[str]] = {}
    packed = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as source,
            zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target,
        ):
            for name, part in _parts(source):
                if _SHEET.fullmatch(name):
                    formulas[name] = _formulas(part)
                target.writestr(name, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise WorkbookRefused(
            "文件损坏，打不开；请用 Excel 打开后另存为“Excel 工作簿（*.xlsx）”再导入"
        ) from None
    return Unpacked(packed.getvalue(), formulas)


def _parts(source: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Give each file of the workbook that has words in it."""
    wanted = [one for one in source.infolist() if one.filename.endswith((".xml", ".rels"))]
    if WORKBOOK not in {one.filename for one in wanted}:
        raise WorkbookRefused("这不是 Excel 工作簿（*.xlsx）；请在 Excel 里另存为这种格式后再导入")
    if sum(one.file_size for one in wanted) > UNPACKED_LIMIT_BYTES:
        raise WorkbookRefused(
            f"工作簿展开后超过 {UNPACKED_LIMIT_BYTES // 1024 // 1024} MB；"
            "请删掉多余的内容，或拆成几个文件后一起导入"
        )
    for one in wanted:
        yield one.filename, source.read(one)


def _formulas(sheet: bytes) -> list[str]:
    """Return where a sheet has formulas; refuse one that reaches too far."""
    if b"\0" in sheet:
        raise ValueError("not UTF-8")
    found: dict[str, None] = {}
    address = ""
    for match in _CELL.finditer(sheet):
        if match["formula"]:
            found[address] = None
            continue
        column, row = match["column"].decode(), int(match["row"])
        if row > ROW_LIMIT:
            raise WorkbookRefused(f"第 {row} 行还有内容，最多 {ROW_LIMIT} 行；请删掉多余的行，或拆成几个文件")
        if _number(column) > COLUMN_LIMIT:
            raise WorkbookRefused(f"{column} 列还有内容，最多 {COLUMN_LIMIT} 列；请删掉多余的列")
        address = f"{column}{row}"
    return list(found)


def _number(column: str) -> int:
    """Return 1 for A, 27 for AA, and 0 for none."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number
