"""What technicians say about parts, over the wire, and what they hear."""

from decimal import Decimal
from uuid import uuid4

import pytest

from domain.parts.keeping import KEPT_FOR, reserve
from domain.parts.model.stock import Reservation
from tests.support import parts
from tests.support.loop import Loop
from tests.support.parts import assert_books
from tests.support.stocked import BEARING, BIG_BEARING, BOARD, STORE, Stocked, stocked

on_both_platforms = pytest.mark.parametrize("platform", ["dingtalk", "wecom"])


def supplied(loop: Loop, platform: str, words: str) -> Stocked:
    """Let a technician at work have parts in their van."""
    job = stocked(loop, platform)
    job.starts_work()
    job.says(job.technician, f"要配件 {words}")
    job.presses(job.keeper, "全部出库", "待出库")
    job.presses(job.technician, "收下", "领料交接")
    return job


@on_both_platforms
def test_a_name_of_several_parts_is_chosen_by_press(loop: Loop, platform: str):
    job = stocked(loop, platform)

    job.says(job.technician, "要配件 轴承 ×2")
    job.technician.card(BIG_BEARING, "您说的是哪一种", "可用 20 个")
    job.presses(job.technician, BIG_BEARING)

    job.technician.card("取消领料", "轴承 6305 ×2", job.number)
    assert [one["amount_fen"] for one in loop.events("PartsRequested")] == [10_000]


def test_a_name_of_several_parts_is_chosen_by_number(loop: Loop):
    job = stocked(loop, "dingtalk")

    job.says(job.technician, "要配件 轴承 ×2，密封圈")
    job.says(job.technician, "1")

    job.technician.card("取消领料", "轴承 6204 ×2", "密封圈 MF-3 ×1")


@on_both_platforms
def test_the_button_of_the_job_asks_what_is_needed(loop: Loop, platform: str):
    job = stocked(loop, platform)

    job.presses(job.technician, "要配件")
    job.technician.hears("工单", job.number, "要什么配件")
    job.says(job.technician, "6204 两个")

    card = job.technician.card("取消领料", "轴承 6204 ×2")
    assert job.number in card.text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("要配件 9999", "没有找到备件“9999”"),
        ("要配件 6204 ×0", "要大于 0"),
        ("要配件 6204 ×-1", "“-1”不对"),
        ("要配件 6204 ×1.5", "按整个计数"),
        ("要配件 6204 ×10^9", "一次最多"),
        ("要配件 6204 x", "请写清要几个"),
        ("要配件 6204 ×21", "不够：要 21个，可用 20个"),
        ("用料 6204 ×1", "您名下没有这么多"),
        ("退料 6204 ×1", "您名下没有这么多"),
        ("转配件 王大锤 6204 ×1", "没有找到同事“王大锤”"),
        ("收下", "没有等您收下的备件"),
        ("收下 DB-20260101-0001", "没有找到 DB-20260101-0001"),
        ("取消领料", "没有可以取消的领料"),
        ("还旧件", "没有要还的旧件"),
        ("谁拿着 SN999", "没有查到序列号或批次“SN999”"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(loop: Loop, words: str, answer: str):
    job = stocked(loop, "dingtalk")

    job.says(job.technician, words)

    job.technician.hears(answer)
    assert not loop.events("PartsRequested")
    assert_books(loop.database)


def test_words_about_the_work_are_no_command(loop: Loop):
    job = stocked(loop, "dingtalk")

    for words in ("库存不够了客户在等", "有没有人来接我", "旧件已经给客户看过了"):
        job.says(job.technician, words)

    job.technician.hears("这句话怎么处理")
    assert not job.technician.told("没有找到备件")
    assert not loop.refusals()


@on_both_platforms
def test_a_colleague_takes_parts_in_two_taps_or_refuses_them(loop: Loop, platform: str):
    job = supplied(loop, platform, "6305 ×2")

    job.says(job.technician, "转配件 王海涛 6305 ×2")
    job.presses(job.colleague, "拒收", "配件转交")
    assert job.at(job.van, BIG_BEARING) == 2
    job.says(job.technician, "给配件 王海涛 6305 ×1")
    job.presses(job.colleague, "收下", "配件转交")

    assert (job.at(job.van, BIG_BEARING), job.at(job.van_of("王海涛"), BIG_BEARING)) == (1, 1)
    job.says(job.colleague, "我的车")
    job.colleague.hears("王海涛名下", "轴承 6305 ×1")
    assert_books(loop.database)


@on_both_platforms
def test_whoever_refuses_is_asked_why_and_the_giver_reads_it(loop: Loop, platform: str):
    job = supplied(loop, platform, "6305 ×2")
    job.says(job.technician, "转配件 王海涛 6305 ×2")

    job.presses(job.colleague, "拒收", "配件转交")
    job.colleague.hears("为什么没有收下")
    job.says(job.colleague, "数量不对")

    job.colleague.hears("已把拒收", "数量不对")
    job.technician.hears("王海涛说明了拒收", "：数量不对", "轴承 6305 ×2")
    assert not loop.events("WorkOrderNoteAdded")
    assert_books(loop.database)


def test_a_reason_said_with_the_refusal_asks_nothing_and_none_is_needed(loop: Loop):
    job = supplied(loop, "dingtalk", "6305 ×2")
    job.says(job.technician, "转配件 王海涛 6305 ×2")
    job.says(job.colleague, "拒收 数量不对")
    job.technician.hears("配件转交", "已拒收", "数量不对")
    assert not job.colleague.told("为什么没有收下")

    job.says(job.technician, "转配件 王海涛 6305 ×1")
    job.says(job.colleague, "拒收")
    job.colleague.hears("已拒收", "为什么没有收下")
    job.says(job.colleague, "算了")

    job.colleague.hears("没有写原因")
    assert len(loop.events("PartsSentBack")) == 2
    assert not loop.events("RefusalExplained")


def test_what_nobody_took_yet_is_recalled(loop: Loop):
    job = supplied(loop, "dingtalk", "6305 ×2")
    job.says(job.technician, "转配件 王海涛 6305 ×2")
    job.says(job.technician, "在途配件")
    job.technician.hears("在途配件", "轴承 6305 ×2", "撤回交接 DB-")

    job.says(job.technician, "撤回交接")

    job.technician.hears("已撤回", "仍在您名下")
    assert job.at(job.van, BIG_BEARING) == 2
    assert not job.colleague.has_button("收下")


def test_a_piece_with_a_serial_is_followed_to_the_machine(loop: Loop):
    job = stocked(loop, "dingtalk")
    job.starts_work()
    job.says(job.technician, f"要配件 {BOARD}")
    job.says(job.keeper, "出库 0001 SN100")
    job.presses(job.keeper, "确认出库")
    job.says(job.technician, "谁拿着 SN100")
    job.technician.hears("控制板 KB-10", "交接途中", "发往李强的车")

    job.says(job.technician, "收下")
    job.says(job.technician, f"用料 {BOARD} 换下 SN OLD77")
    job.says(job.technician, "谁拿着 SN100")

    job.technician.hears("SN100", "已装在", "核销", job.number)
    job.says(job.technician, "还旧件")
    job.technician.hears("已登记送还旧件", "OLD77", "中心仓")


def test_the_serial_of_an_old_part_is_asked_for_with_the_whole_words(loop: Loop):
    job = stocked(loop, "dingtalk")
    job.starts_work()
    job.says(job.technician, f"要配件 {BOARD}")
    job.says(job.keeper, "出库 0001 SN100")
    job.presses(job.keeper, "确认出库")
    job.says(job.technician, "收下")
    job.says(job.technician, f"用料 {BOARD}")

    job.says(job.keeper, "收旧件")

    job.keeper.hears("请带上序列号，例如：收旧件 JJ-", "-0001 序列号")


def test_what_was_not_used_comes_off_the_job_and_then_back_to_the_store(loop: Loop):
    job = supplied(loop, "dingtalk", "6204 ×1")
    job.says(job.technician, "用料 6204 ×1")

    job.says(job.technician, f"退料 {job.number} 6204 ×1")
    job.technician.hears("撤回核销", "现在在您车上")
    job.says(job.technician, "退料 6204 ×1")
    job.presses(job.keeper, "收下", "退料")

    assert job.at(STORE, BEARING) == 20
    assert_books(loop.database)


def test_a_dispatcher_reads_who_is_on_the_road_and_the_parts_after_that(loop: Loop):
    job = supplied(loop, "dingtalk", "6305 ×2")
    job.says(job.technician, "转配件 王海涛 6305 ×2")

    job.says(loop.zhao, "在途")

    loop.zhao.hears("技师状态", "李强")
    loop.zhao.hears("在途配件", "轴承 6305 ×2")


def test_parts_for_the_van_need_no_job(loop: Loop):
    job = stocked(loop, "dingtalk")

    job.says(job.colleague, "要配件 6204 ×2")
    job.colleague.hears("没有进行中的工单", "要配件 6204 ×2 备车")
    job.says(job.colleague, "要配件 6204 ×2 备车")

    job.colleague.card("取消领料", "备车")


@on_both_platforms
def test_a_request_is_cancelled_by_press_and_once_more_changes_nothing(loop: Loop, platform: str):
    job = stocked(loop, platform)
    job.says(job.technician, "要配件 6204 ×2")

    job.presses(job.technician, "取消领料")

    assert len(loop.events("PartsRequestCancelled")) == 1
    assert not job.keeper.has_button("全部出库")
    assert_books(loop.database)


def test_a_part_for_another_machine_is_refused_until_the_technician_insists(loop: Loop):
    job = stocked(loop, "dingtalk")
    parts.part(loop.database, "YS-9", "压缩机", models=("Y9",))
    parts.opening(loop.database, parts.part_id("YS-9"), STORE, 1, 90_000)

    job.says(job.technician, "要配件 压缩机")
    job.technician.hears("不适用于 X1", "没有申请")
    assert not loop.events("PartsRequested")
    job.says(job.technician, "要配件 压缩机 仍要")

    job.technician.card("取消领料", "压缩机 YS-9 ×1")


def test_what_is_kept_for_the_job_is_asked_for_without_naming_it(loop: Loop):
    job = stocked(loop, "dingtalk")
    keep_for(job, 2)

    job.says(job.technician, "领预留")

    job.technician.card("取消领料", "轴承 6204 ×2")
    assert parts.on_hand(loop.database, parts.part_id(BEARING), STORE)[1] == 2


def keep_for(job: Stocked, quantity: int) -> None:
    """Keep bearings for the job, as dispatching it does."""
    at = job.loop.clock.now()
    kept = Reservation(id=uuid4(), part_id=parts.part_id(BEARING), place_id=STORE, quantity=Decimal(quantity))
    kept.work_order_id, kept.state, kept.created_at = job.ending.order_id, "held", at
    kept.next_due_at = at + KEPT_FOR
    with job.loop.product.open_uow(now=at, channel="test", correlation_id="c") as uow:
        reserve(kept, "system", at, uow)
        uow.commit()
