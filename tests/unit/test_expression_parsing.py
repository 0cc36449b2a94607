"""Formulas are read however people write them, into one tree with one canonical spelling."""

from datetime import date
from decimal import Decimal

import pytest

from domain.engine.expression import Field, FieldType, Schema, parse
from domain.engine.expression.tree import (
    All,
    AnyOf,
    Arithmetic,
    Comparison,
    Flag,
    Literal,
    Not,
    OneOf,
    Reference,
)
from tests.support.expressions import SCHEMA, parsed


@pytest.mark.parametrize(
    "spelled",
    [
        '费用 > 5000 且 等级 ≠ "VIP"',
        '费用>5000且等级≠"VIP"',
        "费用＞５０００　并且　等级 ！＝ “VIP”",
        "费用 > 0.5万 and 等级 <> 'VIP'",
        "费用大于5000元 AND 等级不是「VIP」",
        "（（费用 > 5000.00）且（等级 不等于 ‘VIP’））",
        'fee > 5000 且 level != "VIP"',
        "【费用】 > 10000 / 2 且 等级 ≠ ＂VIP＂",
    ],
)
def test_every_spelling_gives_the_same_tree(spelled: str):
    assert parsed(spelled).text == '费用 > 5000 且 等级 ≠ "VIP"'
    assert parsed(spelled) == parsed('费用 > 5000 且 等级 ≠ "VIP"')


@pytest.mark.parametrize(
    ("spelled", "sign"),
    [
        ("=", "="),
        ("==", "="),
        ("是", "="),
        ("<=", "≤"),
        ("不大于", "≤"),
        ("＞＝", "≥"),
        ("大于或等于", "≥"),
        ("＜＞", "≠"),
    ],
)
def test_signs_have_many_spellings(spelled: str, sign: str):
    assert parsed(f"数量 {spelled} 5").text == f"数量 {sign} 5"


def test_and_binds_closer_than_or_and_not_closest():
    tree = parsed("紧急 或 非 紧急 且 已付款").node

    urgent, paid = Flag(SCHEMA.fields[7]), Flag(SCHEMA.fields[8])
    assert tree == AnyOf((urgent, All((Not(urgent), paid))))


def test_a_not_takes_the_whole_comparison():
    assert parsed("非 数量 > 5 且 紧急").text == "非 (数量 > 5) 且 紧急"


def test_times_binds_closer_than_plus_and_both_from_the_left():
    tree = parsed("数量 - 距离 - 数量 * 2 > 0").node

    assert isinstance(tree, Comparison)
    assert isinstance(tree.left, Arithmetic)
    assert (tree.left.sign, tree.left.left) == ("-", parsed("数量 - 距离 > 0").node.left)  # type: ignore[union-attr]


def test_amounts_are_whole_fen_and_numbers_decimals():
    fee, count = parsed("费用 > 0.01").node, parsed("数量 > 0.010").node

    assert isinstance(fee, Comparison) and isinstance(count, Comparison)
    assert fee.right == Literal(1, FieldType.MONEY)
    assert count.right == Literal(Decimal("0.01"), FieldType.NUMBER)


def test_a_date_is_written_in_quotes_or_with_its_word():
    tree = parsed('到期日 ≥ "2026-03-01"').node

    assert tree == parsed("到期日≥日期（“2026-03-01”）").node
    assert isinstance(tree, Comparison) and tree.right == Literal(date(2026, 3, 1), FieldType.DATE)


@pytest.mark.parametrize(
    "spelled", ['区域 属于 ["华东", "华南"]', '区域∈{"华东"、"华南"}', "区域属于［“华东”，“华南”］"]
)
def test_a_list_has_many_spellings(spelled: str):
    assert parsed(spelled).text == '区域 属于 ["华东", "华南"]'


@pytest.mark.parametrize("spelled", ["紧急 = 是", '紧急 = "是"', "紧急是是", "true = urgent"])
def test_yes_and_no_may_be_quoted(spelled: str):
    assert all(parsed(spelled).holds({"urgent": value}) is value for value in (True, False))


def test_a_list_of_amounts_is_in_yuan():
    tree = parsed("费用 不属于 [1, -2.5]").node

    assert isinstance(tree, OneOf) and tree.negated
    assert [each.value for each in tree.values] == [100, -250]


@pytest.mark.parametrize("said", ["", "说“好”", 'a"b', '""', "且", "a\nb", "＂", "'", "日期"])
def test_any_text_survives_being_written(said: str):
    doubled = said.replace('"', '""')
    expression = parsed(f'区域 = "{doubled}"')

    assert expression.node.right.value == said  # type: ignore[union-attr]
    assert parsed(expression.text) == expression


def test_longer_labels_win_over_words_and_shorter_labels():
    schema = Schema(
        [
            Field(str(n), label, FieldType.BOOL)
            for n, label in enumerate(["是否紧急", "紧急", "紧急且重要", "x2"])
        ]
    )

    assert parse("紧急且重要且紧急且x2且是否紧急", schema).text == "紧急且重要 且 紧急 且 x2 且 是否紧急"


@pytest.mark.parametrize("label", ["金额（元）", "是否 VIP", "且", "5", "a-b", "非", "以", "属于"])
def test_a_label_that_reads_like_something_else_stands_in_brackets(label: str):
    schema = Schema([Field("it", label, FieldType.BOOL)])

    assert parse(f"非【{label}】", schema).text == f"非 (【{label}】)"
    assert parse("it", schema).node == Flag(schema.fields[0])


def test_a_field_may_be_called_date():
    schema = Schema([Field("on", "日期", FieldType.DATE)])

    assert parse('日期 > 日期("2026-03-01")', schema).text == '日期 > 日期("2026-03-01")'


def test_a_schema_finds_by_label_and_by_key():
    assert SCHEMA.find("费用") is SCHEMA.find("fee") is SCHEMA.fields[0]
    assert SCHEMA.find("价格") is None


@pytest.mark.parametrize(
    "other",
    [("fee", "价格"), ("price", "费用"), ("费用", "价格"), ("price", "fee"), ("", "价格"), ("p", "【")],
)
def test_a_schema_refuses_doubles_and_names_that_cannot_be_written(other: tuple[str, str]):
    with pytest.raises(ValueError, match="字段名"):
        Schema([Field("fee", "费用", FieldType.MONEY), Field(*other, FieldType.MONEY)])


def test_a_minus_before_a_field_takes_it_from_nothing():
    assert parsed("-费用 < -5").text == "0 - 费用 < -5"
    assert parsed("-(-数量) > 0").text == "0 - (0 - 数量) > 0"


def test_written_numbers_are_computed_at_once_and_exactly():
    assert parsed("数量 > 0.1 + 0.2").text == "数量 > 0.3"
    assert parsed("费用 > 1000 * (2 + 3) / 4").text == "费用 > 1250"
    assert parsed("数量 > 10 / 3").text == "数量 > 10 / 3"


def test_an_amount_keeps_its_unit_where_nothing_else_tells_it():
    expression = parsed("5元 * 数量 > 费用 + 3")

    assert expression.text == "5元 * 数量 > 费用 + 3"
    assert parsed(expression.text) == expression


def test_a_reference_knows_its_type():
    assert Reference(SCHEMA.fields[0]).type is FieldType.MONEY
