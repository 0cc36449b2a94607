"""A storekeeper names several parts in one line; and what a count took away is not let out."""

import pytest

from tests.support.loop import Loop
from tests.support.stores import Shop, shop

on_both_platforms = pytest.mark.parametrize("platform", ["dingtalk", "wecom"])


@pytest.fixture
def store(loop: Loop) -> Shop:
    return shop(loop, "dingtalk")


@pytest.mark.parametrize("words", ["6204×2 6205×1", "轴承6204 ×2，6205 1个", "6205 ×1 轴承6204 2个"])
def test_several_parts_are_picked_in_one_line(store: Shop, words: str):
    number = store.requested(_6204=2, _6205=1)

    store.says(f"出库 {number} {words}", "都拣齐了")
    store.says("出完", "已全部出库", "轴承 6204 ×2", "轴承 6205 ×1")

    assert (store.stands("6204"), store.stands("6205")) == ("8", "9")


def test_a_line_with_one_unknown_part_picks_nothing(store: Shop):
    number = store.requested(_6204=2, _6205=1)

    store.says(f"出库 {number} 6204×2 ZZQ9×1", "没有找到备件")
    store.says(f"出库 {number}", "等待拣货", "要 2个，已拣 0个")


def test_several_parts_are_thrown_away_for_one_reason(store: Shop):
    store.says("报废 6204×2 6205×1 摔坏", "已报废 轴承 6204 ×2，轴承 6205 ×1", "摔坏")
    store.says("报废 6204 ×1，6205 ×1 原因 进水", "已报废 轴承 6204 ×1，轴承 6205 ×1", "进水")

    assert (store.stands("6204"), store.stands("6205")) == ("7", "8")
    store.books_are_right()


def test_numbers_in_a_reason_are_no_parts(store: Shop):
    store.says("报废 6204 ×1 用了3个月 裂了", "已报废 轴承 6204 ×1", "用了3个月 裂了")


def test_nothing_is_thrown_away_where_one_part_is_unknown(store: Shop):
    store.says("报废 6204 ×2 ZZQ9×1 摔坏", "没有找到备件")

    assert store.stands("6204") == "10"


def test_several_parts_are_bought_in_one_line(store: Shop):
    store.says("采购 6204 ×50，6205 ×5 备货", "轴承 6204 ×50", "轴承 6205 ×5")

    bought = {one.part_id: (int(one.quantity), one.reason) for one in store.purchases()}
    assert bought == {store.parts["6204"]: (50, "备货"), store.parts["6205"]: (5, "备货")}


@on_both_platforms
def test_what_a_count_took_away_is_not_offered(loop: Loop, platform: str):
    store = shop(loop, platform)
    number = store.requested(_6204=4)
    store.keeper.card("全部出库", number)
    store.says("盘点", "已开始")
    store.says("6204 3", "已记")
    store.says("盘点完成", "已提交")
    assert store.stands("6204") == "3"

    store.says(f"出库 {number}", "仓库里缺 轴承 6204 ×1", f"出库 {number} 6204 ×3", "请先采购或从别处调拨")
    store.says(f"出库 {number} 全部", "仓库里缺 轴承 6204 ×1", "不能全部出库")
    assert store.stands("6204") == "3"
    store.says(f"出库 {number} 6204 ×3", "刚登记：轴承 6204 ×3")
    store.says("出完", "已出库：轴承 6204 ×3", "还没有出齐")
    store.books_are_right()


def test_the_request_of_somebody_else_is_not_taken_from(store: Shop):
    first, second = store.requested(_6204=6), store.requested(_6204=4)
    store.says("盘点", "已开始")
    store.says("6204 7", "已记")
    store.says("盘点完成", "已提交")

    store.says(f"出库 {second} 全部", "仓库里缺 轴承 6204 ×3", f"出库 {second} 6204 ×1")
    store.says(f"出库 {first} 全部", "已全部出库", "轴承 6204 ×6")
