"""Ratings that are corrected, doubled, impossible or not given, and follow-ups that go astray."""

import pytest

from domain.people.model import Role
from tests.flows.test_closing import accepted
from tests.support.actors import User
from tests.support.closing import begin, hire
from tests.support.loop import Loop


def test_a_score_out_of_range_is_refused_with_the_range(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")

    ending.says("11分")

    ending.customer.hears("评分是 1 到 5 的整数", "11")
    assert loop.refusals() == ["score_out_of_range"]
    assert loop.only_order().rating is None


def test_a_forged_score_is_refused(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")

    loop.wecom.customer_says("wmChen", "评分", menu_id=f"1:wo.rate:{ending.order_id}:9:10")

    ending.customer.hears("评分是 1 到 5 的整数", "10")
    assert not loop.events("ServiceRated")


def test_a_rating_is_corrected_within_ten_minutes_and_then_stands(loop: Loop):
    ending = accepted(loop, "app", "wecom")
    ending.says(f"评价 {ending.number} 2分")
    ending.says(f"评价 {ending.number} 4分 点错了")
    loop.advance(601)

    ending.says(f"评价 {ending.number} 1分")

    ending.customer.hears("您已经为工单", "4 分")
    assert [one["before"] for one in loop.events("ServiceRated")] == [None, 2]
    assert loop.only_order().rating == 4
    assert loop.refusals() == ["already_rated"]


def test_who_skips_the_recommendation_is_not_counted(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    ending.taps("5分 很满意")

    ending.says("跳过")

    ending.customer.hears("评价已收到")
    assert not loop.events("RatingExtended")


def test_a_recommendation_out_of_range_is_refused_and_still_waited_for(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    ending.taps("5分 很满意")
    ending.says("11")
    ending.customer.hears("评分是 0 到 10 的整数", "11")

    ending.says("7")

    ending.customer.hears("推荐度 7 分")


def test_a_new_fault_is_no_comment(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    ending.taps("5分 很满意")

    ending.says("冷库又不制冷了")

    assert not loop.events("RatingExtended")
    assert len(ending.customer.told("已记到工单")) == 0


def test_a_comment_half_an_hour_later_is_no_comment(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    ending.taps("3分 一般")
    loop.advance(1801)

    ending.says("等太久了")

    assert not loop.events("RatingExtended")


def test_a_score_before_the_acceptance_asks_for_that_first(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()

    ending.says("5分")

    ending.customer.hears("还没有验收，暂时不能评价", ending.number)
    assert loop.refusals() == ["rated_too_early"]


def test_a_customer_who_is_never_reached_is_tried_three_times(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    ending.finance.says(f"结算 {ending.number} 免费")
    ending.becomes("settled")

    for _ in range(2):
        ending.agent.presses("联系不上")
        loop.settle()
        loop.only_order()
    ending.agent.card("联系不上", "第 2 次没有联系上")
    ending.agent.presses("联系不上")

    ending.becomes("closed")
    assert loop.events("WorkOrderFollowedUp")[-1]["result"] == "unreachable"


def test_a_follow_up_is_passed_on_with_one_tap(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    other = hire(loop, "何安", Role.AGENT, "wecom")
    ending.agent.says("回访")
    ending.agent.hears("待回访（1）", ending.number, "例行回访")
    ending.agent.says(f"回访 {ending.number} 转给何安")
    ending.agent.hears("已转给 何安")

    card = other.card("已回访·满意", ending.number)

    assert "转给吴兰" in card.buttons
    loop.settle()
    assert not ending.agent.has_button("已回访·满意")
    other.presses("转给吴兰")
    ending.agent.card("已回访·满意", ending.number)


def test_a_second_press_on_a_finished_follow_up_changes_nothing(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    card = ending.agent.card("已回访·满意")
    token, name = card.card["btn1_action"], card.out_track_id
    ending.agent.presses("已回访·满意")
    loop.settle()

    assert isinstance(ending.agent, User)
    ending.agent.forges(token, name)

    ending.agent.hears("这次回访已经完成")
    assert len(loop.events("FollowUpFinished")) == 1


@pytest.mark.parametrize(
    "words", ["回访", "结算 {number} 100 元 客户付", "关单 {number}", "时间线 WO-20260101-0001"]
)
def test_a_customer_has_no_such_right(loop: Loop, words: str):
    ending = accepted(loop, "kf", "dingtalk")

    ending.says(words.format(number=ending.number))

    assert loop.refusals()[-1] in ("not_permitted", "work_order_not_found")
    assert loop.only_order().status == "signed_off"


def test_an_unclear_amount_is_refused_with_an_example(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")

    ending.finance.says(f"结算 {ending.number} 1.2万 客户付")

    ending.finance.hears("没有看懂金额“1.2万”", f"结算 {ending.number} 免费")
    assert loop.refusals() == ["amount_invalid"]


def test_a_payer_that_is_missing_is_asked_for(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")
    ending.finance.says(f"结算 {ending.number} 88 元")
    ending.finance.hears("金额 88.00 元，由谁付")

    ending.finance.says("合同")

    ending.finance.hears("88.00 元，合同承担")
    ending.becomes("settled")


def test_the_customer_reads_the_price_only_when_it_is_theirs(loop: Loop):
    ending = accepted(loop, "app", "dingtalk")
    ending.finance.says(f"结算 {ending.number} 88 元 保修")
    ending.becomes("settled")

    ending.customer.says(f"时间线 {ending.number}")
    ending.technician.says(f"时间线 {ending.number}")

    assert "88" not in ending.customer.hears("时间线（待回访）")
    assert "88.00" not in ending.technician.hears("时间线（待回访）")
    ending.finance.says(f"时间线 {ending.number}")
    assert "88.00 元，保修承担" in ending.finance.hears("时间线（待回访）")
    assert not ending.customer.told("88.00")


def test_the_desk_accepts_for_a_permitted_reason(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    loop.zhao.says(f"验收 {ending.number}")
    loop.zhao.hears("代客户验收要写明原因", "客户口头确认")

    loop.zhao.says(f"验收 {ending.number} 客户口头确认，电话里说的")

    loop.zhao.hears("已代客户验收")
    ending.becomes("signed_off")
    assert not loop.events("WorkSignedOff")[0]["by_customer"]


def test_a_technician_cannot_accept_their_own_work(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()

    ending.technician.says(f"验收 {ending.number} 客户口头确认")

    ending.technician.hears("没有权限")
    assert loop.only_order().status == "completed"


def test_a_customer_who_rejects_twice_is_told_to_the_desk(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    for reason in ("还是不制冷", "又停机了"):
        ending.completes(remedy=f"处理：{reason}")
        ending.says(f"不通过 {reason}")
        ending.becomes("accepted")

    loop.zhao.hears("第 2 次验收不通过", "又停机了")


def test_a_corrected_report_voids_the_signature_under_the_old_one(loop: Loop):
    ending = begin(loop, "app", "dingtalk")
    ending.completes()
    old = ending.customer.card("验收通过")
    token = old.card["button_list"][0]["key"]
    ending.amends("更换了压缩机，不是电容")
    ending.customer.card("验收通过", "更换了压缩机")
    loop.settle()

    loop.wecom.press_raw("lin", token, old.task_id)

    ending.customer.hears("这张卡片是旧的")
    assert not loop.events("WorkSignedOff")
    ending.taps("验收通过")
    assert loop.events("WorkSignedOff")[0]["report_version"] == 2


def test_the_service_report_is_one_message_in_the_group_and_changes_in_place(loop: Loop):
    ending = begin(loop, "kf", "dingtalk")
    ending.completes()
    loop.desk.hears("服务报告", "更换启动电容")
    loop.webhook_group.hears("服务报告", "更换启动电容")
    loop.settle()
    shown = len(loop.desk.shown())

    ending.amends("更换压缩机")

    loop.desk.hears("服务报告", "更换压缩机", "已更正")
    loop.settle()
    assert len(loop.desk.shown()) == shown
    assert not loop.desk.told("更换启动电容")
    assert len(loop.webhook_group.told("服务报告")) == 1
    assert not loop.webhook_group.told("待验收")


def test_a_customer_reopens_within_thirty_days_by_words(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")

    ending.says(f"重开 {ending.number}")
    ending.customer.hears("请直接回复原因")
    ending.says("今天又停机了")

    ending.customer.hears("已重新打开", "今天又停机了")
    assert loop.only_order().reopenings == 1


def test_no_repair_after_the_close_is_offered_as_a_reopening(loop: Loop):
    ending = accepted(loop, "kf", "dingtalk")

    ending.says("没修好，还在漏水")
    ending.customer.hears("是上次的问题没修好吗", ending.number)
    ending.taps("重开工单")

    ending.customer.hears("已重新打开", "没修好 还在漏水")
    assert loop.only_order().reopenings == 1
