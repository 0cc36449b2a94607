"""Reads CSV files and workbooks as Excel and editors write them: every wrong row is explained."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from adapters.csvfiles.headers import recognise, shown
from adapters.csvfiles.tables import Table, Unreadable, open_tables
from adapters.imports import (
    AssetKindRow,
    AssetRow,
    ContractRow,
    CustomerRow,
    DispatchRuleRow,
    ImportRefused,
    Line,
    OpeningStockRow,
    ParsedFiles,
    PartRow,
    PersonRow,
    PlaceRow,
    Row,
    StockRuleRow,
    SupplierRow,
    UsualPartRow,
)

R = TypeVar("R", bound=Row)

EXPLAINED = frozenset({"role", "date", "number", "yes", "plate", "pair", "field", "word"})
"""Errors of ours whose message adds something to what was expected."""
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


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
        suppliers=_of(lines, SupplierRow),
        parts=_of(lines, PartRow),
        places=_of(lines, PlaceRow),
        opening_stock=_of(lines, OpeningStockRow),
        stock_rules=_of(lines, StockRuleRow),
        usual_parts=_of(lines, UsualPartRow),
    )


def _of(lines: Sequence[Line[Row]], kind: type[R]) -> list[Line[R]]:
    return [Line(line.file, line.number, line.row) for line in lines if isinstance(line.row, kind)]


def _read_file(path: Path, problems: list[str]) -> Iterator[Line[Row]]:
    try:
        for table in open_tables(path):
            yield from _read_table(table, problems)
    except Unreadable as error:
        problems.append(f"{path}：{error}")
    except FileNotFoundError:
        problems.append(f"{path}：没有这个文件，请核对路径，例如 ./people.csv")
    except OSError as error:
        problems.append(f"{path}：打不开这个文件（{error.strerror}）")


def _read_table(table: Table, problems: list[str]) -> Iterator[Line[Row]]:
    try:
        _, header = next(table.records, (0, []))
        kind, columns = recognise(header)
        for number, cells in table.records:
            try:
                yield Line(table.name, number, _row(kind, columns, cells))
            except _WrongRow as error:
                problems.append(f"{table.name} 第 {number} 行：{error}")
    except Unreadable as error:
        problems.append(f"{table.name}：{error}")


class _WrongRow(Exception):
    """The message says what is wrong in which columns."""


def _row(kind: type[Row], columns: Sequence[str], cells: Sequence[str]) -> Row:
    if any(cells[len(columns) :]):
        raise _WrongRow(
            f"比表头多出内容“{shown(','.join(cells[len(columns) :]))}”；含逗号的内容要用双引号括起来"
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
    found = f"“{shown(value)}”不对" if value else "是空的"
    because = f"（{error['msg']}）" if error["type"] in EXPLAINED else ""
    return f"{column} 列{found}{because}，应为 {expected}，例如 {example}"


def _repeated_keys(lines: Sequence[Line[Row]]) -> Iterator[str]:
    """Two rows with the same key would overwrite each other, whichever comes last."""
    first: dict[tuple[str, str, tuple[object, ...]], Line[Row]] = {}
    for line in lines:
        for key in line.row.KEYS:
            columns = key.split(",")
            values = tuple(getattr(line.row, column) for column in columns)
            earlier = first.setdefault((line.row.KIND, key, values), line)
            if any(values) and earlier is not line:
                said = "、".join(shown(str(value)) for value in values if value)
                yield (
                    f"{line.place}：{'、'.join(columns)} 列“{said}”与 {earlier.place} 重复，"
                    "每个值只能出现一次，请只保留一行"
                )
