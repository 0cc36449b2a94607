"""CSV files are read as people write them, and every wrong row is explained."""

from datetime import date
from pathlib import Path

import pytest

from adapters.csvfiles import SHIPPED_KINDS, headers, tables
from adapters.csvfiles.reader import read_files
from adapters.imports import ImportRefused, PersonRow
from domain.people.model import Role

SAMPLE = Path(__file__).parents[2] / "bootstrap" / "sample"
PEOPLE = "name,mobile,roles,region,skills,dingtalk_userid,wecom_userid"
CUSTOMERS = "code,name,level,region,address,contact_name,contact_mobile,wecom_external_userid"
ASSETS = "serial,name,model,customer_code,site,installed_on,warranty_until,batch"

CONTRACTS = "number,customer_code,name,starts_on,ends_on,assets,parts,labour,travel,sla_level"
KINDS = "kind,name,spoken_names,fields,checklist,report_items"


def write(folder: Path, *lines: str, name: str = "some.csv", encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes("\n".join(lines).encode(encoding))
    return file


def refused(*files: Path) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        read_files(files)
    return refusal.value.lines


def people(folder: Path, *lines: str, encoding: str = "utf-8") -> list[PersonRow]:
    return [line.row for line in read_files([write(folder, *lines, encoding=encoding)]).people]


def test_a_person_is_read(tmp_path):
    (li,) = people(tmp_path, PEOPLE, "李建国,13800000001,technician;storekeeper,华东,制冷;电气,li,Li.Tech")

    assert li == PersonRow(
        name="李建国",
        mobile="13800000001",
        roles="technician;storekeeper",  # type: ignore[arg-type]
        region="华东",
        skills="制冷;电气",  # type: ignore[arg-type]
        dingtalk_userid="li",
        wecom_userid="li.tech",
    )
    assert li.roles == {Role.TECHNICIAN, Role.STOREKEEPER} and li.skills == ("制冷", "电气")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_excel_s_encodings_are_read(tmp_path, encoding):
    (li,) = people(tmp_path, "name,mobile,roles", "李建国,13800000001,technician", encoding=encoding)

    assert li.name == "李建国"


def test_columns_come_in_any_order_and_optional_ones_may_be_missing(tmp_path):
    (li,) = people(tmp_path, " Roles , NAME,dingtalk_userid", "technician,李建国,li")

    assert (li.name, li.region, li.model_fields_set) == ("李建国", "", {"name", "roles", "dingtalk_userid"})


def test_blanks_and_full_width_signs_do_no_harm(tmp_path):
    rows = people(
        tmp_path, "", PEOPLE, "", "\u3000李建国 , +86 138-0000-0001,technician；Agent,, 制冷 ；制冷；", ",,,"
    )

    assert [(row.name, row.mobile, row.roles, row.skills) for row in rows] == [
        ("李建国", "13800000001", frozenset({Role.TECHNICIAN, Role.AGENT}), ("制冷",))
    ]


@pytest.mark.parametrize("written", ["2025-03-08", "2025/3/8", "2025/03/08"])
def test_dates_are_read_as_excel_writes_them(tmp_path, written):
    file = write(tmp_path, ASSETS, f"LK-01,冷藏机组,,C001,,{written},,")

    (line,) = read_files([file]).assets

    assert (line.row.installed_on, line.row.warranty_until) == (date(2025, 3, 8), None)


def test_a_row_keeps_its_place_after_a_quoted_line_break(tmp_path):
    file = write(tmp_path, "code,name,address", 'C001,安达冷链,"嘉定区\n银翔路 88 号"', "C002,仁和医院,")

    lines = read_files([file]).customers

    assert [(line.number, line.row.address) for line in lines] == [(2, "嘉定区 银翔路 88 号"), (4, "")]


@pytest.mark.parametrize(
    ("header", "row", "problem"),
    [
        (PEOPLE, ",13800000001,agent,,,,", "name 列是空的，应为 1 到 100 个字的姓名，例如 李建国"),
        (PEOPLE, "李,1380000,agent,,,,", "mobile 列“1380000”不对，应为 11 位手机号，例如 13800000001"),
        (PEOPLE, "李,1.38E+10,agent,,,,", "mobile 列“1.38E+10”不对"),
        (PEOPLE, "李,13800000001,,,,,", "roles 列是空的，应为 用 ; 分隔的角色（customer agent dispatcher"),
        (PEOPLE, "李,13800000001,agent;boss,,,,", "roles 列“agent;boss”不对（没有角色“boss”）"),
        (PEOPLE, "李,,agent,,,,", "mobile、dingtalk_userid、wecom_userid 至少填一个"),
        (PEOPLE, "李,,agent,,,l i,", "dingtalk_userid 列“l i”不对"),
        (PEOPLE, "李,13800000001,agent,,,,,多了", "比表头多出内容“多了”"),
        (PEOPLE, "李\x00,13800000001,agent,,,,", "name 列里有看不见的控制字符"),
        (
            PEOPLE,
            "李,1380000,,,,,",
            "mobile 列“1380000”不对，应为 11 位手机号，例如 13800000001；roles 列是空的",
        ),
        (CUSTOMERS, ",安达冷链,,,,,,", "code 列是空的，应为 1 到 64 个字符的客户编号，例如 C001"),
        (CUSTOMERS, "C001,,,,,,,", "name 列是空的"),
        (CUSTOMERS, f"{'C' * 65},安达,,,,,,", f"code 列“{'C' * 39}…”不对"),
        (CUSTOMERS, "C001,安达,,,,张敏,,", "填了 contact_name，就要填 contact_mobile 或"),
        (ASSETS, "LK-01,冷藏机组,,,,,,", "customer_code 列是空的"),
        (
            ASSETS,
            "LK-01,冷藏机组,,C001,,2025-02-30,,",
            "installed_on 列“2025-02-30”不对（没有这一天），应为 日期",
        ),
        (
            ASSETS,
            "LK-01,冷藏机组,,C001,,,45000,",
            "warranty_until 列“45000”不对（不是日期），应为 日期，或留空，例如 2028",
        ),
    ],
)
def test_a_wrong_row_is_one_line_with_place_expectation_and_example(tmp_path, header, row, problem):
    file = write(tmp_path, header, row)

    (line,) = refused(file)

    assert line.startswith(f"{file} 第 2 行：{problem}")


def test_every_wrong_row_of_every_file_is_told_at_once(tmp_path):
    one = write(tmp_path, PEOPLE, "李,1,agent,,,,", "王,2,agent,,,,", name="people.csv")
    other = write(tmp_path, ASSETS, ",,,,,,,1", name="assets.csv")

    lines = refused(one, other)

    assert [line.split("：")[0] for line in lines] == [f"{one} 第 2 行", f"{one} 第 3 行", f"{other} 第 2 行"]


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("姓名,手机", "认不出表头“姓名,手机”"),
        (",,", "认不出表头“a,b,c”"),
        ("code,serial,roles", "认不出表头"),
        ("serial,name", "表头有误：没有 customer_code 列"),
        ("code,name,phone", "表头有误：不认识 phone 列"),
        ("code,name,name", "表头有误：name 列出现了 2 次"),
    ],
)
def test_an_unknown_header_is_answered_with_the_known_ones(tmp_path, header, problem):
    (line,) = refused(write(tmp_path, header, "a,b,c"))

    assert problem in line
    assert all(known in line for known in (PEOPLE, CUSTOMERS, ASSETS, CONTRACTS, KINDS))


@pytest.mark.parametrize(
    ("header", "first", "second", "column"),
    [
        (PEOPLE, "李,13800000001,agent,,,,", "王,138 0000 0001,agent,,,,", "mobile"),
        (PEOPLE, "李,,agent,,,li,", "王,,agent,,,li,", "dingtalk_userid"),
        (PEOPLE, "李,,agent,,,,li", "王,,agent,,,,LI", "wecom_userid"),
        (CUSTOMERS, "C1,安达,,,,,,", "C1,仁和,,,,,,", "code"),
        (CUSTOMERS, "C1,安达,,,,,13800000021,", "C2,仁和,,,,,13800000021,", "contact_mobile"),
        (CUSTOMERS, "C1,安达,,,,,,wmA", "C2,仁和,,,,,,wmA", "wecom_external_userid"),
        (ASSETS, "LK-01,机组,,C1,,,,", "LK-01,机组,,C2,,,,", "serial"),
    ],
)
def test_a_repeated_key_names_both_lines(tmp_path, header, first, second, column):
    file = write(tmp_path, header, first, "", second)

    (line,) = refused(file)

    assert line.startswith(f"{file} 第 4 行：{column} 列") and f"与 {file} 第 2 行 重复" in line


def test_the_same_file_named_twice_is_read_once(tmp_path):
    file = write(tmp_path, "code,name", "C001,安达冷链")

    assert len(read_files([file, tmp_path / "." / "some.csv"]).customers) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x03\x04rest", "文件损坏，打不开"),
        (b"name,mobile,roles\n\xff\xff\xff", "文字编码不是 UTF-8 也不是 GB18030"),
        (b'code,name\nC1,a\nC2,"b\nC3,c\n', "第 3 行起读不下去"),
    ],
)
def test_what_is_no_csv_file_is_refused_with_the_way_out(tmp_path, content, problem):
    file = tmp_path / "some.csv"
    file.write_bytes(content)

    (line,) = refused(file)

    assert line.startswith(f"{file}：{problem}")


def test_a_missing_file_is_named(tmp_path):
    (line,) = refused(tmp_path / "none.csv")

    assert line.startswith(f"{tmp_path / 'none.csv'}：没有这个文件")


def test_a_file_beyond_the_limit_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "SIZE_LIMIT_BYTES", 10)

    (line,) = refused(write(tmp_path, "code,name", "C001,安达冷链"))

    assert "请拆成几个文件" in line


def test_a_column_that_every_kind_expects_is_explained():
    for kind in headers.KINDS:
        assert set(kind.EXPECTED) == set(kind.columns()) >= set(kind.required())


def test_the_sample_data_is_what_the_demo_needs():
    files = read_files(sorted(SAMPLE.glob("*.csv")))

    technicians = [line.row.region for line in files.people if Role.TECHNICIAN in line.row.roles]
    assert sorted(technicians) == ["", "华东", "华东", "华南"]
    assert (len(files.customers), len(files.assets), len(files.people)) == (3, 9, 10)
    assert [line.row.customer_code for line in files.contracts] == ["C001", "C002"]
    assert all(line.row.kind and line.row.latitude for line in files.assets)


def test_the_sample_s_parts_fit_its_machines_and_its_story():
    files = read_files(sorted(SAMPLE.glob("*.csv")))

    parts = {line.row.code: line.row for line in files.parts}
    assert {model for row in parts.values() for model in row.models} <= {
        line.row.model for line in files.assets
    }
    assert parts["ZC-6204"].substitutes == ("ZC-6204Z",) and not parts["LJ-R404A"].whole
    assert (parts["KZ-BF40"].tracking, parts["KZ-BF40"].return_old) == ("serial", True)
    assert {"E9", "1005"} <= {line.row.fault_code for line in files.usual_parts}


def test_a_kind_s_short_forms_become_its_fields_checklist_and_readings(tmp_path):
    row = (
        "cold_store,冷库,冷冻库;保鲜库,volume=容积:number;range=范围,door=库门*;panel=面板*［照片］;"
        "note=其他,t=库温(℃)*;h=湿度（%）"
    )

    (line,) = read_files([write(tmp_path, KINDS, row)]).kinds

    assert line.row.spoken_names == ("冷冻库", "保鲜库")
    assert [(one["label"], one["type"]) for one in line.row.fields] == [("容积", "number"), ("范围", "text")]
    assert [(one["key"], one["photo"], one["required"]) for one in line.row.checklist] == [
        ("door", False, True),
        ("panel", True, True),
        ("note", False, False),
    ]
    assert [(one["label"], one["unit"], one["required"]) for one in line.row.report_items] == [
        ("库温", "℃", True),
        ("湿度", "%", False),
    ]


def test_a_contract_is_read(tmp_path):
    file = write(tmp_path, CONTRACTS, "HT-1,C001,年度维保,2026/1/1,2026-12-31,LK-1;LK-2,是,YES,否,")

    (line,) = read_files([file]).contracts

    assert (line.row.parts, line.row.labour, line.row.travel) == (True, True, False)
    assert (line.row.starts_on, line.row.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert line.row.assets == ("LK-1", "LK-2")


@pytest.mark.parametrize(
    ("header", "row", "problem"),
    [
        (CONTRACTS, "HT-1,C1,维保,2026-02-01,2026-01-01,,,,,", "ends_on 早于 starts_on"),
        (CONTRACTS, "HT-1,C1,维保,,2026-01-01,,,,,", "starts_on 列是空的"),
        (CONTRACTS, "HT-1,C1,维保,2026-01-01,2026-12-31,,可能,,,", "parts 列“可能”不对（不是“是”或“否”）"),
        (KINDS, "冷库,冷库,,,,", "kind 列“冷库”不对"),
        (KINDS, "cold,冷库,,volume=容积:小数,,", "fields 列“volume=容积:小数”不对（没有类型“小数”）"),
        (KINDS, "cold,冷库,,,库门,", "checklist 列“库门”不对（“库门”不是 名称=值）"),
        ("serial,name,customer_code,plate", "S-1,冷藏车,C1,沪123", "plate 列“沪123”不对（不是车牌号）"),
        ("serial,name,customer_code,latitude", "S-1,冷藏车,C1,北纬31", "latitude 列“北纬31”不对（不是数字）"),
        ("serial,name,customer_code,latitude", "S-1,冷藏车,C1,131.2", "latitude 列“131.2”不对，应为 -90"),
    ],
)
def test_what_a_machine_or_a_contract_cannot_be_is_explained(tmp_path, header, row, problem):
    (line,) = refused(write(tmp_path, header, row))

    assert problem in line


def test_the_shipped_kinds_are_complete():
    kinds = {line.row.name: line.row for line in read_files([SHIPPED_KINDS]).kinds}

    assert {
        "冷藏机组",
        "冷库",
        "电梯",
        "加工中心",
        "空调",
        "监护仪",
        "叉车",
        "货车",
        "充电桩",
        "场站",
    } <= kinds.keys()
    for kind in kinds.values():
        assert 3 <= len(kind.checklist) <= 6
        assert any(item["photo"] for item in kind.checklist)
        assert any(item["required"] for item in kind.checklist)
