"""Suppliers, parts, places and opening stock come in by files, on both databases."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.csvfiles import ImportRefused, import_files, preview_files
from tests.support import storage
from tests.support.imports import (
    BASICS,
    EVERYTHING,
    NOW,
    OPENING,
    PARTS,
    PEOPLE,
    PLACES,
    RULES,
    SUPPLIERS,
    USUAL,
    ImportWorld,
    workbook,
)
from tests.support.parts import assert_books

SAMPLE = sorted((Path(__file__).parents[2] / "bootstrap" / "sample").glob("*.csv"))


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[ImportWorld]:
    with storage.opened(database_url, with_people=False) as database:
        yield ImportWorld(database, tmp_path)


def only(world: ImportWorld, text: str) -> object:
    return storage.one(world.database, text)


def test_everything_about_parts_goes_in_at_once_and_the_books_balance(world):
    said = world.imports(*EVERYTHING)

    assert said == [
        "供应商：新增 1，更新 0，未变 0",
        "备件：新增 4，更新 0，未变 0",
        "仓库与库位：新增 2，更新 0，未变 0",
        "期初库存：新增 4，更新 0，未变 0",
        "补货规则：新增 1，更新 0，未变 0",
        "常用备件：新增 1，更新 0，未变 0",
    ]
    assert_books(world.database)
    assert only(world, "SELECT sum(value_fen) FROM stock_balance") == 20 * 1680 + 345800 + 2 * 148000


def test_the_same_files_a_second_time_change_nothing(world):
    world.imports(*EVERYTHING)
    before = world.everything()

    said = world.imports(*EVERYTHING, now=NOW + timedelta(days=1))

    assert all("新增 0，更新 0" in line for line in said)
    assert world.everything() == before


def test_the_sample_s_parts_go_in_and_the_books_balance(world):
    import_files(world.database, SAMPLE, NOW)

    assert_books(world.database)
    assert world.count("part") == 21 and world.count("place") >= 3 + 7


def test_a_row_that_differs_changes_the_part_and_missing_ones_stay(world):
    world.imports(*BASICS)

    said = world.imports(("code,name,unit,price", "6204,深沟球轴承 6204,个,19.9"))

    assert said == ["备件：新增 0，更新 1，未变 0"]
    found = storage.rows(world.database, "SELECT name, price_fen, spec FROM part ORDER BY code")
    assert found[0] == ("深沟球轴承 6204", 1990, "2RS") and len(found) == 4


def test_a_preview_says_what_would_change_and_writes_nothing(world):
    world.imports(*EVERYTHING)
    before = world.everything()

    said = world.previews(
        ("code,name,unit,price,supplier_code", "6204,轴承 6204,个,19.90,", "6206,轴承 6206,个,25,S1"),
        ("part,place,below,order_quantity", "6204,SH,12,20"),
    )

    assert said == [
        "备件：新增 1，更新 1，未变 0",
        "补货规则：新增 0，更新 1，未变 0",
        "  备件 6204：price 18.50 → 19.90；supplier_code S1 → （空）",
        "  补货规则 6204 在 SH：below 10 → 12",
        "  备件 6206：新增",
    ]
    assert world.everything() == before


def test_a_long_preview_is_cut_and_says_so(world):
    rows = [f"P{number},备件 {number},个" for number in range(15)]

    said = world.previews(("code,name,unit", *rows))

    assert len(said) == 12 and said[-1] == "  …还有 5 处"


def test_a_preview_is_refused_as_the_import_would_be(world):
    with pytest.raises(ImportRefused, match="没有这个供应商"):
        preview_files(world.database, world.write(PARTS), NOW)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_come_as_excel_saves_them(world, encoding):
    file = world.folder / "parts.csv"
    file.write_bytes("code,name,unit\r\n6204,轴承 6204,个\r\n".encode(encoding))

    import_files(world.database, [file], NOW)

    assert only(world, "SELECT name FROM part") == "轴承 6204"


def test_a_wrong_encoding_is_refused(world):
    file = world.folder / "parts.csv"
    file.write_bytes(b"code,name,unit\n6204,\xff\xff\xff,pc\n")

    with pytest.raises(ImportRefused, match="UTF-8"):
        import_files(world.database, [file], NOW)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "'=quoted", '=HYPERLINK("http://x")'])
def test_what_looks_like_a_formula_is_a_text(world, text):
    quoted = '"' + text.replace('"', '""') + '"'

    world.imports(("code,name,unit", f"P1,{quoted},个"))

    assert only(world, "SELECT name FROM part") == text.removeprefix("'")


def test_codes_and_barcodes_that_come_twice_name_both_lines(world):
    refused = world.refuses(("code,name,unit,barcode", "A,甲,个,1", "B,乙,个,1", "A,丙,个,2"))

    assert refused == [
        "0.csv 第 3 行：barcode 列“1”与 0.csv 第 2 行 重复，每个值只能出现一次，请只保留一行",
        "0.csv 第 4 行：code 列“A”与 0.csv 第 2 行 重复，每个值只能出现一次，请只保留一行",
    ]


def test_a_barcode_of_another_part_is_refused_however_it_is_spelled(world):
    world.imports(*BASICS)

    (line,) = world.refuses(("code,name,unit,barcode", "X,甲,个,690-001"))

    assert "与系统里的备件“6204”重复" in line


def test_two_parts_may_swap_their_barcodes(world):
    world.imports(*BASICS)

    world.imports(("code,name,unit,barcode", "6204,轴承 6204,个,690002", "6205,轴承 6205,个,690001"))

    assert only(world, "SELECT barcode_key FROM part WHERE code = '6205'") == "690001"


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ((PARTS,), "0.csv 第 2 行：supplier_code 列“S1”没有这个供应商"),
        ((("code,name,unit,substitutes", "A,甲,个,B"),), "substitutes 列“B”没有这个备件"),
        ((PLACES,), "keeper 列“钱国平”不是在职的仓管员"),
        ((PEOPLE, ("code,name,kind,keeper", "A,甲,仓库,李建国")), "keeper 列“李建国”不是在职的仓管员"),
        ((("code,name,kind,keeper,parent", "A,甲,库位,,B"),), "parent 列“B”没有这个仓库或分仓"),
        ((("code,name,kind,keeper,parent", "A,甲,库位,,A"),), "parent 列“A”没有这个仓库或分仓"),
        ((OPENING,), "part 列“6204”没有这个备件"),
        ((*BASICS, ("part,place,below", "6204,XX,1")), "place 列“XX”没有这个仓库"),
        ((USUAL,), "part 列“6204”没有这个备件"),
    ],
    ids=range(9),
)
def test_what_is_not_there_is_named(world, files, problem):
    assert any(problem in line for line in world.refuses(*files))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("6204,SH,1.5,1,", "轴承 6204 的数量“1.5”不对：按整个计数"),
        ("6204,SH,1,1,X", "不按序列号或批次管理"),
        ("R404A,SH,1.5,1,", "按批次管理，lot 列要填批次号"),
        ("KB,SH,1,1,", "按序列管理，lot 列要填序列号"),
        ("KB,SH,2,1,SN9", "一个序列号只有一件"),
    ],
)
def test_opening_stock_that_cannot_be_is_refused(world, row, problem):
    assert any(problem in line for line in world.refuses(*BASICS, (OPENING[0], row)))


def test_a_serial_is_at_one_place_only(world):
    (line,) = world.refuses(*BASICS, (OPENING[0], "KB,SH,1,1,SN-1", "KB,SH-A1,1,1,sn1"))

    assert line.startswith("4.csv 第 3 行：KB 的序列号“sn1”已经在 4.csv 第 2 行")


def test_a_serial_that_is_in_the_books_does_not_come_in_again(world):
    world.imports(*EVERYTHING)
    world.imports(("code,name,kind,keeper", "HZ,杭州分仓,分仓,"))

    (line,) = world.refuses((OPENING[0], "KB,HZ,1,1480,SN1"))

    assert "序列号“SN1”已经在上海中心仓" in line


def test_opening_stock_comes_once(world):
    world.imports(*EVERYTHING)

    (line,) = world.refuses((OPENING[0], "6204,SH,21,16.80,"))

    assert line == "0.csv 第 2 行：6204 在 SH 已有出入库记录，请用盘点或调整"
    assert_books(world.database)


def test_what_lies_on_the_shelf_keeps_its_way_of_counting(world):
    world.imports(*EVERYTHING)

    refused = world.refuses(("code,name,unit,tracking", "6204,轴承 6204,个,批次"))

    assert refused == [
        "0.csv 第 2 行：6204 还有库存 20个，不能改 whole 或 tracking；请先把库存清零，或新建一个编码"
    ]


def test_a_place_of_the_system_is_left_alone(world):
    transit = only(world, "SELECT code FROM place WHERE kind = 'transit'")

    (line,) = world.refuses(("code,name,kind,keeper", f"{transit},我的仓,仓库,"))

    assert "系统里的车辆或内置地点" in line


def test_a_rule_is_armed_again_where_its_new_measure_is_met(world):
    world.imports(*EVERYTHING)
    with world.database.write() as session, session.begin():
        session.connection().exec_driver_sql("UPDATE stock_rule SET armed = false, below = 25000")

    world.imports(("part,place,below", "6204,SH,15"))

    assert storage.rows(world.database, "SELECT below, armed FROM stock_rule") == [(15000, True)]


def test_new_parts_are_found_by_their_words(world):
    world.imports(*BASICS)
    world.imports(("code,name,unit", "6205,深沟球,个"))

    with storage.transaction(world.database) as uow:
        assert [part.code for part in uow.parts.search("深沟球", 5)] == ["6205"]
        (usual,) = [part.code for part in uow.parts.by_code("690003")]
    assert usual == "KB"


def test_a_workbook_goes_in_sheet_by_sheet_with_numbers_as_people_read_them(world):
    world.imports(PEOPLE, SUPPLIERS)
    file = workbook(
        world.folder / "all.xlsx",
        {
            "备件": [["code", "name", "unit", "barcode", "price"], [6204, "轴承", "个", 6901234562040, 18.5]],
            "仓库": [PLACES[0].split(","), ["SH", "上海中心仓", "仓库", "华东", 13800000009, ""]],
            "期初": [OPENING[0].split(","), [6204, "SH", 20, 16.8, ""]],
        },
    )

    import_files(world.database, [file], NOW)

    assert storage.rows(world.database, "SELECT code, barcode, price_fen FROM part") == [
        ("6204", "6901234562040", 1850)
    ]
    assert only(world, "SELECT quantity FROM stock_balance") == 20000
    assert_books(world.database)


def test_a_wrong_row_of_a_workbook_names_its_sheet(world):
    file = workbook(
        world.folder / "all.xlsx",
        {
            "备件": [["code", "name", "unit"], ["A", "甲", "个"]],
            "规则": [RULES[0].split(","), ["A", "SH", -1, 0]],
        },
    )

    with pytest.raises(ImportRefused) as refusal:
        import_files(world.database, [file], NOW)

    assert refusal.value.lines[0].startswith(f"{file} 工作表“规则” 第 2 行：below 列“-1”不对（不能是负数）")


def test_quantities_keep_their_three_decimals(world):
    world.imports(*BASICS, (OPENING[0], "R404A,SH,0.125,76,B1"))

    with storage.transaction(world.database) as uow:
        (part,) = uow.parts.by_code("R404A")
        (balance,) = uow.stock.balances(part.id)
    assert (balance.quantity, balance.value_fen) == (Decimal("0.125"), 950)
