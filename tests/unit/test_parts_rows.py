"""Rows of the parts files: amounts, words and what cannot be."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adapters.csvfiles import headers
from adapters.csvfiles.reader import read_files
from adapters.imports import ImportRefused, ParsedFiles, PartRow

PARTS = "code,name,unit,whole,barcode,price,substitutes,tracking,return_old"
SUPPLIERS = "code,name,contact,lead_days"
PLACES = "code,name,kind,region,keeper,parent"
OPENING = "part,place,quantity,unit_cost,lot"
RULES = "part,place,below,order_quantity"
USUAL = "fault_code,part,quantity"


def read(folder: Path, *lines: str, name: str = "some.csv") -> ParsedFiles:
    file = folder / name
    file.write_text("\n".join(lines), "utf-8")
    return read_files([file])


def part(folder: Path, row: str) -> PartRow:
    (line,) = read(folder, PARTS, row).parts
    return line.row


def refused(folder: Path, *lines: str) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        read(folder, *lines)
    return [line.replace(f"{folder}/", "") for line in refusal.value.lines]


def test_a_part_is_read(tmp_path):
    found = part(
        tmp_path, "ＺＣ-6204,轴承,个,是,690 ,￥1,018.50,A；B,序列号,是".replace("￥1,018.50", '"￥1,018.50"')
    )

    assert (found.code, found.price, found.substitutes) == ("ZC-6204", 101850, ("A", "B"))
    assert (found.tracking, found.return_old, found.whole) == ("serial", True, True)


def test_empty_cells_mean_what_is_usual(tmp_path):
    found = part(tmp_path, "A,甲,个,,,,,,")

    assert (found.whole, found.price, found.tracking, found.return_old) == (True, 0, "none", False)


@pytest.mark.parametrize(
    ("written", "fen"), [("18.5", 1850), ("18.500", 1850), ("0", 0), ("¥0.01", 1), ("１８", 1800)]
)
def test_a_price_is_kept_in_fen(tmp_path, written, fen):
    assert part(tmp_path, f"A,甲,个,,,{written},,,").price == fen


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "A,甲,个,,,18.505,,,",
            "price 列“18.505”不对（最多 2 位小数），应为 以元为单位、最多 2 位小数的单价",
        ),
        ("A,甲,个,,,-1,,,", "price 列“-1”不对（不能是负数）"),
        ("A,甲,个,,,1e3,,,", "price 列“1e3”不对（不是数字）"),
        ("A,甲,个,,,9999999999999,,,", "price 列“9999999999999”不对"),
        ("A,甲,,,,,,,", "unit 列是空的，应为 1 到 10 个字的单位，例如 个"),
        ("A,甲,个,大概,,,,,", "whole 列“大概”不对（不是“是”或“否”）"),
        ("A,甲,个,,,,,条码,", "tracking 列“条码”不对（只能填 无、批次、序列号）"),
        ("A,甲,个,否,,,,序列号,", "whole 列请填“是”"),
        ("A,甲,个,,,,B;A,,", "substitutes 列写了自己的编码"),
        ("---,甲,个,,,,,,", "code 列没有字母、数字或汉字"),
    ],
)
def test_a_part_that_cannot_be_is_explained(tmp_path, row, problem):
    (line,) = refused(tmp_path, PARTS, row)

    assert line.startswith("some.csv 第 2 行：") and problem in line


@pytest.mark.parametrize(
    ("header", "row", "problem"),
    [
        (SUPPLIERS, "S1,甲,,", "lead_days 列是空的"),
        (SUPPLIERS, "S1,甲,,731", "lead_days 列“731”不对"),
        (PLACES, "A,甲,车,,,", "kind 列“车”不对（只能填 仓库、分仓、库位）"),
        (PLACES, "A,甲,库位,,,", "库位要填 parent 列：它所在仓库的编码"),
        (PLACES, "A,甲,仓库,,,B", "只有库位要填 parent"),
        (OPENING, "A,B,0,1,", "quantity 列“0”不对"),
        (OPENING, "A,B,-1,1,", "quantity 列“-1”不对（不能是负数）"),
        (OPENING, "A,B,1000000000,1,", "quantity 列“1000000000”不对"),
        (OPENING, "A,B,1.0005,1,", "quantity 列“1.0005”不对（最多 3 位小数）"),
        (OPENING, "A,B,1,,", "unit_cost 列是空的"),
        (RULES, "A,B,0,", "below 列“0”不对"),
        (USUAL, ",A,1", "fault_code 列是空的"),
    ],
)
def test_other_rows_that_cannot_be_are_explained(tmp_path, header, row, problem):
    (line,) = refused(tmp_path, header, row)

    assert problem in line


@pytest.mark.parametrize(
    ("header", "first", "second", "column"),
    [
        (OPENING, "A,B,1,1,L", "A,B,2,1,L", "part、place、lot 列“A、B、L”"),
        (RULES, "A,B,1,", "A,B,2,", "part、place 列“A、B”"),
        (USUAL, "e9,A,1", "E9,A,2", "fault_code、part 列“E9、A”"),
        (PLACES, "A,甲,仓库,,,", "A,乙,仓库,,,", "code 列“A”"),
    ],
)
def test_a_repeated_key_names_both_lines(tmp_path, header, first, second, column):
    (line,) = refused(tmp_path, header, first, second)

    assert line.startswith(f"some.csv 第 3 行：{column}") and "some.csv 第 2 行 重复" in line


def test_one_lot_each_is_no_repetition(tmp_path):
    lines = read(tmp_path, OPENING, "A,B,1,1,L1", "A,B,2.5,0.07,L2").opening_stock

    assert [(line.row.quantity, line.row.unit_cost) for line in lines] == [
        (Decimal(1), 100),
        (Decimal("2.5"), 7),
    ]


def test_every_kind_is_known_by_its_own_header():
    def kind_of(header: Any) -> str:
        return headers.recognise(header)[0].KIND

    assert [kind_of(kind.columns()) for kind in headers.KINDS] == [kind.KIND for kind in headers.KINDS]
    assert [kind_of(kind.required()) for kind in headers.KINDS] == [kind.KIND for kind in headers.KINDS]
