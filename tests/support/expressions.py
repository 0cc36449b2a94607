"""Fields, awkward rows and random formulas for the tests of expressions."""

import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from hypothesis import strategies as st

from domain.engine.expression import Expression, Field, FieldType, FormulaError, Schema, parse

SCHEMA = Schema(
    [
        Field("fee", "费用", FieldType.MONEY),
        Field("freight", "运费", FieldType.MONEY),
        Field("count", "数量", FieldType.NUMBER),
        Field("km", "距离", FieldType.NUMBER),
        Field("level", "等级", FieldType.TEXT, ("VIP", "普通")),
        Field("region", "区域", FieldType.TEXT),
        Field("code", "故障代码", FieldType.TEXT),
        Field("urgent", "紧急", FieldType.BOOL),
        Field("paid", "已付款", FieldType.BOOL),
        Field("due", "到期日", FieldType.DATE),
        Field("bought", "购买日期", FieldType.DATE),
        Field("skills", "技能", FieldType.TEXTS),
        Field("tax", "金额（元）", FieldType.MONEY),
    ]
)
TEXTS = [
    *["", " ", "%", "_", "\\", "50%", "5_", "a_b", "aXb", "E20", "e20", "E201", "E2", "O'Brien", 'say "hi"'],
    *[
        "华东",
        "华",
        "东",
        "华东区",
        "VIP",
        "é",
        "e\u0301",
        "😀",
        "😀华",
        "null",
        "[]",
        "{0}",
        "%(x)s",
        ":x",
        "”",
    ],
]
NUMBERS: list[object] = [
    0,
    -0.0,
    1,
    -1,
    2.5,
    0.1,
    0.3,
    1.1,
    3,
    110,
    -7,
    1e-13,
    1e-12,
    1e12,
    1e13,
    1e300,
    5e-324,
]
NUMBERS += [float("inf"), float("nan"), Decimal("0.7"), Decimal(100), 2**53 + 1]
AMOUNTS = [0, 1, -1, 100, 499_999, 500_000, 500_001, 38_050, 33_333, -500_001, 110, 121]
AMOUNTS += [10**13, 10**13 + 1, 2**63 - 1, -(2**63)]
DATES = [date(2026, 3, 1), date(2026, 2, 28), date(2024, 2, 29), date(1999, 12, 31), date(2099, 1, 1)]
POOLS: dict[FieldType, list[object]] = {
    FieldType.MONEY: [*AMOUNTS],
    FieldType.NUMBER: [*NUMBERS],
    FieldType.TEXT: [*TEXTS],
    FieldType.BOOL: [True, False],
    FieldType.DATE: [*DATES],
    FieldType.TEXTS: [[], ["华东"], ["E20", "%"], ["华"], ['a"b', "😀"], ["", "O'Brien"], ["null"]],
}


def parsed(text: str) -> Expression:
    """Read a formula of the test's fields."""
    return parse(text, SCHEMA)


def rows(count: int = 120) -> list[Mapping[str, object]]:
    """Return data of every awkward kind; a fifth of the values is None or left out."""
    draw = random.Random(5)
    made: list[Mapping[str, object]] = []
    for _ in range(count):
        row: dict[str, object] = {}
        for field in SCHEMA:
            lot = draw.random()
            if lot < 0.8:
                row[field.key] = draw.choice(POOLS[field.type])
            elif lot < 0.9:
                row[field.key] = None
        made.append(row)
    return made


def quoted(text: str) -> str:
    """Write a text as a formula has it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _joined(signs: str, left: str, sign: int, right: str) -> str:
    return f"({left} {signs[sign % len(signs)]} {right})"


_COMPARES = st.sampled_from(["=", "≠", ">", "≥", "<", "≤"])
_FIGURES = st.sampled_from(["0", "1", "-1", "2", "2.5", "0.1", "0.3", "1.1", "110", "3", "100万", "0.000001"])
_YUAN = st.sampled_from(["0", "0.01", "-5000", "4999.99", "5000", "5000.01", "380.5", "1.21", "0.5万"])
_SAID = st.sampled_from(TEXTS).map(quoted)
_DAY = st.sampled_from(DATES).map(lambda day: f'日期("{day}")')
_SIGN = st.integers(0, 99)
_COUNTED = st.sampled_from(["数量", "距离"])
_NUMBERS = st.recursive(
    _COUNTED | _FIGURES, lambda inner: st.builds(partial(_joined, "+-*/"), inner, _SIGN, inner), max_leaves=4
)
_PAID = st.sampled_from(["费用", "运费", "【金额（元）】"])
_EXACT_AMOUNTS = st.recursive(
    _PAID,
    lambda inner: (
        st.builds(partial(_joined, "+-"), inner, _SIGN, inner | _YUAN)
        | st.builds(partial(_joined, "*/"), inner, _SIGN, _FIGURES)
    ),
    max_leaves=4,
)
_AMOUNTS = st.recursive(
    _PAID,
    lambda inner: (
        st.builds(partial(_joined, "+-"), inner, _SIGN, inner | _YUAN)
        | st.builds(partial(_joined, "*/"), inner, _SIGN, _NUMBERS)
    ),
    max_leaves=4,
)


def _compared(left: st.SearchStrategy[str], right: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("{} {} {}".format, left, _COMPARES, right)


def _listed(field: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(values, min_size=1, max_size=3).map("、".join)
    return st.builds("{} {} [{}]".format, st.just(field), st.sampled_from(["属于", "不属于"]), some)


EXACT_COMPARISONS = _compared(_EXACT_AMOUNTS, _EXACT_AMOUNTS | _YUAN)
_CONDITIONS = st.one_of(
    st.sampled_from(["紧急", "已付款", "紧急 = 否", "已付款 ≠ 是", "紧急 = 已付款", "紧急 ≠ 已付款"]),
    _compared(_COUNTED, _FIGURES | _COUNTED),
    _compared(_NUMBERS.map("数量 + {}".format), _NUMBERS),
    _compared(_PAID, _YUAN | _PAID),
    EXACT_COMPARISONS,
    _compared(_AMOUNTS, _AMOUNTS | _YUAN),
    _compared(st.sampled_from(["到期日", "购买日期"]), _DAY | st.just("到期日")),
    st.builds("{} {} {}".format, st.sampled_from(["区域", "故障代码"]), st.sampled_from("=≠"), _SAID),
    st.sampled_from(["区域 = 故障代码", "区域 ≠ 故障代码", '等级 ≠ "VIP"', '等级 = "普通"']),
    st.builds("区域 {} {} 开头".format, st.sampled_from(["以", "不以"]), _SAID),
    st.builds(
        "{} {} {}".format, st.sampled_from(["区域", "技能"]), st.sampled_from(["包含", "不包含"]), _SAID
    ),
    _listed("区域", _SAID),
    _listed("数量", _FIGURES),
    _listed("费用", _YUAN),
    _listed("到期日", _DAY),
    st.builds(
        "{}{}".format,
        st.sampled_from([one.label for one in SCHEMA][:-1]),
        st.sampled_from([" 为空", " 不为空"]),
    ),
)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(inner, min_size=2, max_size=3, unique=True)
    forms = st.sampled_from(["{}", "{}", "非 {}"])
    return st.builds(
        lambda form, word, parts: form.format(f"({word.join(parts)})"),
        forms,
        st.sampled_from([" 且 ", " 或 "]),
        some,
    )


def _readable(text: str) -> bool:
    try:
        parsed(text)
    except FormulaError:
        # Folded literals may get too many decimals, and products too wide; both are refused on purpose.
        return False
    return True


FORMULAS = st.recursive(_CONDITIONS | _CONDITIONS.map("非 ({})".format), _nested, max_leaves=6).filter(
    _readable
)
