"""Parts and quantities in words."""

from decimal import Decimal

import pytest

from bot.part_words import SaidPart, amount_of, read_parts, take_order
from domain.parts.errors import QuantityMissing, QuantityWrong
from domain.parts.model.catalogue import Part


def read(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.text, "" if one.quantity is None else str(one.quantity), one.lots) for one in read_parts(text)
    ]


def part(**fields: object) -> Part:
    return Part(**{"code": "6204", "name": "轴承", "unit": "个", "whole": True, "tracking": "none"} | fields)


@pytest.mark.parametrize(
    ("text", "name", "quantity"),
    [
        ("轴承 6204 ×2", "轴承 6204", "2"),
        ("轴承 6204 x2", "轴承 6204", "2"),
        ("轴承 6204 × 2 个", "轴承 6204", "2"),
        ("轴承6204×2只", "轴承6204", "2"),
        ("6204*2", "6204", "2"),
        ("6204X2", "6204", "2"),
        ("6204 2个", "6204", "2"),
        ("轴承 6204 2", "轴承 6204", "2"),
        ("6204-2RS 2", "6204-2RS", "2"),
        ("皮带 ZC-A 50", "皮带 ZC-A", "50"),
        ("ZC-A 0", "ZC-A", "0"),
        ("两个轴承", "轴承", "2"),
        ("轴承两个", "轴承", "2"),
        ("6204 十二个", "6204", "12"),
        ("10 个 6204", "6204", "10"),
        ("１个轴承 ６２０４", "轴承 6204", "1"),
        ("R22 5kg", "R22", "5"),
        ("冷冻油 1.5升", "冷冻油", "1.5"),
        ("半桶冷冻油", "冷冻油", "0.5"),
        ("螺丝 1,000个", "螺丝", "1000"),
        ("螺丝 2万个", "螺丝", "20000"),
        ("螺丝 M8x20 ×4", "螺丝 M8x20", "4"),
        ("10x20x5 油封 ×3", "10x20x5 油封", "3"),
    ],
)
def test_a_part_and_how_many(text: str, name: str, quantity: str) -> None:
    assert read(text) == [(name, quantity, ())]


@pytest.mark.parametrize(
    "text",
    [
        "6204",
        "KB-10",
        "控制板 KB-10",
        "轴承 6204",
        "轴承 50",
        "M8x20",
        "10x20x5",
        "三角带",
        "一字螺丝刀",
        "6204 6205",
    ],
)
def test_the_digits_of_a_code_are_no_quantity(text: str) -> None:
    assert read(text) == [(text, "", ())]


@pytest.mark.parametrize(
    ("text", "quantity", "said"),
    [
        ("6204 ×0", "0", "0"),
        ("6204 -1", "-1", "-1"),
        ("6204 ×-1", "-1", "-1"),
        ("6204 1.5", "1.5", "1.5"),
        ("6204 ×10^9", "1000000000", "10^9"),
        ("6204 ×1000000000", "1000000000", "1000000000"),
        ("6204 x", None, "x"),
        ("6204 ×", None, "×"),
    ],
)
def test_a_quantity_that_cannot_be_is_read_as_it_was_said(text: str, quantity: str | None, said: str) -> None:
    (one,) = read_parts(text)

    assert one.text == "6204"
    assert one.quantity == (None if quantity is None else Decimal(quantity))
    assert one.said == said


@pytest.mark.parametrize("text", ["6204 ×0", "6204 -1", "6204 1.5", "6204 ×10^9", "6204 x", "6204"])
def test_a_quantity_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises((QuantityWrong, QuantityMissing)):
        amount_of(read_parts(text)[0], part())


def test_where_nothing_is_said_the_default_counts_and_each_serial_is_a_piece() -> None:
    assert amount_of(SaidPart("6204"), part(), Decimal(1)) == 1
    assert amount_of(SaidPart("6204", lots=("A1", "A2")), part(), Decimal(1)) == 2


def test_a_measured_part_may_be_halved() -> None:
    assert amount_of(read_parts("冷冻油 1.5升")[0], part(unit="升", whole=False)) == Decimal("1.5")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6204*2，密封圈 x1", [("6204", "2", ()), ("密封圈", "1", ())]),
        ("轴承 6204 ×2、密封圈", [("轴承 6204", "2", ()), ("密封圈", "", ())]),
        ("轴承 6204 ×2；密封圈 1个\nKB-10", [("轴承 6204", "2", ()), ("密封圈", "1", ()), ("KB-10", "", ())]),
        ("6204 2个和密封圈1个", [("6204", "2", ()), ("密封圈", "1", ())]),
        ("6204、6205 各2个", [("6204", "2", ()), ("6205", "2", ())]),
        ("控制板 KB-10 SN A1 SN A2", [("控制板 KB-10", "", ("A1", "A2"))]),
        ("控制板 KB-10 SN A1、SN A2", [("控制板 KB-10", "", ("A1", "A2"))]),
        ("轴承 6204 SN 12345", [("轴承 6204", "", ("12345",))]),
        ("控制板 KB-10 批次 B2311 ×2", [("控制板 KB-10", "2", ("B2311",))]),
        ("SN12345", [("", "", ("SN12345",))]),
        ("，、 ", []),
    ],
)
def test_several_parts_and_serials(text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert read(text) == expected


def test_a_code_that_looks_like_a_quantity_is_kept_whole() -> None:
    assert read_parts("KB10x2")[0].whole == "KB10x2"
    assert not read_parts("KB10 x2")[0].whole


def test_the_work_order_is_taken_out_of_the_words() -> None:
    assert take_order("轴承 6204 ×2 WO-20261130-0007") == ("WO-20261130-0007", "轴承 6204 ×2")
    assert take_order("WO-20261130-0007 轴承 6204 ×2") == ("WO-20261130-0007", "轴承 6204 ×2")
    assert take_order("轴承 6204 ×2") == ("", "轴承 6204 ×2")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("6204 ×3 密封圈 2个", [("6204", "3"), ("密封圈", "2")]),
        ("6204x2 6305x1", [("6204", "2"), ("6305", "1")]),
        ("2个6204 1个6305", [("6204", "2"), ("6305", "1")]),
        ("轴承6204两个密封圈一个", [("轴承6204", "2"), ("密封圈", "1")]),
        ("6204 2个 6305 1个 密封圈 3个", [("6204", "2"), ("6305", "1"), ("密封圈", "3")]),
        ("10x20 密封圈 2个", [("10x20 密封圈", "2")]),
        ("M8x20 螺丝 2个", [("M8x20 螺丝", "2")]),
        ("6204 ×3 密封圈", [("6204 密封圈", "3")]),
    ],
)
def test_parts_in_a_row_need_no_mark_between_them(text: str, parts: list[tuple[str, str]]) -> None:
    assert [(name, quantity) for name, quantity, _ in read(text)] == parts


def test_a_code_may_be_spelled_as_voice_writes_it() -> None:
    assert read("轴承六二零四 两个") == [("轴承6204", "2", ())]


def test_digits_behind_a_part_are_never_read_as_one_piece() -> None:
    (many,), (most,) = read_parts("6204 1000"), read_parts("6204 1000000000")

    assert amount_of(many, part(barcode="", spec=""), Decimal(1)) == 1000
    with pytest.raises(QuantityWrong):
        amount_of(most, part(barcode="", spec=""), Decimal(1))


def test_digits_that_name_the_part_are_no_quantity() -> None:
    (said,) = read_parts("轴承 6204")

    assert amount_of(said, part(barcode="", spec=""), Decimal(1)) == 1
