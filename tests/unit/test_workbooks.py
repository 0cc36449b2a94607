"""Workbooks are read as people see them, and what does harm or cannot be read is refused."""

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from adapters.csvfiles.reader import read_files
from adapters.excel import unpacking
from adapters.excel.unpacking import WorkbookRefused
from adapters.excel.workbook import read_workbook
from adapters.imports import ImportRefused
from tests.support.imports import workbook

HEADER = ["code", "name", "unit", "price"]


def made(folder: Path, *rows: list[object]) -> bytes:
    return workbook(folder / "some.xlsx", {"备件": [HEADER, *rows]}).read_bytes()


def first_row(content: bytes) -> list[str]:
    (sheet,) = read_workbook(content)
    return sheet.rows[1][1]


def changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with something else in one of its files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w") as target:
        for one in source.infolist():
            part = source.read(one)
            target.writestr(one.filename, part.replace(old, new) if one.filename == name else part)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (6204, "6204"),
        (6204.5, "6204.5"),
        (0.1 + 0.2, "0.3"),
        (6901234562040, "6901234562040"),
        (True, "是"),
        (False, "否"),
        ("", ""),
    ],
)
def test_a_cell_is_read_as_it_is_shown(tmp_path, cell, text):
    assert first_row(made(tmp_path, ["A", cell, "个", 1]))[1] == text


def test_leading_noughts_and_signs_of_a_text_stay(tmp_path):
    file = tmp_path / "some.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([HEADER, ["0012", "=1+1", "个", "+5"]]):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)

    assert first_row(file.read_bytes()) == ["0012", "=1+1", "个", "+5"]


def test_dates_are_days_and_moments_keep_their_time(tmp_path):
    file = tmp_path / "some.xlsx"
    options = {"default_date_format": "yyyy-mm-dd hh:mm", "remove_timezone": True}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, datetime(2026, 3, 2, tzinfo=UTC))
        sheet.write_datetime(0, 1, datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
        sheet.write_datetime(0, 2, date(2026, 3, 2))

    (sheet_read,) = read_workbook(file.read_bytes())

    assert sheet_read.rows[0][1] == ["2026-03-02", "2026-03-02 09:30", "2026-03-02"]


def test_hidden_rows_and_sheets_count_and_rows_keep_their_numbers(tmp_path):
    file = tmp_path / "some.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("空")
        sheet = book.add_worksheet("备件")
        sheet.write_row(2, 1, HEADER)
        sheet.write_row(4, 1, ["A", "甲", "个", 1])
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.hide()

    (line,) = read_files([file]).parts

    assert line.place == f"{file} 工作表“备件” 第 5 行" and line.row.price == 100


def test_a_formula_is_refused_with_its_address(tmp_path):
    file = tmp_path / "some.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("备件")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["A", "甲", "个"])
        sheet.write_formula(1, 3, "=9*2", None, 18)
        other = book.add_worksheet("供应商")
        other.write_row(0, 0, ["code", "name", "lead_days"])
        other.write_row(1, 0, ["S1", "甲", 5])

    with pytest.raises(ImportRefused) as refusal:
        read_files([file])

    assert refusal.value.lines == [f"{file} 工作表“备件”：D2 是公式，请粘贴为数值后再导入"]


def test_a_number_that_excel_cut_is_refused_with_its_address(tmp_path):
    file = workbook(tmp_path / "some.xlsx", {"备件": [HEADER, ["A", 123456789012345678, "个", 1]]})

    with pytest.raises(ImportRefused, match="B2 的数字超过 15 位"):
        read_files([file])


def test_a_sheet_with_another_header_is_named(tmp_path):
    file = workbook(tmp_path / "some.xlsx", {"备件": [HEADER], "说明": [["填写说明"]]})

    with pytest.raises(ImportRefused) as refusal:
        read_files([file])

    (line,) = refusal.value.lines
    assert line.startswith(f"{file} 工作表“说明”：认不出表头“填写说明”")


def test_an_empty_workbook_is_refused(tmp_path):
    with pytest.raises(WorkbookRefused, match="什么都没有"):
        read_workbook(workbook(tmp_path / "some.xlsx", {"空": []}).read_bytes())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\xd0\xcf\x11\xe0 old", "旧版 .xls"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "有打开密码"),
        (b"PK\x03\x04 not really", "文件损坏"),
    ],
)
def test_what_is_no_workbook_is_refused_with_the_way_out(content, problem):
    with pytest.raises(WorkbookRefused, match=problem):
        read_workbook(content)


def test_a_cut_off_workbook_is_damaged(tmp_path):
    content = made(tmp_path, ["A", "甲", "个", 1])

    for length in range(10, len(content), 997):
        with pytest.raises(WorkbookRefused):
            read_workbook(content[:length])


def test_another_zip_file_is_no_workbook():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.writestr("word/document.xml", "<w/>")

    with pytest.raises(WorkbookRefused, match="这不是 Excel 工作簿"):
        read_workbook(packed.getvalue())


def test_a_zip_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "UNPACKED_LIMIT_BYTES", 1024 * 1024)
    content = changed(
        made(tmp_path, ["A", "甲", "个", 1]),
        "xl/styles.xml",
        b"</styleSheet>",
        b" " * 2_000_000 + b"</styleSheet>",
    )

    with pytest.raises(WorkbookRefused, match="展开后超过 1 MB"):
        read_workbook(content)


@pytest.mark.parametrize(("address", "problem"), [(b"A1048576", "最多 100000 行"), (b"XFD2", "最多 200 列")])
def test_one_far_cell_does_not_lay_out_a_whole_sheet(tmp_path, address, problem):
    content = changed(
        made(tmp_path, ["A", "甲", "个", 1]), "xl/worksheets/sheet1.xml", b'r="D2"', b'r="' + address + b'"'
    )

    with pytest.raises(WorkbookRefused, match=problem):
        read_workbook(content)


def test_a_broken_sheet_is_damaged(tmp_path):
    content = changed(made(tmp_path, ["A", "甲", "个", 1]), "xl/workbook.xml", b"<sheets>", b"<sheets")

    with pytest.raises(WorkbookRefused, match="文件损坏"):
        read_workbook(content)
