"""Counting a store blind, by word and scan; differences are posted after approval only."""

import pytest

from domain.people.model import Role
from tests.support.barcodes import photo
from tests.support.closing import hire
from tests.support.loop import Loop
from tests.support.processes import publish_shipped
from tests.support.stores import Shop, shop

on_both_platforms = pytest.mark.parametrize("platform", ["dingtalk", "wecom"])


@pytest.fixture
def store(loop: Loop) -> Shop:
    return shop(loop, "dingtalk")


@on_both_platforms
def test_a_count_is_entered_blind_and_submitted(loop: Loop, platform: str):
    store = shop(loop, platform)

    store.says("盘点", "已开始", "中心仓")
    told = store.says("6204 9", "已记 轴承 6204 ×9")
    assert "10" not in told
    store.says("6205 10", "已记 轴承 6205 ×10", "2/5")
    store.sends(photo("SN001", "SN002"), "已记 控制板 KB-10 ×1（SN001）", "SN002")
    store.says("还差", "还没有录入的", "密封圈 MF-3 B1")
    store.says("MF-3 批次 B1 ×10", "5/5")
    store.says("盘点完成", "已提交")

    assert [one.state for one in store.counts()] in (["submitted"], ["posted"])
    shown = store.keeper.hears("账面 10，实盘 9")
    assert "轴承 6204" in shown


def test_the_last_number_counts(store: Shop):
    store.says("盘点 中心仓", "已开始")
    store.says("6204 8", "已记 轴承 6204 ×8")
    store.says("撤销", "报错了请直接再报一次")
    store.says("6204 10", "已记 轴承 6204 ×10")

    store.presses("盘点完成")

    store.keeper.hears("已提交")
    store.books_are_right()
    assert store.stands("6204") == "10"


def test_a_photo_of_a_parts_code_asks_how_many(store: Shop):
    store.says("盘点", "已开始")

    store.sends(photo("6204"), "轴承 6204 一共有几个")
    store.says("7", "已记 轴承 6204 ×7")
    store.says("6205", "轴承 6205 一共有几个")
    store.says("没有", "已记 轴承 6205 ×0")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("6204 -1", "要大于 0"),
        ("6204 1.5", "1.5"),
        ("XYZ9 3", "没有找到备件"),
        ("KB-10 2", "要按序列号或批次盘点"),
        ("6204 ×10^9", "最多"),
    ],
)
def test_what_cannot_be_counted_is_refused(store: Shop, words: str, answer: str):
    store.says("盘点", "已开始")

    store.says(words, answer)

    store.says("盘点完成", "还没有录入任何数量")


def test_a_count_is_not_started_twice(store: Shop):
    store.says("盘点", "已开始")
    number = store.counts()[0].number
    store.says("退出盘点", "仍在进行")

    store.says("盘点", "继续盘点", number)
    store.loop.zheng.says("盘点 中心仓")
    store.loop.zheng.hears("正在盘点", number)

    assert len(store.counts()) == 1


def test_a_cancelled_count_posts_nothing(store: Shop):
    store.says("盘点", "已开始")
    store.says("6204 1", "已记")

    store.says("取消盘点", "已取消")

    assert [one.state for one in store.counts()] == ["cancelled"]
    assert store.stands("6204") == "10"
    store.says("6204 2", "没有看懂")


def test_differences_wait_for_approval(store: Shop):
    publish_shipped(store.loop.database, "stock_count", at=store.loop.clock.now())
    boss = hire(store.loop, "马经理", Role.MANAGER, "dingtalk")
    store.says("盘点", "已开始")
    store.says("6204 9", "已记")

    store.says("盘点完成", "已提交")

    assert store.stands("6204") == "10"
    boss.card("同意")
    boss.presses("同意")
    store.loop.settle()
    assert store.stands("6204") == "9"
    store.keeper.hears("已过账")
    store.books_are_right()
