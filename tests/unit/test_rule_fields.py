"""The words that formulas about work orders may use: kept formulas rely on every one of them."""

import re
from pathlib import Path

import pytest

from adapters.csvfiles import ImportRefused
from adapters.csvfiles.reader import read_files
from adapters.imports import DispatchRuleRow
from domain.engine.expression import FieldType
from domain.policies.process_fields import SCHEMA, asked_of, compile_rule
from tests.fakes.memory import memory
from tests.support.builders import work_order

ROOT = Path(__file__).parents[2]
HEADER = "position,name,mode,when"
PUBLISHED = {
    "amount_fen": ("费用", FieldType.MONEY),
    "priority": ("优先级", FieldType.TEXT),
    "urgent": ("紧急", FieldType.BOOL),
    "region": ("区域", FieldType.TEXT),
    "type": ("工单类型", FieldType.TEXT),
    "level": ("等级", FieldType.TEXT),
    "customer": ("客户", FieldType.TEXT),
    "kind": ("设备类型", FieldType.TEXT),
    "fault": ("故障", FieldType.TEXT),
    "fault_code": ("故障代码", FieldType.TEXT),
    "in_warranty": ("保修期内", FieldType.BOOL),
    "payer": ("付款方", FieldType.TEXT),
    "rejections": ("驳回次数", FieldType.NUMBER),
    "reopenings": ("重开次数", FieldType.NUMBER),
    "angry": ("投诉语气", FieldType.BOOL),
}
"""A word may be added; one that goes away or changes its type needs a migration of every kept formula."""


def test_no_word_that_kept_formulas_use_goes_away():
    now = {field.key: (field.label, field.type) for field in SCHEMA}

    assert now | PUBLISHED == now


def test_every_word_is_explained():
    page = (ROOT / "docs/reference/work-order-lifecycle.md").read_text("utf-8")
    rule = page[page.index("**DI-7") :]

    assert [label for label, _ in PUBLISHED.values() if f"`{label}`" not in rule] == []


HOW_TO = (ROOT / "docs/how-to/import-data.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```csv\n(position,.*?)^```", HOW_TO, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("table", EXAMPLES)
def test_the_examples_of_the_how_to_can_be_imported(tmp_path: Path, table: str):
    (tmp_path / "dispatch_rules.csv").write_text(table, "utf-8")

    rules = read_files([tmp_path / "dispatch_rules.csv"]).dispatch_rules

    assert len(rules) == len(table.splitlines()) - 1
    assert any(line.row.when for line in rules)


def test_the_how_to_shows_the_refusal_as_it_is(tmp_path: Path):
    assert refusal(tmp_path, "区域 > 5").removeprefix("/") in HOW_TO


def refusal(folder: Path, formula: str) -> str:
    quoted = formula.replace('"', '""')
    (folder / "dispatch_rules.csv").write_text(f'{HEADER}\n10,甲,自动,"{quoted}"\n', "utf-8")
    with pytest.raises(ImportRefused) as refused:
        read_files([folder / "dispatch_rules.csv"])
    (line,) = refused.value.lines
    return line.replace(str(folder), "")


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("紧急 且 区域 > 5", "第 9 个字：“区域”是文本"),
        ("紧急 且", "第 5 个字："),
        ("紧急程度 = 1", "第 1 个字："),
        ('工单类型 = "抱怨"', "第 8 个字："),
        ("费用 > 1 且 " * 100 + "紧急", "个字："),
        ("{紧急}", "第 1 个字："),
    ],
)
def test_a_wrong_formula_is_told_with_row_column_and_letter(tmp_path: Path, formula: str, said: str):
    line = refusal(tmp_path, formula)

    assert line.startswith("/dispatch_rules.csv 第 2 行：when 列“")
    assert said in line and "，例如 紧急 且" in line


@pytest.mark.parametrize("type_", ["repair", "complaint", "trace", "of_tomorrow"])
def test_a_type_that_nobody_knows_yet_is_no_value_and_no_defect(type_: str):
    asked = asked_of(work_order(type=type_), memory())

    assert asked("工单类型 为空") is (type_ == "of_tomorrow")


def test_a_work_order_is_read_once_and_only_when_it_is_asked_about():
    uow = memory()
    asked, uow.customers = asked_of(work_order(), uow), None

    with pytest.raises(AttributeError):
        asked("紧急")
    uow.customers = memory().customers
    assert (asked('等级 = "A"'), asked("非 紧急")) == (True, True)
    uow.customers = None
    assert asked('客户 包含 "制药"')


def test_the_example_of_the_importer_can_be_read():
    assert compile_rule(DispatchRuleRow.EXPECTED["when"][1]).text == '紧急 且 区域 属于 ["华东", "华南"]'
