"""The service report in chat: at once, question by question, with pictures, and corrected afterwards."""

import pytest

from tests.support.field import give_checklist, order_of, sends_picture, technician, under_way
from tests.support.kept_files import picture

TECHNICIANS = pytest.mark.parametrize("name", ["li", "sun"])
WHOLE = "原因：启动电容击穿 处理：更换启动电容 工时：1.5 材料：电容1只 读数 高压：18bar"


def answers(loop, name, *words):
    """Let a technician answer one question after the other."""
    for number, text in enumerate(words):
        technician(loop, name).hears("完工报告 ", times=number + 1)
        technician(loop, name).says(text)


@TECHNICIANS
def test_one_message_completes_a_work_order(loop, name):
    number = under_way(loop, name)

    technician(loop, name).says(f"完工 {number} {WHOLE}")

    assert technician(loop, name).hears(number, "已完工", "第 1 版")
    assert loop.order_becomes("completed")
    report = loop.events("ReportFiled")[0]["report"]
    assert (report["cause"], report["hours"]) == ("启动电容击穿", "1.5")
    assert report["readings"] == {"高压": "18bar"}


@TECHNICIANS
def test_questions_lead_to_the_same_report(loop, name):
    number = under_way(loop, name)
    tech = technician(loop, name)
    tech.card("完工", number)

    tech.presses("完工")
    answers(loop, name, "启动电容击穿", "更换启动电容", "90分钟", "材料：电容1只 读数 高压：18bar")
    tech.card("提交", "启动电容击穿", "1.5 小时", "电容1只；高压 18bar")
    assert not loop.events("ReportFiled")
    tech.presses("提交")

    assert tech.hears(number, "已完工")
    assert loop.order_becomes("completed")


def test_missing_items_are_named_and_only_those_are_asked(loop):
    number = under_way(loop)

    loop.li.says("完工 原因：启动电容击穿 工时：1")
    loop.li.hears(number, "还缺：处理措施", "怎么处理的")
    assert loop.refusals() == ["report_incomplete"]
    loop.li.says("更换启动电容")
    loop.li.card("没有")
    loop.li.presses("没有")
    loop.li.card("提交")
    loop.li.says("提交")

    assert loop.li.hears(number, "已完工")


@TECHNICIANS
def test_a_checklist_is_pressed_through_with_a_remark_and_a_photo(loop, name):
    under_way(loop, name, asset_id=give_checklist(loop))
    tech = technician(loop, name)

    tech.says("完工 原因：门封老化 处理：更换门封 工时：1")
    tech.hears("还缺：制冷正常、门封检查、现场照片")
    tech.card("合格", "检查：制冷正常")
    tech.presses("合格")
    tech.card("不合格", "检查：门封检查")
    tech.presses("不合格")
    tech.hears("请写明情况")
    tech.says("门封老化，已更换")
    tech.card("跳过", "检查：噪音")
    tech.presses("跳过")
    tech.hears("请发一张现场照片")
    sends_picture(loop, name, picture(1))
    tech.hears("照片已收到（共 1 张）")
    tech.says("没有")
    tech.card("提交", "不合格：门封老化，已更换", "1 张")
    tech.presses("提交")

    loop.order_becomes("completed")
    report = loop.events("ReportFiled")[0]["report"]
    assert [(one["key"], one["passed"]) for one in report["checks"]] == [("cools", True), ("seal", False)]
    assert report["photos"] == 1


def test_one_step_back_and_a_change_before_the_submission(loop):
    under_way(loop)
    loop.li.says("完工")
    answers(loop, "li", "电容", "更换")
    loop.li.hears("现场用了多少工时")

    loop.li.says("上一步")
    loop.li.hears("怎么处理的", "现在填的是：更换")
    loop.li.says("更换启动电容")
    loop.li.hears("现场用了多少工时", times=2)
    loop.li.says("很久")
    loop.li.hears("没有看懂工时“很久”")
    loop.li.says("2")
    loop.li.card("没有")
    loop.li.presses("没有")
    loop.li.card("修改")
    loop.li.presses("修改")
    loop.li.card("故障原因")
    loop.li.presses("故障原因")
    loop.li.hears("现在填的是：电容")
    loop.li.says("启动电容击穿")
    loop.li.card("提交", "启动电容击穿", "更换启动电容", "2 小时")
    loop.li.says("工时")
    loop.li.hears("现在填的是：2 小时")
    loop.li.says("3")
    loop.li.card("提交", "3 小时")
    loop.li.says("确认")

    assert loop.order_becomes("completed")


def test_a_report_begun_is_kept_beside_other_talk_and_gone_on_with(loop):
    number = under_way(loop)
    loop.li.says("完工")
    answers(loop, "li", "启动电容击穿")
    loop.li.hears("怎么处理的")

    loop.li.says("算了")
    loop.li.hears("已填的保留 24 小时")
    loop.advance(23 * 3600)
    loop.li.presses("完工")

    assert loop.li.hears("接着上次填的继续", "怎么处理的")
    assert order_of(loop, number).status == "in_progress"


def test_a_report_left_alone_for_a_day_begins_anew(loop):
    under_way(loop)
    loop.li.says("完工")
    answers(loop, "li", "启动电容击穿")
    loop.li.hears("怎么处理的")

    loop.advance(25 * 3600)
    loop.li.presses("完工")

    assert loop.li.hears("已超过 24 小时", "故障原因是什么")


def test_an_answer_after_the_work_order_was_taken_away_changes_nothing(loop):
    number = under_way(loop)
    loop.li.says("完工")
    loop.li.hears("故障原因是什么")
    loop.zhao.says(f"转单 {number} 王芳 换人处理")
    loop.li.hears("已转给 王芳")

    loop.li.says("启动电容击穿")
    loop.li.hears("现在派给了王芳")
    loop.li.says("好吧就这样了")

    assert loop.li.hears("没有看懂这句话")


def test_a_report_may_be_corrected_until_it_is_settled(loop):
    number = under_way(loop)
    loop.li.says(f"完工 {WHOLE}")
    loop.li.hears("已完工")
    loop.settle()

    loop.li.says(f"修改报告 {number} 工时：2")

    assert loop.li.hears("已更正（第 2 版）")
    assert [one["report"]["hours"] for one in loop.events("ReportFiled")] == ["1.5", "2"]
    assert loop.events("ReportFiled")[1]["report"]["cause"] == "启动电容击穿"


@TECHNICIANS
def test_a_correction_by_press_shows_what_was_filed(loop, name):
    number = under_way(loop, name)
    tech = technician(loop, name)
    tech.says(f"完工 {WHOLE}")
    tech.hears("已完工")
    loop.settle()

    tech.card("修改报告", number)
    tech.presses("修改报告")
    tech.card("提交", "启动电容击穿", "1.5 小时")
    tech.says("工时：2")
    tech.card("提交", "2 小时")
    tech.presses("提交")

    assert tech.hears("已更正（第 2 版）")


def test_a_completion_may_be_filled_in_later(loop):
    under_way(loop)
    loop.advance(7200)

    loop.li.says(f"完工 30分钟前 {WHOLE}")
    loop.li.hears("已完工")

    assert loop.events("WorkCompleted")[0]["backfilled"]


def test_submitting_twice_files_once(loop):
    number = under_way(loop)
    loop.li.says("完工 原因：电容 工时：1")
    loop.li.hears("怎么处理的")
    loop.li.says("更换")
    loop.li.card("没有")
    loop.li.presses("没有")
    loop.li.card("提交")
    loop.li.presses("提交")
    loop.li.hears("已完工")

    loop.li.forges(f"1:report.submit:{order_of(loop, number).id}:1")

    assert loop.li.hears("没有等您填写的服务报告")
    assert len(loop.events("ReportFiled")) == 1


def test_impossible_hours_are_refused_and_asked_for_again(loop):
    number = under_way(loop)
    loop.li.says(f"完工 {number} 原因：电容 处理：更换 工时：999")
    assert loop.li.hears("没有看懂工时“999”", "72")
    assert not loop.events("WorkCompleted")

    loop.li.says(f"完工 {number} 原因：电容 处理：更换")
    loop.li.hears("多少工时")
    loop.li.says("800")
    loop.li.hears("没有看懂工时“800”", "72")
    loop.li.says("2")

    loop.li.card("没有")  # What is asked next.


def test_the_same_picture_twice_is_one_photo(loop):
    number = under_way(loop)
    for _ in range(2):
        sends_picture(loop, "li", picture(1))
        loop.settle()
    loop.li.says(f"完工 {number} {WHOLE}")
    loop.li.hears("已完工")

    assert loop.events("ReportFiled")[0]["report"]["photos"] == 1
    loop.zhao.says(f"时间线 {number}")
    assert loop.zhao.hears("时间线").count("【与前面的照片相同】") == 1
