"""Phone numbers, plates, order numbers and codes are read from how they look."""

import pytest

from adapters.understanding import shapes
from adapters.understanding.codes import candidates, certain
from adapters.understanding.folding import bare, fold


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("打我手机 138 0013 8000", "13800138000"),
        ("＋８６１３９－１２３４－５６７８", "13912345678"),
        ("电话一三六六零零一二三四五", "13660012345"),
        ("幺五零六八八三三四幺九", "15068833419"),
        ("座机0571-88123456转802", "0571-88123456"),
        ("(021) 6123 4567", "021-61234567"),
        ("零五七三杠八二零六一一三五", "0573-82061135"),
    ],
)
def test_a_phone_number_is_read_however_it_is_written(said: str, number: str):
    assert [found.value for found in shapes.phones(fold(said))] == [number]


def test_the_corrected_number_comes_first():
    found = shapes.phones(fold("电话13800138000，不对，是13900139000"))

    assert found[0].value == "13900139000"


@pytest.mark.parametrize("said", ["SF1520984467731", "订单 20260811335012", "身高180体重75"])
def test_other_numbers_are_no_phone_numbers(said: str):
    assert shapes.phones(fold(said)) == []


@pytest.mark.parametrize(
    ("said", "plate"),
    [
        ("浙A·12345停着", "浙A12345"),
        ("沪d 6k281", "沪D6K281"),
        ("粤BD12345", "粤BD12345"),
        ("湘A九八幺七七", "湘A98177"),
    ],
)
def test_a_plate_is_read_without_blanks_and_dots(said: str, plate: str):
    assert [found.value for found in shapes.plates(fold(said))] == [plate]


def test_a_new_machine_is_no_plate():
    assert shapes.plates(fold("新VMC850加工中心")) == []


@pytest.mark.parametrize(
    "said", ["WO-20261120-0007", "wo20261120 0007", "Ｗ０２０２６１１２００００７", "工单号20261120-0007"]
)
def test_an_order_number_has_one_form(said: str):
    assert [found.value for found in shapes.order_numbers(fold(said))] == ["WO-20261120-0007"]


def test_a_spoken_waybill_is_a_candidate_in_digits():
    found = candidates(fold("单号是德邦的D P K三零零幺九九二七七幺五就是那台"), [])

    assert [each.value for each in found] == ["DPK30019927715"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("显示157号错误", "157"),
        ("9031号报警，主轴起不来", "9031"),
        ("热水器出11代码", "11"),
        ("默纳克系统37号故障", "37"),
        ("扫地机提示错误12", "12"),
        ("sp9031报警", "sp9031"),
        ("报e 05", "e05"),
        ("打印机报49.4C02", "49.4C02"),
    ],
)
def test_a_code_called_one_of_a_fault_is_one(said: str, code: str):
    (found,) = candidates(fold(said), [])

    assert found.value == code
    assert certain(found) == ("fault_code", 0.97)


@pytest.mark.parametrize(
    "said", ["3号报警器响", "报警3次", "报价3400", "VMC850报警", "报警28.5", "Room 2307", "合同号HT-2026-088"]
)
def test_other_numbers_beside_an_alarm_are_not_surely_its_code(said: str):
    assert all((certain(each) or ("", 0))[0] != "fault_code" for each in candidates(fold(said), []))


def test_positions_after_folding_are_those_of_the_text():
    text = "ＡＢ①㎏️👨‍👩‍👧１２３"

    assert len(fold(text)) == len(text)


def test_comparable_text_has_neither_blanks_nor_punctuation():
    assert bare("E-04， Ｅ０４！") == "e04e04"
