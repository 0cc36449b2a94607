"""The catalogue, the stock and the ledger go out as CSV and Excel, on both databases."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.csvfiles import preview_files
from adapters.csvfiles.exports import ExportRefused, export_file
from adapters.excel import writing
from adapters.excel.workbook import read_workbook
from adapters.storage.exporting import Period
from domain.kernel.localtime import local_day
from tests.support import storage
from tests.support.imports import EVERYTHING, NOW, ImportWorld
from tests.support.parts import assert_books

ODD = "=1+1", "'=1", "+86 电话", "-", "@甲", '引号"和,逗号'
TODAY = local_day(NOW)


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[ImportWorld]:
    with storage.opened(database_url, with_people=False) as database:
        yield ImportWorld(database, tmp_path)


def exported(world: ImportWorld, what: str, kind: str = "csv", place: str = "", **period: datetime) -> Path:
    file = world.folder / f"{what}.{kind}"
    export_file(world.database, what, file, place=place, period=Period(**period), today=TODAY)
    return file


def table(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_exported_parts_go_in_again_unchanged(world, kind):
    world.imports(*EVERYTHING)
    file = world.folder / "odd.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = [(f"X{at}", "'" + text if text != "-" else "'-", "个", text) for at, text in enumerate(ODD)]
        csv.writer(stream).writerows([("code", "name", "unit", "spec"), *rows])
    preview_files(world.database, [file], NOW)
    world.imports(file.read_text("utf-8").splitlines())

    said = preview_files(world.database, [exported(world, "parts", kind)], NOW)

    assert said[-1] == "备件：新增 0，更新 0，未变 10"


def test_a_csv_file_has_a_byte_order_mark_and_nothing_that_excel_works_out(world):
    world.imports(("code,name,unit,price", "P1,=1+1,个,12.5", "P2,乙,个,0.05"))

    file = exported(world, "parts")

    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [(row[1], row[7]) for row in table(file)[1:]] == [("'=1+1", "12.5"), ("乙", "0.05")]


def test_a_workbook_keeps_texts_as_texts(world):
    world.imports(("code,name,unit,barcode", "007,=1+1,个,0012"))

    (sheet,) = read_workbook(exported(world, "parts", "xlsx").read_bytes())

    assert sheet.problem == "" and sheet.name == "备件"
    assert sheet.rows[1][1][:2] == ["007", "=1+1"] and sheet.rows[1][1][6] == "0012"


def test_the_stock_of_a_place_is_what_the_books_say(world):
    world.imports(*EVERYTHING)

    rows = table(exported(world, "stock", place="SH"))

    assert rows[1] == ["6204", "轴承 6204", "个", "SH", "上海中心仓", "20", "0", "336"]
    assert [(row[0], row[5]) for row in rows[2:]] == [("KB", "1"), ("R404A", "45.5")]
    assert len(table(exported(world, "stock"))) == 1 + 4
    assert_books(world.database)


def test_the_ledger_of_a_period_is_half_open(world):
    world.imports(*EVERYTHING)

    inside = table(exported(world, "ledger", since=NOW, until=NOW + timedelta(days=1)))
    before = table(exported(world, "ledger", until=NOW))
    bin_only = table(exported(world, "ledger", place="SH-A1"))

    assert len(inside) == 5 and len(before) == 1
    assert bin_only[1][1:8] == ["2026-03-02 17:00:00", "KB", "控制板", "期初", "A1 货位", "1", "块"]
    assert bin_only[1][8:13] == ["1480", "SN2", "期初", "导入", ""]


def test_an_unknown_place_names_those_that_there_are(world):
    world.imports(*EVERYTHING)

    with pytest.raises(ExportRefused, match=r"没有编码为“XX”的仓库；可用的有 .*SH"):
        exported(world, "stock", place="XX")

    assert list(world.folder.glob("stock*")) == []


def test_an_ending_that_is_neither_is_refused(world):
    with pytest.raises(ExportRefused, match=r"应为 \.csv 或 \.xlsx"):
        exported(world, "parts", "xls")


def test_a_folder_that_is_not_there_is_named(world):
    with pytest.raises(ExportRefused, match="写不了这个文件"):
        export_file(
            world.database, "parts", world.folder / "none" / "p.csv", place="", period=Period(), today=TODAY
        )


def test_more_rows_than_a_sheet_takes_are_refused_with_a_way_out(world, monkeypatch):
    monkeypatch.setattr(writing, "ROWS_AT_MOST", 3)
    world.imports(*EVERYTHING)

    with pytest.raises(ExportRefused, match="请改导出"):
        exported(world, "parts", "xlsx")

    assert list(world.folder.glob("parts*")) == []
