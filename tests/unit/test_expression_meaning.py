"""What a condition means: amounts to the fen, missing values, complements, and how it is said."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest

from domain.engine.expression import WrongValue
from tests.support.expressions import parsed

RULE = '费用>5000 且 等级≠"VIP" 或 (紧急 且 区域 属于 ["华东","华南"] 且 故障代码 以 "E20" 开头)'


@pytest.mark.parametrize(
    ("sign", "below", "at", "above"),
    [
        (">", False, False, True),
        ("≥", False, True, True),
        ("<", True, False, False),
        ("≤", True, True, False),
        ("=", False, True, False),
        ("≠", True, False, True),
    ],
)
@pytest.mark.parametrize(
    "formula", ["费用 {} 5000", "费用 * 0.1 {} 500", "费用 / 3 {} 5000 / 3 * 1元", "费用 * 数量 {} 5000"]
)
def test_an_amount_is_compared_to_the_fen(formula: str, sign: str, below: bool, at: bool, above: bool):
    expression = parsed(formula.format(sign))

    held = [expression.holds({"fee": fen, "count": 1}) for fen in (499_999, 500_000, 500_001)]

    assert held == [below, at, above]


@pytest.mark.parametrize(
    ("formula", "fen"),
    [
        ("费用 * 1.1 = 1.21", 110),
        ("费用 * 数量 = 1.21", 110),
        ("费用 / 数量 = 1", 110),
        ("费用 * 0.1 + 费用 * 0.2 = 费用 * 0.3", 1),
    ],
)
def test_amounts_are_not_off_by_what_floats_are_off(formula: str, fen: int):
    assert parsed(formula).holds({"fee": fen, "count": 1.1})


def test_large_amounts_are_told_apart_to_the_fen():
    expression = parsed("费用 > 运费")

    assert expression.holds({"fee": 2**62 + 1, "freight": 2**62})
    assert not expression.holds({"fee": 2**62, "freight": 2**62})


def test_numbers_of_every_kind_are_compared_and_computed():
    expression = parsed("数量 * 3 = 0.3")

    assert all(expression.holds({"count": value}) for value in (0.1, Decimal("0.1"), Decimal("0.10")))
    assert parsed("数量 ≥ 3").holds({"count": 3})


@pytest.mark.parametrize(
    "formula",
    [
        *[
            '区域 = "华东"',
            '区域 ≠ "华东"',
            '区域 属于 ["华东"]',
            '区域 不属于 ["华东"]',
            '区域 包含 ""',
            '区域 不包含 "华"',
        ],
        *[
            '区域 以 "华" 开头',
            '区域 不以 "华" 开头',
            "费用 < 1",
            "费用 ≠ 1",
            "费用 + 1 < 1",
            "紧急",
            "紧急 = 否",
            "紧急 ≠ 是",
        ],
        *[
            "数量 < 1",
            "-数量 < 1",
            "数量 = 数量",
            '到期日 ≠ "2026-01-01"',
            '技能 包含 "a"',
            '技能 不包含 "a"',
            "区域 不为空",
        ],
    ],
)
def test_a_missing_value_never_matches_and_its_complement_always_does(formula: str):
    none = dict.fromkeys(["region", "fee", "urgent", "count", "due", "skills"])

    assert not parsed(formula).holds({})
    assert not parsed(formula).holds(none)
    assert parsed(f"非 ({formula})").holds({})
    assert parsed(f"不是({formula})").holds(none)


def test_only_what_is_missing_is_empty():
    assert parsed("区域 为空").holds({}) and parsed("区域 为空").holds({"region": None})
    assert not parsed("区域 为空").holds({"region": ""})
    assert parsed('区域 = ""').holds({"region": ""})
    assert parsed("紧急 不为空").holds({"urgent": False})


def test_a_list_without_items_is_empty_and_yet_there():
    assert parsed("技能 为空").holds({"skills": []})
    assert not parsed("技能 不为空").holds({"skills": []})
    assert parsed('技能 不包含 "电工"').holds({"skills": []})


def test_division_by_nothing_is_missing():
    for formula in ("费用 / 数量 > 0", "费用 / 数量 ≤ 0", "距离 / 数量 ≠ 1", "距离 / 0 = 0", "费用 / 0 < 1"):
        assert not parsed(formula).holds({"fee": 100, "count": 0, "km": 5})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, Decimal("NaN")])
def test_what_is_no_number_is_missing(value: object):
    assert parsed("数量 为空").holds({"count": value})


def test_numbers_beyond_all_measure_are_compared_but_not_computed_with():
    assert parsed("数量 > 5").holds({"count": 1e13})
    assert not parsed("数量 + 0 > 5").holds({"count": 1e13})
    assert not parsed("5 / 数量 > 5").holds({"count": 1e-13})
    assert not parsed("费用 * 2 > 5").holds({"fee": 10**13 + 1})


def test_texts_are_searched_letter_by_letter():
    assert parsed('故障代码 包含 "0%"').holds({"code": "50% _"})
    assert not parsed('故障代码 包含 "5_"').holds({"code": "50%"})
    assert not parsed('故障代码 以 "e20" 开头').holds({"code": "E201"})
    assert not parsed('技能 包含 "电"').holds({"skills": ["电工"]})


class Level(StrEnum):
    VIP = "VIP"


def test_data_may_come_from_json_or_enumerations():
    assert parsed('等级 = "VIP"').holds({"level": Level.VIP})
    assert parsed('到期日 > "2026-02-28"').holds({"due": "2026-03-01"})
    assert parsed('技能 包含 "电工"').holds({"skills": {"电工"}})


@pytest.mark.parametrize(
    ("formula", "data"),
    [
        ("费用 > 5", {"fee": 5000.0}),
        ("费用 > 5", {"fee": True}),
        ("数量 > 5", {"count": "6"}),
        ("紧急", {"urgent": 1}),
        ('区域 = "5"', {"region": 5}),
        ('到期日 > "2026-01-01"', {"due": datetime(2026, 3, 1, tzinfo=UTC)}),
        ('到期日 > "2026-01-01"', {"due": "明天"}),
        ('技能 包含 "a"', {"skills": "abc"}),
        ('技能 包含 "a"', {"skills": [1]}),
    ],
)
def test_a_value_of_another_type_is_refused_instead_of_guessed(formula: str, data: dict[str, object]):
    with pytest.raises(WrongValue, match="应为"):
        parsed(formula).holds(data)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ('费用 > 5000 且 等级 ≠ "VIP"', "费用大于 5000 元，并且等级不是“VIP”"),
        (
            RULE,
            "（费用大于 5000 元，并且等级不是“VIP”），"
            "或者（紧急，并且区域是“华东”、“华南”之一，并且故障代码以“E20”开头）",
        ),
        ("非 紧急", "不是紧急"),
        ("非 (紧急 或 数量 ≤ 3)", "并非（紧急，或者数量小于或等于 3）"),
        ("(费用 + 运费) * 2 ≥ 380.5", "（费用加运费）乘以 2 大于或等于 380.50 元"),
        ('到期日 ≥ "2026-03-01"', "到期日不早于 2026年3月1日"),
        ('区域 不属于 ["华东", "华南"]', "区域不是“华东”、“华南”中的任何一个"),
        ('区域 属于 ["华东"] 或 区域 = ""', "区域是“华东”，或者区域是空文本"),
        (
            '技能 不包含 "电工" 且 区域 不以 "华" 开头 且 区域 不为空',
            "技能不包含“电工”，并且区域不以“华”开头，并且区域不为空",
        ),
        ("紧急 = 否", "紧急是“否”"),
    ],
)
def test_a_manager_reads_a_sentence(formula: str, said: str):
    assert parsed(formula).sentence() == said


def test_the_trace_shows_every_field_once_as_people_read_it():
    expression = parsed(
        '费用 > 5 且 费用 < 9 或 紧急 且 到期日 = "2026-03-01" 且 数量 > 1 且 技能 包含 "a" 且 区域 为空'
    )
    data = {"fee": 500_001, "urgent": True, "due": date(2026, 3, 1), "count": 2.50, "skills": ["a", "b"]}

    assert expression.trace(data) == (
        ("费用", "5000.01 元"),
        ("紧急", "是"),
        ("到期日", "2026-03-01"),
        ("数量", "2.5"),
        ("技能", "a、b"),
        ("区域", "（空）"),
    )
    assert expression.fields() == {"fee", "urgent", "due", "count", "skills", "region"}


def test_expressions_are_equal_when_their_trees_are():
    assert len({parsed("费用 > 5"), parsed("费用>5.0"), parsed("费用 > 6")}) == 2
