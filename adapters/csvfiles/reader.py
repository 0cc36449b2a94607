"""Reads CSV files as Excel and editors write them: recognised by header, every wrong row explained."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from adapters.imports import (
    AssetKindRow,
    AssetRow,
    ContractRow,
    CustomerRow,
    DispatchRuleRow,
    ImportRefused,
    Line,
    ParsedFiles,
    PersonRow,
    Row,
)

R = TypeVar("R", bound=Row)

SIZE_LIMIT_BYTES = 20 * 1024 * 1024
KINDS: tuple[type[Row], ...] = (PersonRow, CustomerRow, AssetRow, ContractRow, AssetKindRow, DispatchRuleRow)
EXPLAINED = frozenset({"role", "date", "number", "yes", "plate", "pair", "field", "word"})
"""Errors of ours whose message adds something to what was expected."""
BREAKS = re.compile(r"[\t\r\n\v\f]+")
INVISIBLE = re.compile(r"[\u200b\u2060\ufeff]")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SHOWN_CHARACTERS = 40


def read_files(paths: Sequence[Path]) -> ParsedFiles:
    """Read and check files of any kind in any order.

    Raises:
        ImportRefused: with a line for every wrong file and row.
    """
    problems: list[str] = []
    lines: list[Line[Row]] = []
    for path in {path.resolve(): path for path in paths}.values():
        lines += _read_file(path, problems)
    problems += _repeated_keys(lines)
    if problems:
        raise ImportRefused(problems)
    return ParsedFiles(
        customers=_of(lines, CustomerRow),
        assets=_of(lines, AssetRow),
        people=_of(lines, PersonRow),
        contracts=_of(lines, ContractRow),
        kinds=_of(lines, AssetKindRow),
        dispatch_rules=_of(lines, DispatchRuleRow),
    )


def _of(lines: Sequence[Line[Row]], kind: type[R]) -> list[Line[R]]:
    return [Line(line.file, line.number, line.row) for line in lines if isinstance(line.row, kind)]


def _read_file(path: Path, problems: list[str]) -> Iterator[Line[Row]]:
    file = str(path)
    try:
        records = _records(_text_of(path))
        number, header = next(records, (0, []))
        kind, columns = _recognise(header)
    except _Unreadable as error:
        problems.append(f"{file}：{error}")
        return
    except FileNotFoundError:
        problems.append(f"{file}：没有这个文件，请核对路径，例如 ./people.csv")
        return
    except OSError as error:
        problems.append(f"{file}：打不开这个文件（{error.strerror}）")
        return
    try:
        for number, cells in records:
            try:
                yield Line(file, number, _row(kind, columns, cells))
            except _WrongRow as error:
                problems.append(f"{file} 第 {number} 行：{error}")
    except _Unreadable as error:
        problems.append(f"{file}：{error}")


class _Unreadable(Exception):
    """The message says why this file cannot be read as one of ours."""


class _WrongRow(Exception):
    """The message says what is wrong in which columns."""


def _text_of(path: Path) -> str:
    with path.open("rb") as stream:
        content = stream.read(SIZE_LIMIT_BYTES + 1)
    if len(content) > SIZE_LIMIT_BYTES:
        raise _Unreadable(f"文件超过 {SIZE_LIMIT_BYTES // 1024 // 1024} MB，请拆成几个文件后一起导入")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _Unreadable("这是 Excel 工作簿，不是 CSV；请在 Excel 里另存为“CSV UTF-8（逗号分隔）”")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _Unreadable("文字编码不是 UTF-8 也不是 GB18030；请在 Excel 里另存为“CSV UTF-8（逗号分隔）”")


def _records(content: str) -> Iterator[tuple[int, list[str]]]:
    """Give each record that is not blank, with the line it begins on."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True, skipinitialspace=True)
    begins_on = 1
    try:
        for record in reader:
            cells = [INVISIBLE.sub("", BREAKS.sub(" ", cell)).strip() for cell in record]
            if any(cells):
                yield begins_on, cells
            begins_on = reader.line_num + 1
    except csv.Error as error:
        raise _Unreadable(
            f'第 {begins_on} 行起读不下去（{error}）；常见原因是双引号没有成对，例如 "2 号冷库" 少了后一个'
        ) from None


def _recognise(header: Sequence[str]) -> tuple[type[Row], Sequence[str]]:
    columns = [name.casefold() for name in header]
    while columns and not columns[-1]:
        columns.pop()
    matching = [kind for kind in KINDS if kind.MARK in columns]
    if len(matching) != 1:
        raise _Unreadable(f"认不出表头“{_shown(','.join(header))}”；{_known_headers()}")
    kind = matching[0]
    wrong = [f"没有 {name} 列" for name in kind.required() if name not in columns]
    wrong += [f"不认识 {name or '（空）'} 列" for name in columns if name not in kind.columns()]
    wrong += [
        f"{name} 列出现了 {columns.count(name)} 次" for name in kind.columns() if columns.count(name) > 1
    ]
    if wrong:
        raise _Unreadable(f"表头有误：{'，'.join(wrong)}；{_known_headers()}")
    return kind, columns


def _known_headers() -> str:
    known = "；".join(f"{kind.KIND}.csv 的 {','.join(kind.columns())}" for kind in KINDS)
    return f"第一行应是以下几种表头之一（列的先后不限）：{known}"


def _row(kind: type[Row], columns: Sequence[str], cells: Sequence[str]) -> Row:
    if any(cells[len(columns) :]):
        raise _WrongRow(
            f"比表头多出内容“{_shown(','.join(cells[len(columns) :]))}”；含逗号的内容要用双引号括起来"
        )
    filled = [*cells, *[""] * len(columns)]
    values = dict(zip(columns, filled, strict=False))
    if hidden := [name for name, value in values.items() if CONTROL.search(value)]:
        raise _WrongRow(f"{'、'.join(hidden)} 列里有看不见的控制字符，请删掉后重新输入")
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise _WrongRow("；".join(_explain(kind, values, each) for each in error.errors())) from None


def _explain(kind: type[Row], values: Mapping[str, str], error: ErrorDetails) -> str:
    if not error["loc"]:
        return error["msg"]
    column = str(error["loc"][0])
    value = values.get(column, "")
    expected, example = kind.EXPECTED[column]
    found = f"“{_shown(value)}”不对" if value else "是空的"
    because = f"（{error['msg']}）" if error["type"] in EXPLAINED else ""
    return f"{column} 列{found}{because}，应为 {expected}，例如 {example}"


def _repeated_keys(lines: Sequence[Line[Row]]) -> Iterator[str]:
    """Two rows with the same key would overwrite each other, whichever comes last."""
    first: dict[tuple[str, str, str], Line[Row]] = {}
    for line in lines:
        for column in line.row.KEYS:
            value = getattr(line.row, column)
            earlier = first.setdefault((line.row.KIND, column, value), line)
            if value and earlier is not line:
                yield (
                    f"{line.place}：{column} 列“{_shown(str(value))}”与 {earlier.place} 重复，"
                    "每个值只能出现一次，请只保留一行"
                )


def _shown(value: str) -> str:
    return value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…"
