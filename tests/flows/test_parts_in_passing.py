"""Parts in a technician's own words, over the wire: what is asked for, and what stays a note on the work."""

import pytest

from tests.support import parts
from tests.support.loop import Loop
from tests.support.parts import assert_books
from tests.support.stocked import STORE, stocked

on_both_platforms = pytest.mark.parametrize("platform", ["dingtalk", "wecom"])


@on_both_platforms
def test_parts_are_asked_for_without_a_command_word(loop: Loop, platform: str):
    job = stocked(loop, platform)

    job.says(job.technician, "师傅要两个6204轴承")
    job.technician.card("取消领料", "轴承 6204 ×2", job.number)
    job.says(job.technician, "6204轴承来３个")
    job.technician.card("取消领料", "轴承 6204 ×3", job.number)
    job.says(job.technician, "我要领个密封圈")

    job.technician.card("取消领料", "密封圈 MF-3 ×1", job.number)
    assert len(loop.events("PartsRequested")) == 3


def test_a_lack_of_parts_asks_which(loop: Loop):
    job = stocked(loop, "dingtalk")

    job.says(job.technician, "配件不够")
    job.technician.hears("要什么配件")
    job.says(job.technician, "轴承6204两个密封圈一个")

    job.technician.card("取消领料", "轴承 6204 ×2", "密封圈 MF-3 ×1")


def test_an_unknown_part_that_is_fetched_is_said_to_be_unknown(loop: Loop):
    job = stocked(loop, "dingtalk")

    job.says(job.technician, "我要领个接触器")

    job.technician.hears("没有找到备件“接触器”")


@pytest.mark.parametrize("words", ["6204还有几个", "６２０４", "仓库有没有密封圈", "6204有货吗"])
def test_the_stock_is_asked_for_in_own_words(loop: Loop, words: str):
    job = stocked(loop, "dingtalk")

    job.says(job.technician, words)

    job.technician.hears("中心仓")


@pytest.mark.parametrize(
    "words",
    ["客户要两个轴承", "还要两个小时", "缺两个螺丝帽子", "我要领导签字", "轴承响个不停", "现场有两个人"],
)
def test_words_about_the_work_stay_a_note(loop: Loop, words: str):
    job = stocked(loop, "dingtalk")

    job.says(job.technician, words)

    job.technician.card("记到时间线", words)
    assert not loop.events("PartsRequested")


@on_both_platforms
def test_nothing_of_what_was_said_is_lost(loop: Loop, platform: str):
    job = stocked(loop, platform)

    job.says(job.technician, "要配件 6204 ×3 密封圈 2个")
    job.technician.card("取消领料", "轴承 6204 ×3", "密封圈 MF-3 ×2")
    job.says(job.technician, "要配件 6204 1000000000")

    job.technician.hears("“1000000000”不对", "一次最多")
    assert len(loop.events("PartsRequested")) == 1
    assert_books(loop.database)


def test_parts_are_taken_while_a_note_on_the_hold_is_waited_for(loop: Loop):
    job = stocked(loop, "dingtalk")
    job.says(job.technician, "要配件 6204 ×2")
    job.says(job.technician, f"挂起 {job.number} 等配件")
    job.presses(job.keeper, "全部出库", "待出库")

    job.says(job.technician, "收下")

    job.technician.hears("已收下", "轴承 6204 ×2")
    assert parts.on_hand(loop.database, parts.part_id("6204"), STORE)[0] == 18


def test_an_agreed_request_is_no_longer_to_be_approved_on_the_card_of_the_job(loop: Loop):
    job = stocked(loop, "dingtalk", approval=True)
    job.says(job.technician, "要配件 6204 ×15")
    job.technician.card("要配件", "中心仓待审批")

    job.says(job.manager, "同意")

    job.technician.card("要配件", "轴承 6204 ×15：中心仓待出库")


def test_a_refusal_says_once_where_to_look(loop: Loop):
    job = stocked(loop, "dingtalk")

    job.says(job.technician, "要配件 6204 ×21")

    told = job.technician.hears("仓库的 轴承 6204 不够")
    assert told.count("可回复") == 1
