"""The technician in the field, by press and by words, on DingTalk and on WeCom alike."""

from datetime import timedelta

import pytest

from tests.support.field import (
    ACCEPTED,
    EN_ROUTE,
    IN_PROGRESS,
    ON_SITE,
    SITE,
    order_of,
    technician,
    under_way,
)

TECHNICIANS = pytest.mark.parametrize("name", ["li", "sun"])
CUSTOMERS = pytest.mark.parametrize("customer", ["chen", "lin"])


@TECHNICIANS
def test_four_presses_lead_from_departure_to_the_report(loop, name):
    number = under_way(loop, name, far=ACCEPTED)
    tech = technician(loop, name)

    for label, status in (("出发", "en_route"), ("到达", "on_site"), ("开始处理", "in_progress")):
        tech.card(label, number)
        tech.presses(label)
        loop.order_becomes(status)
        loop.settle()

    tech.card("完工", number)
    tech.presses("完工")
    assert tech.hears("完工报告", "故障原因是什么")
    assert tech.has_button("完工")


@TECHNICIANS
@CUSTOMERS
def test_words_without_a_number_mean_the_only_work_order_that_fits(loop, name, customer):
    number = under_way(loop, name, customer, ACCEPTED)
    tech = technician(loop, name)

    tech.says("出发 40分钟到")
    assert tech.hears("您已出发", number, "预计")
    assert getattr(loop, customer).hears(number, "已出发", "预计")
    tech.says("到达")
    assert tech.hears("到达", number, "开始处理")
    tech.says("开始处理")
    assert tech.hears("已开始处理", "完工")

    assert loop.order_becomes("in_progress").number == number


@TECHNICIANS
def test_completing_before_arriving_is_refused_with_the_next_step(loop, name):
    number = under_way(loop, name, far=EN_ROUTE)
    tech = technician(loop, name)

    tech.says("完工")

    assert tech.hears(number, "还不能“完工”", "请先“到达”")
    assert loop.refusals() == ["step_too_early"]


def test_with_several_that_fit_each_is_named_in_a_line_to_send(loop):
    first, second = under_way(loop, far=ACCEPTED), under_way(loop, far=ACCEPTED)

    loop.li.says("出发 40分钟到")
    loop.li.hears("有 2 张工单都可以“出发”", f"出发 {first}", f"出发 {second}")
    loop.li.says(f"出发 {second}")

    assert loop.li.hears("您已出发", second)
    assert order_of(loop, first).status == "accepted"


def test_who_has_nothing_to_do_is_told_so(loop):
    loop.li.says("到达")

    assert loop.li.hears("没有适合这一步的工单")


@TECHNICIANS
def test_a_forgotten_arrival_is_filled_in_and_flagged(loop, name):
    number = under_way(loop, name, far=ACCEPTED)
    loop.advance(7200)
    tech = technician(loop, name)

    tech.says(f"到达 {number} 90分钟前 门卫耽误了")

    assert tech.hears("按补录登记")
    (arrived,) = loop.events("TechnicianArrived")
    assert arrived["backfilled"]
    assert arrived["skipped_departure"]
    assert loop.events("WorkOrderNoteAdded")[0]["text"] == "门卫耽误了"
    assert loop.desk.hears(number, "补录")


def test_two_forgotten_steps_may_follow_each_other(loop):
    under_way(loop, far=ACCEPTED)
    loop.advance(7200)

    loop.li.says("到达 90分钟前")
    loop.li.hears("已到达现场")
    loop.li.says("开始处理 80分钟前")
    loop.li.hears("已开始处理")

    assert loop.order_becomes("in_progress")


def test_a_time_before_the_step_before_is_refused(loop):
    under_way(loop, far=ACCEPTED)
    loop.settle()

    loop.li.says("到达 前天 10:00")

    assert loop.li.hears("补录的时间", "不对")
    assert loop.refusals() == ["backfill_impossible"]


def test_a_place_sent_before_goes_along_with_the_step(loop):
    number = under_way(loop, "sun", far=ACCEPTED)

    loop.wecom.member_sends_location("sun", latitude=31.29, longitude=121.60)
    loop.sun.hears("位置已收到")
    loop.sun.says("出发")
    assert loop.sun.hears("按距离估算")
    assert loop.chen.hears(number, "已出发", "预计")
    loop.sun.says("到达")
    loop.sun.hears("已到达现场")

    (departed,), (arrived,) = loop.events("TechnicianDeparted"), loop.events("TechnicianArrived")
    assert departed["eta_estimated"]
    assert arrived["far"]
    assert loop.desk.hears(number, "请核实")


def test_a_place_is_forgotten_after_ten_minutes(loop):
    under_way(loop, "sun", far=ACCEPTED)
    loop.wecom.member_sends_location("sun", latitude=SITE[0], longitude=SITE[1])
    loop.sun.hears("位置已收到")
    loop.advance(601)

    loop.sun.says("到达")
    loop.sun.hears("已到达现场")

    assert loop.events("TechnicianArrived")[0]["latitude"] is None


@TECHNICIANS
@CUSTOMERS
def test_a_hold_by_press_asks_what_for_and_goes_on_by_press(loop, name, customer):
    number = under_way(loop, name, customer)
    tech = technician(loop, name)

    tech.card("挂起", number)
    tech.presses("挂起")
    tech.card("等配件", number)
    tech.presses("等配件")
    assert tech.hears("已挂起：等配件")
    assert getattr(loop, customer).hears(number, "正在等配件")
    tech.says("压缩机三天后到")
    assert tech.hears("说明已记到")
    loop.settle()
    tech.card("恢复", number)
    tech.presses("恢复")

    assert loop.order_becomes("in_progress")
    assert loop.events("WorkOrderNoteAdded")[0]["text"] == "压缩机三天后到"


@TECHNICIANS
def test_a_hold_by_words_takes_reason_and_note(loop, name):
    number = under_way(loop, name)
    tech = technician(loop, name)

    tech.says("挂起 等配件 压缩机三天后到")
    tech.hears("已挂起：等配件", number)
    tech.says(f"恢复 {number}")
    tech.hears("已恢复", number)

    (held,) = loop.events("WorkOrderHeld")
    assert (held["reason"], held["note"]) == ("part", "压缩机三天后到")


def test_a_hold_without_a_reason_is_asked_and_may_be_dropped(loop):
    number = under_way(loop)

    loop.li.says("挂起")
    loop.li.card("等客户", number)
    loop.li.says("过几天吧")
    loop.li.hears("没有看出在等什么")
    loop.li.says("算了")
    loop.li.hears("没有挂起")

    assert order_of(loop, number).status == "in_progress"


def test_the_reason_may_follow_in_words(loop):
    under_way(loop)

    loop.li.says("挂起 下周二再来")
    loop.li.card("等第三方")
    loop.li.says("等厂家")
    loop.li.hears("已挂起：等第三方")

    assert loop.events("WorkOrderHeld")[0]["note"] == "下周二再来"


@TECHNICIANS
def test_a_reassignment_by_press_offers_technicians_and_asks_why(loop, name):
    number = under_way(loop, name)
    tech = technician(loop, name)

    tech.card("转单", number)
    tech.presses("转单")
    tech.card("王芳", number)
    tech.presses("王芳")
    tech.hears("转给 王芳", "原因")
    tech.says("车坏在路上")

    assert tech.hears("已把工单", "王芳")
    assert loop.wang.card("接单", number)
    assert loop.events("WorkOrderOffered")[-1]["reason"] == "车坏在路上"


@pytest.mark.parametrize("who", ["li", "zhao"])
def test_a_reassignment_by_words_names_whom_and_why(loop, who):
    number = under_way(loop)

    getattr(loop, who).says(f"转单 {number} 王芳 车坏在路上")

    assert getattr(loop, who).hears("已把工单", "王芳")
    assert loop.li.hears(number, "已转给 王芳" if who == "zhao" else "转给 王芳")
    assert loop.wang.card("接单", number)


def test_who_does_not_hold_it_gives_it_to_nobody(loop):
    number = under_way(loop)

    loop.wang.says(f"转单 {number} 孙浩 顺路")
    loop.wang.hears("没有权限", "转单")
    loop.li.says(f"转单 {number} 李强 顺路")
    loop.li.hears("本来就在 李强 手上")

    assert order_of(loop, number).status == "in_progress"


def test_an_old_card_changes_nothing_and_is_brought_up_to_date(loop):
    number = under_way(loop, far=EN_ROUTE)
    old = loop.li.card("到达", number)
    loop.li.says("到达")
    loop.li.hears("已到达现场")
    loop.settle()

    loop.li.forges(f"1:wo.hold:{order_of(loop, number).id}:1:part")

    assert loop.li.hears("这张卡片是旧的")
    assert order_of(loop, number).status == "on_site"
    assert old


def test_the_board_shows_who_is_where(loop):
    number = under_way(loop, far=ACCEPTED)
    loop.li.says("出发 40分钟到")
    loop.li.hears("您已出发")

    loop.zhao.says("技师状态")

    told = loop.zhao.hears("技师状态 ·")
    assert f"李强：{number} 在途（预计 " in told
    assert "空闲：孙浩、王芳" in told


def test_the_board_is_not_for_everybody(loop):
    loop.li.says("技师状态")

    assert loop.li.hears("没有权限")


@CUSTOMERS
def test_where_the_technician_is_and_when_they_arrive_is_answered_at_once(loop, customer):
    number = under_way(loop, customer=customer, far=ACCEPTED)
    loop.li.says("出发 40分钟到")
    loop.li.hears("您已出发")
    eta = order_of(loop, number).eta_at - loop.clock.now()

    getattr(loop, customer).says(f"进度 {number}")

    assert getattr(loop, customer).hears("技师正在路上，预计")
    assert timedelta(minutes=39) < eta <= timedelta(minutes=40)


def test_a_customer_s_words_are_no_step(loop):
    under_way(loop, far=ON_SITE)

    loop.chen.says("开始 一直响个不停")
    loop.settle()

    assert not loop.events("WorkStarted")


def test_nobody_steps_for_somebody_else(loop):
    number = under_way(loop, far=IN_PROGRESS)

    loop.sun.says(f"完工 {number} 原因：电容 处理：更换 工时：1")

    assert loop.sun.hears(number, "已被 李强 接单")
