"""A part from the store to the machine, over the wire: asked for, issued, used, given back."""

import pytest

from tests.support.loop import Loop
from tests.support.parts import assert_books
from tests.support.stocked import BEARING, ON_HAND, STORE, Stocked, stocked

on_both_platforms = pytest.mark.parametrize("platform", ["dingtalk", "wecom"])


def issued(job: Stocked, quantity: int) -> None:
    """Let the technician ask, and the storekeeper let it out."""
    job.says(job.technician, f"要配件 轴承 {BEARING} ×{quantity}")
    job.presses(job.keeper, "全部出库", "待出库")


@on_both_platforms
def test_one_bearing_is_used_and_another_one_comes_back(loop: Loop, platform: str):
    job = stocked(loop, platform)
    job.starts_work()
    job.says(job.technician, f"库存 {BEARING}")
    job.technician.hears("轴承 6204", "中心仓 20 个")

    issued(job, 2)
    assert job.at(STORE) == ON_HAND - 2
    job.presses(job.technician, "收下", "领料交接")
    assert (job.at(STORE), job.at(job.van)) == (ON_HAND - 2, 2)
    job.says(job.technician, f"库存 {BEARING}")
    job.technician.hears("中心仓 18 个", "您的车")

    job.says(job.technician, f"用料 {BEARING} ×1")
    job.technician.hears("已核销到工单", job.number, "轴承 6204 ×1")
    job.says(job.technician, f"退料 {BEARING} ×1")
    job.technician.card("撤回", "退料 DB-", "轴承 6204 ×1")
    assert job.at(job.van) == 0
    job.presses(job.keeper, "收下", "退料")

    assert (job.at(STORE), job.at(job.van)) == (ON_HAND - 1, 0)
    job.says(job.technician, f"库存 {BEARING}")
    job.technician.hears("中心仓 19 个")
    assert_books(loop.database)


@on_both_platforms
def test_a_costly_request_is_approved_first_and_a_refused_one_frees_what_was_kept(loop: Loop, platform: str):
    job = stocked(loop, platform, approval=True)
    job.says(job.technician, f"要配件 {BEARING} ×15")
    job.technician.card("取消领料", "等待审批", "王经理")
    assert not job.keeper.has_button("全部出库")
    job.says(job.technician, f"库存 {BEARING}")
    job.technician.hears("可用 5 个", "已预留 15")

    job.says(job.manager, "不同意 太多了")

    job.technician.hears("没有批准", "太多了")
    job.says(job.technician, f"库存 {BEARING}")
    job.technician.hears("可用 20 个", "中心仓 20 个")
    assert_books(loop.database)


def test_two_presses_of_the_receiver_are_one(loop: Loop):
    job = stocked(loop, "dingtalk")
    issued(job, 2)
    card = job.technician.card("收下", "领料交接")
    assert "请当面点清" in card.text

    job.technician.presses("收下")
    loop.settle()
    job.says(job.technician, "收下")

    job.technician.hears("没有等您收下的备件")
    assert (job.at(job.van), len(loop.events("PartsTaken"))) == (2, 1)
