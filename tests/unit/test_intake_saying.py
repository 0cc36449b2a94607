"""Answers as people give them."""

import pytest

from domain.intake.data import Step
from domain.intake.saying import corrections, is_drop, is_skip, is_yes, labelled, ordinal, phone, same_matter


@pytest.mark.parametrize(
    "text", ["不清楚", "我不知道", "跳过", "没有", "不确定。", "记不清了", "都不是", "其他设备", "忘了"]
)
def test_these_leave_a_question_open(text):
    assert is_skip(text)


@pytest.mark.parametrize("text", ["不制冷", "没有电", "张江路 99 号", "不清楚怎么回事，就是不转了"])
def test_these_are_answers(text):
    assert not is_skip(text)


@pytest.mark.parametrize(
    "text", ["对", "是的", "好的好的", "没错", "嗯嗯", "OK", "可以！", "确认", "对，就这样"]
)
def test_these_agree(text):
    assert is_yes(text)


@pytest.mark.parametrize("text", ["对面那台", "好像不行", "是冷库", "可以的话明天来", "不对"])
def test_these_do_not_agree(text):
    assert not is_yes(text)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("加入这个工单", True),
        ("是同一个问题", True),
        ("还是这个问题", True),
        ("对", True),
        ("不是，单独报修", False),
        ("不是", False),
        ("另外一个问题", False),
        ("温度一直升", None),
    ],
)
def test_whether_it_is_the_same_matter(text, same):
    assert same_matter(text) is same


@pytest.mark.parametrize(("text", "number"), [("1", 0), ("第二个", 1), ("选3", 2), ("9", None), ("12", None)])
def test_a_choice_can_be_named_by_its_number(text, number):
    assert ordinal(text, 4) == number


@pytest.mark.parametrize(
    ("text", "step", "value"),
    [
        ("地址改成张江路 99 号", Step.ADDRESS, "张江路 99 号"),
        ("电话是13812345678", Step.MOBILE, "13812345678"),
        ("不对，设备是制冰机", Step.ASSET, "制冰机"),
        ("故障：漏水", Step.FAULT, "漏水"),
        ("时间改到明天下午", Step.TIME, "明天下午"),
        ("把地址换成南门", Step.ADDRESS, "南门"),
        ("地址", Step.ADDRESS, ""),
    ],
)
def test_a_correction_names_its_field(text, step, value):
    assert labelled(text) == (step, value)


@pytest.mark.parametrize(
    "text",
    [
        "门也关不严",
        "机器不转了",
        "电话打不通",
        "时间太久了",
        "机器在二楼",
        "问题严重",
        "设备 冒烟",
        "车牌是不是要报",
    ],
)
def test_what_gives_no_field_a_value_is_no_correction(text):
    assert labelled(text) is None


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("联系人改成老黄 电话 13700000000", ((Step.CONTACT, "老黄"), (Step.MOBILE, "13700000000"))),
        (
            "地址改成银翔路1290号2号门，电话是１３８－０００１－１１１１",
            ((Step.ADDRESS, "银翔路1290号2号门"), (Step.MOBILE, "138-0001-1111")),
        ),
        ("车牌是沪B99999", ((Step.PLATE, "沪B99999"),)),
        ("故障：电机漏油，位置在后面", ((Step.FAULT, "电机漏油,位置在后面"),)),
    ],
)
def test_one_line_may_correct_several_fields(text, fields):
    assert corrections(text) == fields


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("１３８－０００１－１１１１", "13800011111"),
        ("+86 138 0001 1111", "13800011111"),
        ("021-58880000", "021-58880000"),
        ("1380000002", ""),
        ("138000011112", ""),
    ],
)
def test_a_number_that_cannot_be_called_is_none(text, number):
    assert phone(text) == number


@pytest.mark.parametrize("text", ["算了不修了", "先不修了", "算了，不用来了", "不报修了", "那算了吧"])
def test_these_take_a_request_back(text):
    assert is_drop(text)


@pytest.mark.parametrize("text", ["不修不行", "不来了吗", "不用了", "算了一下，一共三台", "不转了"])
def test_these_take_nothing_back(text):
    assert not is_drop(text)
