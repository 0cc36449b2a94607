"""What is wrong with a formula is said where it stands, with what to write instead."""

import pytest

from domain.engine.expression import Field, FieldType, FormulaError, Schema, limits, parse
from tests.support.expressions import parsed


def refused(text: str) -> FormulaError:
    with pytest.raises(FormulaError) as refusal:
        parsed(text)
    return refusal.value


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("区域 > 5", 4, "“区域”是文本，不能与数字比较大小"),
        ("5 < 区域", 3, "“区域”是文本，不能与数字比较大小"),
        ('区域 > "华东"', 4, "“区域”是文本，不能比较大小"),
        ("区域 = 5", 4, "“区域”是文本，不能与数字比较"),
        ("紧急 > 是", 4, "“紧急”是判断项，不能比较大小"),
        ("费用 > 数量", 4, "“费用”是金额，不能与数字比较大小"),
        ("数量 > 5元", 4, "“数量”是数字，不能与金额比较大小"),
        ('费用 > "多"', 4, "“费用”是金额，不能与文本比较大小"),
        ("费用 + 数量 > 5", 4, "金额与数字不能相加"),
        ("费用 * 运费 > 5", 4, "金额与金额不能相乘"),
        ("数量 / 费用 > 5", 4, "数字与金额不能相除"),
        ("紧急 且 区域 + 1 > 5", 6, "“区域”是文本，不能计算"),
        ("费用", 1, "“费用”还不是条件，请写出它要满足什么，例如 费用 > 5000"),
        ("紧急 且 费用", 6, "“费用”还不是条件"),
        ("(紧急 且 已付款) = 是", 1, "这里是一个条件，不能拿来比较"),
        ("1 = 1", 3, "至少有一边要写字段"),
        ('技能 = "电工"', 4, '“技能”有多项，请写 技能 包含 "某某"'),
        ('技能 属于 ["电工"]', 4, "“技能”是多项文本，不能用 属于"),
        ('数量 包含 "5"', 4, "“数量”是数字，不能用 包含"),
        ("区域 属于 [5]", 8, "“区域”是文本，这里要写文本，不能写数字"),
        ("区域 属于 [故障代码]", 8, "只能写固定的值"),
        ("区域 属于 []", 7, "至少要写一个值"),
        ("区域 包含 5", 7, "这里要写文本，不能写数字"),
        ('(数量 + 1) 属于 ["a"]', 1, "“属于”前面要写一个字段"),
        ("到期日 > 5", 5, "“到期日”是日期，不能与数字比较大小"),
        ('到期日 > "3月1日"', 7, "“3月1日”不是日期，日期要写成 2026-03-01"),
        ('到期日 > 日期("2026-02-30")', 10, "“2026-02-30”不是日期"),
        ("到期日 > 日期(20260301)", 10, "日期要写成 日期"),
    ],
)
def test_types_that_do_not_fit_are_named(text: str, column: int, said: str):
    refusal = refused(text)

    assert said in refusal.message
    assert (refusal.column, refusal.message[-1]) == (column, "。")


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("", 1, "公式是空的"),
        ("  ", 1, "公式是空的"),
        ("费用 >", 5, "没有读懂公式的结尾"),
        ("(紧急 且 已付款", 10, "第 1 个字的括号没有结束"),
        ("紧急)", 3, "没有读懂“)”"),
        ("紧急 已付款", 4, "没有读懂“已付款”：条件之间请用“且”或者“或”连接"),
        ("1 < 数量 < 3", 8, "一次只能比较两个值"),
        ('区域 = "华东', 6, "引号没有结束"),
        ('区域 以 "华"', 9, "没有读懂公式的结尾：要写成 区域 以"),
        ('区域 属于 "华东"', 7, "后面要写 [ ]"),
        ('区域 属于 ["华" "东"]', 12, "请用逗号隔开"),
        ("【费用 > 5", 1, "请在字段名后面加上 】"),
        ("费用 > 5; 紧急", 7, "公式里不能写“;”"),
        ("费用 > 5,000", 7, "数字里不写逗号"),
        ("费用 > 5.", 6, "“5.”不是数字"),
        ("费用 > 1e99999999999", 6, "“1e99999999999”不是数字"),
        ("__import__('os')", 1, "没有“__import__”这个字段"),
        ('区域 = "\x00"', 6, "不能保存的字符"),
    ],
)
def test_what_cannot_be_read_is_pointed_at(text: str, column: int, said: str):
    refusal = refused(text)

    assert said in refusal.message
    assert refusal.column == column


def test_the_nearest_field_is_suggested():
    refusal = refused("紧急 且 故障代号 = 5")

    assert "没有“故障代号”这个字段，是不是“故障代码”？" in refusal.message
    assert refusal.column == 6


def test_an_unknown_word_tells_the_fields_there_are_and_how_to_write_text():
    refusal = refused("区域 = Shanghai")

    assert "可以用的字段有：费用、运费" in refusal.message
    assert '如果是文本，请加引号，写成 "Shanghai"。' in refusal.message


@pytest.mark.parametrize("text", ['等级 = "vip"', '"vip" ≠ 等级', '等级 属于 ["VIP", "vip"]'])
def test_a_choice_that_does_not_exist_is_refused_with_those_that_do(text: str):
    assert "“等级”没有“vip”这个选项，可以写：VIP、普通。" in refused(text).message


def test_a_list_field_with_choices_contains_only_those():
    schema = Schema([Field("skills", "技能", FieldType.TEXTS, ("电工", "制冷"))])

    with pytest.raises(FormulaError, match="可以写：电工、制冷"):
        parse('技能 包含 "焊接"', schema)


@pytest.mark.parametrize("number", ["1e400", "9" * 400, "1000000000001", "100000001万"])
def test_a_number_out_of_range_is_refused(number: str):
    assert "数字太大" in refused(f"数量 > {number}").message


def test_numbers_and_amounts_may_only_be_so_fine():
    assert "最多写两位小数" in refused("费用 > 5000.001").message
    assert "最多写 6 位小数" in refused("数量 > 0.0000001").message
    assert "最多 100000000000 元" in refused("费用 > 100000000001").message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" 且 ".join(["紧急"] * 10_000), "最多 4000 个"),
        ("且".join(["紧急"] * 1000), "超过了 200 个"),
        ("区域 属于 [" + "1," * 101 + "1]", "这里要写文本"),
        ("数量 属于 [" + "1," * 100 + "1]", "最多写 100 个值"),
        ("(" * 3000 + "紧急" + ")" * 900, "最多嵌套 20 层"),
        ("非" * 3900 + "紧急", "最多嵌套 20 层"),
        ("-" * 3900 + "数量 > 1", "最多嵌套 20 层"),
        ("+".join(["数量"] * 30) + "> 1", "最多嵌套 20 层"),
        (f'区域 = "{"长" * 201}"', "最多 200 个"),
        ("长" * 4000, "没有“长长"),
    ],
)
def test_what_is_too_large_is_refused(text: str, said: str):
    assert said in refused(text).message


def test_the_largest_formula_is_read():
    at_most = "且".join(["紧急"] * (limits.NODES - 1))
    nested = "(" * limits.DEPTH + "紧急" + ")" * limits.DEPTH

    assert parsed(at_most).holds({"urgent": True})
    assert parsed(nested).holds({"urgent": True})
    assert parsed(f'区域 = "{"长" * limits.LITERAL_LENGTH}"').holds({"region": "长" * limits.LITERAL_LENGTH})


@pytest.mark.parametrize(
    "text",
    [
        "费用 * 0.123456 * 0.654321 * 0.111111 > 运费 * 0.777777",
        "费用 * 100万 * 100万 > 运费 + 0.01",
        " * ".join(["数量"] * 19) + " / 距离 / 距离 / 距离 > 1",
    ],
)
def test_what_no_database_could_compute_is_refused(text: str):
    assert refused(text).message.startswith(("算式可能算出太大或太细的数", "括号、非和运算最多嵌套"))


def test_the_error_reads_as_a_whole():
    assert str(refused("紧急 且")) == "第 5 个字：没有读懂公式的结尾：这里要写一个字段或一个值。"
