"""What people say about stores, read."""

from datetime import date

import pytest

from bot.store_days import read_day
from bot.store_reading import split_head, take_from_to, take_price, take_reason
from bot.store_words import Deed, RuleWords, read_store

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "deed", "number", "rest"),
    [
        ("待出库", Deed.PICKS, "", ""),
        ("领料任务", Deed.PICKS, "", ""),
        ("出库 SP-20261130-0001", Deed.ISSUE, "SP-20261130-0001", ""),
        ("出库sp20261130 0001", Deed.ISSUE, "SP-20261130-0001", ""),
        ("出库 SP-20261130-0001 全部", Deed.ISSUE, "SP-20261130-0001", "全部"),
        ("入库 SP-20261130-0002 10 单价 12.5", Deed.RECEIVE, "SP-20261130-0002", "10 单价 12.5"),
        ("入库 SP-20261130-0002", Deed.RECEIVE, "SP-20261130-0002", ""),
        ("调拨 6204 ×5 从 中心仓 到 上海分仓", Deed.TRANSFER, "", "6204 ×5 从 中心仓 到 上海分仓"),
        ("报废 6204 ×2 摔坏", Deed.SCRAP, "", "6204 ×2 摔坏"),
        ("报废旧件 JJ-20261130-0001", Deed.SCRAP_OLD, "JJ-20261130-0001", ""),
        ("调整 6204 +2 盘盈", Deed.ADJUST, "", "6204 +2 盘盈"),
        ("盘点", Deed.COUNT, "", ""),
        ("盘点 中心仓", Deed.COUNT, "", "中心仓"),
        ("盘点完成", Deed.SUBMIT_COUNT, "", ""),
        ("取消盘点", Deed.CANCEL_COUNT, "", ""),
        ("采购 6204 ×50 到 中心仓", Deed.BUY, "", "6204 ×50 到 中心仓"),
        ("采购单", Deed.PURCHASES, "", ""),
        ("采购进度", Deed.PURCHASES, "", ""),
        ("已下单 SP-20261130-0003 12-05", Deed.ORDERED, "SP-20261130-0003", "12-05"),
        ("结束采购 SP-20261130-0003 停产", Deed.END_PURCHASE, "SP-20261130-0003", "停产"),
        ("安全库存 6204 20 补 50", Deed.RULE, "", "6204 20 补 50"),
        ("收旧件 JJ-20261130-0001 SN9", Deed.TAKE_OLD, "JJ-20261130-0001", "SN9"),
        ("免还 JJ-20261130-0001 客户自留", Deed.WAIVE_OLD, "JJ-20261130-0001", "客户自留"),
        ("送修 JJ-20261130-0001", Deed.SEND_TO_REPAIR, "JJ-20261130-0001", ""),
        ("修好 JJ-20261130-0001 到 中心仓", Deed.REPAIRED, "JJ-20261130-0001", "到 中心仓"),
        ("出完", Deed.FINISH, "", ""),
        ("出完了", Deed.FINISH, "", ""),
        ("还差", Deed.LEFT, "", ""),
        ("撤销", Deed.TAKE_BACK, "", ""),
    ],
)
def test_a_command_is_read(text: str, deed: Deed, number: str, rest: str):
    read = read_store(text)

    assert read is not None
    assert (read.deed, read.number, read.rest) == (deed, number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "修好了没有",
        "报废了一台机器",
        "采购部的人来了",
        "撤销关联 WO-20261130-0001",
        "调整一下时间",
        "还差一点就修好了",
        "库存 6204",
        "收下 DB-20261130-0001",
        "旧件",
        "6204 18",
    ],
)
def test_other_words_are_left_alone(text: str):
    assert read_store(text) is None


def test_the_end_of_a_number_is_enough():
    read = read_store("出库 0001 全部")

    assert read is not None
    assert (read.tail, read.rest) == ("0001", "全部")


def test_a_quantity_is_no_end_of_a_number():
    read = read_store("入库 10")

    assert read is not None
    assert (read.tail, read.rest) == ("", "10")


def test_the_job_that_waits_is_taken_out():
    read = read_store("采购 6204 ×50 到 中心仓 WO-20261130-0007 急用")

    assert read is not None
    assert (read.order_number, read.rest) == ("WO-20261130-0007", "6204 ×50 到 中心仓 急用")


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("12-05", date(2026, 12, 5), ""),
        ("12月5日 江南轴承", date(2026, 12, 5), "江南轴承"),
        ("3天后", date(2026, 12, 3), ""),
        ("2周后 江南轴承", date(2026, 12, 14), "江南轴承"),
        ("明天", date(2026, 12, 1), ""),
        ("2027-01-05 单价 3", date(2027, 1, 5), "单价 3"),
        ("1-05", date(2027, 1, 5), ""),
        ("20261205 江南轴承", date(2026, 12, 5), "江南轴承"),
        ("十天后", date(2026, 12, 10), ""),
        ("两周后", date(2026, 12, 14), ""),
        ("周五", date(2026, 12, 4), ""),
        ("周一", date(2026, 11, 30), ""),
        ("下周三 江南轴承", date(2026, 12, 9), "江南轴承"),
        ("下下周日到货", date(2026, 12, 20), ""),
        ("月底", date(2026, 11, 30), ""),
        ("下月底", date(2026, 12, 31), ""),
        ("下个月3号", date(2026, 12, 3), ""),
        ("江南轴承 12-05", date(2026, 12, 5), "江南轴承"),
        ("江南轴承", None, "江南轴承"),
    ],
)
def test_the_day_is_read(text: str, day: date | None, rest: str):
    assert read_day(text, TODAY) == (day, rest)


def test_a_day_that_is_none_is_refused():
    with pytest.raises(ValueError, match="day"):
        read_day("2-30", TODAY)


@pytest.mark.parametrize(
    ("text", "head", "rest"),
    [
        ("6204 ×2 摔坏", "6204 ×2", "摔坏"),
        ("轴承 6204 ×2 中心仓 摔坏了", "轴承 6204 ×2", "中心仓 摔坏了"),
        ("6204×2 摔坏", "6204×2", "摔坏"),
        ("6204 3 摔坏", "6204 3", "摔坏"),
        ("6204 2个 摔坏", "6204 2个", "摔坏"),
        ("6204 x2", "6204 x2", ""),
        ("KB-10 SN001 摔坏", "KB-10 SN001", "摔坏"),
        ("KB-10 ×2 SN001 SN002 摔坏", "KB-10 ×2 SN001 SN002", "摔坏"),
        ("密封圈 批次 B1 ×3 过期", "密封圈 批次:B1 ×3", "过期"),
        ("6204", "6204", ""),
        ("6204 -1 摔坏", "6204 -1", "摔坏"),
    ],
)
def test_a_part_ends_with_its_quantity(text: str, head: str, rest: str):
    assert split_head(text) == (head, rest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6204 ×5 从 中心仓 到 上海分仓", ("中心仓", "上海分仓", "6204 ×5")),
        ("6204 ×5 从中心仓到上海分仓", ("中心仓", "上海分仓", "6204 ×5")),
        ("6204 ×5 到 李强", ("", "李强", "6204 ×5")),
        ("6204 ×5", ("", "", "6204 ×5")),
    ],
)
def test_where_from_and_where_to(text: str, expected: tuple[str, str, str]):
    assert take_from_to(text) == expected


@pytest.mark.parametrize(
    ("text", "fen", "rest"),
    [("10 单价 12.5", 1250, "10"), ("10 单价12.50元", 1250, "10"), ("10", None, "10"), ("10 @3", 300, "10")],
)
def test_the_price_is_read(text: str, fen: int | None, rest: str):
    assert take_price(text) == (fen, rest)


def test_a_reason_stands_behind_its_word():
    assert take_reason("6204 ×2 原因：旺季备货") == ("旺季备货", "6204 ×2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6204 20", ("6204", "20", "0", "")),
        ("6204 20 补 50", ("6204", "20", "50", "")),
        ("轴承 6204 20 补50 中心仓", ("轴承 6204", "20", "50", "中心仓")),
        ("6204 20个 补货 50个 中心仓", ("6204", "20", "50", "中心仓")),
        ("6204 0", ("6204", "0", "0", "")),
        ("6204 20 中心仓", ("6204", "20", "0", "中心仓")),
    ],
)
def test_a_safety_stock_is_read(text: str, expected: tuple[str, str, str, str]):
    read = RuleWords.read(text)

    assert read is not None
    assert (read.part, str(read.below), str(read.order), read.rest) == expected


@pytest.mark.parametrize("text", ["", "6204", "轴承"])
def test_a_safety_stock_needs_a_number(text: str):
    assert RuleWords.read(text) is None
