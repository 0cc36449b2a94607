"""Buying in chat: asked for, ordered, received in parts, by number, serial or batch."""

from datetime import date, timedelta

import pytest

from domain.kernel.localtime import day_words, local_day
from tests.support.barcodes import photo
from tests.support.loop import Loop
from tests.support.parts import supplier
from tests.support.processes import publish_shipped
from tests.support.stores import Shop, shop

on_both_platforms = pytest.mark.parametrize("platform", ["dingtalk", "wecom"])


@pytest.fixture
def store(loop: Loop) -> Shop:
    return shop(loop, "dingtalk")


def today(store: Shop) -> date:
    return local_day(store.loop.clock.now())


def bought(store: Shop, words: str) -> str:
    """Buy and order something, and return the purchase's number."""
    store.says(f"采购 {words}", "采购")
    number = store.purchases()[-1].number
    store.says(f"已下单 {number} 3天后", "已登记下单", day_words(today(store) + timedelta(days=3)))
    return number


def test_a_receipt_is_said_in_words(store: Shop):
    number = bought(store, "6204 ×30")

    store.says(f"入库 {number} 二十个", "已入库 轴承 6204 ×20")
    store.says(f"入库 {number} 剩下的都到了", "已入库 轴承 6204 ×10", "全部到齐")

    assert store.stands("6204") == "40"
    store.books_are_right()


@on_both_platforms
def test_a_purchase_is_ordered_and_arrives_in_parts(loop: Loop, platform: str):
    store = shop(loop, platform)
    supplier(loop.database)

    store.says("采购 6204 ×30 到 中心仓 旺季备货", "轴承 6204 ×30", "中心仓")
    number = store.purchases()[0].number
    store.says(f"已下单 {number} 12-05 上海轴承厂 单价 12.5", "12月5日", "上海轴承厂")
    store.says(f"入库 {number} 10", "已入库 轴承 6204 ×10", "还差 20个")
    store.says("采购单", number, "×20")
    store.presses("全部到货", number)

    store.keeper.hears("已入库 轴承 6204 ×20", "全部到齐")
    assert store.stands("6204") == "40"
    assert [one.state for one in store.purchases()] == ["done"]
    store.books_are_right()


def test_more_than_ordered_is_not_received(store: Shop):
    number = bought(store, "6204 ×30")

    store.says(f"入库 {number} 31", "还差 30个", "不能收 31个", "采购 轴承 6204 ×1个")
    store.says(f"入库 {number} 0", "要大于 0")
    store.says(f"入库 {number} -1", "要大于 0")
    store.says(f"入库 {number} 1.5", "1.5")
    store.says(f"入库 {number} 10^9", "没有做任何改动")
    store.says(f"入库 {number} 差不多了", "没有写清数量")

    assert store.stands("6204") == "10"


def test_serials_are_received_by_scan(store: Shop):
    number = bought(store, "KB-10 ×3")

    store.says(f"入库 {number}", "逐个扫码")
    store.sends(photo("KB-10", "SN101"), "已扫 1 个", "SN101")
    store.sends(photo("SN101"), "已经扫过了")
    store.says("SN102", "已扫 2 个")
    store.says("SN109", "已扫 3 个")
    store.says("撤销", "已扫 2 个")
    store.says("入完", "SN101、SN102", "还差 1个")
    store.says(f"入库 {number} 1 SN103", "全部到齐")

    assert store.stands("KB-10") == "5"
    store.books_are_right()


def test_a_serial_that_we_have_is_not_received_again(store: Shop):
    number = bought(store, "KB-10 ×1")

    store.says(f"入库 {number} 1 SN001", "SN001", "不能再入库一次")
    store.says(f"入库 {number} 1", "序列号")

    assert store.stands("KB-10") == "2"


def test_a_batch_is_received_by_its_number(store: Shop):
    number = bought(store, "MF-3 ×20")

    store.says(f"入库 {number} 5", "批次")
    store.says(f"入库 {number} 批次 B2", "没有写清数量")
    store.says(f"入库 {number} 好几个 批次 B2", "没有写清数量")
    store.says(f"入库 {number} 5 批次 B2 单价 2.5", "已入库 密封圈 MF-3 ×5（B2）")

    assert store.stands("MF-3") == "15"
    store.says(f"入库 {number} 全部 批次 B3", "已入库 密封圈 MF-3 ×15（B3）", "全部到齐")
    store.books_are_right()


def test_the_quantity_is_enough_once_a_receipt_is_open(store: Shop):
    number = bought(store, "6204 ×30")

    store.says("入库", "请直接回复到货数量", number)
    store.sends(photo("6205"), "采购的是 轴承 6204")
    store.says("12", "已入库 轴承 6204 ×12", "还差 18个")

    assert store.stands("6204") == "22"


def test_a_day_that_is_over_and_a_missing_day_are_refused(store: Shop):
    store.says("采购 6204 ×30", "采购")
    number = store.purchases()[0].number

    store.says(f"已下单 {number}", "还缺内容", f"已下单 {number} 12-05")
    store.says(f"已下单 {number} 大概下周吧", "没有看懂“大概下周吧”里的到货日期", f"已下单 {number} 12-05")
    store.says(f"已下单 {number} 2月30日", "没有看懂")
    store.says(f"已下单 {number} {today(store) - timedelta(days=9):%Y-%m-%d}", "已经过去")

    assert [one.state for one in store.purchases()] == ["approved"]
    wednesday = today(store) + timedelta(days=9 - today(store).weekday())
    store.says(f"已下单 {number[-4:]} 下周三 上海轴承厂", day_words(wednesday))


def test_a_purchase_that_waits_for_approval_is_not_called_missing(store: Shop):
    publish_shipped(store.loop.database, "parts_purchase", at=store.loop.clock.now())
    store.says("采购 6204 30", "等审批")
    number = store.purchases()[0].number

    store.says(f"已下单 {number[-4:]} 12-05", "审批中", "不能下单")
    store.says(f"入库 {number[-4:]} 5", "审批中", "不能入库")


def test_a_purchase_is_ended_with_a_reason(store: Shop):
    number = bought(store, "6204 ×30")

    store.says(f"结束采购 {number}", "还缺内容")
    store.says(f"结束采购 {number} 供应商停产", "已结束", "供应商停产")
    store.says(f"入库 {number} 3", "不能入库")

    assert [one.state for one in store.purchases()] == ["cancelled"]


def test_a_safety_stock_asks_for_one_purchase_per_crossing(store: Shop):
    store.says("安全库存 6204 9 补 20", "没有权限")
    store.loop.zheng.says("安全库存 6204 9 补 20 中心仓")
    store.loop.zheng.hears("少于 9个", "自动申请采购 20个")
    store.loop.settle()

    store.says("报废 6204 ×2 摔坏", "已报废")

    assert [str(one.quantity.normalize()) for one in store.purchases()] == ["2E+1"]


def test_a_number_of_another_kind_says_what_it_is(store: Shop):
    number = bought(store, "6204 ×30")

    store.says(f"出库 {number}", "是采购单", f"入库 {number}")
    store.says("入库 SP-20250101-0009 3", "没有找到采购单 SP-20250101-0009")
